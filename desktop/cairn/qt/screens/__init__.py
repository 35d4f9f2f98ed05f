"""The screens, one folder each, and those before the vault (unlock, set-up)."""
