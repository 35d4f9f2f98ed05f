"""What holds for the tests of real sound: the rig, vaults to record into, and nothing left behind."""

from __future__ import annotations

from qt.conftest import _own_sound, nothing_left
from qt.desk import field, look, make, office
from sound.rig import microphone, rig

__all__ = ["_own_sound", "field", "look", "make", "microphone", "nothing_left", "office", "rig"]
