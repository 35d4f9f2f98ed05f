"""People and what is known of them in words of the screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cairn.app.kernel import times
from cairn.app.people.coded import Coding
from cairn.app.people.family import Member
from cairn.model.places.told import PlaceTold
from cairn.model.time.told import Told
from cairn.qt.base import messages
from cairn.qt.screens.interviews.people import role_words
from cairn.vocab.terms import Terms


def told(time: Told) -> str:
    """A time: what it was taken to mean, else its words."""
    return times.described(time, messages.language())


def place(where: PlaceTold) -> str:
    """A place as it was told, and how it lies to it."""
    translate = QCoreApplication.translate
    if where.relation == "unknown" and not where.words:
        return translate("PersonWords", "place not known")
    text = where.words or ", ".join(where.places)
    if not text:
        return ""
    how = {
        "near": translate("PersonWords", "near {place}"),
        "between": translate("PersonWords", "between: {place}"),
    }.get(where.relation, "{place}")
    return how.format(place=text)


class PersonWords:
    """Says who somebody is, as the list and the picture show her."""

    def __init__(self, coding: Coding, terms: Terms) -> None:
        self._coding = coding
        self._terms = terms

    def term(self, id_: str) -> str:
        """The label of a term; one that is not known says so beside its id."""
        found = self._terms.get(id_)
        if not id_ or found.known:
            return found.label(messages.language()) if id_ else ""
        return QCoreApplication.translate("PersonWords", "{term} (not known here)").format(term=id_)

    def title(self, each: Member) -> str:
        """Who she is to the one who tells, or how she is spoken of; an open name goes first."""
        translate = QCoreApplication.translate
        if each.person.names:
            return ", ".join(name.text for name in each.person.names[:3] if name.text)
        if each.teller:
            return translate("Roles", "told the account")
        if each.person.described:
            return each.person.described
        if each.words or each.relation:
            said = each.words or each.relation
            # What stands in brackets tells who says it: here it is the one who tells.
            return self.term(said).partition(" (")[0] if said.startswith(("kin.", "rel.")) else said
        if each.present is not None:
            return each.present.name or role_words().get(each.present.role, each.present.role)
        if each.person.roles:
            return self.term(each.person.roles[0])
        return translate("PersonWords", "spoken of")

    def line(self, each: Member) -> str:
        """What matters most of her, in a few words."""
        translate = QCoreApplication.translate
        if each.apart:
            when = told(each.apart[0].parted.last_seen)
            text = translate("PersonWords", "parted, {when}") if when else translate("PersonWords", "parted")
            return text.format(when=when)
        if each.holds:
            who = ", ".join(self._coding.called(child) for child in each.holds)
            return translate("PersonWords", "holds {who}").format(who=who)
        person = each.person
        if person.died != Told():
            return translate("PersonWords", "died {when}").format(when=told(person.died))
        if "state.life.dead" in person.states:
            return self.term("state.life.dead")
        if person.born != Told():
            return self.born(each)
        where = place(person.home) or place(person.birthplace)
        if where:
            return where
        return person.occupation or (self.role(each) if each.present is not None else "")

    def role(self, each: Member) -> str:
        """Her role where she was present."""
        if each.present is None or each.teller:
            return ""
        return role_words().get(each.present.role, each.present.role)

    def born(self, each: Member) -> str:
        """When she was born."""
        when = told(each.person.born)
        return QCoreApplication.translate("PersonWords", "born {when}").format(when=when) if when else ""

    def apart(self, each: Member) -> list[str]:
        """What the picture says of somebody who is parted: last seen, the register, who holds her."""
        translate = QCoreApplication.translate
        found = []
        for one in each.apart[:1]:
            parted = one.parted
            when = told(parted.last_seen)
            found.append(
                translate("PersonWords", "last seen {when}").format(when=when)
                if when
                else translate("PersonWords", "last seen: not told")
            )
            if parted.registered:
                found.append(self.term(parted.registered))
            elif parted.holder:
                found.append(
                    translate("PersonWords", "with {who}").format(who=self._coding.called(parted.holder))
                )
        return found

    def edge(self, word: str) -> str:
        """What stands at a line of the picture."""
        translate = QCoreApplication.translate
        if word == "separation":
            return translate("PersonWords", "parted")
        return translate("PersonWords", "holds the child") if word == "holds" else self.term(word)

    def said(self, each: Member) -> str:
        """All of it in one line, as it is heard."""
        parts = [each.code, self.title(each), self.line(each), *self.apart(each)]
        return ", ".join(dict.fromkeys(part for part in parts if part))
