"""What every use case stands on: the open vault, revisions and drafts, names of devices, the values that are handed out.

Knows no kind of record and no screen. The other rooms of `app` combine what is here."""
