"""Information: what one source gives about one act or event, and how it is known (HURIDOCS; OHCHR's two judgements).

The reliability of the source and the validity of the information are judged apart and never made into one score. What
speaks against an act is information like what speaks for it.
"""

from __future__ import annotations

import msgspec

from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.kinds import described
from cairn.model.kinds.described import Long, Short, TermId
from cairn.model.kinds.kind import Authority, Kind


class Information(msgspec.Struct, omit_defaults=True):
    """What one person, or one paper, says about one act or event."""

    about: RecordId = NO_RECORD
    """An act, an event, a relation or an involvement."""
    teller: RecordId = NO_RECORD
    """The person whose information it is; empty for the one who tells the account."""
    document: RecordId = NO_RECORD
    """A file that shows it."""
    basis: TermId = TermId("")
    """Term `basis.*`: saw, heard, was told."""
    vantage: Long = ""
    """From where, how far, for how long; how the time is known."""
    passed_by: Short = ""
    """Through whom it came, where it was told on."""
    reliability: TermId = TermId("")
    """Term `reliability.*`, of the source."""
    validity: TermId = TermId("")
    """Term `validity.*`, of the information."""
    against: bool = False
    """Whether it speaks against it."""
    language: Short = ""
    note: Long = ""
    removed: bool = False


KIND = Kind(
    name="information",
    type=Information,
    version=1,
    authority=Authority.LAYER,
    freezes=False,
    part="acts",
    title=lambda body: "",
    texts=described.texts,
    fields=described.fields,
    references=described.references,
    page=described.page("information"),
    order=35,
    icon="note",
)
