"""The Transcript tab: the words of a recording beside its sound.

Promises: what is typed is in the vault within half a second, like the account; nothing that is heard is
changed; what is off the record is passed over while playing and refused while writing.
"""
