"""The sequence of bundles, and the custody log that comes with them."""

from __future__ import annotations

import pytest

from bundle.making import custody, sender, stranger
from cairn.bundle.writer import CustodyPart
from cairn.custody import checkpoint as checkpoints
from cairn.custody.line import FIRST_PREV, Line, line_hash, serialise
from cairn.errors import IntegrityError
from cairn.intake.log import LogHead, check_log
from cairn.intake.sequence import Received, check_sequence


@pytest.mark.parametrize(
    ("held", "seq", "prev", "codes"),
    [
        (None, 1, "", []),
        (None, 4, "ab" * 32, ["intake.first-missing"]),
        (Received(3, "cd" * 32), 4, "cd" * 32, []),
        (Received(3, "cd" * 32), 4, "ab" * 32, ["intake.forked"]),
        (Received(3, "cd" * 32), 6, "ab" * 32, ["intake.gap"]),
        (Received(3, "cd" * 32), 3, "ab" * 32, ["intake.older"]),
        (Received(3, "cd" * 32), 1, "", ["intake.older"]),
    ],
)
def test_sequence(held: Received | None, seq: int, prev: str, codes: list[str]) -> None:
    problems = check_sequence(held, seq, prev)
    assert [each.code for each in problems] == codes


def _head(part: CustodyPart) -> LogHead:
    return LogHead(len(part.lines), line_hash(part.lines[-1]) if part.lines else FIRST_PREV)


def _check(
    part: CustodyPart, held: list[LogHead] | None = None, *, said: LogHead | None = None, late: bool = False
) -> LogHead:
    return check_log(
        said or _head(part),
        part.lines,
        {seq: (salt, payload) for seq, salt, payload in part.payloads},
        part.checkpoint,
        part.checkpoint_signature,
        sender().public,
        held or [],
        late=late,
    )


def _other(part: CustodyPart, entries: int) -> CustodyPart:
    """Another history of the same device, signed by it."""
    prev = FIRST_PREV
    lines = []
    for seq in range(1, entries + 1):
        lines.append(serialise(Line(seq, prev, "ef" * 32)))
        prev = line_hash(lines[-1])
    signed = checkpoints.sign(sender(), entries, prev, "2026-11-22T03:00:00Z")
    return CustodyPart(lines, [], signed.text, signed.signature)


def test_goes_on() -> None:
    short, long = custody(sender(), 3), custody(sender(), 7)
    first = _check(short)
    assert first == LogHead(3, line_hash(short.lines[-1]))
    assert _check(long, [first]) == _head(long)
    assert _check(long, [first, _head(long)]) == _head(long)


def test_set_back() -> None:
    short, long = custody(sender(), 3), custody(sender(), 7)
    with pytest.raises(IntegrityError, match=r"intake\.log-not-extending"):
        _check(short, [_head(long)])
    # An earlier bundle that comes late is no rollback.
    assert _check(short, [_head(short), _head(long)], late=True) == _head(short)


@pytest.mark.parametrize("late", [False, True])
def test_forked(late: bool) -> None:
    short, long = custody(sender(), 3), custody(sender(), 7)
    for other in (_other(long, 3), _other(long, 9)):
        with pytest.raises(IntegrityError, match=r"intake\.log-not-extending"):
            _check(other, [_head(short)], late=late)


def test_not_the_signed_head() -> None:
    part = custody(sender())
    for said in (LogHead(3, "ab" * 32), LogHead(4, _head(part).head)):
        with pytest.raises(IntegrityError, match=r"intake\.log-wrong"):
            _check(part, said=said)


@pytest.mark.parametrize("change", ["dropped", "swapped", "altered", "payload", "stray"])
def test_not_whole(change: str) -> None:
    part = custody(sender(), 5)
    lines, payloads = list(part.lines), list(part.payloads)
    if change == "dropped":
        del lines[2]
    elif change == "swapped":
        lines[1], lines[2] = lines[2], lines[1]
    elif change == "altered":
        lines[1] = lines[1].replace(b'"commit":"', b'"commit":"0', 1)[:-3] + b'"}'
    elif change == "payload":
        seq, salt, payload = payloads[0]
        payloads[0] = (seq, salt, payload.replace(b"vault.create", b"vault.delete"))
    else:
        payloads.append((99, bytes(32), b"{}"))
    bad = CustodyPart(lines, payloads, part.checkpoint, part.checkpoint_signature)
    with pytest.raises(IntegrityError, match=r"intake\.log-wrong"):
        _check(bad)


@pytest.mark.parametrize("change", ["signature", "text", "stranger", "later", "other"])
def test_checkpoint(change: str) -> None:
    part = custody(sender(), 5)
    text, signature = part.checkpoint, part.checkpoint_signature
    if change == "signature":
        signature = sender().sign_text("bundle@cairn", text)
    elif change == "text":
        text = text.replace(b"\n5\n", b"\n4\n")
    elif change == "stranger":
        found = checkpoints.sign(stranger(), 5, _head(part).head, "2026-11-22T03:00:00Z")
        text, signature = found.text, sender().sign_text("custody@cairn", found.text)
    else:
        size = 6 if change == "later" else 5
        found = checkpoints.sign(sender(), size, "ab" * 32, "2026-11-22T03:00:00Z")
        text, signature = found.text, found.signature
    with pytest.raises(IntegrityError, match=r"intake\.checkpoint-wrong"):
        _check(CustodyPart(part.lines, part.payloads, text, signature))
