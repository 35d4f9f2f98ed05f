"""One act while it is coded: its slots, and below *More* every other field that the record has.

Everything in it is one draft, kept with every keystroke, and one unit of work when it is saved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from cairn.app.coding.acts import NAME, ActWork, Cited, Involved, Known, Who
from cairn.app.kernel.session import Session
from cairn.model.ids import NO_RECORD, RecordId, RevisionHash, RootId
from cairn.model.kinds.act import Act
from cairn.model.kinds.described import TermId, shape
from cairn.model.kinds.vocabularies import of_field
from cairn.qt.base.theme import theme
from cairn.qt.forms.form import Form, RecordDrafts
from cairn.qt.forms.inputs import Input, Spot, WhenInput
from cairn.qt.forms.pickers import PickedInput, PlaceInput, TermInput
from cairn.qt.forms.struct_rows import Column, StructRows
from cairn.qt.screens.interviews.coding import fields
from cairn.qt.screens.interviews.coding.fields import Setting
from cairn.qt.screens.interviews.coding.who import WhoInput, WhoPicker
from cairn.qt.widgets import Banner, Field, button, card, column, hline, label, row
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.place_picker import PlacePicker
from cairn.qt.widgets.reflow import Flow
from cairn.qt.widgets.term_picker import TermPicker
from cairn.qt.widgets.when import When

SLOTS = ("type", "whom", "place", "time", "involved", "known")
"""Fields with a slot of their own; `code`, `event` and the parts follow below *More*."""
_PARTS = (
    "detention",
    "killing",
    "torture",
    "repatriation",
    "trafficking",
    "labour",
    "pregnancy",
    "food",
    "religion",
    "child",
)


class FirstIn(QObject):
    """A slot for one field of the first of several entries, which all stand in full below *More*."""

    edited = Signal()

    def __init__(
        self, slot: PickedInput, rows: StructRows, empty: Callable[[Any], msgspec.Struct], field: str
    ) -> None:
        """`empty` makes an entry out of what the slot says."""
        super().__init__(rows)
        self.slot, self.rows = slot, rows
        self._empty, self._field = empty, field
        slot.edited.connect(self._from_slot)
        rows.edited.connect(self._from_rows)

    def value(self) -> list[Any]:
        """All entries."""
        return self.rows.value()

    def load(self, value: Sequence[Any]) -> None:
        """Show these."""
        self.rows.load(value)
        self._show(value)

    def set_read_only(self, fixed: bool) -> None:
        """Whether they can only be read."""
        self.slot.set_read_only(fixed)
        self.rows.set_read_only(fixed)

    def holds(self, widget: QObject | None) -> bool:
        """Whether the cursor is in the slot or in an entry."""
        return self.slot.holds(widget) or self.rows.holds(widget)

    def spot(self, last: QObject | None) -> Spot | None:
        """Where the cursor is: `slot`, or an entry and its field."""
        found = self.slot.spot(last)
        if found is None:
            return self.rows.spot(last)
        return Spot("slot", found.cursor, found.composing, found.undo)

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget | None:
        """Put the cursor back."""
        if spot.part == "slot":
            return self.slot.take_up(Spot("", spot.cursor, spot.composing, spot.undo), fixed=fixed)
        return self.rows.take_up(spot, fixed=fixed)

    def _from_slot(self) -> None:
        said, found = self.slot.value(), self.rows.value()  # type: ignore[attr-defined]
        if found:
            found[0] = msgspec.structs.replace(found[0], **{self._field: said})
        elif said:
            found = [self._empty(said)]
        self.rows.load(found)
        self.edited.emit()

    def _from_rows(self) -> None:
        self._show(self.rows.value())
        self.edited.emit()

    def _show(self, entries: Sequence[Any]) -> None:
        first = getattr(entries[0], self._field) if entries else getattr(self._empty(None), self._field)
        if first != self.slot.value():  # type: ignore[attr-defined]
            self.slot.load(first)  # type: ignore[attr-defined]


class CitedInput(QObject):
    """The words that were chosen: no field, but what a draft must not forget."""

    edited = Signal()

    def __init__(self, show: Callable[[Cited | None], None], parent: QObject) -> None:
        super().__init__(parent)
        self._show = show
        self._value: Cited | None = None

    def value(self) -> Cited | None:
        """The words."""
        return self._value

    def load(self, value: Cited | None) -> None:
        """Show other words."""
        self._value = value
        self._show(value)

    def choose(self, value: Cited | None) -> None:
        """The person chose other words."""
        self.load(value)
        self.edited.emit()

    def set_read_only(self, fixed: bool) -> None:
        """It has nothing to type into."""

    def holds(self, widget: QObject | None) -> bool:
        """There is no cursor in it."""
        return False

    def spot(self, last: QObject | None) -> Spot | None:
        """There is none."""
        return None

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget | None:
        """There is none."""
        return None


class ActCard(QWidget):
    """The card. Ctrl+Enter saves, Esc puts it away: what was typed stays as a draft."""

    save_wanted = Signal()
    put_away = Signal()
    remove_wanted = Signal()

    def __init__(self, session: Session, interview: RootId, setting: Setting) -> None:
        super().__init__()
        self._title = label("", "strong", wrap=True)
        self._quote = label("", "soft", wrap=True)
        self.banner = Banner()
        self.type = TermPicker(setting.terms, of_field(NAME, "type"))
        self.whom = WhoPicker(setting.coding, ("person",))
        self.by = WhoPicker(setting.coding, ("unknown", "person", "unit"), units=True)
        self.place = PlacePicker(setting.places)
        self.when = When(setting.day)
        self.basis = TermPicker(setting.terms, of_field("information", "basis"))
        self.cited = CitedInput(self._show_quote, self)
        involved = self._rows("involvement", Involved, setting, ("act", "perpetrator", "unknown", "record"))
        known = self._rows("information", Known, setting, ("about", "teller", "record"))
        inputs: dict[str, Input] = {
            "type": TermInput(self.type),
            "whom": WhoInput(self.whom),
            "place": PlaceInput(self.place),
            "time": WhenInput(self.when),
            "involved": FirstIn(WhoInput(self.by), involved, _involved, "whom"),
            "known": FirstIn(TermInput(self.basis), known, _known, "basis"),
            "cited": self.cited,
        }
        more: list[QWidget] = []
        parts: list[QWidget] = []
        for name, (hint, inside) in shape(Act).items():
            if name in (*SLOTS, "victim", "removed", "code"):
                continue
            made = fields.made(NAME, name, hint, inside, setting)
            inputs[name] = made.input
            (parts if name in _PARTS else more).append(
                made.widget if inside is not None else Field(fields.word(NAME, name), made.widget)
            )
        self.form = Form(
            self,
            ActWork(),
            inputs,
            lambda: RecordDrafts(session, interview, NAME),
            nothing=lambda work: work == ActWork(cited=work.cited),
        )
        self.save = button(self.tr("Add act"), self.save_wanted.emit, kind="primary")
        self.save.setToolTip(self.tr("Ctrl+Enter"))
        self.remove = button(self.tr("Remove this act"), self.remove_wanted.emit, kind="danger")
        only_where_kept(self.save, self.remove)
        self._unfold = button(self.tr("More about this act"), self._toggle, kind="link")
        self._unfold.setCheckable(True)
        self._more = QWidget()
        self._more.setLayout(
            column(
                *more,
                label(self.tr("By whom"), "strong"),
                involved,
                label(self.tr("How it is known"), "strong"),
                known,
                label(self.tr("What belongs to some acts only"), "strong"),
                *parts,
                space=14,
            )
        )
        show_if(self._more, False)
        slots = [
            _slot(self.tr("What"), self.type, self.tr("What was done")),
            _slot(self.tr("To whom"), self.whom, self.tr("To whom")),
            _slot(self.tr("By whom"), self.by, self.tr("By whom")),
            _slot(self.tr("Where"), self.place, self.tr("Where")),
            _slot(self.tr("When"), self.when, self.tr("When")),
            _slot(self.tr("How known"), self.basis, self.tr("How known")),
        ]
        lined = [part for slot in slots for part in (slot, hline())]
        away = button(self.tr("Put away"), self.put_away.emit, kind="quiet")
        away.setToolTip(self.tr("Esc"))
        self.setLayout(
            column(
                card(
                    self._title,
                    self._quote,
                    self.banner,
                    *lined,
                    row(self._unfold, None),
                    self._more,
                    Flow(away, self.remove, self.save),
                    space=8,
                ),
                space=0,
            )
        )
        for key, run in (("Ctrl+Return", self.save_wanted), ("Ctrl+Enter", self.save_wanted)):
            made_key = QShortcut(QKeySequence(key), self)
            made_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made_key.activated.connect(run.emit)

    def _rows(
        self, kind: str, struct: type[msgspec.Struct], setting: Setting, but: Sequence[str]
    ) -> StructRows:
        name = self.tr("By whom") if kind == "involvement" else self.tr("How it is known")
        columns = fields.columns(kind, struct, setting, but=(*but, "whom"))
        whom = Column("whom", self.tr("Who"), lambda: fields.made(kind, "whom", Who, Who, setting))
        rows = StructRows(struct, [whom, *columns], self.tr("Add one more"), self.tr("Remove this one"))
        rows.setAccessibleName(name)
        return rows

    # What stands in it

    def begin(self, record: RecordId, work: ActWork, base: RevisionHash | None, code: str) -> None:
        """Show an act, or an empty one."""
        self.form.begin(record, work, base)
        self._name(code, base)

    def _name(self, code: str, base: RevisionHash | None) -> None:
        new = base is None
        self._title.setText(self.tr("New act") if new else self.tr("Act {code}").format(code=code))
        self.save.setText(self.tr("Add act") if new else self.tr("Save act"))
        show_if(self.remove, not new)
        self.banner.clear()

    def resume(self, record: RecordId, draft: Any, code: str) -> None:
        """Go on with an act where the person stopped."""
        self.form.resume(record, draft)
        self._name(code, draft.base)

    @property
    def record(self) -> RecordId:
        """The act that is in it; nothing while there is none."""
        return self.form.record or NO_RECORD

    def _show_quote(self, cited: Cited | None) -> None:
        text = cited.quote if cited is not None else ""
        shown = text if len(text) <= 120 else text[:119] + "…"
        self._quote.setText(f"“{shown}”" if shown else "")
        show_if(self._quote, bool(shown))

    def _toggle(self) -> None:
        show_if(self._more, self._unfold.isChecked())


def _slot(word: str, control: QWidget, name: str) -> QWidget:
    """A row of an act: its word at the left, without a box."""
    control.setAccessibleName(name)
    said = label(word, "caption", wrap=True)
    said.setFixedWidth(theme().px(72))
    part = QWidget()
    layout = row(said, control, space=8)
    layout.setAlignment(said, Qt.AlignmentFlag.AlignTop)
    layout.setStretch(1, 1)
    part.setLayout(layout)
    return part


def _involved(said: Any) -> Involved:
    return Involved(whom=said or Who())


def _known(said: Any) -> Known:
    return Known(basis=said or TermId(""))
