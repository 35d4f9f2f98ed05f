"""The interview: the case file of one conversation, and the root of everything that was told in it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

import msgspec

from cairn.model.kinds.kind import Kind, Scope, Text
from cairn.model.kinds.page import (
    Block,
    Coded,
    Facts,
    Heading,
    Paragraphs,
    Surroundings,
    Time,
    Value,
    When,
    Word,
)
from cairn.model.time import told
from cairn.model.time.told import Told


class Person(msgspec.Struct, omit_defaults=True):
    """Someone present at the interview. `name` is what the interviewer writes: a code name is enough."""

    name: str = ""
    """Empty for somebody protected: the name lies in the identity record of this code, and nowhere else."""
    role: str = ""
    """Code: `told`, `interviewer`, `interpreter`, `companion`, `guardian`, `observer`, or free text."""
    code: str = ""
    """What the person is called where the name must not stand: `P1`, or chosen. One person each."""
    protected: bool = False

    def __post_init__(self) -> None:
        # A name beside the promise that there is none would travel to whoever may not have it.
        if self.protected and (self.name or not self.code):
            raise ValueError("somebody protected has a code and no name")

    @property
    def shown(self) -> str:
        """How the person is called everywhere but where identities are read: name, or code."""
        return self.name or self.code


PROTECTED_ROLES = frozenset(("told", "guardian", "companion"))
"""Roles whose names are protected unless somebody says otherwise."""


ROLES = (*sorted(PROTECTED_ROLES), "interpreter", "interviewer", "observer")
"""Roles that have a code; any other is free text."""


def next_code(people: Iterable[Person]) -> str:
    """The first code `P1`, `P2`, … that none of them has."""
    taken = {person.code for person in people}
    return next(code for number in count(1) if (code := f"P{number}") not in taken)


class Interview(msgspec.Struct, omit_defaults=True):
    """The case file of one conversation. Whether it is finalised stands in the envelope."""

    title: str = ""
    """Code name, such as W-017. Never a real name by advice, but nobody is stopped."""
    date: Told = Told()
    """When it was held, as told, and what that was taken to mean: `14 March 2026`, `winter 2009?`."""
    place: str = ""
    languages: list[str] = []
    """BCP 47 codes (`ko`, `zh`), or text where no code is known."""
    people: list[Person] = []
    summary: str = ""
    account: str = ""
    """The free account: plain text, paragraphs parted by newlines."""


def _texts(body: Interview) -> Iterable[Text]:
    people = "\n".join(person.shown for person in body.people if person.shown)
    return [
        Text("title", body.title),
        Text("date", body.date.words),
        Text("place", body.place),
        Text("people", people),
        Text("summary", body.summary),
        Text("account", body.account),
    ]


def _present(person: Person) -> str:
    """A person and the role, by its code where it has one: whoever shows it has a word for that."""
    role = f"role-{person.role}" if person.role in ROLES else person.role
    return f"{person.shown} ({role})" if role else person.shown


def _fields(body: Interview) -> dict[str, str]:
    return {
        "title": body.title,
        **told.fields("date", body.date),
        "place": body.place,
        "languages": ", ".join(body.languages),
        "people": "\n".join(_present(person) for person in body.people),
        "summary": body.summary,
        "account": body.account,
    }


def _page(body: Interview, around: Surroundings) -> list[Block]:
    people: list[Value] = []
    for person in body.people:
        people += [" · "] if people else []
        people.append(person.shown)
        people += [" (", Coded("person", person.role), ")"] if person.role else []
    saved: list[Value] = [When(around.created)]
    saved += [" · ", Word("final")] if around.final else []
    blocks: list[Block] = [
        Heading("untitled" if not body.title else "", body.title, level=2),
        Facts(
            [
                ("date", [Time(body.date)]),
                ("place", [body.place]),
                ("languages", [", ".join(body.languages)]),
                ("people", people),
                ("author", [around.author]),
                ("saved", saved),
                ("reason", [around.reason]),
            ]
        ),
    ]
    for word, text in (("summary", body.summary), ("account", body.account)):
        if text:
            blocks += [Heading(word), Paragraphs(text)]
    return blocks


KIND = Kind(
    name="interview",
    type=Interview,
    version=2,
    scope=Scope.INTERVIEW,
    is_root=True,
    part="account",
    title=lambda body: body.title,
    texts=_texts,
    fields=_fields,
    page=_page,
    citable=lambda body: {"account": body.account, "summary": body.summary},
    order=0,
    icon="interviews",
)
