"""The screen of the library: the vocabularies with their terms, what each means, and terms of the vault's own.

`screen` holds the list and what the chosen term means, `writing` is the form for one of the vault's own, `inputs` its fields. What a term means is shown by `cairn.qt.widgets.explained`, as where people code.
"""
