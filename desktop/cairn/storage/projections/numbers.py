"""A small number for each root, by which the list and the search meet: ids are long, and there are many of them.

A root keeps its number as long as anything of it is listed or can be searched. Numbers are of one vault alone and are
given anew when projections are made anew.
"""

from __future__ import annotations

from cairn.model.ids import RootId
from cairn.storage.work import Work

NAME = "numbers"
VERSION = 1
DROP = ("root_number",)
TABLES = """
CREATE TABLE root_number (
  number INTEGER PRIMARY KEY,
  root TEXT NOT NULL UNIQUE
) STRICT;
"""


def of(work: Work, root: RootId) -> int:
    """The number of a root; one that has none gets it."""
    row = work.one("SELECT number FROM root_number WHERE root = ?", (root,))
    if row is None:
        work.run("INSERT INTO root_number (root) VALUES (?)", (root,))
        row = work.one("SELECT last_insert_rowid()")
    return int(row[0]) if row is not None else 0


def forget(work: Work, root: RootId) -> None:
    """Take the number of a root that is not in the list, unless something of it can be searched."""
    work.run(
        "DELETE FROM root_number WHERE root = ? AND NOT EXISTS (SELECT 1 FROM text WHERE root = ?)",
        (root, root),
    )


def rebuild(work: Work) -> None:
    """Fill the empty table."""
    work.run("INSERT INTO root_number (root) SELECT root FROM record UNION SELECT root FROM draft")
