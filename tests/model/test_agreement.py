"""A consent as it is recorded, and the plain choices that are presets of it."""

from __future__ import annotations

import msgspec
import pytest

from cairn.model.agreement import MAX_CODES, MAX_ROWS, Consent, PlainConsent, agreed_to
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


def test_a_grid_has_a_length_at_which_it_is_read_no_more() -> None:
    row = Row("yes", ("store",), ("account",), ("verified",))
    assert Consent((row,) * MAX_ROWS).readable is not None
    assert Consent((row,) * (MAX_ROWS + 1)).readable is None
    for field in ("uses", "parts", "recipients"):
        most = msgspec.structs.replace(row, **{field: ("x",) * (MAX_CODES - 2)})
        assert Consent((most,)).readable is not None
        over = msgspec.structs.replace(row, **{field: ("x",) * (MAX_CODES - 1)})
        assert Consent((over,)).readable is None
