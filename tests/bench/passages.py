"""A long text with very many passages: followed through eight hundred edits, opened, and scrolled."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

from bench import vaults
from bench.table import Figure, limited
from cairn.app.coding import passages
from cairn.app.interviews import interviews
from cairn.app.kernel import session
from cairn.crypto.passphrase import Argon2Cost
from cairn.model.ids import RecordId
from cairn.model.kinds.interview import Interview
from cairn.model.passages.anchors import InText
from cairn.model.passages.following import follow

FLOOR = Argon2Cost(m_kib=65536, t=1, p=4)
EDITS = 800


def text(size: int) -> str:
    """Words of no language, in sentences and paragraphs; the same at each call."""
    chance = random.Random(1)
    letters = [chr(0xAC00 + chance.randrange(11_000)) for _ in range(600)]
    words = ["".join(chance.choice(letters) for _ in range(chance.randint(1, 6))) for _ in range(3000)]
    ends = [" "] * 94 + [". "] * 5 + [".\n\n"]
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(chance.choice(words) + chance.choice(ends))
        length += len(parts[-1])
    return "".join(parts)[:size]


def edited(old: str, count: int) -> str:
    """A text after so many small edits all over it."""
    chance = random.Random(2)
    letters = list(old)
    for _ in range(count):
        place = chance.randrange(len(letters))
        letters[place] = chance.choice([letters[place] + "다시 ", "", "가"])
    return "".join(letters)


def spans(size: int, count: int) -> list[tuple[int, int]]:
    """Where so many passages lie."""
    chance = random.Random(3)
    starts = [chance.randrange(size - 300) for _ in range(count)]
    return [(start, start + chance.randint(5, 250)) for start in starts]


def measure(folder: Path, size: int, count: int, say: Callable[[str], None]) -> list[Figure]:
    """Figures of one text of `size` characters with `count` passages."""
    say(f"{count:,} passages in {size:,} characters")
    old = text(size)
    new, where = edited(old, EDITS), spans(size, count)
    label = f"{count:,} passages in {size:,} characters"
    followed = min(_seconds(lambda: follow(old, new, where)) for _ in range(5))
    return [
        limited(f"{label} followed through {EDITS} edits", followed * 1000, "ms", 200, "best of 5"),
        *_opened(folder, old, where, label),
        *_scrolled(old, where, label),
    ]


def _opened(folder: Path, old: str, where: list[tuple[int, int]], label: str) -> list[Figure]:
    s, _ = session.create_vault(
        folder / "vault", label="Bench", role="field", passphrase=vaults.PASSPHRASE, cost=FLOOR
    )
    try:
        made = interviews.create(s, title="W-1")
        interviews.save_version(s, made, Interview(title="W-1", account=old))
        with s.store.write() as work:
            for start, end in where:
                passages.add_in(s, work, made, RecordId(made), InText(start, end), "account", codes=["vio.a"])
        s.places.forget()
        taken = sorted(_seconds(lambda: passages.listed(s, made)) for _ in range(9))
    finally:
        s.close()
    return [
        limited(
            f"{label} listed", taken[4] * 1000, "ms", 150, f"middle of 9; slowest {taken[-1] * 1000:.0f} ms"
        )
    ]


def _scrolled(old: str, where: list[tuple[int, int]], label: str) -> list[Figure]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from cairn.qt.widgets.passage_lanes import Drawn
    from cairn.qt.widgets.passage_text import PassageText

    app = QApplication.instance() or QApplication([])
    made = PassageText("Account")
    made.resize(704, 616)
    made.set_text(old)
    made.set_passages([Drawn(str(n), start, end, f"A{n}", "Name") for n, (start, end) in enumerate(where)])
    made.show()
    app.processEvents()
    bar = made.verticalScrollBar()
    frames = []
    for step in range(300):
        bar.setValue(bar.maximum() // 3 + step * 24)
        frames.append(_seconds(app.processEvents))
    made.close()
    frames.sort()
    return [
        limited(
            f"{label}: one frame while scrolling",
            frames[150] * 1000,
            "ms",
            16,
            f"middle of 300; the slowest of twenty {frames[285] * 1000:.1f} ms",
        )
    ]


def _seconds(step: Callable[[], object]) -> float:
    start = time.perf_counter()
    step()
    return time.perf_counter() - start
