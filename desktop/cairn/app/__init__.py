"""The use cases: what a person can do with Cairn, each a plain function over a `Session`.

For the window and the command line, which add nothing but looks. Everything here may be called from
any worker thread; nothing here knows Qt or SQL. What comes back are the values of `views`, never
rows or records. Promised: nothing leaves the vault except through `leaving`, which asks `consent`; a job that fails
or is cancelled leaves nothing half-done; an error is a code with values, put into words by `kernel.sentences`.
"""
