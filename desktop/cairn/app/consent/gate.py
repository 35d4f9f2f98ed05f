"""The consent gate: the one pure function that every way out of the vault passes through.

Sealing into a bundle, and copying out as plain bytes, come here through `question`, and so must every way out that
is added later (printing, reports, redacted copies). What it refuses does not leave. The export of the device's age
identity is no testimony and does not pass here; it opens bundles for this device only.

What the person agreed to is decided by `cairn.model.consent.may`, for each part. Beside that:

- what was said off the record stays: a recording with an excluded span (a cut without it may leave), a note
  begun in one, a transcript that has words of one; so does a note of a recording that is not stopped yet;
- what was removed stays, and so does what another device has proposed and nobody has settled, and what this
  version does not understand;
- what the person at the desk holds back stays, whatever consent allows: `GateFacts.held`. What nobody may be without
  who receives the rest (the consent itself) can't be held back alone;
- what quotes another record stays where that one stays, or is not here, and where that one does not say these words
  any more;
- where the root's own record stays, all that belongs to it stays: nobody could tell what it belongs to;
- what no part is named for (the consent itself, which whoever receives something must know) goes with the root.

So one more consent, one more recipient or one more reason can only narrow what leaves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cairn.model import consent
from cairn.model.consent import Grid, Part, Recipient, Use, Way
from cairn.model.ids import RecordId
from cairn.model.values import NO_LENGTH, LengthMs

_NO_CONSENT = ""
_OF_PEOPLE = frozenset((Part.SOUND, Part.FACES, Part.VIDEO, Part.IDENTITY, Part.CONTACT))
HELD = "gate.held-back"
"""The code of what the person at the desk holds back."""


@dataclass(frozen=True)
class Item:
    """Something of one root that might leave. Made by `items` alone."""

    kind: str
    record: RecordId
    name: str = ""
    size: int = 0
    has_bytes: bool = False
    """Whether it is a file, a recording, or whatever else has bytes of its own."""
    media_type: str = ""
    """Of what has bytes: the type that its record names, a hint and never trusted."""
    length: LengthMs = NO_LENGTH
    """Of sound: milliseconds."""
    parts: frozenset[str] = frozenset()
    """The parts (`cairn.model.consent.Part`) that all must be allowed to leave; none where no consent is asked."""
    root: bool = False
    """Whether it is the root's own record."""
    removed: bool = False
    present: bool = True
    """Whether its bytes are here at all."""
    settled: bool = True
    """False for what another device proposed and no person has accepted yet."""
    known: bool = True
    """False for what a newer version of Cairn wrote: whether it was removed can't be told."""
    off_record: bool = False
    """True for what holds something of a span that was put off the record."""
    recording_open: bool = False
    """True for what belongs to a recording of which it is not known yet what was off the record."""

    sources: frozenset[RecordId] = frozenset()
    """Records that it quotes: it leaves only where all of them do."""
    stands: bool = True
    """False for what quotes words that their source does not say any more."""

    @property
    def can_be_held(self) -> bool:
        """Whether it can be held back by itself: not what goes with the root because whoever has that must know it."""
        return bool(self.parts) or self.root

    @property
    def facts(self) -> dict[str, Any]:
        """What is shown of it, by name."""
        return {
            "kind": self.kind,
            "record": self.record,
            "name": self.name,
            "size": self.size,
            "has_bytes": self.has_bytes,
            "type": self.media_type,
            "length": self.length,
            "of_people": self.of_people,
            "can_be_held": self.can_be_held,
        }

    @property
    def of_people(self) -> bool:
        """Whether somebody can be known by it: a voice, a face, a name, a way to be reached."""
        return bool(self.parts & _OF_PEOPLE)


