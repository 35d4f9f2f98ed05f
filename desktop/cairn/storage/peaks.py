"""Overviews of sounds: one byte for 50 ms, kept beside the media object that they were drawn from.

A projection: what is missing here is drawn anew from the sound.
"""

from __future__ import annotations

from cairn.model.ids import MediaId
from cairn.storage.work import Reader, Work


def put(work: Work, media_id: MediaId, data: bytes) -> None:
    """Keep the overview of a media object, in place of an earlier one."""
    work.run("INSERT OR REPLACE INTO peaks VALUES (?, ?)", (media_id, data))


def get(reader: Reader, media_id: MediaId) -> bytes | None:
    """The overview of a media object, or None."""
    row = reader.one("SELECT data FROM peaks WHERE media = ?", (media_id,))
    return None if row is None else bytes(row[0])
