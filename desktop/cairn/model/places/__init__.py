"""Places: what was said of one, the places that are known, and how one is found by typing in any script.

`told` is what records hold; `place` the places of a gazetteer and their names over time; `spelling` the forms in which a name is
looked for, so that romanised words find Hangul; `gazetteer` looks up, searches and knows what lies in what. No place
here carries coordinates. `FORMAT.md` beside this file is the specification.
"""