@dataclass(frozen=True)
class GateFacts:
    """Who would receive it how, for what and when, and what the person agreed to. Gathered by `question` alone."""

    way: Way
    now: str
    """UTC, RFC 3339: `cairn.model.consent.latest`."""
    consents: tuple[Grid | None, ...]
    """All that stand; None for one that this version can't read."""
    recipients: tuple[Recipient, ...] = ()
    """Those of the bundle; for a plain copy they are ignored."""
    use: Use = Use.STORE
    held: frozenset[str] = frozenset()
    """Ids of records that the person at the desk holds back, whatever consent allows."""


@dataclass(frozen=True)
class Decision:
    """What may leave, and what stays with the code that says why.

    `refused` is the code with which consent holds back the root and so everything, or None.
    """

    leaves: tuple[Item, ...]
    stays: tuple[tuple[Item, str], ...]
    refused: str | None = field(default=None)


def may_leave(facts: GateFacts, items: Sequence[Item]) -> Decision:
    """Decide about the `items` of ONE root. Pure: the same facts give the same answer, nothing is looked up."""
    asked = {*Part, *(part for item in items for part in item.parts)}
    answers = consent.may(facts.use, asked, facts.recipients, facts.way, facts.now, facts.consents)
    # Where no consent is asked, of a library's items, the recipients must be trusted all the same.
    answers[_NO_CONSENT] = consent.trusted(facts.recipients, facts.way)
    root = next((item for item in items if item.root), None)
    above = _reason(root, answers, facts.held) if root is not None else ""
    codes = {}
    for number, item in enumerate(items):
        code = _reason(item, answers, facts.held)
        if not code and above:
            code = "gate.root-stays" if item.parts else above
        codes[number] = code
    _with_sources(items, codes)
    leaves = tuple(item for number, item in enumerate(items) if not codes[number])
    stays = tuple((item, codes[number]) for number, item in enumerate(items) if codes[number])
    refused = _withheld(root, answers) if root is not None else ""
    return Decision(leaves, stays, refused or None)


def _with_sources(items: Sequence[Item], codes: dict[int, str]) -> None:
    """Let stay what quotes something that stays or that does not say it any more, and what quotes that in turn."""
    here = {item.record for item in items}
    counted = Counter(item.record for number, item in enumerate(items) if not codes[number])
    leaving = set(counted)
    quoting: dict[RecordId, list[int]] = {}
    for number, item in enumerate(items):
        for source in item.sources:
            quoting.setdefault(source, []).append(number)
    waiting: Collection[int] = range(len(items))
    while waiting:
        torn = {n: code for n in waiting if not codes[n] and (code := _torn(items[n], here, leaving))}
        codes.update(torn)
        counted.subtract(items[number].record for number in torn)
        gone = {items[number].record for number in torn if not counted[items[number].record]}
        leaving -= gone
        # What quotes nothing of these goes on as it was: a chain of quotes is as long as its maker likes.
        waiting = {number for record in gone for number in quoting.get(record, ())}


def _torn(item: Item, here: Collection[RecordId], leaving: Collection[RecordId]) -> str:
    if not item.sources.issubset(leaving):
        return "gate.source-stays" if item.sources.issubset(here) else "gate.source-gone"
    return "" if item.stands else "gate.quote-changed"


def _reason(item: Item, answers: Mapping[str, str], held: frozenset[str]) -> str:
    # What the person holds back comes last: where something else keeps it here, that is what they learn.
    by_hand = HELD if item.record in held and item.can_be_held else ""
    return _withheld(item, answers) or _held_back(item) or by_hand


def _withheld(item: Item, answers: Mapping[str, str]) -> str:
    return consent.first({answers[part] for part in item.parts or (_NO_CONSENT,)})


def _held_back(item: Item) -> str:
    if item.removed:
        return "gate.removed"
    if not item.settled:
        return "gate.not-settled"
    if not item.known:
        return "gate.newer"
    if item.off_record:
        return "gate.off-record"
    if item.recording_open:
        return "gate.recording-open"
    return "" if item.present else "gate.not-here"
