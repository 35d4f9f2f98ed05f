"""A card as mail leaves it, back in the one form in which it was signed.

Mail turns line ends, adds a byte order mark, blanks, `> ` before each line, text around it, and breaks long lines.
None of that is content. What comes out is read as strictly as ever: both signatures are checked over it, so whatever
was changed beyond such handling is found, and the 12 words still cover all keys.
"""

from __future__ import annotations

import codecs
import re

from cairn.bundle import cards
from cairn.errors import InputError

MAX_BYTES = 4 * cards.MAX_BYTES
"""Longest text that a card is looked for in."""

_QUOTE = re.compile(r"^(?:[ \t\u00a0]*[>|])+[ \t\u00a0]?|^[ \t\u00a0]+")
_COLUMNS = 70
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_FIELD = re.compile(rf"({'|'.join(cards.FIELDS)}):\s?(.*)", re.DOTALL)
_KEYS = ("age", "identity", "ed25519", "mldsa")
_BROKEN_END = re.compile(r"=\r?\n")


def mended(data: bytes) -> bytes:
    """The exact bytes of the card in `data`; `data` as it is where there is none, or it needs nothing.

    Raises InputError `card.malformed` for what is longer than any card with a letter around it.
    """
    if len(data) > MAX_BYTES:
        raise InputError("card.malformed")
    text = _text(data)
    lines = [_QUOTE.sub("", line).rstrip(" \t\u00a0") for line in text.splitlines()]
    starts = [number for number, line in enumerate(lines) if line == cards.FORMAT]
    ends = [number for number, line in enumerate(lines) if line == _END]
    # The last of several: an answer quotes what it answers to below itself, a card is sent once.
    for start in reversed(starts):
        closing = [number for number in ends if number > start][:2]
        if len(closing) == 2:
            found = _card(lines[start + 1 : closing[1] + 1])
            if found is not None:
                return found
    return data


def looks_like_card(beginning: bytes) -> bool:
    """Whether a file begins as a card does, also after a way through mail."""
    text = _text(beginning)
    return any(_QUOTE.sub("", line).startswith("cairn-card/") for line in text.splitlines()[:40])


def _text(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    text = data.decode("utf-8-sig", "replace")
    if "=3D" in text:
        # Quoted-printable (RFC 2045, 6.7), as a message looks that was saved whole. Each card has an equals sign
        # that is written so there: the length of its second signature is no multiple of three.
        raw = _BROKEN_END.sub("", text).encode("utf-8")
        raw = re.sub(rb"=([0-9A-F]{2})", lambda found: bytes([int(found[1], 16)]), raw)
        text = raw.decode("utf-8", "replace")
    return text


def _card(lines: list[str]) -> bytes | None:
    """The card of these lines, of which two end a signature, put together anew; None where a field is not there."""
    head, blocks = _parts(lines)
    values = _values(head)
    if values is None:
        return None
    made = [cards.FORMAT, *(f"{name}: {values[name]}".rstrip() for name in cards.FIELDS)]
    for block in blocks:
        made += [_BEGIN, *(block[at : at + _COLUMNS] for at in range(0, len(block), _COLUMNS)), _END]
    return ("\n".join(made) + "\n").encode("utf-8")


def _parts(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines before the signatures, and the base64 of each signature."""
    head: list[str] = []
    blocks: list[str] = []
    inside: list[str] | None = None
    for line in lines:
        if line == _BEGIN:
            inside = []
        elif line == _END:
            blocks.append("".join("".join(inside or []).split()))
            inside = None
        elif inside is not None:
            inside.append(line)
        elif not blocks:
            head.append(line)
    return head, blocks


def _values(lines: list[str]) -> dict[str, str] | None:
    """The fields, each in one line again."""
    found: dict[str, list[str]] = {}
    last = ""
    wanted = list(cards.FIELDS)
    for line in lines:
        field = _FIELD.fullmatch(line)
        if field is not None and wanted and field[1] == wanted[0]:
            last = wanted.pop(0)
            found[last] = [field[2]]
        elif last:
            found[last].append(line)
    if wanted:
        return None
    return {name: _joined(name, pieces) for name, pieces in found.items()}


def _joined(name: str, pieces: list[str]) -> str:
    words = " ".join(pieces).split()
    if name not in _KEYS:
        # Broken at a blank: one blank stood there.
        return " ".join(piece.strip() for piece in pieces if piece.strip())
    if words and words[0].startswith("ssh-"):
        return f"{words[0]} {''.join(words[1:])}"
    return "".join(words)
