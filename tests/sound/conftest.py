"""What holds for the tests of real sound: the rig, and vaults to record into."""

from __future__ import annotations

from sound.rig import microphone, rig

__all__ = ["microphone", "rig"]
