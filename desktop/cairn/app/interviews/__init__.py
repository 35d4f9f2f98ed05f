"""Interviews: list, write down, save as a version, finalise, erase; their history, and what is found in them."""
