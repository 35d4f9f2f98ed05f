"""The table of functions is the one that the page names, and holds all of ODK's."""

from __future__ import annotations

import re
from pathlib import Path

from cairn.forms.xpath import expression
from cairn.forms.xpath.functions.dialects import DIALECTS
from cairn.forms.xpath.functions.refused import REFUSED
from cairn.forms.xpath.functions.table import FUNCTIONS

PAGE = (Path(expression.__file__).parent / "FORMAT.md").read_text("utf-8").partition("## Functions")[2]
ODK = (
    "string concat join substr substring-before substring-after translate string-length normalize-space contains starts-with "
    "ends-with uuid digest pulldata if coalesce once true false boolean boolean-from-string not regex checklist "
    "weighted-checklist number random int sum max min round pow log log10 abs sin cos tan asin acos atan atan2 sqrt exp "
    "exp10 pi count count-non-empty position instance current randomize today now format-date format-date-time date "
    "decimal-date-time decimal-time selected selected-at count-selected jr:choice-name jr:itext indexed-repeat area distance"
)


def test_the_page_names_every_function() -> None:
    table, _, refused = PAGE.partition("Refused, with a reason:")
    cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    assert sorted(name for cell in cells for name in re.findall("`(.*?)`", cell)) == sorted(FUNCTIONS)
    assert set(re.findall("`(.*?)`", refused)) == set(REFUSED)


def test_every_function_of_odk_is_there() -> None:
    names = ODK.split()
    assert len(set(names)) == 69
    assert set(names) <= set(FUNCTIONS)
    assert set(FUNCTIONS) >= DIALECTS and not DIALECTS & set(names) and not set(REFUSED) & set(FUNCTIONS)
