"""Whether somebody has proved to have the recovery words of a vault on paper.

Words are shown once. From the moment they exist until they were typed back the vault remembers that nobody has proved to
have them, so that a lock, a crash or a closed window in between leaves nobody with a paper that opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from cairn.app.kernel import preferences
from cairn.app.kernel.session import RECOVERY_UNPROVED, Session
from cairn.errors import CairnError
from cairn.vault import keys as vault_keys


def unproved(s: Session) -> bool:
    """Whether there are recovery words that nobody has typed back yet."""
    return bool(preferences.inside(s, RECOVERY_UNPROVED, False))


def proved(s: Session) -> None:
    """They were typed back. Raises MachineError."""
    preferences.change_inside(s, RECOVERY_UNPROVED, None)


def prove(s: Session, words: Sequence[str]) -> None:
    """Take all 24 words as proof. Raises InputError `vault.wrong-words`, those of `crypto.words-…`, MachineError."""
    vault_keys.check_words(s.vault, words)
    proved(s)


def with_new_words(s: Session, make: Callable[[], list[str]]) -> list[str]:
    """New words by `make`; the vault remembers that they are unproved, before the old ones end."""
    before = unproved(s)
    preferences.change_inside(s, RECOVERY_UNPROVED, True)
    try:
        return make()
    except CairnError:
        if not before:
            # Where even this can't be written, a needless reminder is the smaller harm.
            with suppress(CairnError):
                proved(s)
        raise
