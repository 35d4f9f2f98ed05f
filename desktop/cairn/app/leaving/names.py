"""Protected names that stand in what would leave: in titles, accounts, notes, transcripts, file names, words of files.

Looked for are the names that this vault protects, in this interview and in others, as people write them
(`cairn.model.names.in_text`). What a name is part of can be held back; whether it is a name at all a person decides. What has
no text here is named as not looked through: nothing is known of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from cairn.app.interviews import interviews
from cairn.app.kernel import identities, revising, sentences
from cairn.app.kernel.identity_search import Somebody
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import Problem
from cairn.app.leaving.views import CopyPreview, Leaving, SealInterview, SealPreview
from cairn.crypto.hashes import sha256_hex
from cairn.errors import InputError
from cairn.model.ids import RecordId, RevisionHash, RootId
from cairn.model.kinds import interview as interview_kind
from cairn.model.kinds import registry
from cairn.model.kinds.kind import Text
from cairn.model.names.in_text import Known, Place
from cairn.model.ports import Progress, no_progress
from cairn.model.values import MomentMs, clock_text
from cairn.storage import drafts, file_words, openings
from cairn.storage.work import Reader

AROUND = 28
"""Characters that are shown before a name and behind it."""
WHOLE = 500_000
"""Of a file with so many characters only the beginning is known (`cairn.app.files.inside`)."""
REASON = "reason"
"""What the text is called that says why a version was made: it is on no page."""
OTHER = "other"
"""What a text is called that stands in a record and in no field that is searched."""


@dataclass(frozen=True)
class NameFound:
    """A protected name in something that would leave: the first place in one text, and how many there are."""

    interview: RootId
    record: RecordId
    kind: str
    item: str
    """Name of what would leave."""
    field: str
    """Of its kind; `reason` of a version, `inside` a file."""
    paragraph: int
    """Of a text with several: which, from 1; else 0."""
    at: MomentMs | None
    """Of a transcript: where in the sound, in milliseconds."""
    person: str
    """Code of the person whose name it is."""
    elsewhere: bool
    """Whether that person belongs to another interview."""
    before: str
    word: str
    """As it stands there."""
    after: str
    can_be_held: bool = True
    count: int = 1
    others: str = ""
    """Of what stands around it in its other places."""

    @property
    def key(self) -> str:
        """The same for the same word in the same text: what a person said of it holds until it changes."""
        seen = (self.field, self.person, self.before, self.word, self.after, self.others)
        return "\n".join((self.record, *seen))


@dataclass(frozen=True)
class NamesLook:
    """What a look for names has found, and what it could not see."""

    found: tuple[NameFound, ...] = ()
    unread: tuple[Leaving, ...] = ()
    """What would leave and has no text here, or more than is known: sound, pictures, files."""
    closed: bool = False
    """Whether the protected names could not be read, so that none was looked for."""
    known: int = 0
    """How many names were looked for."""
    may: int = 0
    """How many places hold a name that may leave to whoever gets the text: its identity leaves as well."""


NOTHING = NamesLook()


def of_preview(s: Session, preview: SealPreview, progress: Progress = no_progress) -> NamesLook:
    """Names in what sealing would let out now. Raises Cancelled."""
    wanted: dict[RootId, dict[RecordId, tuple[Leaving, set[RecordId]]]] = {}
    for group in preview.bundles:
        gone = {
            leaf.record for one in group.interviews for leaf in one.leaves if leaf.kind == identities.NAME
        }
        for one in group.interviews:
            for leaf in one.leaves:
                _, may = wanted.setdefault(one.id, {}).setdefault(leaf.record, (leaf, set(gone)))
                may &= gone
    typed = {root for root, _ in preview.open_drafts} if preview.save_drafts else set()
    return _Look(s, progress).through(wanted, typed)


def of_copy(s: Session, found: CopyPreview, progress: Progress = no_progress) -> NamesLook:
    """Names in what a plain copy of one record would let out. Raises InputError `interview.unknown`, Cancelled."""
    with s.store.read() as reader:
        head = revising.current(reader, found.item.record)
    if head is None:
        raise InputError("interview.unknown")
    return _Look(s, progress).through({head.envelope.root: {found.item.record: (found.item, set())}}, set())


def of_page(s: Session, found: SealInterview, progress: Progress = no_progress) -> NamesLook:
    """Names in what stands on the page of an interview: of files and recordings that is what they are called. Raises
    Cancelled.
    """
    look = _Look(s, progress).through(
        {found.id: {leaf.record: (leaf, set()) for leaf in found.leaves}}, set()
    )
    return replace(
        look,
        found=tuple(each for each in look.found if each.field not in (file_words.FIELD, REASON)),
        unread=(),
    )


Wanted = Mapping[RootId, Mapping[RecordId, tuple[Leaving, set[RecordId]]]]
"""Root → record → (what would leave, the identities that whoever gets it may have too)."""


_Owner = tuple[RevisionHash | None, Somebody]


class _Look:
    """One look through everything, with the names that are known now."""

    def __init__(self, s: Session, progress: Progress) -> None:
        self._s = s
        self._progress = progress
        self._found: dict[tuple[str, ...], NameFound] = {}
        self._unread: list[Leaving] = []
        self._may = 0

    def through(self, wanted: Wanted, typed: set[RootId]) -> NamesLook:
        if not self._s.identity.is_open:
            return NamesLook(closed=True)
        identities.catch_up(self._s)
        known = Known(self._names(wanted))
        total = sum(map(len, wanted.values()))
        done = 0
        for root, records in wanted.items():
            # A moment of the vault for each: nothing that is written meanwhile waits for the whole look.
            with self._s.store.read() as reader:
                for record, (leaf, may) in records.items():
                    self._progress(done, total)
                    done += 1
                    if leaf.kind != identities.NAME:
                        self._record(reader, known, root, leaf, may, draft=record in typed)
        self._progress(done, total)
        return NamesLook(tuple(self._found.values()), tuple(self._unread), known=len(known), may=self._may)

    def _names(self, wanted: Wanted) -> Iterator[tuple[str, _Owner]]:
        for revision, each in self._s.name_index.everybody(self._s.store, self._progress):
            for _, written in each.names:
                yield written, (revision, each)
        # What is typed and no version yet is a name all the same.
        for root in wanted:
            with self._s.store.read() as reader:
                held = identities.of(self._s, reader, root) if openings.any_of(reader, root) else {}
            for one in held.values():
                if one.draft:
                    names = tuple(("", text) for text in one.opening.every_name)
                    for _, written in names:
                        yield written, (None, Somebody(one.record, root, one.opening.person, names))

    def _record(
        self,
        reader: Reader,
        known: Known[_Owner],
        root: RootId,
        leaf: Leaving,
        may: set[RecordId],
        *,
        draft: bool,
    ) -> None:
        heads = [each for each in revising.heads(reader, leaf.record) if each.state == revising.CURRENT]
        texts = [text for head in heads for text in _texts(head)]
        typed = drafts.load(reader, leaf.record) if draft else None
        if typed is not None and leaf.kind == interview_kind.KIND.name:
            texts += interview_kind.KIND.texts(interviews.read_draft(typed))
        whole = True
        for head in heads:
            named = revising.media_named(head.body)
            if named is not None:
                inside = file_words.of(reader, leaf.record, named.sha256) or ""
                texts.append(Text(file_words.FIELD, inside))
                whole = whole and bool(inside) and len(inside) < WHOLE
        if not whole:
            self._unread.append(leaf)
        for text in dict.fromkeys(texts):
            places = known.find(text.text)
            for place, owners in places:
                somebody = self._whose(reader, root, owners, may)
                if somebody is not None:
                    self._keep(root, leaf, text, place, somebody)

    def _whose(
        self, reader: Reader, root: RootId, owners: Iterable[_Owner], may: set[RecordId]
    ) -> Somebody | None:
        """Whose name it is, of this interview before others; nobody's where that name may leave as well."""
        stand: list[Somebody] = []
        for revision, each in owners:
            if revision is None or openings.stands(reader, each.record, revision):
                stand.append(each)
        own = [each for each in stand if each.root == root] or stand
        if any(each.record in may for each in own):
            self._may += 1
            return None
        return own[0] if own else None

    def _keep(self, root: RootId, leaf: Leaving, text: Text, place: Place, somebody: Somebody) -> None:
        written = text.text
        word = written[place.start : place.end]
        before = self._found.get(key := (leaf.record, text.field, somebody.record, word.casefold()))
        if before is not None:
            around = written[max(0, place.start - AROUND) : place.end + AROUND]
            others = sha256_hex(f"{before.others}{around}".encode())
            self._found[key] = replace(before, count=before.count + 1, others=others)
            return
        paragraphs = [line for line in written[: place.start].split("\n") if line.strip()]
        begun = not written[: place.start].endswith("\n") and bool(paragraphs)
        self._found[key] = NameFound(
            interview=root,
            record=leaf.record,
            kind=leaf.kind,
            item=leaf.name,
            field=text.field,
            paragraph=(len(paragraphs) + (not begun)) if "\n" in written.strip() else 0,
            at=text.at,
            person=somebody.person,
            elsewhere=somebody.root != root,
            can_be_held=leaf.can_be_held,
            before=_flat(written[max(0, place.start - AROUND) : place.start], cut=place.start > AROUND),
            word=_flat(word),
            after=_flat(written[place.end : place.end + AROUND], ends=len(written) > place.end + AROUND),
        )


