"""Forms: what a person types, kept while it is typed, taken up after a lock, followed as it becomes a version.

`form.Form` binds the fields of a record's body to what stands on the screen, once for every form; `inputs`
has a field for each kind of widget, and a screen may bring its own. A new form is its fields and its words.
Nothing else in the window encodes or decodes a record.
"""
