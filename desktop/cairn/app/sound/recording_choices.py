"""What a person chose about recording: kept in the vault, with defaults that need no choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from cairn.app.kernel import preferences

if TYPE_CHECKING:
    from cairn.app.kernel.session import Session

_KEY = "recording"


class Choices(msgspec.Struct, frozen=True):
    """The settings of recording. Unknown ones of a newer version are dropped on writing."""

    microphone: str = ""
    """`Microphone.key`, or empty for the system's choice."""
    quality: str = "speech"
    """`speech` (Opus) or `evidence` (FLAC)."""
    keep_on_lock: bool = True
    """Whether a recording goes on when the vault is locked."""
    off: str = "stop"
    """What *off the record* does: `stop`, or `exclude` (record, and leave it out of all that leaves)."""
    guide: str = "conversation"
    """The question guide that is shown; empty for none."""


def load(session: Session) -> Choices:
    """The settings of a vault; defaults where there are none, or none that can be read."""
    kept = preferences.inside(session, _KEY, {})
    try:
        return msgspec.convert(kept, type=Choices)
    except msgspec.ValidationError:
        return Choices()


def with_changes(now: Choices, **changed: Any) -> Choices:
    """The settings with some of them different."""
    return msgspec.structs.replace(now, **changed)


def keep(session: Session, now: Choices) -> None:
    """Keep the settings in the vault. Raises MachineError."""
    preferences.change_inside(session, _KEY, msgspec.to_builtins(now))
