"""The forms that ship: XLSForms in Markdown, in `resources/forms`. They go the same way as a file from outside."""

from __future__ import annotations

from cairn import resources
from cairn.errors import InputError


def names() -> list[str]:
    """What there is, by name."""
    return [name.removesuffix(".md") for name in resources.names("forms", ".md")]


def source(name: str) -> bytes:
    """The Markdown of one. Raises InputError `form.not-shipped`."""
    if name not in names():
        raise InputError("form.not-shipped", name=name[:80])
    return resources.read_text(f"forms/{name}.md").encode("utf-8")
