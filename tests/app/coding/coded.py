"""An interview that is coded, for the tests."""

from __future__ import annotations

from typing import Any

import msgspec

from cairn.app.coding import passages
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.model.agreement import Consent, agreed_to
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds.interview import Interview
from cairn.model.passages.anchors import InText

ACCOUNT = (
    "우리는 1998년 겨울에 강을 건넜다.\n\n어머니는 남았다. 동생은 다섯 살이었다.\n\n"
    "They kept us in a shed. A guard with a scar counted us at night."
)


def written(s: Session, account: str = ACCOUNT, agreed: Consent | None = None) -> RootId:
    made = interviews.create(s, title="W-1")
    interviews.save_version(s, made, Interview(title="W-1", account=account))
    consent.set_consent(s, made, agreed or agreed_to("share"))
    return made


def rewrite(s: Session, interview: RootId, account: str) -> None:
    with s.store.read() as reader:
        body = revising.need(reader, interview, "interview").body
    assert isinstance(body, Interview)
    interviews.save_version(s, interview, msgspec.structs.replace(body, account=account))


def mark(
    s: Session,
    interview: RootId,
    words: str,
    text: str = ACCOUNT,
    source: str = "",
    field: str = "account",
    **said: Any,
) -> RecordId:
    start = text.index(words)
    return passages.add(
        s, interview, RecordId(source or interview), InText(start, start + len(words)), field, **said
    )


def states(s: Session, interview: RootId) -> dict[str, str]:
    """What each passage quotes → what became of it."""
    return {each.body.quote: str(each.state) for each in passages.listed(s, interview).passages}
