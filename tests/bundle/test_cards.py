"""Contact cards: what they say is what was signed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import unix
from bundle.making import card, sender, stranger
from cairn.bundle.cards import NAMESPACE, card_keys, read_card, write_card
from cairn.crypto.ssh import allowed_signers_line
from cairn.errors import CairnError, InputError, IntegrityError

BEGIN = b"-----BEGIN SSH SIGNATURE-----\n"


def _resigned(old: bytes, new: bytes) -> bytes:
    """A card whose text was changed and signed again by the same keys."""
    text = card(sender()).partition(BEGIN)[0]
    assert text.count(old) == 1
    text = text.replace(old, new)
    return text + sender().sign_text(NAMESPACE, text) + sender().sign_text_pq(NAMESPACE, text)


def test_round_trip() -> None:
    data = write_card(
        sender(), label="  사무소 서울 ", role="office", created="2026-11-22", expires="2027-11-22"
    )
    found = read_card(data)
    assert (found.label, found.role, found.created, found.expires) == (
        "사무소 서울",
        "office",
        "2026-11-22",
        "2027-11-22",
    )
    assert found.fingerprint == sender().fingerprint == card_keys(found).fingerprint
    assert list(found.words) == sender().words and len(found.words) == 12
    assert data.partition(BEGIN)[0].count(b"\n") == 9


def test_decomposed_hangul_is_composed() -> None:
    assert read_card(write_card(sender(), label="\u1100\u1161", role="field")).label == "가"


@given(st.text(max_size=90))
@settings(deadline=None)
def test_any_label_is_refused_or_kept(label: str) -> None:
    try:
        data = write_card(sender(), label=label, role="field")
    except InputError as error:
        assert error.code == "card.label"
        return
    import unicodedata

    assert read_card(data).label == unicodedata.normalize("NFC", label).strip()


@pytest.mark.parametrize("label", ["x", "x" * 80, "가" * 80, "می\u200cخواهم", "क्\u200dष"])
def test_labels_that_people_have(label: str) -> None:
    assert read_card(write_card(sender(), label=label, role="field")).label == label


@pytest.mark.parametrize("label", ["", "  ", "a\nb", "a\x00", "x" * 81, "a\u202eb", "a\u2028b"])
def test_labels_that_deceive(label: str) -> None:
    with pytest.raises(InputError, match=r"card\.label"):
        write_card(sender(), label=label, role="field")


def test_a_role_that_no_card_has() -> None:
    with pytest.raises(InputError, match=r"card\.malformed"):
        write_card(sender(), label="x", role="boss")


@pytest.mark.parametrize("date", ["2026-13-01", "tomorrow", "2026-01-01\n", "20260101"])
def test_dates(date: str) -> None:
    with pytest.raises(InputError, match=r"card\.date"):
        write_card(sender(), label="x", role="field", expires=date)
    with pytest.raises(InputError, match=r"card\.date"):
        write_card(sender(), label="x", role="field", created=date, expires="2027-11-22")


@given(st.integers(0, 20_000), st.integers(1, 255))
@settings(max_examples=150, deadline=None)
def test_no_changed_byte_verifies(place: int, change: int) -> None:
    data = bytearray(card(sender()))
    data[place % len(data)] ^= change
    with pytest.raises(CairnError) as caught:
        read_card(bytes(data))
    assert caught.value.code in ("card.malformed", "card.newer", "card.signature-bad")


@given(st.binary(max_size=300))
def test_noise(noise: bytes) -> None:
    for data in (noise, b"cairn-card/2\n" + noise, noise + card(sender()), card(sender()) + noise):
        if data != card(sender()):
            with pytest.raises(CairnError):
                read_card(data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("label: 현장 7".encode(), b"label:  x"),
        ("label: 현장 7".encode(), "label: 가\u202e".encode()),
        ("label: 현장 7".encode(), b"label: \xff"),
        (b"role: field", b"role: boss"),
        (b"role: field\n", b"role: field\nrole: office\n"),
        (b"created: 2026-11-22", b"created: now"),
        (b"expires:", b"expires: "),
        (b"expires:", b"expires: 2027-13-01"),
        (b"expires:", b"expires: later"),
        (b"\nexpires:", b""),
        (b"\nexpires:", b"\nexpires:\n"),
        (b"\nexpires:", b"\nexpired:"),
        (b"expires:", b"expires"),
        (b"\nage: age1pq1", b"\nage: age1pq1q"),
        (b"\nidentity: age1pq1", b"\nidentity: age1pq1q"),
        (b"\nidentity: ", b"\nidentity:"),
        (b"\nidentity: ", b"\nIdentity: "),
        (b"cairn-card/2", b"cairn-card/1"),
        (b"cairn-card/2", b"cairn-card/02"),
        (b"ed25519: ssh-ed25519 ", b"ed25519: ssh-ed25519  "),
        (b"\nmldsa: ", b" comment\nmldsa: "),
        (b"\ncreated:", b" comment\ncreated:"),
    ],
)
def test_signed_nonsense_is_malformed(old: bytes, new: bytes) -> None:
    """Also a card's own keys can't sign what has two readings."""
    with pytest.raises(InputError, match=r"card\.malformed"):
        read_card(_resigned(old, new))


def test_newer() -> None:
    with pytest.raises(InputError, match=r"card\.newer"):
        read_card(_resigned(b"cairn-card/2", b"cairn-card/3"))
    with pytest.raises(InputError, match=r"card\.newer"):
        read_card(b"cairn-card/10\nsomething quite different\n")
    with pytest.raises(InputError, match=r"card\.newer"):
        read_card(b"cairn-card/10\nwith one signature alone\n" + BEGIN + b"x")


def test_one_key_for_bundles_and_identities_is_no_card() -> None:
    found = read_card(card(sender()))
    with pytest.raises(InputError, match=r"card\.malformed"):
        read_card(_resigned(f"identity: {found.identity}".encode(), f"identity: {found.age}".encode()))


def test_both_signatures_are_needed() -> None:
    data = card(sender())
    text, _, rest = data.partition(BEGIN)
    classic, _, pq = rest.partition(BEGIN)
    for bad in (text + BEGIN + classic, text + BEGIN + pq, text + BEGIN + pq + BEGIN + classic, text):
        with pytest.raises(CairnError):
            read_card(bad)
    # What isn't two signatures, each to its end and no further, is none that could be bad.
    end = b"-----END SSH SIGNATURE-----\n"
    for bad in (
        text,
        text + BEGIN + classic,
        data + b"x",
        data + end,
        text + BEGIN + classic + end + BEGIN + pq,
        text + BEGIN + classic + b"x" + BEGIN + pq,
        text + BEGIN + b"x" + end + BEGIN + b"x",
    ):
        with pytest.raises(InputError, match=r"card\.malformed"):
            read_card(bad)
    other = sender().sign_text("bundle@cairn", text)
    with pytest.raises(IntegrityError, match=r"card\.signature-bad"):
        read_card(text + other + BEGIN + pq)


def test_keys_of_someone_else() -> None:
    theirs = read_card(card(stranger()))
    mine = read_card(card(sender()))
    for old, new in (
        (mine.age, theirs.age),
        (mine.identity, theirs.identity),
        (mine.mldsa, theirs.mldsa),
        (mine.ed25519, theirs.ed25519),
    ):
        with pytest.raises(IntegrityError, match=r"card\.signature-bad"):
            read_card(card(sender()).replace(old.encode(), new.encode()))


def test_too_long() -> None:
    with pytest.raises(InputError, match=r"card\.malformed"):
        read_card(card(sender()) + b"\n" * 70_000)


def test_ssh_keygen_verifies_a_card(tmp_path: Path) -> None:
    """The card is text and two stock signatures: the part before the first is what is signed."""
    text, _, rest = card(sender()).partition(BEGIN)
    (tmp_path / "signers").write_text(allowed_signers_line("me", ["card@cairn"], sender().public.ed25519))
    (tmp_path / "sig").write_bytes(BEGIN + rest.partition(BEGIN)[0])
    command = [
        unix.tool("ssh-keygen"),
        "-Y",
        "verify",
        "-f",
        "signers",
        "-I",
        "me",
        "-n",
        "card@cairn",
        "-s",
        "sig",
    ]
    subprocess.run(command, input=text, cwd=tmp_path, check=True, capture_output=True)
