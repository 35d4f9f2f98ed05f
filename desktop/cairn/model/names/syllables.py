"""Every syllable that occurs in somebody's name, by number, and the points of one with all the others at once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from cairn.model.names import sounds
from cairn.model.names.heard import Slot

MOST = 60_000
"""Different syllables and words that are told apart; a name with one more has no key, and is found by its others alone."""

Rows = NDArray[np.int16]


class Syllables:
    """All syllables that occur, by number; number 0 is none."""

    def __init__(self) -> None:
        self._numbers: dict[Slot, int] = {}
        self._words: dict[int, str] = {}
        self._owners = np.zeros(64, dtype=np.uint16)
        self._units = np.zeros((64, 3), dtype=np.uint8)
        self._many = np.zeros(64, dtype=np.int16)
        self._used = 0
        self._starts: list[int] = []
        self.count = 1

    def number(self, slot: Slot) -> int:
        """The number of a syllable, made if it is new; 0 when there are too many."""
        known = self._numbers.get(slot)
        if known is not None:
            return known
        if self.count >= MOST:
            return 0
        made = self._numbers[slot] = self.count
        self.count += 1
        if isinstance(slot, str):
            self._words[made] = slot
            units: Iterable[tuple[int, int, int]] = [(0, 0, 0)]
        else:
            units = slot
        for unit in units:
            if self._used == len(self._owners):
                self._owners = np.concatenate([self._owners, np.zeros_like(self._owners)])
                self._units = np.concatenate([self._units, np.zeros_like(self._units)])
            self._owners[self._used] = made
            self._units[self._used] = unit
            self._used += 1
        return made

    def points(self, slot: Slot) -> Rows:
        """Points of one syllable with every other, by number."""
        result = np.full(self.count, -sounds.MOST, dtype=np.int16)
        if isinstance(slot, str):
            result[:] = sounds.FAR
        else:
            owners, units = self._owners[: self._used], self._units[: self._used]
            for unit in slot:
                each = (
                    sounds.ONSETS.points[unit.onset][units[:, 0]]
                    + sounds.VOWEL.points[unit.vowel][units[:, 1]]
                    + sounds.CODAS.points[unit.coda][units[:, 2]]
                )
                np.maximum.at(result, owners, np.clip(each, -sounds.MOST, sounds.MOST))
        for number, word in self._words.items():
            if isinstance(slot, str):
                alike = OSA.normalized_similarity(slot, word)
                result[number] = sounds.MOST if alike == 1 else 30 if alike >= 0.8 else sounds.FAR
            else:
                result[number] = sounds.FAR
        result[0] = 0
        return result
