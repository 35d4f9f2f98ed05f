"""Settings: how Cairn looks and locks, who can open the vault, backup, keys for stock tools, about.

Every change takes effect at once. What can't be undone, or needs a passphrase, is asked in a sheet that
first says what it means.
"""
