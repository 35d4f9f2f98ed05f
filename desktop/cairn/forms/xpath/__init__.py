"""XPath 1.0 with the functions of ODK's forms: read once, worked out as often as answers change.

`expression.compile` reads a text; what it gives is worked out with a `context.Context`: an environment (the form's
trees, clock, chance, languages) and a node. Trees are the caller's, by the protocol `nodes.Node`. Everything that can be
wrong is an `errors.XPathError` with its place. `FORMAT.md` says what is understood, and where peers differ.
"""
