"""The sender's custody log, as it travels: whole, as signed, and going on from what was seen before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from cairn.custody import checkpoint as checkpoints
from cairn.custody.line import FIRST_PREV, line_hash
from cairn.custody.walk import MemoryRows, Report, extends, verify
from cairn.errors import CairnError, IntegrityError


class LogHead(NamedTuple):
    """How far a log had come."""

    size: int
    """Number of entries."""
    head: str
    """SHA-256 of the exact last line; 64 zeros for an empty log."""


class TextVerifier(Protocol):
    """The sender's public keys, as much as a checkpoint needs."""

    @property
    def fingerprint(self) -> str: ...
    def verify_text(self, namespace: str, data: bytes, signature: bytes) -> None: ...


def check_log(
    said: LogHead,
    lines: Sequence[bytes],
    payloads: Mapping[int, tuple[bytes, bytes]],
    checkpoint: bytes,
    signature: bytes,
    sender: TextVerifier,
    held: Sequence[LogHead] = (),
    *,
    late: bool = False,
) -> LogHead:
    """The head of the log that came, after every check. Keep it, and pass it in `held` the next time.

    `said` is the head that the signed bundle.json names, `lines` are exact lines without newlines,
    `payloads` seq → (salt, payload) of what travelled, `held` the heads of this log that were accepted
    before, in any order. With `late` the bundle is older than one that was taken in (its sequence number
    is lower), and the log may be shorter than what is held; else it has to go on from all of it.

    Raises IntegrityError `intake.log-wrong` when it is no whole chain, is not the log that was signed, or
    a payload is not what its line commits to; `intake.checkpoint-wrong`; `intake.log-not-extending`
    when it forked or was set back.
    """
    try:
        extends(0, FIRST_PREV, lines)
        statement = checkpoints.parse(checkpoint)
        sender.verify_text(checkpoints.NAMESPACE, checkpoint, signature)
    except CairnError as error:
        wrong = "intake.log-wrong" if error.code == "custody.line-altered" else "intake.checkpoint-wrong"
        raise IntegrityError(wrong) from error
    found = LogHead(len(lines), line_hash(lines[-1]) if lines else FIRST_PREV)
    if found != said or not _walk(lines, payloads).whole or any(not 1 <= n <= len(lines) for n in payloads):
        raise IntegrityError("intake.log-wrong")
    at_checkpoint = LogHead(statement.size, statement.head)
    if statement.device != sender.fingerprint or not _agrees(lines, at_checkpoint):
        raise IntegrityError("intake.checkpoint-wrong")
    for known in held:
        if known.size > found.size and late:
            continue
        if not _agrees(lines, known):
            raise IntegrityError("intake.log-not-extending", size=known.size)
    return found


def _walk(lines: Sequence[bytes], payloads: Mapping[int, tuple[bytes, bytes]]) -> Report:
    return verify(MemoryRows(lines, dict(payloads)))


def _agrees(lines: Sequence[bytes], known: LogHead) -> bool:
    """Whether the log had this head when it was this long."""
    if known.size > len(lines):
        return False
    return known.head == (line_hash(lines[known.size - 1]) if known.size else FIRST_PREV)
