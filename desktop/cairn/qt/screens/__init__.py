"""The screens, one folder each, and the gate before the vault (unlock, setup)."""
