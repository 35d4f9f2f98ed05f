"""What went before an interview: why it is held, how it came about, and what may have shaped what is told.

Testimony is attacked for payment and coaching; a record made beforehand is the answer. Safe ways of contact are
identity and stand there.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from cairn.model.kinds import described
from cairn.model.kinds.described import Long, Many, Short, TermId
from cairn.model.kinds.kind import Kind
from cairn.model.time.told import Told


class Benefit(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that was given or promised."""

    kind: TermId = TermId("")
    """Term `benefit.*`."""
    amount: Short = ""
    currency: Short = ""
    purpose: Short = ""
    condition: TermId = TermId("")
    """Term `condition.*`: whether it was said that nothing hangs on it."""


class Earlier(msgspec.Struct, frozen=True, omit_defaults=True):
    """An interview given before this one."""

    kind: TermId = TermId("")
    """Term `earlier.*`."""
    whom: Short = ""
    when: Told = Told()
    written: Short = ""
    """Whether it was written down: `yes`, `no`, `unknown`."""
    copy: Short = ""
    """Who holds a copy."""
    media: Short = ""


class Shown(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something shown or told beforehand."""

    kind: TermId = TermId("")
    """Term `shown.*`."""
    what: Short = ""
    by: Short = ""


class Met(msgspec.Struct, frozen=True, omit_defaults=True):
    """A witness of the same facts whom the teller has met."""

    kind: TermId = TermId("")
    """Term `met.*`."""
    who: Short = ""
    """A code, of this interview or of another."""
    when: Told = Told()
    facts: Short = ""


class FirstAccount(msgspec.Struct, frozen=True, omit_defaults=True):
    """The short interview that stops early and refers: enough to find the person again, nothing to repeat."""

    who: Short = ""
    """A code. The name and safe ways of contact are identity."""
    protection: Long = ""
    facts: Long = ""
    """Which kinds of facts she can speak about, no more."""
    time: Told = Told()
    where: Short = ""
    evidence: Long = ""
    """What she holds: papers, pictures, messages, injuries."""
    others: Long = ""
    """Who else was or will be interviewed about it."""
    referred: Long = ""
    """To whom, for what, and whether she agreed."""
    stopped: bool = False
    """Whether it was stopped there, and left to those whom it was referred to."""


class Preparation(msgspec.Struct, omit_defaults=True):
    """Asked before the recorder starts. What nobody asked is empty, and shown as not asked."""

    why: Long = ""
    """What this interview adds that no other has."""
    searched: Long = ""
    """Where an earlier interview was looked for, and what was found."""
    contact: TermId = TermId("")
    """Who arranged it: term `contact.*`."""
    arranged: Short = ""
    chain: Annotated[list[Short], Many] = []
    """Through whom the referral came, the first one first; codes."""
    benefits: Annotated[list[Benefit], Many] = []
    first: Short = ""
    """Whether it is the first interview: `yes`, `no`, `unknown`."""
    earlier: Annotated[list[Earlier], Many] = []
    published: Long = ""
    """Media, books, lectures."""
    shown: Annotated[list[Shown], Many] = []
    met: Annotated[list[Met], Many] = []
    years: Short = ""
    """Since the facts, and since leaving."""
    relation: Long = ""
    """Of the interviewer to the one who tells."""
    risks: Long = ""
    first_account: FirstAccount | None = None
    removed: bool = False


KIND = Kind(
    name="preparation",
    type=Preparation,
    version=1,
    part="notes",
    title=lambda body: "",
    texts=described.texts,
    fields=described.fields,
    references=described.references,
    page=described.page("preparation"),
    order=4,
    icon="note",
)
