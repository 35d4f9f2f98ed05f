"""Who may sign: the file of trusted keys is read strictly, and only the one who signed, for this purpose, counts."""

from __future__ import annotations

import pytest

from cairn.crypto.ssh import Ed25519Key, allowed_signers_line, sign, signers
from cairn.crypto.ssh.keys import fingerprint, parse_public_line
from cairn.errors import InputError, IntegrityError

ONE, TWO = Ed25519Key(bytes(32)), Ed25519Key(bytes(range(32)))
FILE = "\n".join(
    [
        "# who may sign releases",
        "",
        allowed_signers_line("one", ["release@cairn", "card@cairn"], ONE.public.line),
        allowed_signers_line("two", ["card@cairn"], TWO.public.line),
        "",
    ]
)


def test_the_file_is_read() -> None:
    one, two = signers.parse(FILE)
    assert (one.principal, one.namespaces, one.line) == (
        "one",
        ("release@cairn", "card@cairn"),
        ONE.public.line,
    )
    assert (two.principal, two.namespaces, two.line) == ("two", ("card@cairn",), TWO.public.line)
    assert one.fingerprint == fingerprint(parse_public_line(ONE.public.line)) != two.fingerprint
    assert signers.parse("") == []


@pytest.mark.parametrize(
    "line",
    [
        f"one {ONE.public.line}",
        f'one cert-authority,namespaces="a" {ONE.public.line}',
        f'one namespaces="a",valid-before="20300101" {ONE.public.line}',
        f'o*e namespaces="a" {ONE.public.line}',
        f'one namespaces="a*" {ONE.public.line}',
        f'one namespaces="" {ONE.public.line}',
        f' one namespaces="a" {ONE.public.line}',
        'one namespaces="a" ssh-ed25519 AAAA',
        'one namespaces="a" ',
        " ",
    ],
)
def test_what_another_program_might_read_differently_is_refused(line: str) -> None:
    with pytest.raises(InputError) as caught:
        signers.parse(f"{FILE}{line}\n")
    assert caught.value.code == "crypto.key-malformed"


def test_how_long_it_may_be() -> None:
    assert signers.parse("#" * signers.MAX_SIZE) == []
    with pytest.raises(InputError) as caught:
        signers.parse("#" * (signers.MAX_SIZE + 1))
    assert caught.value.code == "crypto.key-malformed"


def test_only_who_signed_and_may_sign_there_counts() -> None:
    known = signers.parse(FILE)
    by_two = sign("card@cairn", b"text", TWO)
    assert signers.verify("card@cairn", b"text", by_two, known).principal == "two"
    by_one = sign("release@cairn", b"text", ONE)
    assert signers.verify("release@cairn", b"text", by_one, known).principal == "one"
    for namespace, data, signature, among in (
        ("release@cairn", b"text", sign("release@cairn", b"text", TWO), known),  # not for this
        ("card@cairn", b"other", by_two, known),
        ("release@cairn", b"text", sign("card@cairn", b"text", ONE), known),  # for another purpose
        ("card@cairn", b"text", by_two, known[:1]),
        ("card@cairn", b"text", by_two, []),
    ):
        with pytest.raises(IntegrityError) as caught:
            signers.verify(namespace, data, signature, among)
        assert caught.value.code == "crypto.signature-bad"
