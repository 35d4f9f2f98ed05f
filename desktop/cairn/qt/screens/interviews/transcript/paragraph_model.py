"""The paragraphs on the screen: changed by hand, stamped with the sound, every change can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from cairn.app.sound import paragraphs
from cairn.model.kinds.transcript import Paragraph
from cairn.model.values import BEGINNING, NO_LENGTH, LengthMs, MomentMs, Span

Index = QModelIndex | QPersistentModelIndex

TIME, SPEAKER, TEXT, TRANSLATION = range(4)
COLUMNS = 4
PLAYING = Qt.ItemDataRole.UserRole + 1
"""Whether this paragraph is heard now."""
OFF = Qt.ItemDataRole.UserRole + 2
"""Whether it touches what is off the record."""
_MOST_STEPS = 200


class ParagraphModel(QAbstractTableModel):
    """Paragraphs in order of time; there is always at least one, if only an empty one.

    Times are milliseconds of the recording's sound.
    """

    edited = Signal()
    """The person changed something."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[Paragraph] = [Paragraph()]
        self._excluded: Sequence[Span] = ()
        self._duration = NO_LENGTH
        self._off: set[int] = set()
        self._spans: list[Span] | None = None
        """From when to when each row lasts; None after a change."""
        self._playing: int | None = None
        self._undo: list[list[Paragraph]] = []
        self._redo: list[list[Paragraph]] = []
        self.read_only = False

    # What it shows

    def load(self, rows: Sequence[Paragraph], excluded: Sequence[Span], duration: LengthMs) -> None:
        """Show these as they were stored; the person has changed nothing."""
        self.beginResetModel()
        self._rows = sorted(rows, key=lambda each: each.start) or [Paragraph()]
        self._excluded, self._duration = excluded, duration
        self._undo, self._redo = [], []
        self._playing = None
        self._look()
        self.endResetModel()

    def surround(self, excluded: Sequence[Span], duration: LengthMs) -> None:
        """What is off the record is something else now; the words stay."""
        self._excluded, self._duration = excluded, duration
        self._look()
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, COLUMNS - 1), [OFF])

    @property
    def rows(self) -> list[Paragraph]:
        """All that stands there, empty paragraphs too."""
        return list(self._rows)

    @property
    def paragraphs(self) -> list[Paragraph]:
        """What stands there, empty paragraphs left out."""
        return [each for each in self._rows if each.text.strip() or each.translation.strip()]

    def row(self, number: int) -> Paragraph:
        """The paragraph in a row."""
        return self._rows[number]

    @property
    def off(self) -> int:
        """How many paragraphs touch what is off the record."""
        return len(self._off)

    def is_off(self, at: MomentMs) -> bool:
        """Whether a moment is off the record."""
        return any(span.start <= at < span.end for span in self._excluded)

    @property
    def playing(self) -> int | None:
        """The row that is heard."""
        return self._playing

    def set_position(self, at: MomentMs) -> bool:
        """The sound is there now. Returns whether another row is heard than before."""
        if self._spans is None:
            self._spans = paragraphs.stretches(self._rows)
        now = paragraphs.playing(self._spans, at)
        if now == self._playing:
            return False
        before, self._playing = self._playing, now
        for number in (before, now):
            if number is not None and number < len(self._rows):
                self.dataChanged.emit(self.index(number, 0), self.index(number, COLUMNS - 1), [PLAYING])
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else COLUMNS

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found if self.read_only else found | Qt.ItemFlag.ItemIsEditable

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Time"), self.tr("Speaker"), self.tr("Words"), self.tr("Translation"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        each = self._rows[index.row()]
        if role == PLAYING:
            return index.row() == self._playing
        if role == OFF:
            return index.row() in self._off
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == TIME:
            return each.speaker
        texts = (paragraphs.clock(each.start), each.speaker, each.text, each.translation)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return texts[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            word = self.headerData(index.column(), Qt.Orientation.Horizontal)
            return f"{word}: {texts[index.column()]}"
        return None

    # What the person does

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed into a cell. A time that is none, or off the record, is refused."""
        if role != Qt.ItemDataRole.EditRole or self.read_only or not index.isValid():
            return False
        number, column, text = index.row(), index.column(), str(value)
        if text == self.data(index):
            return True
        if column == TIME:
            at = paragraphs.moment(text)
            return at is not None and self.stamp(number, at)
        name = {SPEAKER: "speaker", TEXT: "text", TRANSLATION: "translation"}[column]
        self._rows[number] = msgspec.structs.replace(self._rows[number], **{name: text})
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def begin_step(self) -> None:
        """What comes now can be undone as one step."""
        self._undo.append(list(self._rows))
        del self._undo[:-_MOST_STEPS]
        self._redo = []

    def heard_until(self, number: int, at: MomentMs) -> None:
        """Words are typed into the last paragraph while the sound is there: it lasts at least until then."""
        each = self._rows[number]
        if number == len(self._rows) - 1 and at > max(each.start, each.end) and not self.read_only:
            before = [off.start for off in self._excluded if off.start >= each.start]
            end = min([at, *before])
            if end > each.end:
                self._rows[number] = msgspec.structs.replace(each, end=end)
                self._spans = None

    def split(self, number: int, place: int, at: MomentMs, speaker: str | None = None) -> int | None:
        """A new paragraph after a row, begun at a moment; what stands behind `place` in the text goes there.

        The moment is moved between the starts of its neighbours. Without `speaker` the same goes on
        speaking. Returns the new row, or None where the moment is off the record.
        """
        each = self._rows[number]
        start = max(at, each.start)
        if number + 1 < len(self._rows):
            start = min(start, self._rows[number + 1].start)
        if self.is_off(start):
            return None
        self.begin_step()
        ended = each.end if each.start < each.end <= start else start if start > each.start else BEGINNING
        rest = Paragraph(
            start=start,
            end=each.end if each.end > start else BEGINNING,
            speaker=each.speaker if speaker is None else speaker,
            text=each.text[place:].lstrip(),
        )
        self._rows[number] = msgspec.structs.replace(each, end=ended, text=each.text[:place].rstrip())
        self.beginInsertRows(QModelIndex(), number + 1, number + 1)
        self._rows.insert(number + 1, rest)
        self.endInsertRows()
        self._changed(number)
        return number + 1

    def join(self, number: int) -> int | None:
        """Append a row to the one before; returns where its text begins there. None for the first row."""
        if number == 0:
            return None
        self.begin_step()
        before, each = self._rows[number - 1], self._rows[number]
        place = len(before.text) + (1 if before.text and each.text else 0)
        self._rows[number - 1] = msgspec.structs.replace(
            before,
            end=each.end if each.end > before.start else before.end,
            text=_joined(before.text, each.text),
            translation=_joined(before.translation, each.translation),
        )
        self._take_out(number)
        self._changed(number - 1)
        return place

    def remove(self, number: int) -> None:
        """Take a paragraph out."""
        self.begin_step()
        if len(self._rows) == 1:
            self._rows[0] = Paragraph()
        else:
            self._take_out(number)
        self._changed(0)

    def take_off_out(self) -> None:
        """Take out the paragraphs that touch what is off the record."""
        self.begin_step()
        self.beginResetModel()
        self._rows = [each for n, each in enumerate(self._rows) if n not in self._off] or [Paragraph()]
        self._playing = None
        self._look()
        self.endResetModel()
        self.edited.emit()

    def stamp(self, number: int, at: MomentMs) -> bool:
        """Let a paragraph begin at a moment. The rows stay in order of time. False where it is off the record."""
        at = max(BEGINNING, min(at, MomentMs(self._duration)) if self._duration else at)
        if self.is_off(at):
            return False
        each = self._rows[number]
        if at == each.start:
            return True
        self.begin_step()
        moved = msgspec.structs.replace(each, start=at, end=each.end if each.end > at else BEGINNING)
        self.beginResetModel()
        del self._rows[number]
        place = next((n for n, other in enumerate(self._rows) if other.start > at), len(self._rows))
        self._rows.insert(place, moved)
        self._playing = None
        self._look()
        self.endResetModel()
        self.edited.emit()
        return True

    def find(self, at: MomentMs) -> int:
        """The row that begins at a moment, or the last before it."""
        return max((n for n, each in enumerate(self._rows) if each.start <= at), default=0)

    def undo(self) -> bool:
        """Take back the last step."""
        return self._go(self._undo, self._redo)

    def redo(self) -> bool:
        """Do again what was taken back."""
        return self._go(self._redo, self._undo)

    def _go(self, source: list[list[Paragraph]], other: list[list[Paragraph]]) -> bool:
        while source and source[-1] == self._rows:
            # What was typed was taken back in the cell already.
            source.pop()
        if not source or self.read_only:
            return False
        self.beginResetModel()
        other.append(self._rows)
        self._rows = source.pop()
        self._playing = None
        self._look()
        self.endResetModel()
        self.edited.emit()
        return True

    def _take_out(self, number: int) -> None:
        self.beginRemoveRows(QModelIndex(), number, number)
        del self._rows[number]
        self.endRemoveRows()

    def _changed(self, first: int) -> None:
        self._playing = None
        self._look()
        last = min(first + 1, len(self._rows) - 1)
        self.dataChanged.emit(self.index(first, 0), self.index(last, COLUMNS - 1))
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, COLUMNS - 1), [OFF, PLAYING])
        self.edited.emit()

    def _look(self) -> None:
        self._spans = None
        # As a version would keep them: an end that nobody wrote down comes before the next excluded span.
        kept = paragraphs.ended(self._rows, self._excluded, self._duration)
        touching = paragraphs.touching(kept, self._excluded, self._duration)
        self._off = {number for number in touching if kept[number].text or kept[number].translation}


def _joined(one: str, other: str) -> str:
    return f"{one} {other}".strip() if one and other else one or other


def with_composing(rows: list[Paragraph], number: int, cursor: int, composing: str) -> list[Paragraph]:
    """What the input method was composing when the words were kept stands where it was being typed."""
    if number >= len(rows):
        return rows
    each = rows[number]
    text = each.text[:cursor] + composing + each.text[cursor:]
    return [*rows[:number], msgspec.structs.replace(each, text=text), *rows[number + 1 :]]
