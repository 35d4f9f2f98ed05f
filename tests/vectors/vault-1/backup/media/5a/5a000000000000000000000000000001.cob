not a real media object: a copy of these bytes is all that a backup needs
