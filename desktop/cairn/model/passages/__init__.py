"""Passages: places in what was told, how they follow its changes, and how far two coders agree. Pure."""
