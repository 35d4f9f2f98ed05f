"""What the shipped forms work out: the expectations that JavaRosa meets, met here through `cairn form run`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cli.program import cairn

HERE = Path(__file__).parent
FORMS = HERE.parents[1] / "resources" / "forms"
BLOCKS = [
    (title, [line for line in rest.splitlines() if line.strip()])
    for block in re.split(r"^== ", (HERE / "expectations.txt").read_text("utf-8"), flags=re.MULTILINE)[1:]
    for title, _, rest in [block.partition("\n")]
]


def test_there_are_all_of_them() -> None:
    assert sum(" => " in line for _, lines in BLOCKS for line in lines) == 200


@pytest.mark.parametrize(("title", "lines"), BLOCKS, ids=[title for title, _ in BLOCKS])
def test_a_form_does_what_is_expected(title: str, lines: list[str]) -> None:
    form = title.split(" | ")[0]
    ran = cairn("form", "run", FORMS / f"{form}.md", "--json", stdin="\n".join(lines) + "\n")
    done = ran.object["steps"]
    assert len(done) == len(lines)
    for line, step in zip(lines, done, strict=True):
        assert step["error"] is None, step
        _, _, wanted = line.partition(" => ")
        if " => " in line:
            got = step["answer"].strip()
            assert got if wanted == "*" else got == wanted.strip(), (title, line, got)
    assert ran.object["troubles"] == []
    assert json.dumps(ran.object["state"])
