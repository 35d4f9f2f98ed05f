"""Before it is written, a bundle is read: each of its parts by the function that its recipient has for it."""

from __future__ import annotations

import dataclasses
from functools import cache

import pytest

from bundle.making import custody, entries, plaintext, plan, sealed, sender
from bundle.test_identity_files import travelling
from cairn.bundle import bag
from cairn.bundle.rehearsal import rehearse
from cairn.errors import InputError, IntegrityError
from cairn.model import limits


@cache
def _parts() -> tuple[dict[str, bytes], dict[str, bytes]]:
    return _apart(sealed(dataclasses.replace(plan(), openings=travelling()))[0])


def _apart(made: bytes) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The tag files of a bundle, and the payload files that are no media."""
    files = {name.removeprefix(bag.ROOT): data for name, data in entries(plaintext(made))}
    small = {name: data for name, data in files.items() if name not in bag.TAGS and not bag.is_media(name)}
    return {name: files[name] for name in bag.TAGS}, small


def _rehearsed(tags: dict[str, bytes] | None = None, small: dict[str, bytes] | None = None) -> None:
    known_tags, known_small = _parts()
    rehearse(known_tags | (tags or {}), list((known_small | (small or {})).items()), sender().public)


def test_what_can_be_read_passes() -> None:
    _rehearsed()


@pytest.mark.parametrize(
    "name",
    [bag.LINES, bag.PAYLOADS, bag.HEADS, bag.PROOF, bag.CHECKPOINT, bag.CHECKPOINT_SIGNATURE,
     bag.CHECKPOINT_SIGNATURE_PQ, bag.records_name(1), bag.OPENINGS, bag.MEDIA_INDEX],
)  # fmt: skip
def test_each_file_is_read(name: str) -> None:
    with pytest.raises(IntegrityError, match=r"^bundle\.would-be-refused$"):
        _rehearsed(small={name: _parts()[1][name] + b"{}\n"})


def test_the_log_is_as_long_as_the_head_says() -> None:
    """Another excerpt of the same log is sound by itself, and tells of every revision."""
    made = plan({})
    longer = dataclasses.replace(made, custody=custody(sender(), made.roots[0].revisions, before=5))
    parts = [_apart(sealed(each)[0]) for each in (made, longer)]
    for own, other in (parts, parts[::-1]):
        rehearse(own[0], list(own[1].items()), sender().public)
        with pytest.raises(IntegrityError, match=r"^bundle\.would-be-refused$"):
            rehearse(own[0], list(other[1].items()), sender().public)


@pytest.mark.parametrize("name", [bag.opening_name(1), bag.opening_name(2)])
def test_an_opening_is_no_longer_than_its_reader_takes(name: str) -> None:
    most = limits.OPENING_FILE.most
    _rehearsed(small={name: bytes(most)})
    with pytest.raises(InputError, match=r"^bundle\.too-big$"):
        _rehearsed(small={name: bytes(most + 1)})


@pytest.mark.parametrize("tag", bag.TAGS)
def test_a_tag_file_is_no_longer_than_its_reader_takes(tag: str) -> None:
    with pytest.raises(InputError, match=r"^bundle\.too-big$"):
        _rehearsed({tag: bytes(bag.CAPS[tag].most + 1)})


@pytest.mark.parametrize("tag", bag.TAGS)
def test_a_tag_file_is_verified(tag: str) -> None:
    with pytest.raises(IntegrityError, match=r"^bundle\.would-be-refused$"):
        _rehearsed({tag: _parts()[0][tag] + b"\n"})
