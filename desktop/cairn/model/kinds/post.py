"""A post: what somebody was, in which unit, from when to when, and under whom."""

from __future__ import annotations

import msgspec

from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.kinds import described
from cairn.model.kinds.described import Long, Short, TermId
from cairn.model.kinds.kind import Authority, Kind
from cairn.model.time.told import Told


class Post(msgspec.Struct, omit_defaults=True):
    """One post of one person. A person may have had several, and a unit many at a time."""

    person: RecordId = NO_RECORD
    unit: RecordId = NO_RECORD
    post: TermId = TermId("")
    """Term `post.*`."""
    words: Short = ""
    """What he was called."""
    rank: TermId = TermId("")
    """Term `rank.*`."""
    superior: RecordId = NO_RECORD
    """The person who gave the orders, where that was said."""
    since: Told = Told()
    until: Told = Told()
    certainty: Short = ""
    note: Long = ""
    removed: bool = False


KIND = Kind(
    name="post",
    type=Post,
    version=1,
    authority=Authority.LAYER,
    freezes=False,
    part="acts",
    title=lambda body: body.words,
    texts=described.texts,
    fields=described.fields,
    references=described.references,
    page=described.page("post"),
    order=31,
    icon="people",
)
