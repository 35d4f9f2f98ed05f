"""Audio: from a microphone's samples to sound in the vault that no crash can take away.

What comes in is encoded (Ogg/Opus, or FLAC) and written to a journal of small sealed frames, each of
them on the disk within a second of being spoken. The journal opens with the key of that one recording,
so that the recorder can go on while the vault is locked; see FORMAT.md. No Qt and no microphone here:
samples are handed in, and tests hand them in faster than time passes.
"""
