"""The pages of the help: which there are, what they are called, which belongs to a screen."""

from __future__ import annotations

from dataclasses import dataclass

from cairn import resources
from cairn.errors import MachineError
from cairn.qt.base import messages

ORDER = (
    "your-first-hour",
    "preparing-the-laptop",
    "installing",
    "first-vault",
    "first-interview",
    "uncertain-dates",
    "spellings-of-names",
    "prepare",
    "consent",
    "recording",
    "listening",
    "reading",
    "coding",
    "passages",
    "people",
    "finding-interviews",
    "photos",
    "vocabularies",
    "contacts",
    "sending-a-bundle",
    "taking-in",
    "custody",
    "opening-the-vault",
    "forgotten-passphrase",
    "travelling",
    "updating",
    "settings",
    "limits",
)
"""The order of reading. A page that is not named here comes after these."""
FIRST = ORDER[0]
OF_SCREEN = {
    "interviews": "first-interview",
    "contacts": "contacts",
    "exchange": "sending-a-bundle",
    "custody": "custody",
    "library": "vocabularies",
    "settings": "settings",
}
_ENGLISH = "en"


@dataclass(frozen=True)
class Page:
    """One page, in Markdown."""

    name: str
    title: str
    text: str


def pages() -> list[Page]:
    """All pages in the person's language; those that it lacks, in English."""
    own, english = _names(messages.language()), _names(_ENGLISH)
    names = sorted(own | english, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))
    return [_read(name, messages.language() if name in own else _ENGLISH) for name in names]


def _names(language: str) -> set[str]:
    try:
        return {name.removesuffix(".md") for name in resources.names(f"help/{language}", ".md")}
    except (OSError, MachineError):
        return set()


def _read(name: str, language: str) -> Page:
    text = resources.read_text(f"help/{language}/{name}.md")
    first = text.lstrip().split("\n", 1)[0]
    title = first.lstrip("# ").strip() if first.startswith("#") else name
    return Page(name, title, text)
