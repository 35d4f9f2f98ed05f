"""What every part of the window stands on: colours and type, words of errors, background work, locking."""
