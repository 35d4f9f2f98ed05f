"""Interviews: the list, and the workspace of one with account, consent, files and history."""
