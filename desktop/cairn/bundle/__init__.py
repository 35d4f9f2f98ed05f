"""Bundles: what leaves a vault, sealed so that anyone it is for can verify it without Cairn.

A bundle is an age file of a tar of a BagIt bag, signed twice; `FORMAT.md` in this folder says it byte
for byte. The writer promises that a file with the bundle's name is whole, or absent; that every media
byte written hashes to what was signed; and that nothing inside or outside tells more than its size and
its number of recipients. The reader promises that not one payload byte is handed on before the head,
the manifest and both signatures are checked, and that anything altered, added, left out, reordered or
cut short is an error with a code, never a guess. Pure formats over streams: no vault and no SQL here.
"""
