"""Entries of the custody log as rows of a list."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cairn.app.kernel.views import EntryView
from cairn.qt.base import messages
from cairn.qt.widgets import Row

PAGE = 200

_GLYPHS = {
    "vault.create": "shield",
    "record.revise": "edit",
    "record.take-in": "take-in",
    "attachment.add": "attach",
    "consent.set": "consent",
    "interview.finalise": "check",
    "erase": "trash",
    "bundle.seal": "exchange",
    "bundle.take-in": "take-in",
    "copy-out": "copy-out",
    "page.print": "print",
    "page.print-failed": "warn",
    "conflict.settle": "merge",
    "recipient.override": "warn",
    "sender.override": "warn",
    "backup": "folder",
    "file.put-back": "folder",
    "restore": "history",
    "vault.salvage": "history",
    "record.salvage": "take-in",
}
_RECORDING_GLYPHS = {
    "recording.start": "mic",
    "recording.exclude": "mic-off",
    "recording.import": "take-in",
    "recording.derive": "cut",
}


def glyph(act: str) -> str:
    """The icon that stands before an entry."""
    if act.startswith("contact."):
        return "contacts"
    if act.startswith("recording."):
        return _RECORDING_GLYPHS.get(act, "sound")
    if act.startswith(("key.", "slot.", "passphrase.", "identity.")):
        return "key"
    return _GLYPHS.get(act, "note")


def row_of(entry: EntryView) -> Row:
    """What the list shows of an entry: the act and what it was about, when, and who."""
    number = ((str(entry.seq), "neutral"),)
    if not entry.act:
        gone = QCoreApplication.translate("Entries", "What this entry told was erased")
        kept = QCoreApplication.translate("Entries", "The line stays, so that the log can be checked.")
        return Row(str(entry.seq), gone, kept, number, "trash", data=entry)
    who = ", ".join(part for part in (entry.author, entry.device_label) if part)
    printer = str(entry.detail.get("printer", ""))
    title = " · ".join(part for part in (messages.act(entry.act).rstrip("."), entry.what, printer) if part)
    line = " · ".join(part for part in (messages.moment(entry.at), who) if part)
    return Row(str(entry.seq), title, line, number, glyph(entry.act), data=entry)
