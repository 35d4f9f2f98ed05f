"""A consent as it is recorded, and the plain choices that are presets of it."""

from __future__ import annotations

import msgspec
import pytest

from cairn.model.agreement import MAX_CODES, MAX_ROWS, Consent, PlainConsent, agreed_to, in_words
from cairn.model.consent import Row, preset

NAMED = ["SHA256:a", "SHA256:b"]


@pytest.mark.parametrize(
    ("plain", "grid"),
    [
        (PlainConsent(), ()),
        (PlainConsent("keep", given="by telephone"), preset("keep")),
        (PlainConsent("share"), preset("share")),
        (PlainConsent("share", "verified", NAMED), preset("share")),
        (PlainConsent("share", "named", NAMED), preset("share", NAMED)),
    ],
)
def test_a_plain_choice_is_a_grid_and_is_known_again(plain: PlainConsent, grid: tuple[Row, ...]) -> None:
    full = plain.full()
    assert (full.grid, full.given) == (grid, plain.given)
    assert full == agreed_to(plain.choice, plain.share_with, plain.contacts, plain.given)
    named = plain.share_with == "named"
    assert (full.choice, full.share_with) == (plain.choice, "named" if named else "verified")
    assert full.contacts == (plain.contacts if named else [])
    assert msgspec.json.decode(msgspec.json.encode(full), type=Consent) == full
    assert full.readable == grid


@pytest.mark.parametrize(
    "wrong", [PlainConsent("share-more"), PlainConsent(""), PlainConsent("share", "friends")]
)
def test_what_is_no_choice_is_refused(wrong: PlainConsent) -> None:
    with pytest.raises(ValueError, match=r"share-more|friends|^$"):
        wrong.full()


def test_a_grid_that_is_no_preset_is_custom() -> None:
    body = Consent((Row("yes", ("store",), ("account",), ("office",)),))
    assert (body.choice, body.share_with, body.contacts) == ("custom", "verified", [])


def test_who_is_named_in_any_row() -> None:
    one = Row("yes", ("store",), ("account",), ("office", NAMED[1]))
    two = Row("no", ("store",), ("account",), (*NAMED, "SHA256"))
    assert Consent((one, two)).named == [NAMED[1], NAMED[0]]
    assert Consent(()).named == [] and Consent((one,) * (MAX_ROWS + 1)).named == []


def test_codes_are_asked_for_as_the_words_are_kept() -> None:
    grid = (Row("yes", ("un_bodies",), (), ("a_to", NAMED[0])), Row("no", ("x_y_z",), (), (), "2027-03-31"))
    assert in_words(grid, lambda code: f"<{code}>", {NAMED[0]: "Archive"}) == [
        "<answer-yes>: <use-un-bodies> · – · <to-a-to>, Archive",
        "<answer-no>: <use-x-y-z> · – · –",
    ]


def test_a_grid_has_a_length_at_which_it_is_read_no_more() -> None:
    row = Row("yes", ("store",), ("account",), ("verified",))
    assert Consent((row,) * MAX_ROWS).readable is not None
    assert Consent((row,) * (MAX_ROWS + 1)).readable is None
    for field in ("uses", "parts", "recipients"):
        most = msgspec.structs.replace(row, **{field: ("x",) * (MAX_CODES - 2)})
        assert Consent((most,)).readable is not None
        over = msgspec.structs.replace(row, **{field: ("x",) * (MAX_CODES - 1)})
        assert Consent((over,)).readable is None
