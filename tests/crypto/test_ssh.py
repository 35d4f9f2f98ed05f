"""SSH signatures: strict in what they accept, agreed with OpenSSH's samples, and never True by accident."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.crypto.device import DeviceKeys
from cairn.crypto.hashes import sha256
from cairn.crypto.ssh import (
    CompositeKey,
    Ed25519Key,
    SigningKey,
    allowed_signers_line,
    parse_public_line,
    sign,
    sshsig,
    verify,
)
from cairn.crypto.ssh import keys as ssh_keys
from cairn.crypto.ssh.sshsig import Signature, parse, serialise
from cairn.crypto.ssh.wire import Reader, decode_base64, string
from cairn.errors import CairnError, InputError, IntegrityError

ED = Ed25519Key(b"\1" * 32)
PQ = CompositeKey(ml_seed=b"\2" * 32, ed_seed=b"\3" * 32)
BOTH = pytest.mark.parametrize("key", [ED, PQ], ids=["ed25519", "composite"])
BAD = r"^crypto\.signature-bad$"


@pytest.mark.parametrize("name", ["ed25519", "composite"])
def test_signatures_of_openssh_verify(name: str, sample: Callable[[str], bytes]) -> None:
    line, signature, text = sample(f"{name}.pub").decode().strip(), sample(f"{name}.sig"), sample("plain.txt")
    verify("test@cairn", text, signature, line)
    assert serialise(parse(signature)) == signature
    assert parse_public_line(line).line == line
    assert sshsig.signer(signature).line == line
    with pytest.raises(IntegrityError, match=BAD):
        verify("test@cairn", text + b"\n", signature, line)


@BOTH
def test_only_the_data_the_namespace_and_the_key_that_were_signed(key: SigningKey) -> None:
    signature = sign("bundle@cairn", b"manifest", key)
    line = key.public.line
    verify("bundle@cairn", b"manifest", signature, line)
    other = Ed25519Key(b"\4" * 32) if key is ED else CompositeKey(ml_seed=b"\2" * 32, ed_seed=b"\4" * 32)
    for namespace, data, public in [
        ("bundle@cairn", b"Manifest", line),
        ("custody@cairn", b"manifest", line),
        ("", b"manifest", line),
        ("bundle@cairn", b"manifest", other.public.line),
    ]:
        with pytest.raises(IntegrityError, match=BAD):
            verify(namespace, data, signature, public)


@BOTH
@given(data=st.data())
def test_no_changed_signature_is_accepted(key: SigningKey, data: st.DataObject) -> None:
    signature = bytearray(sign("n", b"x", key))
    place = data.draw(st.integers(0, len(signature) - 1))
    signature[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(IntegrityError, match=BAD):
        verify("n", b"x", bytes(signature), key.public.line)


@BOTH
def test_only_one_text_of_a_signature_is_accepted(key: SigningKey) -> None:
    signature = sign("n", b"x", key)
    verify("n", b"x", signature, key.public.line)
    head, *body, tail = signature.split(b"\n")[:-1]
    rewrapped = b"".join(body)
    for changed in [
        signature[:-1],
        signature + b"\n",
        b"\n" + signature,
        signature.replace(b"\n", b"\r\n"),
        b"\n".join([head, rewrapped, tail, b""]),
        b"\n".join([head, *body, b"", tail, b""]),
        signature.replace(b"SSH SIGNATURE", b"SSH SIGNATURe"),
        b"",
        b"x" * 20_000,
        "서명".encode(),
    ]:
        with pytest.raises(IntegrityError, match=BAD):
            verify("n", b"x", changed, key.public.line)


@BOTH
def test_half_a_composite_or_a_foreign_algorithm_is_refused(key: SigningKey) -> None:
    good = parse(sign("n", b"x", key))
    for fields in [
        {"raw": good.raw[:-1]},
        {"raw": good.raw[-64:] if key is PQ else b""},
        {"raw": bytes(len(good.raw))},
        {"algorithm": b"ssh-rsa"},
        {"namespace": b""},
        {"hash_name": b"sha1"},
        {"key_blob": string(b"ssh-rsa") + string(b"x")},
        {"key_blob": good.key_blob + b"x"},
        {"key_blob": b""},
    ]:
        changed = Signature(
            **{name: fields.get(name, getattr(good, name)) for name in Signature.__struct_fields__}
        )
        with pytest.raises(IntegrityError, match=BAD):
            verify("n", b"x", serialise(changed), key.public.line)


def test_the_ml_dsa_half_alone_must_verify() -> None:
    good = parse(sign("n", b"x", PQ))
    broken = bytearray(good.raw)
    broken[100] ^= 1
    changed = Signature(good.key_blob, good.namespace, good.hash_name, good.algorithm, bytes(broken))
    with pytest.raises(IntegrityError, match=BAD):
        verify("n", b"x", serialise(changed), PQ.public.line)


def test_a_signature_over_another_hash_is_refused() -> None:
    covered = b"SSHSIG" + string(b"n") + string(b"") + string(b"sha256") + string(sha256(b"x"))
    made = Signature(ED.public.blob, b"n", b"sha256", b"ssh-ed25519", ED.sign_raw(covered))
    with pytest.raises(IntegrityError, match=BAD):
        verify("n", b"x", serialise(made), ED.public.line)


@pytest.mark.parametrize("fields", [{"hash_name": b"sha256"}, {"hash_name": b""}, {"namespace": b""}])
def test_other_fields_than_the_formats_are_refused_before_any_key_is_asked(fields: dict[str, bytes]) -> None:
    good = parse(sign("n", b"x", ED))
    changed = Signature(
        **{name: fields.get(name, getattr(good, name)) for name in Signature.__struct_fields__}
    )
    with pytest.raises(IntegrityError, match=BAD):
        parse(serialise(changed))


@pytest.mark.parametrize(
    "damage",
    [
        lambda blob: b"SSHSIX" + blob[6:],
        lambda blob: blob[:9] + b"\2" + blob[10:],
        lambda blob: blob + b"x",
        lambda blob: blob[:-1],
        lambda blob: blob.replace(string(b"n") + string(b""), string(b"n") + string(b"r")),
    ],
    ids=["magic", "version", "long", "short", "reserved"],
)
def test_a_signature_whose_inside_is_wrong_is_refused(damage: Callable[[bytes], bytes]) -> None:
    blob = base64.b64decode(b"".join(sign("n", b"x", ED).splitlines()[1:-1]))
    text = base64.b64encode(damage(blob))
    lines = b"\n".join(text[place : place + 70] for place in range(0, len(text), 70))
    with pytest.raises(IntegrityError, match=BAD):
        parse(b"-----BEGIN SSH SIGNATURE-----\n" + lines + b"\n-----END SSH SIGNATURE-----\n")


@given(st.binary(max_size=400))
def test_whatever_is_given_parses_to_itself_or_fails_plainly(data: bytes) -> None:
    lines = base64.b64encode(data)
    for text in (data, b"-----BEGIN SSH SIGNATURE-----\n" + lines + b"\n-----END SSH SIGNATURE-----\n"):
        with pytest.raises(CairnError):
            parse(text)


def test_a_signature_has_a_namespace() -> None:
    with pytest.raises(ValueError, match="^a signature needs a namespace$"):
        sign("", b"x", ED)


@BOTH
def test_a_public_line_may_carry_a_comment(key: SigningKey) -> None:
    assert parse_public_line(key.public.line + " any comment").blob == key.public.blob
    assert ssh_keys.fingerprint(key.public).startswith("SHA256:")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "ssh-ed25519",
        "ssh-ed25519 !!!!",
        "ssh-ed25519 가",
        ED.public.line[:-4],
        "ssh-ed25519 " + base64.b64encode(ED.public.blob + b"x").decode(),
        "ssh-ed25519 " + base64.b64encode(ED.public.blob + string(b"")).decode(),
        ED.public.line + "\n",
        ED.public.line.replace("ssh-ed25519", "ssh-mldsa44-ed25519"),
        "ssh-rsa " + base64.b64encode(string(b"ssh-rsa") + string(b"x")).decode(),
        "ssh-ed25519 " + base64.b64encode(string(b"ssh-ed25519") + string(bytes(31))).decode(),
        "ssh-mldsa44-ed25519 "
        + base64.b64encode(string(b"ssh-mldsa44-ed25519") + string(bytes(99))).decode(),
        ED.public.line.replace("=", "") + "x" if "=" in ED.public.line else ED.public.line[:-1] + "=",
    ],
)
def test_what_is_no_key_is_refused(line: str) -> None:
    with pytest.raises(InputError, match=r"^crypto\.key-malformed$"):
        parse_public_line(line)


def test_base64_with_loose_ends_is_not_canonical() -> None:
    with pytest.raises(InputError, match=r"^crypto\.key-malformed$"):
        parse_public_line("ssh-ed25519 AB==")


@given(st.text(max_size=200))
def test_any_text_is_a_key_or_a_plain_error(text: str) -> None:
    for line in (text, "ssh-ed25519 " + text):
        with pytest.raises(InputError):
            parse_public_line(line)


def test_the_wire_reader_never_reads_past_the_end() -> None:
    assert Reader(string(b"abc")).string() == b"abc"
    for data in (b"", b"\0\0\0", b"\0\0\0\2a", b"\xff\xff\xff\xff"):
        with pytest.raises(ValueError, match="^short$"):
            Reader(data).string()
    with pytest.raises(ValueError, match="^long$"):
        Reader(b"x").end()


def test_base64_has_one_form() -> None:
    assert decode_base64("AA==") == b"\0"
    for bad, why in (
        ("AB==", "base64 is not canonical"),
        ("A", "base64"),
        ("가", "base64"),
        ("A A=", "base64"),
    ):
        with pytest.raises(ValueError, match=f"^{why}$"):
            decode_base64(bad)


def test_keys_have_their_length_and_one_name() -> None:
    for size in (0, 1343, 1345):
        with pytest.raises(ValueError, match="^length$"):
            ssh_keys.CompositePublic(bytes(size))
    with pytest.raises(ValueError, match="^algorithm$"):
        ssh_keys.public_from_blob(string(b"ssh-rsa") + string(b"x"))
    for comment in ("com\nment", "a\tb", "\u202e"):
        with pytest.raises(InputError, match=r"^crypto\.key-malformed$"):
            parse_public_line(f"{ED.public.line} {comment}")
    digest = base64.b64encode(sha256(ED.public.blob)).decode().rstrip("=")
    assert ssh_keys.fingerprint(ED.public) == f"SHA256:{digest}"


@pytest.mark.parametrize("place", [0, 2419, 2420, 2483])
def test_both_halves_of_a_composite_must_verify(place: int) -> None:
    raw = bytearray(PQ.sign_raw(b"message"))
    PQ.public.verify_raw(bytes(raw), b"message")
    raw[place] ^= 1
    with pytest.raises(IntegrityError, match=BAD):
        PQ.public.verify_raw(bytes(raw), b"message")


def test_a_signature_has_a_longest() -> None:
    def of(length: int) -> bytes:
        return serialise(parse(sign("n" * length, b"data", ED)))

    lengths = range(11_700, 12_300)
    sizes = {
        length: len(serialise(Signature(ED.public.blob, b"n" * length, b"sha512", b"ssh-ed25519", bytes(64))))
        for length in lengths
    }
    longest = max(length for length, size in sizes.items() if size <= sshsig.MAX_SIZE)
    assert sizes[longest] > sshsig.MAX_SIZE - 8
    assert len(of(longest)) == sizes[longest]
    with pytest.raises(IntegrityError, match=BAD):
        of(next(length for length, size in sizes.items() if size > sshsig.MAX_SIZE))


def test_an_allowed_signers_line(keys: DeviceKeys) -> None:
    line = allowed_signers_line(
        "cairn-1", ["a@cairn", "b@cairn"], ED.public.line + " comment", valid_after="20260101"
    )
    assert line == f'cairn-1 namespaces="a@cairn,b@cairn",valid-after="20260101" {ED.public.line}\n'
    assert allowed_signers_line("x", ["n"], PQ.public.line) == f'x namespaces="n" {PQ.public.line}\n'


@pytest.mark.parametrize(
    ("principal", "namespaces", "date"),
    [("a b", ["n"], ""), ("", ["n"], ""), ("*", ["n"], ""), ("a\nb", ["n"], ""), ("a", [], ""), ("a", ['n"'], ""),
     ("a", ["n,m"], ""), ("a", ["n"], "2026-01-01"), ("a", ["n"], "20260101\n")],
)  # fmt: skip
def test_names_that_would_change_the_line_s_meaning_are_refused(
    principal: str, namespaces: list[str], date: str
) -> None:
    with pytest.raises(ValueError, match=r"^(principal or namespaces|namespace|valid_after)$"):
        allowed_signers_line(principal, namespaces, ED.public.line, valid_after=date)
