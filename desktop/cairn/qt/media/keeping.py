"""What can be done with a file or a recording that the vault keeps: rename, remove, bring back, copy out.

One way for both; each brings its own words and its own use cases.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QWidget

from cairn.app.files.telling import in_words
from cairn.app.kernel.views import Problem
from cairn.app.leaving import names
from cairn.app.leaving.names import NamesLook
from cairn.app.leaving.views import CopyPreview
from cairn.errors import CairnError, Cancelled
from cairn.model.ids import RecordId
from cairn.model.ports import Progress
from cairn.paths import safe_name
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.media.leaving import LeavingWords
from cairn.qt.widgets import Field, ProgressPanel, Sheet, ask, column, label
from cairn.qt.widgets.choose import choose_new_file
from cairn.qt.widgets.facts import Notice

T = TypeVar("T")


class Kept(Protocol):
    """A file or a recording."""

    @property
    def id(self) -> RecordId:
        """Its record."""
        ...

    @property
    def name(self) -> str:
        """What the person calls it."""
        ...


@dataclass(frozen=True)
class Uses:
    """The use cases. Each takes the record's id and raises CairnError."""

    rename: Callable[[RecordId, str, str], object]
    """With name and reason."""
    remove: Callable[[RecordId, str], object]
    """With the reason."""
    bring_back: Callable[[RecordId, str], object]
    """With the reason."""
    preview: Callable[[RecordId], CopyPreview]
    """What a plain copy would let out, and whether it may."""
    tells: Callable[[RecordId], Sequence[str]]
    """What it tells beside its content, as codes."""
    copy_out: Callable[..., object]
    """(record, target, progress, unlogged=): to a new file."""


@dataclass(frozen=True)
class Words:
    """What is said about one kind."""

    rename: str
    rename_now: str
    removed: str
    """What removing means."""
    remove_now: str
    bring_back: str
    copy_out: str
    copied_is: str
    """What a copy outside means."""
    copy_to: str
    copied: str


class Jobs(QObject):
    """Long work that shows its progress in one panel, and can be stopped there."""

    def __init__(self, desk: Desk, progress: ProgressPanel) -> None:
        super().__init__(progress)
        self._desk = desk
        self._progress = progress
        self._running: set[tasks.Task] = set()
        progress.cancelled.connect(self._cancel)

    def begin(
        self,
        words: str,
        work: Callable[[Progress], T],
        then: Callable[[T], None],
        *,
        otherwise: Callable[[], None] | None = None,
        counted: bool = True,
    ) -> None:
        """Do it. What goes wrong is said above the screen; `otherwise` follows where it failed or was stopped."""
        self._progress.begin(words, counted=counted)

        def done(result: T) -> None:
            self._end(task)
            then(result)

        def failed(error: CairnError) -> None:
            self._end(task)
            if not isinstance(error, Cancelled):
                self._desk.fail(error)
            if otherwise is not None:
                otherwise()

        task = tasks.run(
            self,
            work,
            then=done,
            failed=failed,
            progress=self._progress.report,
            lane="long",
            job=f"{words}.",
        )
        self._running.add(task)

    @property
    def busy(self) -> bool:
        """Whether some of it is under way."""
        return bool(self._running)

    def _cancel(self) -> None:
        for task in self._running:
            task.cancel()

    def _end(self, task: tasks.Task) -> None:
        self._running.discard(task)
        if not self._running:
            self._progress.end()


class Keeping(QObject):
    """The questions before each of these acts, and the acts. `changed` gets the record's id."""

    def __init__(
        self,
        over: QWidget,
        desk: Desk,
        jobs: Jobs,
        words: Words,
        uses: Uses,
        *,
        needs_reason: Callable[[], bool],
        changed: Callable[[str], None],
    ) -> None:
        """Questions stand over `over`."""
        super().__init__(over)
        self._over = over
        self._desk = desk
        self._jobs = jobs
        self._words = words
        self._uses = uses
        self._needs_reason = needs_reason
        self._changed = changed

    def rename(self, one: Kept) -> None:
        """Ask for another name."""
        name, why = QLineEdit(one.name), QLineEdit()
        content = QWidget()
        parts: list[QWidget] = [Field(self.tr("Name"), name)]
        if self._needs_reason():
            parts.append(Field(self.tr("Reason"), why))
        content.setLayout(column(*parts, space=12))
        sheet = Sheet(self._over, self._words.rename, content)
        sheet.add(self.tr("Cancel"))
        record, uses = one.id, self._uses

        def go() -> None:
            sheet.dismiss()
            new, reason = name.text(), why.text()
            self._change(record, lambda: uses.rename(record, new, reason))

        sheet.add(self._words.rename_now, go, kind="primary")
        name.returnPressed.connect(go)
        sheet.open()
        name.selectAll()

    def remove(self, one: Kept) -> None:
        """Ask why it is removed."""
        record, uses = one.id, self._uses
        ask(
            self._over,
            self.tr("Remove “{name}”?").format(name=one.name),
            self._words.removed,
            yes=self._words.remove_now,
            reason=self.tr("Reason"),
            then=lambda reason: self._change(record, lambda: uses.remove(record, reason)),
        )

    def bring_back(self, one: Kept) -> None:
        """Put it in again, with a reason where one is needed."""
        record, uses = one.id, self._uses

        def go(reason: str) -> None:
            self._change(record, lambda: uses.bring_back(record, reason))

        if self._needs_reason():
            yes, why = self.tr("Bring back"), self.tr("Reason")
            ask(self._over, self._words.bring_back, "", yes=yes, reason=why, then=go)
        else:
            go("")

    def copy_out(self, one: Kept) -> None:
        """Ask the consent gate first, then the person, then where."""
        record, uses = one.id, self._uses

        session = self._desk.session

        def look(progress: Progress) -> tuple[CopyPreview, NamesLook, Sequence[str]]:
            found = uses.preview(record)
            if found.refused:
                return found, names.NOTHING, ()
            return found, names.of_copy(session, found, progress), uses.tells(record)

        def decided(seen: tuple[CopyPreview, NamesLook, Sequence[str]]) -> None:
            found, named, tells = seen
            if found.refused:
                self._desk.say(messages.sentence(found.refused), "warn")
                return
            content = QWidget()
            parts = LeavingWords(self).before_a_copy(found, named)
            if tells:
                told = Problem("tells.file", {"name": one.name, "what": in_words(tells, messages.language())})
                parts.append(Notice(messages.problem(told), "warn"))
            if not found.unlogged:
                parts.append(label(self._words.copied_is, wrap=True))
            content.setLayout(column(*parts, space=16))
            sheet = Sheet(self._over, self._words.copy_out, content)
            sheet.add(self.tr("Cancel"))

            def go() -> None:
                sheet.dismiss()
                self._copy_to(one, unlogged=bool(found.unlogged))

            sheet.add(self.tr("Choose where…"), go, kind="primary")
            sheet.open()

        tasks.run(self, look, then=decided, failed=self._desk.fail, lane="long")

    def _copy_to(self, one: Kept, *, unlogged: bool) -> None:
        record, uses = one.id, self._uses

        def now(target: Path) -> None:
            self._jobs.begin(
                self.tr("Copying out"),
                lambda progress: uses.copy_out(record, target, progress, unlogged=unlogged),
                lambda _done: self._desk.show_saved(self._words.copied),
            )

        choose_new_file(
            self._over, self._words.copy_to, safe_name(one.name), now, verb=self.tr("Copy it here")
        )

    def _change(self, record: RecordId, work: Callable[[], object]) -> None:
        tasks.run(self, lambda _progress: work(), then=lambda _done: self._changed(record))
