"""The custody log: an append-only chain of lines that commit to what happened, without telling it.

A line holds a sequence number, the hash of the line before it and a salted commitment; what was done,
to what, when and by whom stands in a payload kept apart, which can be erased or left at home without
breaking the chain. Checkpoints (signed texts) pin the chain's head. `FORMAT.md` beside this file is
the specification, precise enough to check a log with stock tools.

Use `log.append` to write, `checkpoint.sign` to pin, `walk.verify` to check and to explain a break.
This room knows no database: rows come and go through `cairn.model.ports.CustodyRows`.
"""
