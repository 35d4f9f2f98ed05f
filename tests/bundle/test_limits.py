"""One table of limits: printed in FORMAT.md, asked by the reader, and by the writer before it writes."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import begun
import cairn.bundle
from bundle.making import custody, plan, revision, sealed, sender
from cairn.bundle import bag
from cairn.bundle.writer import BundleRoot
from cairn.custody import excerpt, payload
from cairn.errors import InputError, IntegrityError
from cairn.model import limits
from cairn.model.exchange import Stub
from cairn.model.kinds.envelope import MAX_REVISION_BYTES, decode
from cairn.model.kinds.interview import Interview
from cairn.storage.revisions import MAX_ANCESTORS

FORMAT = Path(cairn.bundle.__file__).with_name("FORMAT.md")


def test_the_page_prints_the_table() -> None:
    assert limits.printed() in FORMAT.read_text("utf-8")


def test_every_limit_is_in_the_table() -> None:
    declared = [each for each in vars(limits).values() if isinstance(each, limits.Limit)]
    assert list(limits.TABLE) == declared


def test_other_rooms_have_no_other_numbers() -> None:
    assert limits.REVISION.most == MAX_REVISION_BYTES
    assert limits.CUSTODY_PAYLOAD.most == payload.MAX_PAYLOAD_BYTES
    assert limits.CUSTODY_HEADS.most == excerpt.MAX_HEADS
    assert limits.STUBS.most == MAX_ANCESTORS


def test_require() -> None:
    limits.RECIPIENTS.require(64)
    with pytest.raises(InputError, match=r"bundle\.too-big"):
        limits.RECIPIENTS.require(65)


def _heads(count: int) -> object:
    made = plan({})
    part = custody(sender(), made.roots[0].revisions, before=100, heads=range(1, count + 1))
    return dataclasses.replace(made, custody=part)


def _stubs(count: int) -> object:
    made = plan({})
    (interview,) = made.roots
    note = decode(interview.revisions[-1][0])
    stubs = [Stub(note.id, f"{n:064x}", note.kind) for n in range(count)]
    return dataclasses.replace(made, roots=[dataclasses.replace(interview, stubs=stubs)])


def _parents(count: int) -> object:
    made = plan({})
    (interview,) = made.roots
    note = decode(interview.revisions[-1][0])
    stub = Stub(note.id, "ab" * 32, note.kind, [f"{n:064x}" for n in range(count)])
    return dataclasses.replace(made, roots=[dataclasses.replace(interview, stubs=[stub])])


def _versions(count: int) -> object:
    made = plan({})
    interview = begun.root(sender())
    each = [revision(Interview(title=str(n)), root=interview) for n in range(count)]
    return dataclasses.replace(made, roots=[BundleRoot(interview, each)], custody=custody(sender(), each))


@pytest.mark.parametrize(
    ("make", "most"),
    [(_heads, 64), (_stubs, 10_000), (_parents, 64), (_versions, 64)],
)
def test_the_writer_refuses_one_more(make: object, most: int) -> None:
    data, _ = sealed(make(most))  # type: ignore[operator]
    assert data
    with pytest.raises((InputError, IntegrityError), match=r"bundle\.(too-big|would-be-refused)"):
        sealed(make(most + 1))  # type: ignore[operator]


@pytest.mark.parametrize(
    "limit",
    [limits.RECORDS_FILE, limits.MEDIA_INDEX, limits.CUSTODY_LINES, limits.CUSTODY_PAYLOADS, limits.CUSTODY_PROOF,
     limits.LINES, limits.PAYLOAD_FILES],
)  # fmt: skip
def test_the_writer_asks_for_every_size(limit: limits.Limit, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the least of everything were too much."""
    made = plan()
    sealed(made)
    monkeypatch.setattr(limits.Limit, "require", _refusing(limit))
    with pytest.raises(InputError, match=r"bundle\.too-big"):
        sealed(made)


def _refusing(wanted: limits.Limit) -> object:
    def require(self: limits.Limit, amount: int) -> None:
        if self is wanted and amount:
            raise InputError("bundle.too-big")

    return require


@pytest.mark.parametrize("damage", ["entry", "payload", "proof", "device", "checkpoint", "stub"])
def test_the_writer_refuses_what_does_not_fit_together(damage: str) -> None:
    made = plan({})
    part = made.custody
    (interview,) = made.roots
    bad = {
        "entry": dataclasses.replace(made, custody=custody(sender(), interview.revisions[1:])),
        "payload": dataclasses.replace(
            made, custody=excerpt.Excerpt(part.checkpoint, part.lines[1:], part.payloads, (), part.proof)
        ),
        "proof": dataclasses.replace(
            made, custody=excerpt.Excerpt(part.checkpoint, part.lines, part.payloads, (), part.proof[32:])
        ),
        "device": dataclasses.replace(made, custody=custody(_other(), interview.revisions)),
        "checkpoint": dataclasses.replace(
            made,
            custody=excerpt.Excerpt(
                custody(sender(), before=5).checkpoint, part.lines, part.payloads, (), part.proof
            ),
        ),
        "stub": dataclasses.replace(
            made, roots=[dataclasses.replace(interview, stubs=[Stub("x", "ab" * 32, "note")])]
        ),
    }[damage]
    with pytest.raises(IntegrityError, match=r"bundle\.would-be-refused"):
        sealed(bad)


def _other() -> object:
    from bundle.making import stranger

    return stranger()


def test_a_tag_file_has_its_limit() -> None:
    assert {limits.MANIFEST, limits.TAG_FILE} == set(bag.CAPS.values())
