"""An identity: who somebody is who was present at an interview, apart from what was told.

The signed body is a commitment and nothing else. What it commits to is the `Opening`, which lies in the
identity compartment under a key of its own, may arrive later than its revision, and can be destroyed
alone (`cairn.crypto.openings`). Nothing of it is searched, compared or shown by way of the record.
"""

from __future__ import annotations

import unicodedata
from typing import Annotated

import msgspec

from cairn.model import strict_json
from cairn.model.ids import is_sha256
from cairn.model.kinds.kind import Kind
from cairn.model.time.told import Told

MAX_NAMES = 64
MAX_TEXT = 4000
"""Longest text of one field, in characters; all of them together fit into an opening (64 KiB)."""

ShortText = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]


class Identity(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """What a revision of an identity says to everybody."""

    commit: str = ""
    """SHA-256 in hex over the opening: its 32 bytes of salt and its padded text. Empty: removed."""

    def __post_init__(self) -> None:
        if self.commit and not is_sha256(self.commit):
            raise ValueError("a commitment is a SHA-256 in lower-case hex")


class Name(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """One name of a person. People have several: a Chinese one is never inferred from how it sounds."""

    text: ShortText = ""
    script: ShortText = ""
    """ISO 15924 code: `Hang`, `Hani`, `Latn`, `Cyrl`, or empty."""
    kind: ShortText = ""
    """Term of the vocabulary `name_kinds`, such as `name.birth`, or empty."""
    system: ShortText = ""
    """How it was spelled: a system's name, or empty."""
    when: Told = Told()
    """When it was used."""


class Contact(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """A way to reach a person."""

    way: ShortText = ""
    """Code: `phone`, `messenger`, `email`, `address`, `through`, or free text."""
    value: ShortText = ""
    note: ShortText = ""


class Question(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """What only she would know: kept back when somebody is traced, and asked of both sides apart."""

    question: ShortText = ""
    answer: ShortText = ""


class Opening(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """What an identity holds. All of it is optional but the person whom it is about."""

    person: ShortText = ""
    """Code of the person in the interview's `people`: `P1`."""
    names: Annotated[list[Name], msgspec.Meta(max_length=MAX_NAMES)] = []
    born: Told = Told()
    """The exact birth, as told and as counted."""
    birthplace: ShortText = ""
    contacts: Annotated[list[Contact], msgspec.Meta(max_length=MAX_NAMES)] = []
    safe: ShortText = ""
    """When and how it is safe to make contact, and through whom."""
    unsafe: ShortText = ""
    """What must never be done: whom not to ask, what not to say, where not to call."""
    note: ShortText = ""
    register: ShortText = ""
    """The name in the household register (hukou), which may be another family's."""
    father: ShortText = ""
    mother: ShortText = ""
    grandfather: ShortText = ""
    """Names of the parents and the grandfather, as told."""
    marks: ShortText = ""
    """Scars, moles, clothes, objects: what she can be known by."""
    questions: Annotated[list[Question], msgspec.Meta(max_length=MAX_NAMES)] = []
    photograph: ShortText = ""
    """Which photograph shows her, and where it lies. The picture itself is a file of the interview."""

    @property
    def every_name(self) -> list[str]:
        """Every name that it holds, of her and of her family: what must not stand elsewhere."""
        found = [name.text for name in self.names]
        return [text for text in (*found, self.register, self.father, self.mother, self.grandfather) if text]

    @property
    def keeps_back(self) -> bool:
        """Whether it holds what is kept back when somebody is traced: it is on no sheet."""
        return bool(self.marks or self.questions or self.photograph)

    @property
    def name(self) -> str:
        """The name to show: the first one."""
        return self.names[0].text if self.names else ""

    @property
    def tells_contact(self) -> bool:
        """Whether it says how to reach the person, which is a part of the consent of its own."""
        return bool(self.contacts or self.safe or self.unsafe)

    @property
    def says_nothing(self) -> bool:
        """Whether it holds no more than whom it is about."""
        return self == Opening(person=self.person)


def encode(opening: Opening) -> bytes:
    """The text of an opening: compact JSON in UTF-8."""
    return msgspec.json.encode(opening)


def decode(text: bytes) -> Opening | None:
    """What an opening's text says; None for one that is malformed, whoever signed for it."""
    try:
        strict_json.require(text)
        return msgspec.json.decode(text, type=Opening)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def named(opening: Opening, text: str) -> Opening:
    """The same with `text` as the name to show; without one, that name goes and the others stay."""
    rest = opening.names[1:]
    first = opening.names[0] if opening.names else Name()
    if not text:
        return msgspec.structs.replace(opening, names=rest)
    name = msgspec.structs.replace(first, text=text, script=script_of(text))
    return msgspec.structs.replace(opening, names=[name, *rest])


_SCRIPTS = {"HANGUL": "Hang", "CJK": "Hani", "LATIN": "Latn", "CYRILLIC": "Cyrl"}


def script_of(text: str) -> str:
    """The script that a name is written in; empty for several, or for one without a code here."""
    found = {unicodedata.name(char, "").split(" ")[0] for char in text if char.isalpha()}
    return _SCRIPTS.get(found.pop(), "") if len(found) == 1 else ""


KIND = Kind(
    name="identity",
    type=Identity,
    version=1,
    part="identity",
    fields=lambda body: {"commit": body.commit},
    # Not a word of it on a page that whoever has the bundle can read.
    page=lambda body, around: [],
    removed=lambda body: not body.commit,
    declined=lambda body: Identity(),
    order=5,
    icon="people",
)
