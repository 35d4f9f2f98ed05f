"""Bech32 (BIP173) without its length limit, as age writes keys. Pure; raises ValueError."""

from __future__ import annotations

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUE = {letter: value for value, letter in enumerate(_ALPHABET)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM = 6


def encode(prefix: str, data: bytes) -> str:
    """`prefix` (lower case), `1`, and `data` with a checksum, in lower case."""
    values = _regroup(data, 8, 5, pad=True)
    check = _polymod([*_expand(prefix), *values, *[0] * _CHECKSUM]) ^ 1
    values += [(check >> 5 * (_CHECKSUM - 1 - place)) & 31 for place in range(_CHECKSUM)]
    return prefix + "1" + "".join(_ALPHABET[value] for value in values)


def decode(text: str) -> tuple[str, bytes]:
    """(prefix in lower case, data) of a text that is all lower or all upper case."""
    if not text.isascii() or (text != text.lower() and text != text.upper()):
        raise ValueError("case")
    prefix, _, rest = text.lower().rpartition("1")
    if not prefix or not all("!" <= letter <= "~" for letter in prefix):
        raise ValueError("prefix")
    try:
        values = [_VALUE[letter] for letter in rest]
    except KeyError:
        raise ValueError("letter") from None
    if len(values) < _CHECKSUM or _polymod([*_expand(prefix), *values]) != 1:
        raise ValueError("checksum")
    return prefix, bytes(_regroup(values[:-_CHECKSUM], 5, 8, pad=False))


def _regroup(values: bytes | list[int], source: int, target: int, *, pad: bool) -> list[int]:
    held, bits, out = 0, 0, []
    for value in values:
        held = (held << source | value) & ((1 << (source + target)) - 1)
        bits += source
        while bits >= target:
            bits -= target
            out.append(held >> bits & ((1 << target) - 1))
    rest = held & ((1 << bits) - 1)
    if pad:
        if bits:
            out.append(rest << (target - bits))
    elif bits >= source or rest:
        raise ValueError("padding")
    return out


def _expand(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATOR):
            if top >> place & 1:
                check ^= generator
    return check
