"""An involvement: one perpetrator in one act, and what that part was."""

from __future__ import annotations

import msgspec

from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.kinds import described
from cairn.model.kinds.described import Long, Short, TermId
from cairn.model.kinds.kind import Authority, Kind


class Involvement(msgspec.Struct, omit_defaults=True):
    """One perpetrator: a person, a unit, or somebody nobody can name."""

    act: RecordId = NO_RECORD
    perpetrator: RecordId = NO_RECORD
    """A person or a unit; empty for somebody unknown."""
    unknown: Short = ""
    """Who it was as far as that was said: an unknown guard of the Maple River house."""
    type: TermId = TermId("")
    """Term `perp.*`."""
    agency: TermId = TermId("")
    """Term `agency.*`."""
    agency_words: Short = ""
    """The word that was used for it, which periods and regions differ in."""
    unit: RecordId = NO_RECORD
    """The unit that he acted for."""
    rank: TermId = TermId("")
    post: TermId = TermId("")
    degree: TermId = TermId("")
    """Term `degree.*`: carried it out, ordered it, knew of it."""
    ordered_by: RecordId = NO_RECORD
    certainty: Short = ""
    """Of it having been this one: code of `cairn.model.kinds.relation.CERTAINTIES`."""
    recognised: Long = ""
    """How the teller knows who it was."""
    forced: Long = ""
    """What speaks for him: was made to, tried to help."""
    aftermath: Long = ""
    """What became of him, as far as known."""
    note: Long = ""
    removed: bool = False


KIND = Kind(
    name="involvement",
    type=Involvement,
    version=1,
    authority=Authority.LAYER,
    freezes=False,
    part="acts",
    title=lambda body: body.unknown,
    texts=described.texts,
    fields=described.fields,
    references=described.references,
    page=described.page("involvement"),
    order=34,
    icon="flag",
)
