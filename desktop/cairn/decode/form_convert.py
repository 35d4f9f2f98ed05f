"""A questionnaire's rows to the XML of a form, by pyxform. Runs in the child only: it alone imports the converter.

Nothing is written to a disk and nothing is started: the converter's own way to validate (a Java program) and to
update itself (over the network) is never imported.
"""

from __future__ import annotations

import re
import sys
import types
from typing import Any

from cairn.decode.form_sheets import Book
from cairn.forms.findings import Finding, Grade, finding

_ROW = re.compile(r"\[row\s*:\s*(\d+)\]|\[?row[: ]+(\d+)\]?", re.IGNORECASE)
_SHEET = re.compile(r"'(survey|choices|settings|entities)' sheet")
_CODES = {
    "NAMES_001": "form.name-twice", "NAMES_003": "form.name-root", "NAMES_004": "form.repeat-twice",
    "NAMES_005": "form.name-twice", "NAMES_006": "form.choice-nameless", "NAMES_007": "form.choice-twice",
    "NAMES_008": "form.name-invalid", "NAMES_009": "form.name-invalid", "PYREF_001": "form.reference-broken",
    "PYREF_002": "form.reference-broken", "PYREF_003": "form.undefined", "PYREF_004": "form.reference-ambiguous",
    "SURVEY_001": "form.end-unmatched", "SURVEY_002": "form.begin-unmatched", "HEADER_001": "form.columns",
    "HEADER_002": "form.columns", "HEADER_003": "form.columns", "HEADER_004": "form.columns", "HEADER_005": "form.columns",
}  # fmt: skip
_FAMILIES = {
    "RANGE": "form.parameters",
    "SURVEY": "form.parameters",
    "ENTITY": "form.entities",
    "NAMES": "form.entities",
}
_DULL = re.compile(
    r"max-pixels|no label|has no label|missing translations|valid machine-readable codes|similar names|"
    r"should have a label|Learn more: https?://xlsform.org/en/#setting-up",
    re.IGNORECASE,
)
"""Warnings that say nothing of use here, or that are found here in words of our own."""


class Unconverted(Exception):
    """The converter said no; the argument is the finding."""

    def __init__(self, found: Finding) -> None:
        super().__init__(found.code)
        self.found = found


def prepare() -> None:
    """Stand-ins for what the converter would import and never needs: Java, updates, the network."""
    for name in ("odk_validate", "enketo_validate"):
        whole = f"pyxform.validators.{name}"
        if whole not in sys.modules:
            stand_in = types.ModuleType(whole)
            stand_in.__dict__["ODKValidateError"] = type("ODKValidateError", (Exception,), {})
            sys.modules[whole] = stand_in


def convert(book: Book) -> tuple[str, list[Finding]]:
    """The XForm of `book`, and what the converter warned of. Raises Unconverted."""
    prepare()
    from pyxform.builder import create_survey_element_from_dict
    from pyxform.errors import PyXFormError
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import DefinitionData

    warnings: list[str] = []
    known = set(DefinitionData.__dataclass_fields__)
    try:
        made = workbook_to_json(
            workbook_dict=DefinitionData(**{key: value for key, value in book.items() if key in known}),
            warnings=warnings,
        )
        survey = create_survey_element_from_dict(made)
        survey.validate()
        # `to_xml` writes a file; this is the step before it.
        text: str = survey._to_ugly_xml()
    except PyXFormError as error:
        raise Unconverted(_told(error)) from error
    except RecursionError as error:
        raise Unconverted(finding("form.too-deep", Grade.BROKEN)) from error
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        # Seen with odd columns: the converter stumbles instead of saying what it misses.
        raise Unconverted(
            finding("form.converter", Grade.BROKEN, words=f"{type(error).__name__}: {error}")
        ) from error
    return text, [each for warning in warnings if (each := _warned(warning)) is not None]


def _told(error: Any) -> Finding:
    words = " ".join(str(error).split())
    context = error.context or {}
    row = context.get("row") or _row(words)
    sheet = str(context.get("sheet") or (found[1] if (found := _SHEET.search(words)) else "survey"))
    values: dict[str, str | int] = {"words": words}
    code = "form.converter"
    if error.code is not None:
        code = _CODES.get(error.code.name) or _FAMILIES.get(error.code.name.partition("_")[0], code)
    values["column"] = str(context.get("column") or "")
    values["wanted"] = str(context.get("q") or context.get("value") or context.get("name") or "")
    return finding(
        code, Grade.BROKEN, sheet=sheet, row=int(row or 0), name=str(context.get("name") or ""), **values
    )


def _warned(words: str) -> Finding | None:
    words = " ".join(words.split())
    if _DULL.search(words):
        return None
    return finding("form.converter-warns", Grade.NOTE, sheet="survey", row=_row(words), words=words)


def _row(words: str) -> int:
    found = _ROW.search(words)
    return int(found[1] or found[2]) if found else 0
