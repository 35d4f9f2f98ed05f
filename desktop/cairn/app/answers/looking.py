"""A questionnaire's file from outside: what it is, whether it can be run, and what lies beside it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from cairn.decode.host import DecodeHost
from cairn.errors import CairnError, InputError
from cairn.forms.check import NATIVE, check, file_of
from cairn.forms.definition import Form
from cairn.forms.findings import Finding, Grade, finding
from cairn.forms.markup import Document
from cairn.forms.reading import instance_of
from cairn.forms.tree import Node
from cairn.model.ports import ReadableAt

MAX_FILE = 32 << 20
"""Longest questionnaire, and longest list beside one, in bytes."""


class Looked(msgspec.Struct, frozen=True):
    """What was found: the kind of file, the form where it can be run, its tree, and what is to be said."""

    kind: str
    document: Document | None
    form: Form | None
    findings: list[Finding]

    @property
    def refused(self) -> bool:
        """Whether it may not be imported."""
        return self.form is None or any(each.stops for each in self.findings)

    @property
    def broken(self) -> bool:
        """Whether it can't even be run."""
        return self.form is None or any(each.grade is Grade.BROKEN for each in self.findings)


def look(host: DecodeHost, source: ReadableAt | bytes, beside: Mapping[str, bytes] | None = None) -> Looked:
    """Look at one file. `beside` are the files that lie beside it, by name; None where that is not known.

    What a person can put right is a finding. Raises InputError (`decode.…` where it is no questionnaire at all).
    """
    size = len(source) if isinstance(source, bytes) else source.size
    if size > MAX_FILE:
        raise InputError("form.file-too-big", limit=MAX_FILE >> 20)
    imported = host.form(source)
    form, findings = check(imported, None if beside is None else frozenset(beside))
    return Looked(imported.kind, imported.document, form, findings)


def tables(
    host: DecodeHost, form: Form, beside: Mapping[str, bytes]
) -> tuple[dict[str, Node], list[Finding]]:
    """The lists beside a form, read; one that can't be is a finding, and stays empty."""
    found: dict[str, Node] = {}
    findings: list[Finding] = []
    for name, address in form.external.items():
        file = file_of(address)
        if name in NATIVE or file not in beside:
            continue
        try:
            found[name] = instance_of(host.form_table(beside[file]).root)
        except CairnError as error:
            findings.append(finding("form.file-unreadable", Grade.WARNING, file=file, reason=error.code))
    return found, findings
