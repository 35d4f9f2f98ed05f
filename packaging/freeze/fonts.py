"""The Korean font that is shipped: Debian's Noto Sans CJK, cut down to what Korean is written with.

A worker without a network can't fetch a font, and the whole family is 91 MB. The cut holds every Hangul
syllable and letter, the hanja of KS X 1001, Latin, Greek and Cyrillic, and the signs that go with them.
It is of the OFL, whose text goes along.
"""

from __future__ import annotations

import shutil
from pathlib import Path

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
LICENCE = Path("/usr/share/doc/fonts-noto-cjk/copyright")
PACKAGE = "fonts-noto-cjk"
FAMILY = "Noto Sans CJK KR"
NAME = "NotoSansCJKkr-Regular.otf"

_RANGES = (
    (0x0020, 0x007E), (0x00A0, 0x024F), (0x0300, 0x036F), (0x0370, 0x03FF), (0x0400, 0x045F),
    (0x1100, 0x11FF), (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2100, 0x22FF), (0x2500, 0x25FF),
    (0x3000, 0x30FF), (0x3130, 0x318F), (0x3200, 0x32FF), (0xA960, 0xA97F), (0xAC00, 0xD7FF),
    (0xFF00, 0xFFEF),
)  # fmt: skip
_FEATURES = ["calt", "ccmp", "kern", "ljmo", "locl", "mark", "mkmk", "tjmo", "vjmo"]
_TABLES = ["BASE", "DSIG", "VORG", "vhea", "vmtx"]


def characters() -> set[int]:
    """The code points that the cut holds, where the font has them."""
    found = {point for first, last in _RANGES for point in range(first, last + 1)}
    for high in range(0xCA, 0xFE):
        for low in range(0xA1, 0xFF):
            found.add(ord(bytes((high, low)).decode("euc_kr")))
    return found


def make(folder: Path) -> None:
    """Write the font and its licence into `folder`. It takes most of a minute."""
    from fontTools import subset
    from fontTools.ttLib import TTCollection

    if not SOURCE.is_file():
        raise SystemExit(f"{SOURCE} is missing: install {PACKAGE}")
    folder.mkdir(parents=True, exist_ok=True)
    options = subset.Options(
        hinting=False,  # screens today draw well without, and it is a third of the size
        layout_features=_FEATURES,
        drop_tables=[*subset.Options().drop_tables, *_TABLES],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        notdef_outline=True,
    )
    fonts = TTCollection(str(SOURCE), lazy=True).fonts
    font = next(each for each in fonts if each["name"].getDebugName(1) == FAMILY)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(characters()))
    cutter.subset(font)
    font.save(str(folder / NAME))
    shutil.copyfile(LICENCE, folder / "copyright.txt")
