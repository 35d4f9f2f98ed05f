"""What holds for the tests of real sound: the rig, vaults to record into, and nothing left behind."""

from __future__ import annotations

from app.shared import moulds
from qt.conftest import _own_sound, _vault_made, nothing_left, vault, window
from qt.desk import field, look, make, office
from sound.rig import microphone, rig

__all__ = [
    "_own_sound",
    "_vault_made",
    "field",
    "look",
    "make",
    "microphone",
    "moulds",
    "nothing_left",
    "office",
    "rig",
    "vault",
    "window",
]
