"""The tab *Acts*: a second pass beside the text. Words are chosen at the left; what was done to whom stands at the right."""
