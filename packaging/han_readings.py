# /// script
# dependencies = ["hanja==0.15.1", "pypinyin==0.55.0", "opencc-python-reimplemented==0.1.7"]
# ///
"""Makes `resources/han/readings.json`: how Chinese characters are read in Korean and in Mandarin, for names.

    uv run packaging/han_readings.py

Korean readings are those of the package hanja (MIT), Mandarin ones the most usual of pypinyin (MIT), and a simplified
character takes the Korean readings of what it stands for by OpenCC's table (Apache-2.0). Only characters of the two national
sets are taken (KS X 1001, GB 2312): about 9,600, in 75 KB, where the packages bring 4 MB. What a character
is read as in a *surname* is no part of this table: `cairn.model.names.han` has it.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections import defaultdict
from pathlib import Path

os.environ["PYPINYIN_NO_PHRASES"] = "true"

TONES = "\u0300\u0301\u0304\u030c"
TARGET = Path(__file__).resolve().parent.parent / "resources" / "han" / "readings.json"


def main() -> None:
    """Write the table."""
    import hanja
    import opencc
    from pypinyin.constants import PINYIN_DICT

    korean = {
        chr(int(line[3:7], 16)): chr(int(line[13:17], 16))
        for line in (Path(hanja.__file__).parent / "table.yml").read_text("utf-8").splitlines()
        if line.startswith('"\\u') and len(line) == 18
    }
    simplified = Path(opencc.__file__).parent / "dictionary" / "STCharacters.txt"
    stands_for = {
        line.split("\t")[0]: line.split("\t")[1].split()
        for line in simplified.read_text("utf-8").splitlines()
        if "\t" in line
    }
    said: dict[str, list[str]] = defaultdict(list)
    mandarin: dict[str, list[str]] = defaultdict(list)
    for code in (*range(0x4E00, 0xA000), *range(0xF900, 0xFA30)):
        each = chr(code)
        if not (_in(each, "euc_kr") or _in(each, "gb2312")):
            continue
        meant = [korean[old] for old in stands_for.get(each, []) if old != each and old in korean]
        for reading in sorted({*meant, *([korean[each]] if each in korean else [])}):
            said[reading].append(each)
        if code in PINYIN_DICT:
            first = PINYIN_DICT[code].split(",")[0]
            mandarin[_without_tone(first)].append(each)
    text = json.dumps(
        {
            "korean": {reading: "".join(said[reading]) for reading in sorted(said)},
            "mandarin": {reading: "".join(mandarin[reading]) for reading in sorted(mandarin)},
        },
        ensure_ascii=False,
        indent=0,
    )
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text + "\n", "utf-8")


def _without_tone(reading: str) -> str:
    parts = unicodedata.normalize("NFD", reading)
    return unicodedata.normalize("NFC", "".join(each for each in parts if each not in TONES))


def _in(each: str, charset: str) -> bool:
    try:
        each.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    main()
