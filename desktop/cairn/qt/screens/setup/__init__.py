"""The way to a first vault: folder, passphrase, who you are, recovery words typed back, the office's card."""
