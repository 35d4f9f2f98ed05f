"""Audio: from a microphone's samples to sound in the vault that no crash can take away.

What comes in (`recorder`) is encoded (`encode`: Ogg/Opus, or FLAC) and written to a journal of small sealed
frames (`journal`, FORMAT.md); `replay` makes a finished sound of what a journal holds, `remake` an excerpt or
a cut of a finished one. The journal opens with the key of that one recording, so that the recorder can go on
while the vault is locked. No Qt and no microphone here: samples are handed in, and tests hand them in faster
than time passes.

Promises: what the recorder calls on the disk is flushed, and that is never more than a second behind; every
sample that was kept is in the sound once, at its time, whatever was lost before it; a stretch off the record
is left out to its last sample, and rather too much of it than too little where its end is unknown; handing
samples in never waits for the disk; nothing readable is written.
"""
