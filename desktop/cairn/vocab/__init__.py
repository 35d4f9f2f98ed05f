"""Vocabularies: the terms that records name by id, with their labels in three languages, definitions, examples and rules for counting.

`shipped` reads `resources/vocabularies/` file by file when it is asked for; `terms` is what the program asks, shipped and
local terms as one, with search; `checking` says what is wrong with a file. An id that nobody knows is a term that says so:
nothing is dropped. `FORMAT.md` beside this file is the schema.
"""
