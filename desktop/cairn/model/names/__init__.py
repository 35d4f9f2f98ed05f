"""Names of people: how they are spelled, how they sound, and who may be one and the same.

`proposing.propose(text)` gives the ways to write a name in other scripts and systems, to choose from. `heard.heard(name)` is
what a name sounds like, whatever its script. `index.Index` holds everybody in memory: `put` and `remove` a person's
`Facts`, `search` a name, ask for `candidates` who may be a person, each with a level and reasons. `weighing` compares two
persons. `in_text` finds known names in running text. All of it is pure and never raises for what a text holds; `NAMES.md`
beside this file has the sums.
"""
