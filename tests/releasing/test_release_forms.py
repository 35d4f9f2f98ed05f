"""The parsers of a release: one way to write each thing, and no other error than our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.app.program import releases
from cairn.app.program.releases import parse_about, parse_sums, parse_version, serialise_about, serialise_sums
from cairn.crypto.ssh import allowed_signers_line, signers
from cairn.errors import InputError, IntegrityError
from releasing.making import FILES, KEY, release, trusted

NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,99}", fullmatch=True)
LISTED = dict.fromkeys([*(one.name for one in FILES), releases.ABOUT], "0" * 64)
GOOD = serialise_sums(LISTED)


@given(st.dictionaries(NAMES, st.from_regex(r"[0-9a-f]{64}", fullmatch=True), max_size=20))
def test_a_list_comes_back_or_is_refused(sums: dict[str, str]) -> None:
    sums[releases.ABOUT] = "1" * 64
    data = serialise_sums(sums)
    folded = {name.lower() for name in sums}
    if len(folded) == len(sums) and not folded & {"sha256sums", "sha256sums.sig"}:
        assert parse_sums(data) == sums
    else:
        with pytest.raises(InputError):
            parse_sums(data)


@given(st.binary(max_size=400))
def test_any_bytes_as_a_list(data: bytes) -> None:
    try:
        sums = parse_sums(data)
    except InputError as error:
        assert error.code == "update.sums-malformed"
    else:
        assert serialise_sums(sums) == data


@given(place=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255))
def test_one_byte_of_a_list(place: int, byte: int) -> None:
    """What is accepted after any change is exactly what it says: no second way to write a list."""
    data = GOOD[:place] + bytes([byte]) + GOOD[place + 1 :]
    try:
        sums = parse_sums(data)
    except InputError:
        return
    assert serialise_sums(sums) == data


def test_a_list_too_long() -> None:
    sums = {f"{number:03}.deb": "0" * 64 for number in range(100)}
    with pytest.raises(InputError):
        parse_sums(serialise_sums({**sums, releases.ABOUT: "0" * 64}))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.data())
def test_any_value_in_any_place_of_what_a_release_says(data: st.DataObject) -> None:
    import msgspec

    about = msgspec.json.decode(serialise_about(release()))
    about[data.draw(st.sampled_from([*about, "more"]))] = data.draw(JSON)
    try:
        found = parse_about(msgspec.json.encode(about), LISTED)
    except InputError as error:
        assert error.code == "update.malformed"
    else:
        assert parse_version(found.version) and found.notes["en"] is not None
        assert all(one.name in LISTED for one in found.files)


@given(st.binary(max_size=300))
def test_any_bytes_as_what_a_release_says(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^update\.malformed$"):
        parse_about(data, LISTED)


@pytest.mark.parametrize("data", [b"[" * 60_000, b'{"a":' * 10_000, b" " * 70_000, b"\xff\xfe"])
def test_what_makes_parsers_stumble(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^update\.malformed$"):
        parse_about(data, LISTED)


@given(st.text(max_size=20))
def test_versions(text: str) -> None:
    try:
        found = parse_version(text)
    except InputError:
        return
    assert ".".join(map(str, found)) == text


LINE = allowed_signers_line("cairn-release", ["release@cairn"], KEY.public.line)


def test_keys_of_a_build() -> None:
    [one] = signers.parse("# a comment\n\n" + LINE)
    assert (one.principal, one.namespaces, one.line) == ("cairn-release", ("release@cairn",), KEY.public.line)
    assert one.fingerprint.startswith("SHA256:") and [one] == trusted()
    assert signers.parse("") == []


@pytest.mark.parametrize(
    "text",
    [
        LINE.replace('namespaces="release@cairn" ', ""),
        LINE.replace("namespaces", "cert-authority,namespaces"),
        LINE.replace("namespaces", 'valid-before="20200101",namespaces'),
        LINE.replace("cairn-release", "*"),
        LINE.replace("cairn-release", "!cairn-release"),
        LINE.replace("ssh-ed25519", "ssh-rsa"),
        LINE[:-9] + "\n",
        "\t" + LINE,
        LINE.replace("\n", "\r\n"),
        LINE * 2000,
    ],
)
def test_keys_that_are_no_keys(text: str) -> None:
    with pytest.raises(InputError, match=r"^crypto\.key-malformed$"):
        signers.parse(text)


@given(st.text(max_size=200))
def test_any_text_as_keys(text: str) -> None:
    try:
        found = signers.parse(text)
    except InputError:
        return
    assert found == []


@given(st.binary(max_size=600))
def test_any_bytes_as_a_signature(data: bytes) -> None:
    with pytest.raises(IntegrityError, match=r"^crypto\.signature-bad$"):
        signers.verify("release@cairn", GOOD, data, trusted())
