"""An interview as a page for people, outside of the vault: what may be on it, its file, and what a printer gets of it.

Each part of the page is an item of the gate: the account, the words of the consent, notes, the names of files and
recordings. What stays is not on the page, and not counted on it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from cairn.app.consent import question
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import InterviewView, RecordingView
from cairn.app.leaving import copying, views
from cairn.app.leaving.views import SealInterview
from cairn.app.sound import recordings
from cairn.errors import CairnError, InputError, MachineError
from cairn.model.ids import RecordId, RootId
from cairn.storage.work import Reader, Work

ON_A_PAGE = frozenset(("interview", "consent", "note", "attachment", "recording"))
"""Kinds that are read on a page: others have pages of their own, or are bytes alone."""


def preview(s: Session, interview: RootId, hold_back: Collection[str] = ()) -> SealInterview:
    """What a page of this interview would let out, by name, and what stays. Raises InputError `interview.unknown`."""
    question.remember(s, [interview])
    with s.store.read() as reader:
        asked = question.about(s, reader, interview)
        decision = asked.copy_out(held=hold_back)
        found = [*((item, "") for item in decision.leaves), *decision.stays]
        shown = [views.shown(item.facts, code) for item, code in found if item.kind in ON_A_PAGE]
        return SealInterview(
            id=interview,
            title=asked.title,
            items=tuple(sorted(shown, key=views.place)),
            consent=question.said(s, reader, interview),
        )


def content(
    s: Session, interview: RootId, leaves: Collection[str]
) -> tuple[InterviewView, list[RecordingView]]:
    """What stands on the page: of the interview nothing but the records in `leaves`, and no protected name.

    Raises InputError `interview.unknown`.
    """
    view = interviews.load(s, interview)
    sounds = [each for each in recordings.rows(s, interview) if each.id in leaves]
    page = view.on_a_page(
        notes=tuple(each for each in view.notes if each.id in leaves),
        files=tuple(each for each in view.files if each.id in leaves),
    )
    return page, sounds


def write(
    s: Session,
    interview: RootId,
    leaves: Collection[RecordId],
    hold_back: Collection[str],
    target: Path,
    page: bytes,
    *,
    unlogged: bool = False,
) -> None:
    """Write a page that was made of the records in `leaves` to `target`, which must not exist.

    It is asked once more, and logged, before the first byte is written; of `unlogged` see `copying.leaving`. Raises
    InputError with the gate's code or `sealing.changed`, MachineError `machine.exists` and others; then no part of it
    remains.
    """
    if os.path.lexists(target):
        raise MachineError("machine.exists")
    with copying.leaving(s, unlogged=unlogged) as work:
        _require(s, work, interview, leaves, hold_back)
        part = copying.noted(work, interview, target, {"form": "pdf"})
    with copying.plain_file(s, target, part) as out:
        out.write(page)


def hand_over(
    s: Session,
    interview: RootId,
    leaves: Collection[RecordId],
    hold_back: Collection[str],
    printer: str,
    send: Callable[[], None],
    *,
    unlogged: bool = False,
) -> None:
    """Let `send` hand pages that were made of the records in `leaves` to `printer`, by its name.

    It is asked once more, and logged, before `send` begins; where it fails, that is logged too. Of `unlogged` see
    `copying.leaving`. Whether anything was printed nobody here knows. Raises InputError with the gate's code or
    `sealing.changed`, and what `send` raises.
    """
    detail = {"printer": printer}
    with copying.leaving(s, unlogged=unlogged) as work:
        _require(s, work, interview, leaves, hold_back)
        if isinstance(work, Work):
            work.log("page.print", obj=interview, root=interview, detail=detail)
    try:
        send()
    except BaseException:
        # Locked meanwhile: then the first entry stands alone.
        with suppress(CairnError), s.store.write() as work:
            work.log("page.print-failed", obj=interview, root=interview, detail=detail)
        raise


def _require(
    s: Session, work: Reader, interview: RootId, leaves: Collection[RecordId], hold_back: Collection[str]
) -> None:
    """Ask once more, in the unit of work that logs it."""
    decision = question.about(s, work, interview).copy_out(held=hold_back)
    if not {interview, *leaves} <= {item.record for item in decision.leaves}:
        raise InputError(decision.refused or "sealing.changed")
