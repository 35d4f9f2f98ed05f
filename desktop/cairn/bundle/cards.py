"""Contact cards: a text of who someone is and which keys are theirs, signed by those same keys.

The signatures show that whoever made the card holds both signing keys, and that nothing in it was
changed since; they don't show who that is. Trust comes from the 12 words, which cover all keys.
Layout in FORMAT.md, "Contact card".
"""

from __future__ import annotations

import re
import unicodedata

from cairn.crypto.device import DeviceKeys, PublicKeys
from cairn.errors import InputError, IntegrityError
from cairn.model.clock import today
from cairn.model.contacts import Card

NAMESPACE = "card@cairn"
MAX_BYTES = 64 * 1024
MAX_LABEL = 80
ROLES = ("field", "office")

FORMAT = "cairn-card/2"
_NEWER = re.compile(rb"cairn-card/([3-9]|[1-9][0-9]{1,5})\n")
FIELDS = ("label", "role", "age", "identity", "ed25519", "mldsa", "created", "expires")
_BEGIN = "-----BEGIN SSH SIGNATURE-----\n"
_END = "-----END SSH SIGNATURE-----\n"
_KEYS = (
    re.compile(r"age1pq1[a-z0-9]+"),
    re.compile(r"age1pq1[a-z0-9]+"),
    re.compile(r"ssh-ed25519 [A-Za-z0-9+/=]+"),
    re.compile(r"ssh-mldsa44-ed25519 [A-Za-z0-9+/=]+"),
)
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
_DATE = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def write_card(keys: DeviceKeys, *, label: str, role: str, created: str = "", expires: str = "") -> bytes:
    """The card of a device, signed. Dates are `2026-11-22`; `created` is today when empty.

    Raises InputError `card.label` or `card.date` for what a card can't say.
    """
    label = unicodedata.normalize("NFC", label).strip()
    if not _is_label(label):
        raise InputError("card.label", most=MAX_LABEL)
    if role not in ROLES:
        raise InputError("card.malformed")
    created = created or today()
    if not _DATE.fullmatch(created) or (expires and not _DATE.fullmatch(expires)):
        raise InputError("card.date")
    public = keys.public
    values = (
        label,
        role,
        public.age,
        public.identity,
        public.ed25519,
        public.mldsa,
        created,
        expires,
    )
    text = _text(values)
    return text + keys.sign_text(NAMESPACE, text) + keys.sign_text_pq(NAMESPACE, text)


def read_card(data: bytes) -> Card:
    """The content of a card after both its signatures have been checked.

    Raises InputError `card.malformed` for what isn't a card, `card.newer` for a later version of the
    format, and IntegrityError `card.signature-bad` when it was altered.
    """
    if len(data) > MAX_BYTES:
        raise InputError("card.malformed")
    text, classic, pq = _split(data)
    label, role, age, identity, ed25519, mldsa, created, expires = _values(text)
    try:
        keys = PublicKeys(age=age, identity=identity, ed25519=ed25519, mldsa=mldsa)
    except (InputError, IntegrityError) as error:
        raise InputError("card.malformed") from error
    try:
        keys.verify_text(NAMESPACE, text, classic)
        keys.verify_text_pq(NAMESPACE, text, pq)
    except (InputError, IntegrityError) as error:
        raise IntegrityError("card.signature-bad") from error
    return Card(
        label=label,
        role=role,
        age=age,
        identity=identity,
        ed25519=ed25519,
        mldsa=mldsa,
        created=created,
        expires=expires,
        fingerprint=keys.fingerprint,
        words=tuple(keys.words),
    )


def card_keys(card: Card) -> PublicKeys:
    """The public keys of a card that has been read."""
    return PublicKeys(age=card.age, identity=card.identity, ed25519=card.ed25519, mldsa=card.mldsa)


def _text(values: tuple[str, ...]) -> bytes:
    lines = [f"{name}: {value}".rstrip() for name, value in zip(FIELDS, values, strict=True)]
    return ("\n".join([FORMAT, *lines]) + "\n").encode()


def _split(data: bytes) -> tuple[bytes, bytes, bytes]:
    text, mark, rest = data.partition(_BEGIN.encode())
    classic, mark2, pq = rest.partition(_BEGIN.encode())
    if not mark2:
        raise InputError("card.newer" if _NEWER.match(data) else "card.malformed")
    for part in (classic, pq):
        if part.count(_END.encode()) != 1 or not part.endswith(_END.encode()):
            raise InputError("card.malformed")
    return text, mark + classic, mark2 + pq


def _values(text: bytes) -> tuple[str, ...]:
    try:
        lines = text.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise InputError("card.malformed") from error
    if lines[0] != FORMAT:
        raise InputError("card.newer" if _NEWER.match(text) else "card.malformed")
    if len(lines) != len(FIELDS) + 2:
        raise InputError("card.malformed")
    values = []
    for name, line in zip(FIELDS, lines[1:-1], strict=True):
        values.append(line.removeprefix(name + ":").removeprefix(" "))
    found_values = tuple(values)
    label, role, *keys, created, expires = found_values
    well_formed = (
        # Exactly the one form that a writer makes: what is shown is all that was signed.
        _text(found_values) == text
        and _is_label(label)
        and role in ROLES
        and all(form.fullmatch(key) for form, key in zip(_KEYS, keys, strict=True))
        and _DATE.fullmatch(created)
        and (not expires or _DATE.fullmatch(expires))
    )
    if not well_formed:
        raise InputError("card.malformed")
    return found_values


def _is_label(label: str) -> bool:
    """One to 80 characters in NFC, no leading or trailing blank, none that are invisible or turn text round."""
    return (
        0 < len(label) <= MAX_LABEL
        and label == unicodedata.normalize("NFC", label).strip()
        # U+200C and U+200D are letters' business in Persian and the Indic scripts.
        and not any(unicodedata.category(c) in _HIDDEN and c not in "\u200c\u200d" for c in label)
    )
