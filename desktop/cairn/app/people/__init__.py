"""People, and everything coded of an interview that names them: read in one go, attributed, saved, undone."""