def _flat(text: str, *, cut: bool = False, ends: bool = False) -> str:
    return ("…" if cut else "") + text.replace("\n", " ") + ("…" if ends else "")


def _texts(head: revising.Version) -> list[Text]:
    """All that people can read in a version: its searched texts, whatever else it says, and why it was made."""
    body = head.body
    if body is None:
        return []
    found = [each for each in registry.of_body(body).texts(body) if each.text]
    said = {each.text for each in found}
    found += [Text(OTHER, text) for text in dict.fromkeys(_strings(body)) if text not in said]
    if head.envelope.reason:
        found.append(Text(REASON, head.envelope.reason))
    return found


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, msgspec.Struct):
        for each in msgspec.structs.asdict(value).values():
            yield from _strings(each)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from _strings(each)


def where(found: NameFound, language: str) -> str:
    """In which text of it the name stands, in words: Account ¶2."""
    said = sentences.field(found.kind, found.field, language)
    if found.at is not None:
        return f"{said} {clock_text(found.at)}"
    return f"{said} ¶{found.paragraph}" if found.paragraph else said


def problems(look: NamesLook, language: str) -> list[Problem]:
    """All of it in words: every name and its place, then what could not be looked through."""
    told = []
    for each in look.found:
        code = "sealing.name-found-elsewhere" if each.elsewhere else "sealing.name-found"
        item = sentences.kind(each.kind, language) + (f" “{each.item}”" if each.item else "")
        text = f"{each.before}{each.word}{each.after}"
        told.append(
            Problem(code, {"item": item, "where": where(each, language), "text": text, "person": each.person})
        )
    if look.closed:
        told.append(Problem("sealing.names-closed", {}))
    if look.unread:
        told.append(Problem("sealing.names-unread", {"names": ", ".join(each.name for each in look.unread)}))
    return told
