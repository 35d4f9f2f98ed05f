"""A part of a column that is no wider than this is as high as its lines are then: `basic.narrow` alone limits widths.

A column asks a part for its height at the column's own width, so words that wrap in a narrower part were cut off below.
"""

from __future__ import annotations

import re
from pathlib import Path

QT = Path(__file__).resolve().parents[2] / "desktop" / "cairn" / "qt"
OTHERS = {
    "screens/exchange/page.py": "a row of its own",
    "screens/interviews/listed/pane.py": "a line of input: its words never wrap",
    "screens/interviews/account.py": "beside the account, in a row",
    "screens/interviews/conversation/tab.py": "beside the conversation, in a row",
    "screens/settings/person.py": "a line of input: its words never wrap",
    "screens/settings/screen.py": "a row of its own",
    "widgets/basic.py": "what does it",
    "widgets/empty.py": "a row of its own",
    "widgets/entrance.py": "rows of their own",
    "widgets/find.py": "a line of input: its words never wrap",
}


def test_only_what_stands_in_a_row_has_a_greatest_width() -> None:
    limit = re.compile(r"\.setMaximumWidth\(\s*theme\(\)\.px\(")
    found = {
        path.relative_to(QT).as_posix()
        for path in QT.rglob("*.py")
        if limit.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(OTHERS)
