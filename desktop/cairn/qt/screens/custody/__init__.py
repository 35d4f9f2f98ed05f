"""Custody: what happened in this vault, line after line, and whether the lines still fit each other.

The screen walks nothing by itself. A check runs when the person asks for it, says each finding as a
sentence, and what it found last is kept in the vault.
"""
