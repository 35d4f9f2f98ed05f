"""The words inside files, as the decoder's child read them: for search alone, made anew at will, and never evidence.

They lie beside the records, not in them, and go with the file: erasing it removes them.
"""

from __future__ import annotations

from cairn.model.ids import RecordId, RootId, Sha256
from cairn.storage.work import Reader, Work

FIELD = "inside"
"""What the field is called that they are found in."""


def put(work: Work, record: RecordId, root: RootId, digest: Sha256, text: str) -> None:
    """Keep the words of the bytes with this SHA-256 in place of what was kept; empty where there are none."""
    work.run(
        "INSERT OR REPLACE INTO file_words VALUES (?, ?, ?, ?)",
        (record, root, digest, text.replace("\0", " ")),
    )


def of(reader: Reader, record: RecordId, digest: str) -> str | None:
    """The words of a file's bytes; None where nobody has looked yet."""
    row = reader.one("SELECT text FROM file_words WHERE record = ? AND sha256 = ?", (record, digest))
    return None if row is None else str(row[0])


def unread(reader: Reader, kind: str) -> list[tuple[RecordId, RootId]]:
    """Records of this kind whose words nobody has looked for, in no order."""
    return reader.all(
        "SELECT id, root FROM record WHERE kind = ? AND id NOT IN (SELECT record FROM file_words) ORDER BY id",
        (kind,),
    )


def forget(work: Work, record: RecordId) -> None:
    """For erasure."""
    work.run("DELETE FROM file_words WHERE record = ?", (record,))
