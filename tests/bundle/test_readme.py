"""The page for a person with a browser: everything that travels is on it once, in its place, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from html.parser import HTMLParser

import msgspec
import pytest

import begun
from bundle.making import TIME, card, revision, sender
from cairn.bundle.cards import read_card
from cairn.bundle.page import Words
from cairn.bundle.readme import render
from cairn.crypto import record_ids
from cairn.crypto.hashes import sha256_hex
from cairn.crypto.ssh import allowed_signers_line
from cairn.model.exchange import MediaEntry
from cairn.model.kinds import registry
from cairn.model.kinds.attachment import Attachment
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.kind import Kind
from cairn.model.kinds.note import Note

BUNDLE = "7f0c2a52-32ab-4b3e-9c11-0123456789ab"
VOID = {"meta", "!doctype"}


class Page(HTMLParser):
    """Text by text: what stands in which element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == [], "an element that is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        if tag not in (*VOID, "span"):
            self.found.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.found and data.strip():
            tag, said = self.found[-1]
            self.found[-1] = tag, said + data

    def texts(self, tag: str) -> list[str]:
        """What the elements of that name say, in order."""
        return [said for name, said in self.found if name == tag]


def written(roots: Sequence[Sequence[bytes]], media: Sequence[MediaEntry] = (), language: str = "en") -> str:
    text = render(
        card=read_card(card(sender())),
        created=TIME,
        bundle_id=BUNDLE,
        roots=roots,
        media=media,
        language=language,
    ).decode("utf-8")
    Page(text)
    return text


def interview(*, title: str = "W-1", parts: Sequence[object] = ()) -> list[bytes]:
    root = begun.root(sender())
    made = [revision(Interview(title=title), root=root)]
    return [data for data, _ in [*made, *(revision(part, root=root) for part in parts)]]  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_head_says_who_sealed_it_when_and_which_words_to_compare(language: str) -> None:
    say = Words(language)
    text = written([interview()], language=language)
    found, known = Page(text), read_card(card(sender()))
    names, values = found.texts("dt"), found.texts("dd")
    assert names[:5] == [say(key) for key in ("sealed-by", "created", "bundle", "fingerprint", "words")]
    assert values[0] == f"현장 7 · {say.code('role', 'field')}"
    assert values[1] == f"2026-11-22 03:00:00 UTC {unescape(say('clock'))}"
    assert found.texts("code")[:2] == [BUNDLE, known.fingerprint]
    assert values[4] == " ".join(known.words)
    assert found.texts("title") == [say("title")] and found.texts("h1") == [say("heading-one")]
    assert found.texts("p")[:2] == [unescape(say(key)) for key in ("intro", "trust")]
    assert text.startswith(f'<!doctype html>\n<html lang="{language}">\n') and text.endswith("</html>\n")


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_it_counts_the_interviews_and_nothing_else(count: int) -> None:
    other = Kind(name="form", type=Form, version=1, part="none", fields=lambda body: {}, is_root=True)
    with registry.with_kind(other):
        roots = [interview() for _ in range(count)] + [
            [revision(Form(), root=begun.root(sender(), "form"))[0]]
        ]
        (heading,) = Page(written(roots)).texts("h1")
    assert heading == ("One interview" if count == 1 else f"{count} interviews")


class Form(msgspec.Struct):
    """The body of another root."""


def test_it_says_how_to_verify_and_with_which_key() -> None:
    say, keys = Words("en"), sender().public
    found = Page(written([interview()]))
    commands, line = found.texts("pre")
    assert found.texts("h2")[-1] == say("verify")
    assert found.texts("p")[-2:] == [unescape(say(key)) for key in ("verify-intro", "verify-signers")]
    assert commands.startswith("age -d ") and f"-I {keys.principal} -n bundle@cairn" in commands
    assert line == allowed_signers_line(
        keys.principal, ("bundle@cairn", "custody@cairn", "card@cairn"), keys.ed25519
    )


