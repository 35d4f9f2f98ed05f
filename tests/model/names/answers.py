"""Answers of the program to a set of names, in the form that such a set's scorer reads.

`python answers.py FOLDER > CANDIDATES.tsv`; the form of both stands beside the vectors.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from cairn.model.names import han
from cairn.model.names.heard import Called
from cairn.model.names.index import Index
from cairn.model.names.romanise import spelled
from cairn.model.names.spelled import fold
from cairn.model.names.weighing import Facts
from cairn.model.time.told import Told

VERDICTS = {"likely": "same", "possible": "unclear", "none": "different"}
PROVINCES = {
    "평양": "pyongyang", "평안남도": "south pyongan", "평안북도": "north pyongan", "자강도": "chagang", "량강도": "ryanggang",
    "양강도": "ryanggang", "함경남도": "south hamgyong", "함경북도": "north hamgyong", "황해남도": "south hwanghae",
    "황해북도": "north hwanghae", "강원도": "kangwon", "개성": "kaesong", "남포": "nampho", "라선": "rason", "나선": "rason",
    "平壤": "pyongyang", "平安南道": "south pyongan", "平安北道": "north pyongan", "慈江道": "chagang", "两江道": "ryanggang",
    "咸镜南道": "south hamgyong", "咸镜北道": "north hamgyong", "黄海南道": "south hwanghae", "黄海北道": "north hwanghae",
    "江原道": "kangwon", "开城": "kaesong", "南浦": "nampho", "罗先": "rason",
}  # fmt: skip


@cache
def places(text: str) -> tuple[str, ...]:
    """Province and city of a place in one of the three scripts, as ids."""
    if not text:
        return ()
    if text.isascii():
        parts = [each.strip() for each in text.split(",")][::-1]
        province, city = parts[0].casefold(), fold(parts[1]) if len(parts) > 1 else ""
    else:
        name = next((each for each in PROVINCES if text.startswith(each)), "")
        if not name:
            return (text,)
        province, rest = (
            PROVINCES[name],
            text[len(name) :].strip().removeprefix("시").removeprefix("市").strip(),
        )
        if rest and han.is_han(rest[0]):
            rest = "".join((each or ("",))[0] for each in han.korean(han.Written("", rest))[1])
        city = fold(spelled("", rest, "dprk")) if rest else ""
    return (province, f"{province}/{city}") if city else (province,)


def facts(row: dict[str, Any], aliases: list[Called]) -> Facts:
    """What a row says."""
    name, birth = row["name"], row["birth"]
    return Facts(
        names=(Called(name["text"], name["kind"], name["script"], name["system"]), *aliases),
        sex=row["sex"],
        born=Told(
            edtf=f"{birth['earliest']}/{birth['latest']}"
            if birth["earliest"] != birth["latest"]
            else birth["earliest"]
        )
        if birth
        else None,
        places=places(row["place"]),
        relatives=tuple((role, Called(text)) for role, text in row["parents"].items()),
    )


def table(folder: Path) -> dict[str, Facts]:
    """Every record of a folder."""
    aliases: dict[str, list[Called]] = defaultdict(list)
    for line in (folder / "alias_edges.tsv").read_text("utf-8").splitlines()[1:]:
        record, text, pinyin, kind = line.split("\t")
        aliases[record] += [Called(text, kind), *([Called(pinyin, kind, "Latn", "pinyin")] if pinyin else [])]
    rows = [json.loads(line) for line in (folder / "records.jsonl").read_text("utf-8").splitlines()]
    return {row["id"]: facts(row, aliases[row["id"]]) for row in rows}


def answers(folder: Path) -> Iterator[str]:
    """Lines for the scorer."""
    everybody = table(folder)
    index: Index[str] = Index()
    for key, each in everybody.items():
        index.put(key, each)
    for key, each in everybody.items():
        for found in index.candidates(each, 30, without=[key]):
            yield f"{key}\t{found.key}\t{found.points}\t{VERDICTS[found.level]}"


if __name__ == "__main__":
    print("\n".join(answers(Path(sys.argv[1]))))
