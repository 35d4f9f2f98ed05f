"""What the child without keys makes of a questionnaire's file, and how the parent takes it."""

from __future__ import annotations

import msgspec

from cairn.errors import InputError
from cairn.forms.findings import Finding
from cairn.forms.markup import Document, measure

KINDS = frozenset({"", "xlsx", "xls", "md", "csv", "xml", "text"})


class Imported(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A questionnaire: its kind (`xlsx`, `xls`, `md`, `csv`, `xml`), its tree, and what is to be said about it."""

    kind: str
    document: Document | None
    """None where a finding says why not."""
    findings: list[Finding]
    rows: dict[str, int] = {}
    """At which row of the survey a name stands."""


def believed(body: bytes) -> Imported:
    """What a child sent, in its bounds. Raises InputError `decode.failed`, `form.too-big`."""
    try:
        found = msgspec.json.decode(body, type=Imported)
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise InputError("decode.failed") from error
    if found.kind not in KINDS or (found.document is None and not any(each.stops for each in found.findings)):
        raise InputError("decode.failed")
    if found.document is not None:
        measure(found.document.root)
    return found