def test_what_was_followed_is_not_shown_and_both_of_two_heads_are() -> None:
    root = begun.root(sender())
    note = begun.part(sender(), root, "note")
    first, _ = revision(Note("as it was"), root=root, id=note)
    heads = [
        revision(Note(text), root=root, id=note, parents=[sha256_hex(first)])[0] for text in ("here", "there")
    ]
    text = written([[revision(Interview(title="W"), root=root)[0], first, *heads]])
    assert "as it was" not in text and "here" in text and "there" in text


def test_each_kind_has_one_heading_and_what_was_removed_none() -> None:
    say = Words("en")
    parts = [Note("first"), Attachment(name="a.jpg"), Note("gone", removed=True), Note("second")]
    text = written([interview(parts=parts), interview(title="W-2", parts=[Note("third")])])
    found = Page(text)
    assert found.texts("h3") == [say("notes"), say("files"), say("notes")]
    assert "gone" not in text and found.texts("h2")[:2] == ["W-1", "W-2"]
    places = [text.index(each) for each in ("W-1", "first", "second", "a.jpg", "W-2", "third")]
    assert places == sorted(places)


def test_a_removed_note_before_the_others_takes_nothing_from_them() -> None:
    text = written([interview(parts=[Note("gone", removed=True), Note("stays")])])
    assert Page(text).texts("h3") == [Words("en")("notes")] and "stays" in text and "gone" not in text


def test_a_file_is_named_where_it_lies_or_said_to_stay() -> None:
    root = begun.root(sender())
    travels, stays = (begun.part(sender(), root, "attachment") for _ in range(2))
    made = [
        revision(Interview(title="W"), root=root)[0],
        revision(Attachment(name="goes.jpg"), root=root, id=travels)[0],
        revision(Attachment(name="stays.jpg"), root=root, id=stays)[0],
    ]
    text = written([made], [MediaEntry("data/media/000001", "ab" * 32, 3, travels, root)])
    places = [text.index(each) for each in ("goes.jpg", "data/media/000001", "stays.jpg", "did not travel")]
    assert places == sorted(places) and text.count("data/media/") == 1


@pytest.mark.parametrize("count", [0, 1, 2])
def test_what_a_newer_version_wrote_is_counted(count: int) -> None:
    made = interview(parts=[Note("known")])
    envelope = msgspec.json.decode(made[0])
    for _ in range(count):
        nonce = record_ids.new_nonce()
        id = record_ids.record_id(envelope["root"], "of-the-future", sender().fingerprint, nonce)
        made.append(msgspec.json.encode(envelope | {"id": id, "kind": "of-the-future", "nonce": nonce}))
    said = re.findall(r">(\S+) further records", written([made]))
    assert said == ([str(count)] if count else [])


def test_a_kind_without_a_page_shows_its_fields_under_its_title() -> None:
    known = {
        "leg": Kind(name="leg", type=Leg, version=1, part="none", fields=lambda body: {"from": body.start, "to": ""},
                    title=lambda body: f"leg {body.start}"),
        "trip": Kind(name="trip", type=Trip, version=1, part="none", fields=lambda body: {"what-for": "work"},
                     title=lambda body: "a trip", is_root=True),
    }  # fmt: skip
    with registry.with_kind(known["leg"]), registry.with_kind(known["trip"]):
        trip = begun.root(sender(), "trip")
        made = [revision(Trip(), root=trip)[0], revision(Leg("<Hoeryong>"), root=trip)[0]]
        found = Page(written([made]))
    assert found.texts("h2")[0] == "trip: a trip"
    assert found.texts("h3") == ["leg: leg <Hoeryong>"]
    assert found.texts("dt")[5:] == ["from", "what-for"] and found.texts("dd")[5:] == ["<Hoeryong>", "work"]


class Leg(msgspec.Struct):
    """The body of a kind that has said nothing of pages."""

    start: str = ""


class Trip(msgspec.Struct):
    """The body of a root that has said nothing of pages."""
