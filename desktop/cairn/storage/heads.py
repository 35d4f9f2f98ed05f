"""The projections: links, heads, list rows and full text, from revisions, drafts and the ledger.

`refresh` brings one record up to date after a change; `rebuild` makes all of them anew and gives the
same (a test compares). Raise `VERSION` when a projection's content changes: the store then rebuilds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, cast

import msgspec

from cairn.errors import CairnError, InputError
from cairn.model import records
from cairn.model.drafts import Draft
from cairn.model.lineage import Lineage, Step
from cairn.model.ports import Progress, no_progress
from cairn.storage import index
from cairn.storage.work import Reader, Work

VERSION = "2"

State = Literal["current", "proposed"]
_START = 160
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


class Head(msgspec.Struct, frozen=True):
    """A revision that nothing follows. More than one, or a proposed one, is a conflict for a person."""

    sha: str
    state: State


class Node(NamedTuple):
    """A revision as far as the heads depend on it."""

    sha: str
    state: str
    device: str
    """Who made it."""


def compute(revisions: Sequence[Node], links: Iterable[tuple[str, str, bool]], owner: str = "") -> list[Head]:
    """The heads of one record; the one to show first. Pure.

    `revisions` are in order of arrival, `links` (child, parent, claimed), `owner` is the device of the
    interview. A current head is a current revision that no other current one descends from: a proposal
    never displaces what stands. A proposed head is a proposal that neither a current revision nor a later
    proposal of the same device descends from; whose word counts for that, says `cairn.model.lineage`. Claims of ancestry are taken at their word unless they would leave the record without a head.
    """
    links = list(links)
    heads = _heads(revisions, [(child, parent) for child, parent, _ in links], owner)
    if not heads:
        heads = _heads(revisions, [(child, parent) for child, parent, claimed in links if not claimed], owner)
    return heads


def _heads(revisions: Sequence[Node], links: list[tuple[str, str]], owner: str) -> list[Head]:
    parents: dict[str, list[str]] = {}
    for child, parent in links:
        parents.setdefault(child, []).append(parent)
    lineage = Lineage(
        {
            node.sha: Step(parents.get(node.sha, ()), node.device, node.state == "current")
            for node in revisions
        },
        owner,
    )
    followed = lineage.ancestors(node.sha for node in revisions if node.state == "current")
    replaced = lineage.replaced(node.sha for node in revisions)
    newest_first = list(reversed(revisions))
    current = [Head(n.sha, "current") for n in newest_first if n.state == "current" and n.sha not in followed]
    proposed = [
        Head(n.sha, "proposed")
        for n in newest_first
        if n.state == "proposed" and n.sha not in followed and n.sha not in replaced
    ]
    return current + proposed


def compute_stored(reader: Reader, record_id: str) -> list[Head]:
    """The heads of a record, computed from its revisions as they are stored."""
    rows = reader.all("SELECT sha, state, device FROM revision WHERE record = ? ORDER BY n", (record_id,))
    links = reader.all("SELECT child, parent, claimed FROM link WHERE record = ?", (record_id,))
    owner = reader.one(
        "SELECT of.device FROM record JOIN record of ON of.id = record.interview WHERE record.id = ?",
        (record_id,),
    )
    return compute(
        [Node(*row) for row in rows],
        [(child, parent, bool(claimed)) for child, parent, claimed in links],
        owner[0] if owner is not None else "",
    )


def projected(reader: Reader, record_id: str) -> list[Head]:
    """The heads as the projection has them."""
    rows = reader.all("SELECT sha, state FROM head WHERE record = ? ORDER BY place", (record_id,))
    return [Head(sha, state) for sha, state in rows]


def links_of(
    envelope: records.Envelope, sha: str, ancestors: Sequence[str]
) -> list[tuple[str, str, str, int]]:
    """Rows of `link` that a revision brings."""
    rows = [(sha, parent, envelope.id, 0) for parent in envelope.parents]
    rows += [(sha, old, envelope.id, 1) for old in ancestors if old not in envelope.parents]
    return rows


def refresh(work: Work, record_id: str) -> None:
    """Bring the head, text and list row of a record up to date after a revision was added to it."""
    row = work.one("SELECT interview, kind FROM record WHERE id = ?", (record_id,))
    if row is None:
        return
    interview, kind = row
    heads = compute_stored(work, record_id)
    work.run("DELETE FROM head WHERE record = ?", (record_id,))
    _put_heads(work, record_id, interview, kind, heads)
    _refresh_text(work, record_id, interview, kind, heads)
    # Once for all records of an interview: a bundle may bring thousands.
    work.before_commit(("row", interview), lambda: refresh_row(work, interview))


def forget(work: Work, record_id: str) -> None:
    """Remove a record from the projections (it is being erased)."""
    index.remove(work, record_id)
    work.run("DELETE FROM head WHERE record = ?", (record_id,))
    work.run("DELETE FROM link WHERE record = ?", (record_id,))


def refresh_row(work: Work, interview: str) -> None:
    """Bring the list row of an interview up to date: its heads, drafts and whether it was sent."""
    row = _row(work, interview)
    if row is None:
        work.run("DELETE FROM interview_row WHERE id = ?", (interview,))
    else:
        work.run("INSERT OR REPLACE INTO interview_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def rebuild(work: Work, progress: Progress = no_progress) -> None:
    """Make every projection anew. Progress counts revisions, then interviews."""
    for table in ("link", "head", "interview_row"):
        work.run(f"DELETE FROM {table}")  # noqa: S608 - names from the line above
    index.clear(work)
    total = cast("tuple[int]", work.one("SELECT count(*) FROM revision"))[0]
    done = 0
    after = 0
    while True:
        rows = work.all(
            "SELECT n, sha, data, ancestors FROM revision WHERE n > ? ORDER BY n LIMIT 200", (after,)
        )
        if not rows:
            break
        for _, sha, data, ancestors in rows:
            for link in links_of(records.decode(data), sha, msgspec.json.decode(ancestors, type=list[str])):
                work.run("INSERT INTO link VALUES (?, ?, ?, ?)", link)
        after = rows[-1][0]
        done += len(rows)
        progress(done, 2 * total)
    for place, (record_id, interview, kind) in enumerate(work.all("SELECT id, interview, kind FROM record")):
        heads = compute_stored(work, record_id)
        _put_heads(work, record_id, interview, kind, heads)
        _refresh_text(work, record_id, interview, kind, heads)
        if place % 200 == 0:
            progress(total + min(place, total), 2 * total)
    for (interview,) in work.all("SELECT interview FROM record UNION SELECT interview FROM draft"):
        refresh_row(work, interview)
    work.run("INSERT OR REPLACE INTO meta VALUES ('projections', ?)", (VERSION,))
    progress(2 * total, 2 * total)


def _put_heads(work: Work, record_id: str, interview: str, kind: str, heads: Sequence[Head]) -> None:
    for place, head in enumerate(heads):
        created = _envelope(work, head.sha).created
        # A foreign device may have written anything; what is no time would spoil the order of the list.
        created = created if _TIME.fullmatch(created) else ""
        work.run(
            "INSERT INTO head VALUES (?, ?, ?, ?, ?, ?, ?)",
            (record_id, place, head.sha, head.state, interview, kind, created),
        )


def _refresh_text(work: Work, record_id: str, interview: str, kind: str, heads: Sequence[Head]) -> None:
    shown = [head for head in heads if head.state == "current"] or list(heads)
    fields = list(dict.fromkeys(item for head in shown for item in _fields(work, head.sha)))
    newest = work.one("SELECT max(n) FROM revision WHERE record = ?", (record_id,))
    if newest is not None and newest[0] is not None:
        index.put(work, newest[0], record_id, interview, kind, fields)


def _fields(work: Work, sha: str) -> list[tuple[str, str]]:
    body = _body(work, sha)
    return [] if body is None else index.fields_of(body)


def _envelope(work: Work, sha: str) -> records.Envelope:
    # Checked in full when it was put; this is on the path of every saved keystroke.
    row = cast("tuple[bytes]", work.one("SELECT data FROM revision WHERE sha = ?", (sha,)))
    return msgspec.json.decode(row[0], type=records.Envelope)


def _body(work: Work, sha: str) -> records.Body | None:
    """The body of a revision; None when a newer program wrote it (kept, listed, not understood)."""
    try:
        return records.body(_envelope(work, sha))
    except InputError:
        return None


def _row(work: Work, interview: str) -> tuple[object, ...] | None:
    drafts = work.all("SELECT record, data, saved FROM draft WHERE interview = ?", (interview,))
    record = work.one("SELECT device FROM record WHERE id = ? AND kind = 'interview'", (interview,))
    if record is None and not any(row[0] == interview for row in drafts):
        return None
    head = work.one("SELECT sha FROM head WHERE record = ? AND place = 0", (interview,))
    saved_body = _body(work, head[0]) if head is not None else None
    shown = saved_body
    for record_id, data, _ in drafts:
        if record_id == interview:
            shown = _draft_body(data) or shown
    body = shown if isinstance(shown, records.Interview) else records.Interview()
    conflict = work.one(
        "SELECT 1 FROM head WHERE interview = ? AND (place > 0 OR state = 'proposed') LIMIT 1", (interview,)
    )
    sent = work.one("SELECT 1 FROM sent_interview WHERE interview = ? LIMIT 1", (interview,))
    times = [saved for _, _, saved in drafts]
    times += [when for (when,) in work.all("SELECT created FROM head WHERE interview = ?", (interview,))]
    start = " ".join((body.summary or body.account)[: 2 * _START].split())[:_START]
    return (
        interview,
        body.title,
        body.date,
        body.place,
        start,
        int(bool(drafts)),
        int(head is not None),
        int(isinstance(saved_body, records.Interview) and saved_body.sealed),
        int(conflict is not None),
        record[0] if record is not None else "",
        int(sent is not None),
        max(times, default=""),
    )


def _draft_body(data: bytes) -> records.Interview | None:
    try:
        draft = msgspec.json.decode(data, type=Draft)
        return msgspec.json.decode(bytes(draft.body), type=records.Interview)
    except (msgspec.MsgspecError, CairnError):
        return None
