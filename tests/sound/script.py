"""Something to say for as long as it is needed, never the same twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sound.rig import RATE, Samples, quiet, speech

_ENGLISH = (
    "the lamps went out on the other bank",
    "my mother sold rice at the market",
    "the ferry came late and nobody asked why",
    "we counted the steps between the two doors",
    "snow had covered the road to the station",
    "he wrote the name on the back of a ticket",
)
_KOREAN = (
    "강 건너편의 불이 모두 꺼졌습니다",
    "어머니는 시장에서 쌀을 팔았습니다",
    "나룻배가 늦게 왔지만 아무도 묻지 않았습니다",
)


def spoken(folder: Path, seconds: float) -> Samples:
    """Sentences in two languages with short rests between them, this long to the sample."""
    parts: list[Samples] = []
    length, number = 0.0, 0
    while length < seconds:
        number += 1
        if number % 3:
            sentence = f"Sentence {number}: {_ENGLISH[number % len(_ENGLISH)]}."
            part = speech(folder, sentence, "en")
        else:
            part = speech(folder, f"{number}번 문장, {_KOREAN[number // 3 % len(_KOREAN)]}.", "ko")
        parts += [part, quiet(0.15)]
        length += len(part) / RATE + 0.15
    return np.concatenate(parts)[: round(seconds * RATE)]
