"""Recordings and transcripts: begun, sealed in the vault, found again after a crash, cut, and written down."""
