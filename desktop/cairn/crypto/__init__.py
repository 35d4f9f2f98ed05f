"""Every cryptographic primitive of Cairn, and the formats made of nothing else.

This is the only room that imports `cryptography`. The other rooms ask it for hashes, key slots,
encrypted files (`cobblestone`), sealed bundles (`age`), signatures that stock tools verify (`ssh`),
device keys (`device`) and recovery words (`recovery`).

Promises: nothing here invents a primitive, each format is a public specification with independent
implementations, and `selftest.check()` compares each primitive with known answers before a vault is
opened. Where ignoring a result would be wrong, the function raises. Every cost that a file can ask
for is capped. What Python cannot promise is not promised: keys live as short as the code allows, but
memory of immutable strings and bytes cannot be wiped.
"""
