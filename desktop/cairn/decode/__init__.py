"""Untrusted files to pixels, samples and text, in a child process that holds no key.

A picture, PDF, sound or text that came from outside may be made to attack its reader. So no such
file is decoded where the vault's keys are. `host.DecodeHost` starts a fresh process for each file
(spawned, never forked: it shares no memory with us), hands it the byte ranges it asks for and takes
back plain pixels, samples or characters. The child shuts itself in before it sees the first byte:
limits on memory, processor time and files, no network, no way to open, write or start anything.

Promised: the vault's keys are never in the child; nothing is written to disk; a file of any size is
never whole in memory; what comes back is checked and capped; a child that dies, lies or takes too
long costs one file's view and nothing else. What it can't promise: that the picture shown for a
hostile file is what its maker's camera saw.

Import `host` and `types`; everything else here is the child's own side.
"""
