"""The vault's database: records and their revisions, drafts, media, search and the ledgers around them.

`store.Store` opens it; `Store.write()` is the only way to change it (one short transaction in which rows
and custody entry stand or fall together), `Store.read()` a consistent view that never waits for a writer.
The other modules are functions over those two.

Promised: a revision never changes (triggers hold it; erasure is the one guarded exception and leaves a
tombstone); what is read is compared with the custody log, so that an old page of the database put back
is noticed; heads, links, full text and lists are projections that one function rebuilds; a draft is
still saved when the disk is full.
"""
