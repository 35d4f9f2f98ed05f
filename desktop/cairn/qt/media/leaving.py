"""What leaves and what stays of an interview as lines of a list: the words for it, for every screen that lets something out."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cairn.app.consent import wording
from cairn.app.kernel.views import ConsentView
from cairn.app.leaving.names import NOTHING, NamesLook, problems
from cairn.app.leaving.views import CopyPreview, Leaving, SealInterview, Staying
from cairn.qt.base import messages
from cairn.qt.widgets.facts import Line, Notice
from cairn.qt.widgets.items import Entry
from cairn.qt.widgets.saying import Saying

MOST_NAMES = 5
"""Places of names that are told one by one before a copy."""


class LeavingWords(QObject):
    """Makes lines of what a preview holds."""

    def saying(self, view: ConsentView) -> tuple[str, str]:
        """The words of a consent as they were given, and below them what is written down of it."""
        rules = " ".join(wording.sentences(view, messages.language())).replace("\n", " ")
        if not view.set:
            return rules, ""
        about = self.tr("Consent, written down {day}").format(day=messages.day(view.created))
        if view.conflict:
            about = " · ".join((about, self.tr("versions stand side by side, the most restrictive holds")))
        if not view.given.strip():
            return rules, about
        return self.tr("“{words}”").format(words=view.given.strip()), f"{rules} {about}"

    def before_a_copy(self, found: CopyPreview, look: NamesLook = NOTHING) -> list[QWidget]:
        """Above the question whether a plain copy is made: the words of the consent, what leaves by name, and the
        protected names that were found in it.
        """
        name, about = self._named(found.item)
        shown: list[QWidget] = [
            Saying(*self.saying(found.consent)),
            Line(name, about, tone="good", chip=self.tr("leaves")),
            *self.names(look),
        ]
        if found.unlogged:
            shown.append(self.unlogged())
        return shown

    def names(self, look: NamesLook) -> list[QWidget]:
        """The protected names that were found in what is about to leave."""
        told = problems(look, messages.language())
        shown: list[QWidget] = [Notice(messages.problem(each), "warn") for each in told[:MOST_NAMES]]
        if len(told) > MOST_NAMES:
            shown.append(Notice(self.tr("%n more name(s) stand in it.", "", len(told) - MOST_NAMES), "warn"))
        return shown

    def unlogged(self) -> QWidget:
        """Above the same question, where the custody log can't tell of the copy: whoever goes on knows it."""
        return Notice(
            self.tr(
                "Anyone who finds the copy can read or hear it. Nothing can be written in this vault now, so its "
                "custody log will not tell that the copy was made, and nothing else will. Go on only if that is right."
            ),
            "warn",
        )

    def totals(self, leave: int, stay: int, held: int) -> str:
        """How much leaves, stays, and is held back, in one line."""
        said = [self.tr("%n leave", "", leave), self.tr("%n stay", "", stay)]
        if held:
            said.append(self.tr("%n held back by you", "", held))
        return ", ".join(said)

    def counts(self, shown: SealInterview) -> tuple[int, int, int]:
        """How many things leave, stay for another reason, and are held back by the person."""
        return len(shown.leaves), len(shown.stays) - shown.held, shown.held

    def entries(
        self,
        shown: SealInterview,
        *,
        heading: str,
        with_words: bool,
        only_stays: bool = False,
        telling: Collection[str] = (),
    ) -> list[Entry]:
        """One interview: its heading with totals, the words of the consent, and every item by name, people first.

        Without a `heading` there is none. `telling`: ids of those that would leave with more than they show.
        """
        found = []
        if heading:
            found.append(Entry("title", heading, self.totals(*self.counts(shown)), id=shown.id))
        if with_words:
            found.append(Entry("saying", *self.saying(shown.consent), id=shown.id))
        reasons = {each.code for each in shown.stays}
        whole = not shown.leaves and len(reasons) == 1
        if whole:
            # One reason holds back the whole interview: it is said once, above what it is about.
            why = messages.sentence(next(iter(reasons)))
            found.append(
                Entry(
                    "item", self.tr("Everything stays"), why, f"{shown.id} whole", "stays", self.tr("stays")
                )
            )
        items = [each for each in shown.items if not only_stays or isinstance(each, Staying)]
        people = [each for each in items if each.of_people]
        rest = [each for each in items if not each.of_people]
        if people:
            found.append(
                Entry("part", self.tr("People first: voices, faces, names"), id=f"{shown.id} people")
            )
            found += [self._entry(each, whole=whole, tells=each.record in telling) for each in people]
        if rest:
            found.append(Entry("part", self.tr("Words and files"), id=f"{shown.id} words"))
            found += [self._entry(each, whole=whole, tells=each.record in telling) for each in rest]
        return found

    def _entry(self, each: Leaving, *, whole: bool, tells: bool) -> Entry:
        name, about = self._named(each)
        if tells:
            more = self.tr("tells more than can be seen, such as where or when")
            about = f"{about} · {more}"
        if not isinstance(each, Staying):
            action = self.tr("Hold back") if each.can_be_held else ""
            return Entry("item", name, about, each.record, "leaves", self.tr("leaves"), action)
        if each.held and each.can_be_held:
            return Entry(
                "item",
                name,
                self.tr("you hold it back"),
                each.record,
                "held",
                self.tr("held back"),
                self.tr("Let it leave"),
            )
        why = about if whole else messages.sentence(each.code)
        return Entry("item", name, why, each.record, "stays", self.tr("stays"))

    def held_words(self, *, held: bool) -> dict[str, str]:
        """How an item reads at once when it is held back, or let go again."""
        if held:
            return {"state": "held", "chip": self.tr("held back"), "action": self.tr("Let it leave")}
        return {"state": "leaves", "chip": self.tr("leaves"), "action": self.tr("Hold back")}

    def _named(self, each: Leaving) -> tuple[str, str]:
        """What it is called, and what it is."""
        size = messages.size(each.size)
        if each.kind == "recording":
            how_long = messages.length(each.length) if each.length else messages.file_sort("audio/ogg")
            return self.tr("Recording “{name}”").format(name=each.name), f"{how_long}, {size}"
        if each.has_bytes:
            return self.tr("File “{name}”").format(
                name=each.name
            ), f"{messages.file_sort(each.type, each.name)}, {size}"
        if each.kind == "interview":
            return self.tr("Account"), self.tr("What was told, when and where, the people present")
        if each.kind == "consent":
            return self.tr("Consent"), self.tr(
                "What the person agreed to. Whoever receives the rest must know it."
            )
        if each.kind == "identity":
            return self.tr("Protected name and contact"), each.name
        kind = messages.kind(each.kind)
        return (self.tr("{kind} “{name}”").format(kind=kind, name=each.name), "") if each.name else (kind, "")
