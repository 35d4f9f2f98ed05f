"""The custody log: append-only lines that commit to what happened, without telling it.

A line holds a sequence number and a salted commitment; what was done, to what, when and by whom stands in
a payload kept apart, which can be erased or left at home without harm to the log. The lines are the leaves of
a Merkle tree, and checkpoints (signed texts) pin its root: so a few lines travel with a short proof that
they belong to the log, and that it goes on from what was seen of it before. `FORMAT.md` beside this file is
the specification, precise enough to check a log with stock tools.

Use `log.append` to write, `checkpoint.sign` to pin, `walk.verify` to check a whole log and to explain what is
wrong, and `excerpt` for what travels. This room knows no database: rows come and go through
`cairn.model.ports.CustodyRows`.
"""
