"""Hearing sound: one player and one picture of the sound for every screen.

`Listening` is the whole: transport, waveform, speed, loop, keys. `Waveform` draws a sound from its peaks,
also while it grows. `Player` plays decrypted sound from any place at any speed. Nothing here writes a
file, holds a key, or knows what a recording means; times are milliseconds of the sound.
"""
