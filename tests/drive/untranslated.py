"""What can be read or heard on a screen although no catalogue has it.

Asked while a pseudo-language is in force (`drive.pseudo`), in which every text of the program stands in ⟦⟧. What
stands outside and is no content of the vault was never given to a translator.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from cairn import resources
from cairn.app.kernel import identities
from cairn.app.kernel.session import Session
from cairn.app.program import build, notices, practice
from cairn.qt.screens.settings import about
from cairn.qt.shell.window import Window
from cairn.qt.widgets import Elided, Fingerprint, RowList, Steps
from cairn.qt.widgets.recovery_words import RecoveryWords
from drive import reading

NAMES = frozenset(
    {"English", "한국어", "Apache-2.0", "SHA-256", "SHA256", "PDF", "PNG", "UTF-8", "UTF-16-LE", "UTF-16-BE"}
    | {"kB", "MB", "GB", "bytes", "Letter", "ko", "zh", "Cairn", "Python", "SQLCipher", "OpenSSL", "Qt"}
)
"""Languages by their own names, formats, units, and whose work this is."""
WORD = re.compile(r"[^\W\d_]{2,}")
KEYS = re.compile(r"\b[0-9a-f]{16,}\b|SHA256:\S+|\w+/[\w.+-]+")
SIX_WORDS = re.compile(r"[a-z]{3,9}(?:[\s-]+[a-z]{3,9}){5,}")
"""A suggested passphrase, or words to read out."""
CLOCK = re.compile(r"\A\d+:\d\d:\d\d:?\s*")
_BEGINNING = 12
"""Letters from which on a text may be the beginning of an account."""


def shown_texts(over: QWidget) -> Iterator[tuple[QWidget, str]]:
    """What can be seen or heard in `over`, with its widget, but for what a person typed."""
    words_of_keys = {
        part
        for kind in (Fingerprint, RecoveryWords)
        for shown in over.findChildren(kind)
        for part in shown.findChildren(QLabel)
        if part.text().isascii() and part.text().islower()
    }
    for widget in [over, *over.findChildren(QWidget)]:
        if (not widget.isVisible() and not isinstance(widget, QMenu)) or widget in words_of_keys:
            continue
        for text in _texts(widget):
            yield widget, text


def _texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
    if isinstance(widget, Elided):
        yield widget._whole
    elif isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(number) for number in range(widget.count()))
    elif isinstance(widget, QMenu):
        yield from (action.text() for action in widget.actions())
    elif isinstance(widget, Steps):
        yield from widget._words
    elif isinstance(widget, RowList):
        for one in widget.rows.rows:
            yield from (one.title, one.line, *(word for word, _ in one.chips))


def data_of(window: Window, more: Iterable[str] = ()) -> list[str]:
    """What is no text of the program: content of the vault, keys, names of folders and parts, the longest first."""
    found = {*NAMES, *more, practice.PASSPHRASE, build.formats(), *about.versions().values()}
    found.update(str(part) for part in (Path.home(), Path.home().name))
    for printer in (reading.NETWORK, reading.STOPPED):
        found.update((printer.name, printer.title, printer.where))
    for part in notices.all_parts():
        found.update((f"{part.name} {part.version}", part.name, part.version, part.licence))
    for name in resources.names("practice", ".json"):
        found.update(_strings(json.loads(resources.read_text(f"practice/{name}"))))
    for name in resources.names("vocabularies", ".toml"):
        # Terms have labels and definitions in their own files, in languages of their own.
        found.update(_strings(tomllib.loads(resources.read_text(f"vocabularies/{name}"))))
    if window.desk is not None:
        found.update(_content(window.desk.session))
    return sorted((one for one in found if len(one) > 1), key=len, reverse=True)


def _content(session: Session) -> Iterator[str]:
    """Everything that somebody wrote into a vault, or that came into it."""
    info = session.info
    yield from (info.label, info.author, info.fingerprint, info.folder.name, str(info.folder))
    with session.store.read() as reader:
        for (data,) in [*reader.all("SELECT data FROM revision"), *reader.all("SELECT data FROM draft")]:
            yield from _strings(json.loads(data))
        for (label,) in reader.all("SELECT label FROM contact"):
            yield label
        for (root,) in reader.all("SELECT DISTINCT root FROM record"):
            # Names that are open, and what is kept with them.
            for held in identities.of(session, reader, root).values():
                yield from _strings(msgspec.to_builtins(held.opening))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, str):
        yield value
        # A list shows the first line, or the first words.
        yield from value.splitlines()


def outside(text: str, data: list[str]) -> str:
    """What of a text stands outside ⟦⟧ and is not data; nothing where that is no word."""
    text = re.sub(r"</?qt>", "", text)
    if text.startswith("…"):
        # What a search found in the middle of a page.
        return ""
    before = ""
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
    start, _, tail = text.partition("…")
    if len(tail.strip()) > _BEGINNING and any(tail.strip().rstrip("…") in one for one in data):
        # The words around a place in a text of the vault, after what is said of it.
        text = start
    if not WORD.search(text):
        return ""
    # A text may stand in quotation marks, and behind the moment at which it was spoken.
    written = CLOCK.sub("", text.strip(" ·“”\n")).rstrip("…")
    if len(written) > _BEGINNING and any(written in one for one in data):
        return ""
    if SIX_WORDS.fullmatch(text.strip()):
        return ""
    text = KEYS.sub(" ", text)
    for one in data:
        if one in text:
            text = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", " ", text)
    return text.strip() if WORD.search(text) else ""


def untranslated(window: Window, more: Iterable[str] = ()) -> list[str]:
    """Every text on the screen that no catalogue has, with its widget."""
    data = data_of(window, more)
    return [
        f"{type(widget).__name__} says “{stray}” in “{text}”, which is in no catalogue"
        for widget, text in shown_texts(window)
        if (stray := outside(text, data))
    ]
