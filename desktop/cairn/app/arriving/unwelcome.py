"""What a sender must not send and has sent all the same: told, and no reason to refuse.

A program that keeps to the format sends none of it (bundle/FORMAT.md, sections 5 and 5.2). Whoever receives it is to
know that somebody's words were handed on which were to stay; here they are held back like the vault's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cairn.app.arriving.incoming import Incoming
from cairn.app.kernel import revising
from cairn.app.kernel.views import Problem
from cairn.app.sound.off_record import OffRecord, Said
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds import registry
from cairn.model.kinds.envelope import Envelope
from cairn.model.kinds.envelope import read as body_of
from cairn.model.kinds.kind import Body
from cairn.storage.work import Reader

_NAMED = 5


@dataclass(frozen=True)
class _Version:
    envelope: Envelope
    body: Body | None


def problems(reader: Reader | None, found: Incoming) -> list[Problem]:
    """`intake.off-record` and `intake.removed`, each once, with how many records and the first names.

    Without a vault (`reader` is None) what the bundle says itself is all that is known.
    """
    off_record: dict[str, str] = {}
    removed: dict[str, str] = {}
    for root, records in _by_root(found).items():
        off = OffRecord(_with_those_here(reader, root, records))
        for record, versions in records.items():
            for each in versions:
                if each.body is None:
                    continue
                kind = registry.of_body(each.body)
                if kind.removed(each.body):
                    removed[record] = revising.title_of(each.body)
                elif kind.stays(each.body) or off.holds_back(each.body, record):
                    off_record[record] = revising.title_of(each.body)
    told = (("intake.off-record", off_record), ("intake.removed", removed))
    return [_problem(code, names) for code, names in told if names]


def _by_root(found: Incoming) -> dict[RootId, dict[RecordId, list[Said]]]:
    made: dict[RootId, dict[RecordId, list[Said]]] = {}
    for each in found.revisions:
        envelope = each.envelope
        records = made.setdefault(envelope.root, {})
        records.setdefault(envelope.id, []).append(_Version(envelope, body_of(envelope)))
    return made


def _with_those_here(
    reader: Reader | None, root: RootId, records: dict[RecordId, list[Said]]
) -> dict[RecordId, Sequence[Said]]:
    """The recordings of an interview: what is off the record in one that is here already is so in what comes."""
    heads: dict[RecordId, Sequence[Said]] = dict(records)
    if reader is not None:
        for record, held in revising.root_heads(reader, root, ["recording"]).items():
            heads[record] = [*heads.get(record, ()), *held]
    return heads


def _problem(code: str, names: dict[str, str]) -> Problem:
    shown = list(dict.fromkeys(name for name in names.values() if name))[:_NAMED]
    more = "…" if len(names) > len(shown) else ""
    return Problem(code, {"count": len(names), "names": ", ".join(shown) + more})
