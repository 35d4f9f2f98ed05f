"""Sound from the microphone into a recording's journal, whatever the window shows.

`Capture` takes samples from a device, `RecorderHost` owns the one recording that can be under way.
Promised: the recording outlives every screen and, where the person wants it, the lock of the vault.
While the vault is locked the host holds the recorder with its one key, and nothing else of the vault.
QtMultimedia is imported when a microphone is first asked for.
"""
