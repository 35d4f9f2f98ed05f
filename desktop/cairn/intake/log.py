"""What the sender's custody log shows about itself, held against what was seen of it before.

The excerpt itself was checked (`cairn.custody.excerpt`): signed, whole, each line in the tree. Here it is asked
whether this log goes on from the ones that this vault remembers. There are three answers. It *extends* them; it
*contradicts* them, which no single log can, and is refused; or it is *not shown*: the bundle doesn't say, is taken in
with a warning, and what it showed is remembered beside the rest until a later bundle joins the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from cairn.custody.checkpoint import Verifier
from cairn.custody.excerpt import Excerpt, Shown, check
from cairn.errors import IntegrityError
from cairn.model.exchange import IncomingRevision
from cairn.model.ids import Fingerprint, Sha256

Answer = Literal["extends", "not-shown"]


class LogHead(NamedTuple):
    """How far a log had come."""

    size: int
    """Number of entries."""
    root: Sha256
    """Root (hex) of the tree over them."""


class HeldHead(NamedTuple):
    """A size and root of another device's log that were proven here once."""

    size: int
    root: Sha256
    strand: int
    """Heads of one strand were shown to lie in one tree."""


class Verdict(NamedTuple):
    """What a bundle says about the log that was seen before."""

    answer: Answer
    unproven: int
    """With `not-shown`, the size of the newest head that the bundle leaves open; else 0."""
    joined: frozenset[int]
    """Strands that this bundle's tree goes on from: from now on they are one."""


class Succession(NamedTuple):
    """A log that the sender's log says it goes on from: its vault was restored from a backup."""

    device: Fingerprint
    """Card fingerprint that the vault had before."""
    proven: int
    """Newest size of the former log that was seen here and lies in this tree; 0 when none does, which proves
    nothing either way."""


def check_excerpt(
    said: LogHead, excerpt: Excerpt, revisions: Sequence[IncomingRevision], sender: Verifier
) -> Shown:
    """What the sender's log shows, after every check that needs nothing but the bundle.

    `said` is the head that the signed bundle.json names. Each revision that the sender itself made has to have its
    entry. Raises IntegrityError `intake.checkpoint-wrong`, `intake.log-wrong` when the excerpt does not fit itself
    or is not the one that was signed, `intake.entry-missing`.
    """
    try:
        shown = check(excerpt, sender)
    except IntegrityError as error:
        wrong = error.code == "custody.checkpoint-bad"
        raise IntegrityError("intake.checkpoint-wrong" if wrong else "intake.log-wrong") from error
    if (shown.size, shown.root) != said:
        raise IntegrityError("intake.log-wrong")
    own = [
        (each.envelope.id, each.sha256) for each in revisions if each.envelope.device == sender.fingerprint
    ]
    if shown.untold(own):
        raise IntegrityError("intake.entry-missing")
    return shown


def compare(
    shown: Shown,
    held: Iterable[HeldHead],
    lines: Mapping[int, bytes],
    arrived: Mapping[int, bytes],
    *,
    late: bool = False,
) -> Verdict:
    """Hold what a log shows against what is remembered of it.

    `held` are all heads of this device that were proven here, `lines` the lines of it that are here, `arrived` those
    that came (number → exact line). With `late` the bundle is older than one that was taken in: its head may be one
    that the newer has proven already. Without, a shorter log is one that was put back. Raises IntegrityError `intake.log-contradicts`.
    """
    proven = dict(shown.heads) | {shown.size: shown.root}
    strands: dict[int, int] = {}
    agreed: set[tuple[int, int]] = set()
    for head in held:
        strands[head.strand] = max(head.size, strands.get(head.strand, 0))
        if head.size in proven:
            if proven[head.size] != head.root:
                raise IntegrityError("intake.log-contradicts", size=head.size)
            agreed.add((head.strand, head.size))
    for seq, raw in arrived.items():
        if lines.get(seq, raw) != raw:
            raise IntegrityError("intake.log-contradicts", size=seq)
    # A strand is joined where its newest head lies in this tree, or, for a late bundle, this head in the strand.
    joined = {
        strand
        for strand, newest in strands.items()
        if (strand, newest) in agreed or (late and (strand, shown.size) in agreed)
    }
    unproven = max((newest for strand, newest in strands.items() if strand not in joined), default=0)
    return Verdict("not-shown" if unproven else "extends", unproven, frozenset(joined))


def successions(shown: Shown, held_of: Callable[[str], Iterable[HeldHead]]) -> list[Succession]:
    """What the sender's vault was before it was restored, by its own word, held against what is remembered of it.

    `held_of` gives the heads that were proven of a device's log. Those of sizes that the new log leaves behind are no
    contradiction: the backup may be older than they are. Raises IntegrityError `intake.log-contradicts`.
    """
    proven = dict(shown.heads) | {shown.size: shown.root}
    found = []
    for told in shown.entries.values():
        device, size = told.detail.get("former_device"), told.detail.get("former_size")
        if told.act != "restore" or not isinstance(device, str) or not isinstance(size, int):
            continue
        if proven.get(size, told.detail.get("former_root")) != told.detail.get("former_root"):
            raise IntegrityError("intake.log-contradicts", size=size)
        newest = 0
        for head in held_of(device):
            if head.size > size or head.size not in proven:
                continue
            if proven[head.size] != head.root:
                raise IntegrityError("intake.log-contradicts", size=head.size)
            newest = max(newest, head.size)
        found.append(Succession(Fingerprint(device), newest))
    return found
