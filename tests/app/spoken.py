"""Recordings without sound, for tests of what is written about them."""

from __future__ import annotations

import msgspec

from cairn.app.interviews import interviews
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.model.drafts import Draft
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.recording import Recording
from cairn.model.kinds.transcript import Paragraph, Transcript
from cairn.model.values import Span

MINUTE = 60_000


def interview(s: Session, title: str = "W-017") -> str:
    """An interview with a first version."""
    made = interviews.create(s, title=title)
    interviews.save_version(s, made, Interview(title=title))
    return made


def recording(s: Session, within: str, /, *excluded: tuple[int, int], **more: object) -> str:
    """A recording of ten minutes, of which these spans are off the record."""
    body = Recording(
        name="Recording 1", sha256="ab" * 32, duration=10 * MINUTE, excluded=[Span(a, b) for a, b in excluded]
    )
    with s.store.write() as work:
        record, _ = revising.write(s, work, msgspec.structs.replace(body, **more), root=within)
    return record


def exclude(s: Session, record: str, *spans: tuple[int, int]) -> None:
    """Put spans off the record afterwards."""
    with s.store.write() as work:
        head = revising.need(work, record, "recording")
        assert isinstance(head.body, Recording)
        body = msgspec.structs.replace(head.body, excluded=[Span(a, b) for a, b in spans])
        revising.write(
            s,
            work,
            body,
            root=head.envelope.root,
            record=record,
            parents=[head.sha],
            reason="the person asked",
        )


def transcript(recording: str, *paragraphs: Paragraph, **more: object) -> Transcript:
    """A transcript of these paragraphs."""
    return msgspec.structs.replace(
        Transcript(recording=recording, language="ko", translation="en", paragraphs=list(paragraphs)), **more
    )


def draft(body: Transcript, base: str | None = None) -> Draft:
    """What an editor hands over while somebody types."""
    return Draft(base=base, body=msgspec.Raw(msgspec.json.encode(body)))


def said(start: int, text: str, *, end: int = 0, speaker: str = "", translation: str = "") -> Paragraph:
    """One paragraph."""
    return Paragraph(start=start, end=end, speaker=speaker, text=text, translation=translation)
