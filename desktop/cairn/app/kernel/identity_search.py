"""Finding protected names: an index in memory, built while the compartment is open and gone when it closes.

No table holds a word of it. It is built at the first search and then follows: only openings that are new are
opened. Which of them still stand is asked of what was found, not of all.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from cairn.app.kernel.compartment import Compartment
from cairn.crypto import openings as sealing
from cairn.errors import CairnError
from cairn.model.ids import RecordId, RevisionHash, RootId
from cairn.model.kinds import identity as kind
from cairn.model.names import memory
from cairn.model.names.in_text import letters
from cairn.model.ports import Progress, no_progress
from cairn.storage import openings
from cairn.storage.store import Store
from cairn.storage.work import Reader


@dataclass(frozen=True)
class NameHit:
    """A protected name that was found."""

    interview: RootId
    record: RecordId
    person: str
    """Code of the person in the interview."""
    name: str
    """As it was written."""


@dataclass(frozen=True)
class Somebody:
    """A person whose name is protected, as one opening tells."""

    record: RecordId
    root: RootId
    person: str
    """Code of the person in the interview."""
    names: tuple[tuple[str, str], ...]
    """(its letters, as written)."""


class NameIndex:
    """Normalised names of everybody whose opening is that of a head. Use from any thread."""

    def __init__(self, compartment: Compartment) -> None:
        self._compartment = compartment
        self._guard = threading.Lock()
        self._entries: dict[RevisionHash, Somebody] = {}
        self._newest = 0
        """Arrival number of the newest opening that is here."""
        self._seen: set[RevisionHash] = set()
        compartment.on_close(self.forget)

    def forget(self) -> None:
        """Hold nothing any more."""
        with self._guard:
            self._entries = {}
            self._newest = 0
            self._seen = set()
        memory.forget()

    def find(
        self, store: Store, words: str, limit: int = 50, progress: Progress = no_progress
    ) -> list[NameHit]:
        """Names that contain `words`, spaces and particles around them aside; nothing while it is closed."""
        wanted = letters(words)
        if not wanted or not self._compartment.is_open:
            return []
        with self._guard, store.read() as reader:
            self._follow(reader, progress)
            found: list[NameHit] = []
            for revision, entry in self._entries.items():
                written = next((written for plain, written in entry.names if wanted in plain), "")
                if written and openings.stands(reader, entry.record, revision):
                    found.append(NameHit(entry.root, entry.record, entry.person, written))
                if len(found) == limit:
                    break
            return found

    def everybody(
        self, store: Store, progress: Progress = no_progress
    ) -> list[tuple[RevisionHash, Somebody]]:
        """Everybody whose name is protected, by revision; also of revisions that don't stand any more. Nobody while closed."""
        if not self._compartment.is_open:
            return []
        with self._guard, store.read() as reader:
            self._follow(reader, progress)
            return list(self._entries.items())

    def _follow(self, reader: Reader, progress: Progress) -> None:
        newest, count = openings.mark(reader)
        fresh = openings.since(reader, self._newest) if newest > self._newest else iter(())
        for done, sealed in enumerate(fresh):
            entry = self._read(sealed)
            self._entries.pop(sealed.revision, None)
            if entry is not None:
                self._entries[sealed.revision] = entry
            self._seen.add(sealed.revision)
            if done % 256 == 0:
                progress(done, count)
        self._newest = newest
        if len(self._seen) != count:
            # Something was erased: no word of it stays here either.
            self._seen = openings.revisions(reader)
            self._entries = {each: self._entries[each] for each in self._entries if each in self._seen}

    def _read(self, sealed: openings.Sealed) -> Somebody | None:
        try:
            opening = self._compartment.unseal(sealed.key, sealed.data, sealed.revision)
        except CairnError:
            return None
        read = kind.decode(sealing.text_of(opening))
        if read is None:
            return None
        names = tuple((letters(text), text) for text in read.every_name)
        return Somebody(sealed.record, sealed.root, read.person, names)
