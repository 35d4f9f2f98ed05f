"""The vault as a whole: backup, restore, check, keys, and its custody log shown to people."""
