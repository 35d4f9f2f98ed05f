"""A consent as it is recorded, and the plain choices of the screen, which are presets of its grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from cairn.model.consent import Answer, Grid, Row, To, choice_of, preset
from cairn.model.ids import Fingerprint

MAX_ROWS = 500
MAX_CODES = 10_000
"""Most codes in all rows together: a longer grid is a mistake or an attack, and counts as one that can't be read."""


class Consent(msgspec.Struct, omit_defaults=True):
    """What the person agreed to, and how it was said. The body of a record of kind `consent`."""

    grid: tuple[Row, ...] = ()
    """What may be done; nothing where it is empty. The rules that follow are in `cairn.model.consent`."""
    given: str = ""
    """How and when it was given, in the interviewer's words."""

    @property
    def readable(self) -> Grid | None:
        """The grid, for the gate; None where it is too long to be one."""
        codes = sum(len(row.uses) + len(row.parts) + len(row.recipients) for row in self.grid)
        return self.grid if len(self.grid) <= MAX_ROWS and codes <= MAX_CODES else None

    @property
    def choice(self) -> str:
        """The plain choice that it is: `nothing`, `keep`, `share`; `custom` for a grid that is none."""
        return choice_of(self.grid)[0]

    @property
    def share_with(self) -> str:
        """With `share`: `verified` (any verified contact) or `named` (only `contacts`)."""
        return "named" if self.contacts else "verified"

    @property
    def contacts(self) -> list[str]:
        """Card fingerprints, where a plain choice names them."""
        return [code for code in choice_of(self.grid)[1] if code != To.VERIFIED]

    @property
    def named(self) -> list[str]:
        """Card fingerprints that any row names, each once."""
        codes = (code for row in self.readable or () for code in row.recipients if code.startswith("SHA256:"))
        return list(dict.fromkeys(codes))


class PlainConsent(msgspec.Struct, omit_defaults=True):
    """The fields of the plain choices: what a form fills, and the draft of it."""

    choice: str = "nothing"
    """`nothing`, `keep` or `share`; empty while nothing is chosen."""
    share_with: str = "verified"
    """With `share`: `verified` (any verified contact) or `named` (only those in `contacts`)."""
    contacts: list[str] = []
    """Card fingerprints, with `named`."""
    given: str = ""

    def full(self) -> Consent:
        """The consent that this is. Raises ValueError for a choice that is none."""
        if self.share_with not in ("verified", "named"):
            raise ValueError(self.share_with)
        named = self.contacts if self.share_with == "named" else [To.VERIFIED]
        return Consent(preset(self.choice, named), self.given)


def agreed_to(
    choice: str = "nothing", share_with: str = "verified", contacts: Sequence[str] = (), given: str = ""
) -> Consent:
    """The consent that a plain choice is. Raises ValueError for a choice that is none."""
    return PlainConsent(choice, share_with, list(contacts), given).full()


def in_words(grid: Grid, say: Callable[[str], str], names: Mapping[Fingerprint, str]) -> list[str]:
    """A grid as lines to read, one a row. `say` gives the word for a code such as `use-un-bodies`, `names` the contacts."""
    return [_row_in_words(row, say, names) for row in grid]


def _row_in_words(row: Row, say: Callable[[str], str], names: Mapping[Fingerprint, str]) -> str:
    def words(prefix: str, codes: Sequence[str]) -> str:
        return ", ".join(
            names.get(Fingerprint(code)) or say(f"{prefix}-{code.replace('_', '-')}") for code in codes
        )

    parts = [words("use", row.uses), words("part", row.parts), words("to", row.recipients)]
    if row.until and row.answer != Answer.NO:
        parts.append(f"{say('until-day')} {row.until}")
    return f"{say(f'answer-{row.answer}')}: " + " · ".join(part or "–" for part in parts)
