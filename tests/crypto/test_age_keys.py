"""Recipients and identities: their texts, and the rules that keep stanzas from meaning two things."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.crypto import age
from cairn.crypto.age import bech32, keys
from cairn.crypto.age.format import Stanza, encode
from cairn.errors import CairnError, InputError, MachineError

PQ = age.PQIdentity(bytes(range(32)))
X = age.X25519Identity(bytes(range(1, 33)))
FILE_KEY = b"sixteen byte key"


@given(st.text("abcdefghijklmnopqrstuvwxyz-0123456789", min_size=1, max_size=20), st.binary(max_size=80))
def test_bech32_comes_back(prefix: str, data: bytes) -> None:
    text = bech32.encode(prefix, data)
    assert bech32.decode(text) == (prefix, data) == bech32.decode(text.upper())


@given(st.one_of(st.text(max_size=60), st.text("qpzry9x8gf2tvdw0s3jn54khce6mua7l1AB", max_size=30)))
def test_bech32_that_is_accepted_is_written_the_same(text: str) -> None:
    try:
        prefix, data = bech32.decode(text)
    except ValueError:
        return
    assert bech32.encode(prefix, data) == text.lower()


@given(st.data())
def test_bech32_finds_a_changed_letter(data: st.DataObject) -> None:
    text = X.recipient
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(
        st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l1bio! ~\x7f가").filter(lambda c: c != text[place])
    )
    with pytest.raises(InputError, match=r"^age\.recipient-malformed$"):
        age.parse_recipient(text[:place] + letter + text[place + 1 :])


def test_bech32_known_answers() -> None:
    # BIP173, and age's specification.
    assert bech32.decode("A12UEL5L") == ("a", b"")
    spec = age.X25519Identity.from_text(
        "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
    )
    assert spec.recipient == "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    pq = "AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR"
    assert age.parse_identity(pq).recipient.startswith(
        "age1pq1x34nzsvr0rxjsgdn8zgyhfe8j7ceq5r9rdelkjuh3y235jzxs"
    )
    for wrong, why in [
        ("", "prefix"),
        ("1", "prefix"),
        ("1qqqqqq", "prefix"),
        ("no-one", "prefix"),
        ("a\x7f1qqqqqq", "prefix"),
        ("a1", "checksum"),
        ("a1qqqqqq", "checksum"),
        ("A12UEL5l", "case"),
        ("é1qqqqqq", "case"),
        ("x1b4n0q5v", "letter"),
    ]:
        with pytest.raises(ValueError, match=f"^{why}$"):
            bech32.decode(wrong)


@pytest.mark.parametrize(
    ("prefix", "good"),
    [
        ("", False),
        (" ", False),
        ("a b", False),
        ("\x7f", False),
        ("!", True),
        ("~", True),
        ("a1!", True),
        ("\u00e9", False),
    ],
)
def test_bech32_has_a_prefix_that_can_be_seen(prefix: str, good: bool) -> None:
    """Whatever the checksum says."""
    text = bech32.encode(prefix, b"abc")
    if good:
        assert bech32.decode(text) == (prefix, b"abc")
    else:
        with pytest.raises(ValueError, match=r"^(prefix|case)$"):
            bech32.decode(text)


def test_bech32_knows_no_letter_that_becomes_another_one_in_lower_case() -> None:
    text = next(each for n in range(99) if "k" in (each := bech32.encode("a", bytes([n, n])))).upper()
    assert bech32.decode(text)
    with pytest.raises(ValueError, match="^case$"):
        bech32.decode(text.replace("K", "\N{KELVIN SIGN}"))


def test_bech32_has_a_whole_checksum_after_its_prefix() -> None:
    """Also where letters of the prefix happen to be the beginning of a right one."""
    for first in range(ord("a"), ord("z") + 1):
        head = [first >> 5, 3, 0, first & 31]
        check = bech32._polymod([*head, *[0] * 6]) ^ 1
        found = [check >> 5 * (5 - place) & 31 for place in range(6)]
        if 1 <= found[0] <= 26:
            break
    prefix = chr(first) + chr(0x60 + found[0])
    assert bech32._polymod([*bech32._expand(prefix), *found[1:]]) == 1
    with pytest.raises(ValueError, match="^checksum$"):
        bech32.decode(prefix + "1" + "".join(bech32._ALPHABET[value] for value in found[1:]))


@pytest.mark.parametrize("values", [[0], [0, 1], [0, 0, 0]], ids=["one", "loose", "long"])
def test_bech32_with_loose_bits_is_refused(values: list[int]) -> None:
    check = bech32._polymod([*bech32._expand("age"), *values, *[0] * 6]) ^ 1
    tail = [(check >> 5 * (5 - place)) & 31 for place in range(6)]
    with pytest.raises(ValueError, match="padding"):
        bech32.decode("age1" + "".join("qpzry9x8gf2tvdw0s3jn54khce6mua7l"[v] for v in values + tail))


@pytest.mark.parametrize("identity", [PQ, X], ids=["pq", "x25519"])
def test_texts_of_keys_come_back(identity: age.PQIdentity | age.X25519Identity) -> None:
    again = age.parse_identity(identity.to_text())
    assert type(again) is type(identity)
    assert again.recipient == identity.recipient
    assert str(age.parse_recipient(identity.recipient)) == identity.recipient
    assert identity.to_text() == identity.to_text().upper()
    assert type(identity).generate().recipient != identity.recipient


@pytest.mark.parametrize(
    "text",
    ["", "age1", "age1pq1", X.to_text(), PQ.recipient[:-1], PQ.recipient + "q", bech32.encode("age", bytes(31)),
     bech32.encode("age1pq", bytes(1215)), bech32.encode("age1pq", b"\xff" * 1216), bech32.encode("age1tag", bytes(32))],
)  # fmt: skip
def test_what_is_no_recipient_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"^age\.recipient-malformed$"):
        age.parse_recipient(text)


@pytest.mark.parametrize("text", ["", "# nothing\n\n", X.recipient, PQ.to_text()[:-1], X.to_text() + "\nrubbish",
                                  bech32.encode("age-secret-key-", bytes(31)), "AGE-SECRET-KEY-PQ-1"])  # fmt: skip
def test_what_is_no_identity_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"^age\.identity-malformed$"):
        age.parse_identities(text)


def test_an_identity_has_32_bytes() -> None:
    with pytest.raises(InputError, match=r"^age\.identity-malformed$"):
        age.PQIdentity(bytes(31))


def test_each_kind_unwraps_its_own_and_passes_over_the_others() -> None:
    recipients = [
        age.parse_recipient(PQ.recipient),
        age.parse_recipient(X.recipient),
        age.ScryptRecipient("words", 1),
    ]
    identities: list[age.Identity] = [PQ, X, age.ScryptIdentity("words")]
    for place, recipient in enumerate(recipients):
        stanza = recipient.wrap(FILE_KEY)
        assert stanza.type == recipient.kind
        assert [identity.unwrap(stanza) for identity in identities] == [
            FILE_KEY if other == place else None for other in range(3)
        ]
    assert age.PQIdentity.generate().unwrap(recipients[0].wrap(FILE_KEY)) is None
    assert age.X25519Identity.generate().unwrap(recipients[1].wrap(FILE_KEY)) is None
    assert age.ScryptIdentity("other").unwrap(recipients[2].wrap(FILE_KEY)) is None


@pytest.mark.parametrize("identity", [PQ, X], ids=["pq", "x25519"])
def test_a_stanza_that_breaks_its_kind_s_rules_is_malformed(
    identity: age.PQIdentity | age.X25519Identity,
) -> None:
    good = age.parse_recipient(identity.recipient).wrap(FILE_KEY)
    share = good.args[1]
    low = encode(bytes(len(share) * 6 // 8))
    for args, body in [
        ((good.type,), good.body),
        ((*good.args, "more"), good.body),
        ((good.type, share[:-2]), good.body),
        ((good.type, share + "="), good.body),
        ((good.type, share[:-1] + "!"), good.body),
        ((good.type, low), good.body),
        (good.args, good.body + b"\0"),
        (good.args, good.body[:-1]),
    ]:
        with pytest.raises(InputError, match=r"^age\.header-malformed$"):
            identity.unwrap(Stanza(args, body))


def test_a_recipient_that_everyone_could_open_is_refused() -> None:
    with pytest.raises(InputError, match=r"^age\.recipient-malformed$"):
        age.X25519Recipient(bytes(32)).wrap(FILE_KEY)


@pytest.mark.parametrize("log_n", ["21", "99", "100", "9" * 5000])
def test_a_passphrase_that_would_cost_too_much_is_refused(log_n: str) -> None:
    stanza = Stanza(("scrypt", encode(bytes(16)), log_n), bytes(32))
    with pytest.raises(InputError, match=r"^age\.work-factor$"):
        age.ScryptIdentity("words").unwrap(stanza)


@pytest.mark.parametrize(
    ("args", "size"),
    [(("scrypt", encode(bytes(16))), 32), (("scrypt", encode(bytes(16)), "01"), 32), (("scrypt", encode(bytes(15)), "1"), 32),
     (("scrypt", encode(bytes(16)), "1", "x"), 32), (("scrypt", encode(bytes(16)), "1"), 33), (("scrypt", encode(bytes(16)), "-1"), 32)],
)  # fmt: skip
def test_a_passphrase_stanza_has_its_rules_too(args: tuple[str, ...], size: int) -> None:
    with pytest.raises(InputError, match=r"^age\.header-malformed$"):
        age.ScryptIdentity("words").unwrap(Stanza(args, bytes(size)))


def test_work_factors_up_to_the_bound_are_taken() -> None:
    age.ScryptRecipient("words", keys.MAX_LOG_N)
    stanza = age.ScryptRecipient("words", 3).wrap(FILE_KEY)
    assert age.ScryptIdentity("words", 3).unwrap(stanza) == FILE_KEY
    with pytest.raises(InputError, match=r"^age\.work-factor$"):
        age.ScryptIdentity("words", 2).unwrap(stanza)


def test_half_a_surrogate_is_a_passphrase_too() -> None:
    stanza = age.ScryptRecipient("\ud800", 1).wrap(FILE_KEY)
    assert age.ScryptIdentity("\ud800").unwrap(stanza) == FILE_KEY


@pytest.mark.parametrize("log_n", [0, 21, -1])
def test_a_work_factor_out_of_bounds_is_refused(log_n: int) -> None:
    with pytest.raises(InputError, match=r"^age\.work-factor$"):
        age.ScryptRecipient("words", log_n)


def test_too_little_memory_is_the_machine_s_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoRoom:
        def __init__(self, *_: object) -> None:
            raise MemoryError

    monkeypatch.setattr(keys, "Scrypt", NoRoom)
    with pytest.raises(MachineError, match=r"^machine\.out-of-memory$"):
        age.ScryptRecipient("words", 1).wrap(FILE_KEY)


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=4), st.binary(max_size=40))
def test_no_stanza_crashes_an_identity(args: list[str], body: bytes) -> None:
    for kind in ("X25519", "mlkem768x25519", "scrypt", args[0]):
        for identity in (PQ, X, age.ScryptIdentity("words", 1)):
            try:
                identity.unwrap(Stanza((kind, *args[1:]), body))
            except CairnError as error:
                assert error.code in ("age.header-malformed", "age.work-factor")


def test_a_sealed_file_with_a_passphrase() -> None:
    out = io.BytesIO()
    writer = age.AgeWriter(out, [age.ScryptRecipient("words", 4)])
    writer.write(b"x")
    writer.finish()
    out.seek(0)
    assert age.AgeReader(out, [X, age.ScryptIdentity("words")]).read() == b"x"
