"""Cairn: an encrypted field book for interviews.

One import package in layers (see README, "The house"); imports point downwards only. Start
reading at `cairn.model` (what exists), `cairn.app` (what can be done) and the `FORMAT.md` files
beside `vault`, `custody` and `bundle` (what is on the disk).
"""

__version__ = "0.1.0"
