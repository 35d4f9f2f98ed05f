"""The words inside attached files, so that search finds them: read by the child without keys, once for each file."""

from __future__ import annotations

from contextlib import closing

from cairn.app.files import files
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.decode import sorts
from cairn.decode.host import DecodeHost
from cairn.errors import CairnError, Cancelled, MachineError
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds.attachment import Attachment
from cairn.model.ports import Progress, no_progress
from cairn.storage import file_words, projections

MOST = 500_000
"""Characters of one file that are kept for search."""
_DOCUMENTS = ("word", "sheet", "slides", "pdf")
_PLAIN = ("text", "web")
_CSV = ("text/csv", "text/tab-separated-values")


def read_all(s: Session, decoder: DecodeHost, progress: Progress = no_progress) -> int:
    """Read the words of every file that nobody has looked into yet; returns in how many words were found.

    A file that can't be read is not tried again before it changes. Nothing is read where nothing can be kept
    (`unread` says what is missing then). Raises MachineError, Cancelled.
    """
    if s.unwritable:
        return 0
    with s.store.read() as reader:
        waiting = file_words.unread(reader, "attachment")
    found = 0
    for number, (record, root) in enumerate(waiting):
        progress(number, len(waiting))
        found += _read(s, decoder, record, root)
    return found


def unread(s: Session) -> int:
    """How many files nobody has looked into yet."""
    with s.store.read() as reader:
        return len(file_words.unread(reader, "attachment"))


def _read(s: Session, decoder: DecodeHost, record: RecordId, root: RootId) -> bool:
    with s.store.read() as reader:
        head = revising.current(reader, record)
    body = head.body if head is not None else None
    if not isinstance(body, Attachment) or body.removed:
        return False
    try:
        text = _words(s, decoder, record, body)
    except (MachineError, Cancelled):
        raise
    except CairnError as error:
        if error.code == "decode.closed":
            raise  # the vault is being locked: nobody has looked
        # Damaged, locked, of a form that nobody here reads: there are no words in it.
        text = ""
    with s.store.write() as work:
        if revising.current(work, record) is None:
            return False
        file_words.put(work, record, root, body.sha256, text)
        projections.refresh(work, record)
    return bool(text)


def _words(s: Session, decoder: DecodeHost, record: RecordId, body: Attachment) -> str:
    sort = sorts.sort_of(body.type, body.name)
    plain = sort in _PLAIN or body.type in _CSV
    if not plain and sort not in _DOCUMENTS:
        return ""
    with closing(files.reader(s, record)) as source:
        try:
            read = decoder.text if plain else decoder.document_text
            return read(source, limit=MOST).text
        finally:
            decoder.release(source)
