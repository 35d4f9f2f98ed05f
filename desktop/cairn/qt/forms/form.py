"""The binder between a record and the fields on the screen. What holds for one form holds for all:

- typed words reach the vault within half a second, cursor and composition with them (`DraftKeeper`);
- a draft that was kept is taken up where the person stopped;
- what others changed is shown, but never over words that were typed: those stay, on the version that they were
  begun on, so that one which came from elsewhere stands beside them and is not overwritten;
- once a version holds what stands here, the words follow it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, NamedTuple, Protocol, TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cairn.app.kernel import record_drafts
from cairn.app.kernel.session import Session
from cairn.errors import InputError
from cairn.model.drafts import Draft
from cairn.model.ids import NO_RECORD, RecordId, RevisionHash, RootId
from cairn.qt.base.writing import writing
from cairn.qt.forms.draft_keeper import DraftKeeper
from cairn.qt.forms.inputs import Input, Spot
from cairn.qt.widgets.editor import commit_composition

B = TypeVar("B", bound=msgspec.Struct)


class Keeping(Protocol):
    """Where the drafts of a form are kept. Called in the background."""

    def save(self, record: RecordId, draft: Draft, /) -> None:
        """Keep it. Raises MachineError."""
        ...

    def discard(self, record: RecordId, /) -> None:
        """Forget it."""
        ...


class RecordDrafts:
    """The drafts of one kind of record of one interview, in the vault."""

    def __init__(self, session: Session, interview: RootId, kind: str) -> None:
        self._session = session
        self._interview = interview
        self._kind = kind

    def save(self, record: RecordId, draft: Draft) -> None:
        """Keep it. Raises MachineError."""
        record_drafts.save(self._session, self._interview, self._kind, record, draft)

    def discard(self, record: RecordId) -> None:
        """Forget it."""
        record_drafts.discard(self._session, record)


class Asked(NamedTuple, Generic[B]):
    """What stood in a form, and how often it had been edited, when the vault was asked."""

    body: B
    edits: int


class Form(QObject, Generic[B]):
    """One record's body in its fields. Fields of the body that the form doesn't show are kept as they are."""

    edited = Signal()
    """Something was changed by hand."""

    def __init__(
        self,
        parent: QObject,
        empty: B,
        inputs: Mapping[str, Input],
        keeping: Callable[[], Keeping],
        *,
        tidy: Callable[[B], B] = lambda body: body,
        nothing: Callable[[B], bool] = lambda _body: False,
    ) -> None:
        """`inputs` by the body's fields, `empty` before anything was shown.

        `tidy` makes of what stands there what the record holds. Where that is `nothing`, no draft is kept of it.
        """
        super().__init__(parent)
        self.record = NO_RECORD
        """Id of the record that is in the form; empty while there is none."""
        self._kind = type(empty)
        self._known = empty
        self._known_as: str | None = None
        """SHA-256 of the version that `_known` is the body of."""
        self._inputs = dict(inputs)
        self._keeping = keeping
        self._tidy = tidy
        self._nothing = nothing
        self._base: RevisionHash | None = None
        self._filled = False
        self._filling = False
        self._fixed = False
        self._wanted_fixed = False
        self._edits = 0
        self._kept_at = 0
        self._last: QObject | None = None
        """The widget that has the cursor, or had it last."""
        for each in inputs.values():
            each.edited.connect(self.touched)
        self.keeper = DraftKeeper(self._take, self)
        writing().changed.connect(self._look_whether_kept)
        if writing().why:
            self._look_whether_kept()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusObjectChanged.connect(self._focus_moved)

    # What stands here

    @property
    def filled(self) -> bool:
        """Whether a record was shown yet."""
        return self._filled

    @property
    def edits(self) -> int:
        """How often something was changed by hand: tells whether an answer is older than the words shown."""
        return self._edits

    @property
    def dirty(self) -> bool:
        """Whether it was changed by hand since it was loaded or became a version."""
        return self._edits != self._kept_at

    @property
    def differs(self) -> bool:
        """Whether other words stand here than in the version that they were begun on; always, where there is none."""
        return self._base is None or self._base != self._known_as or not self._same(self.body(), self._known)

    @property
    def base(self) -> RevisionHash | None:
        """SHA-256 of the version that these words were begun on; None where there is none."""
        return self._base

    def body(self) -> B:
        """What stands in the form, as the record's body."""
        values = {name: each.value() for name, each in self._inputs.items()}
        return self._tidy(msgspec.structs.replace(self._known, **values))

    def asked(self) -> Asked[B]:
        """What stands here now: to be given to `show` with the answer of the vault."""
        return Asked(self.body(), self._edits)

    def snapshot(self) -> Draft:
        """The draft as it stands, with cursor, undo steps and what is still being composed."""
        name, spot = self._spot()
        field = f"{name}.{spot.part}" if spot.part else name
        body = msgspec.Raw(msgspec.json.encode(self.body()))
        undo = list(spot.undo)
        return Draft(self._base, body, composing=spot.composing, field=field, cursor=spot.cursor, undo=undo)

    def read(self, draft: Draft) -> B:
        """The body that a draft holds. Raises InputError `record.malformed`."""
        try:
            return msgspec.json.decode(bytes(draft.body), type=self._kind)
        except msgspec.DecodeError as error:
            raise InputError("record.malformed") from error

    # Showing

    def begin(self, record: RecordId, body: B, base: RevisionHash | None = None) -> None:
        """Show another record from its beginning, whatever stood here."""
        self.record = record
        self._fill(body)
        self._known, self._known_as, self._base = body, base, base
        self._kept_at, self._filled = self._edits, True

    def go_on_as(self, record: RecordId) -> None:
        """What was typed on is another record from now on: the one before was kept as it stood earlier."""
        self.record, self._base = record, None
        self.keeper.touched()

    def resume(self, record: RecordId, draft: Draft) -> None:
        """Show a record that is a draft and no version yet, where the person stopped."""
        self.begin(record, self.read(draft), draft.base)
        self._take_up(draft)

    def show(
        self,
        record: RecordId,
        body: B,
        base: RevisionHash | None,
        draft: Draft | None = None,
        asked: Asked[B] | None = None,
    ) -> None:
        """Show a version and the draft upon it, but never over words that were typed.

        `asked` is what stood here when this was asked for. Where the version holds just that, the words here
        follow it.
        """
        another = record != self.record
        now = body if draft is None else self.read(draft)
        begun_on = base if draft is None else draft.base
        if another or not self._filled:
            self.record = record
            self._fill(now)
            self._known, self._known_as = body, base
            self._base, self._kept_at, self._filled = begun_on, self._edits, True
            if draft is not None:
                self._take_up(draft)
            return
        self._known, self._known_as = body, base
        if self.dirty:
            if asked is not None and draft is None and self._same(asked.body, body):
                self._base, self._kept_at = begun_on, asked.edits
        else:
            self._base = begun_on
            if not self._same(self.body(), now):
                self._fill(now)

    def follow(self, sha: RevisionHash | None, edits: int) -> None:
        """What stood here when `edits` was read is the version `sha` now; what is typed next follows it."""
        self._base, self._kept_at = sha, edits
        if not self.dirty:
            self._known, self._known_as = self.body(), sha

    def forget_loaded(self) -> None:
        """The next `show` shows what it is given, whatever stands here now."""
        self._filled = False

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can only be read. It takes no words either while nothing can be kept."""
        self._wanted_fixed = fixed
        self._look_whether_kept()

    def _look_whether_kept(self) -> None:
        fixed = self._wanted_fixed or bool(writing().why)
        if fixed and not self._fixed and isinstance(self._last, QWidget):
            # What an input method still composes was typed while it could be kept: it goes on waiting with the rest.
            commit_composition(self._last)
        self._fixed = fixed
        for each in self._inputs.values():
            each.set_read_only(self._fixed)

    def go_on(self) -> None:
        """Put the cursor back where the person stopped, if that was in this form."""
        if isinstance(self._last, QWidget):
            self._last.setFocus()

    def touched(self) -> None:
        """Something was changed by hand: the fields tell this by themselves."""
        if self._filling:
            return
        self._edits += 1
        self.keeper.touched()
        self.edited.emit()

    def _fill(self, body: B) -> None:
        self._filling = True
        for name, each in self._inputs.items():
            each.load(getattr(body, name))
        self._filling = False

    def _same(self, one: B, other: B) -> bool:
        """Whether both read the same in this form."""
        return all(getattr(one, name) == getattr(other, name) for name in self._inputs)

    # Where the person stopped

    def _take_up(self, draft: Draft) -> None:
        name, _, part = draft.field.partition(".")
        found = self._inputs.get(name)
        if found is not None:
            spot = Spot(part, draft.cursor, draft.composing, draft.undo)
            self._last = found.take_up(spot, fixed=self._fixed) or self._last

    def _spot(self) -> tuple[str, Spot]:
        chosen = ("", Spot())
        for name, each in self._inputs.items():
            spot = each.spot(self._last)
            # What is being composed can't be typed again; a cursor can be put back by hand.
            if spot is not None and (spot.composing or not chosen[1].composing):
                chosen = (name, spot)
        return chosen

    def _focus_moved(self, now: QObject | None) -> None:
        # Not `hasFocus` when it is asked for: the button that locks may have taken the focus just now.
        if any(each.holds(now) for each in self._inputs.values()):
            self._last = now

    # Keeping

    def _take(self) -> Callable[[], None]:
        keeping, record, draft = self._keeping(), self.record, self.snapshot()
        if not record:
            return lambda: None
        if not draft.composing and self._nothing(self.body()):
            return lambda: keeping.discard(record)
        return lambda: keeping.save(record, draft)
