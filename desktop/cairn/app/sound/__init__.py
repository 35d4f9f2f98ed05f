"""Recordings and transcripts: begun, stopped and saved in the vault, found again after a crash, cut, and written down."""
