"""About: versions, formats, what this build can and can't do, its self-test, updates and licences."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cairn import __version__
from cairn.app.program import build, updates
from cairn.errors import CairnError
from cairn.qt.base import messages
from cairn.qt.desk import Desk
from cairn.qt.media import selftest
from cairn.qt.screens.settings.group import Group
from cairn.qt.screens.settings.licences import Licences
from cairn.qt.screens.settings.testing import SelfTest
from cairn.qt.screens.settings.updating import Updating
from cairn.qt.widgets import button, label, row, stick
from cairn.qt.widgets.facts import Exact, Facts, mark
from cairn.qt.widgets.settings import block


def versions() -> dict[str, str]:
    """All versions of this build; without those of the database library where that is not the one that encrypts."""
    try:
        found = build.versions()
    except CairnError:
        found = {"cairn": __version__}
    return found | selftest.versions()


def installed_as() -> str:
    """How this copy came here, in words."""
    words = {
        "source": QCoreApplication.translate("AboutGroup", "run from source"),
        "wheel": QCoreApplication.translate("AboutGroup", "installed as a Python package"),
        "run": QCoreApplication.translate("AboutGroup", "portable, not installed"),
        "zip": QCoreApplication.translate("AboutGroup", "portable, not installed"),
        "folder": QCoreApplication.translate("AboutGroup", "packaged, from a folder"),
    }
    kind = build.installed_as()
    return words.get(kind, QCoreApplication.translate("AboutGroup", "installed ({kind})").format(kind=kind))


def hears_locking() -> bool:
    """Whether the system tells this program of its lock and of sleep."""
    if sys.platform == "linux":
        return QDBusConnection.systemBus().isConnected()
    return sys.platform == "win32"


def _point(text: str, glyph: str, tint: str) -> QWidget:
    made, sign = QWidget(), mark(glyph, tint, 18)
    layout = row(sign, label(text, wrap=True), space=10)
    layout.setStretch(1, 1)
    layout.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
    made.setLayout(layout)
    return made


class AboutGroup(Group):
    """What this build is."""

    key = "about"
    glyph = "info"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.head(self.tr("About this build"))
        info = desk.session.info
        found = versions()
        both = "{} {} · {} {}"
        facts: list[tuple[str, str | QWidget]] = [
            (self.tr("Version"), f"Cairn {__version__}, {installed_as()}"),
            (self.tr("Made with"), both.format("Python", found.get("python", ""), "Qt", found["qt"])),
            (
                self.tr("Encrypts with"),
                both.format("SQLCipher", found.get("sqlcipher", ""), "OpenSSL", found.get("openssl", "")),
            ),
            (self.tr("Formats"), build.formats()),
            (self.tr("Keys for updates"), self._keys()),
            (self.tr("Licence"), "Apache-2.0"),
            (self.tr("This vault"), Exact(str(info.folder), self.tr("This vault"))),
        ]
        if info.created:
            facts.append((self.tr("Made"), messages.day(info.created)))
        if stick.place():
            facts.append((self.tr("Runs from"), Exact(stick.place(), self.tr("Runs from"))))
        self.add(block(Facts(facts)))
        self.test = button(self.tr("Test this build"), self._test)
        self.line(
            self.tr("Self-test"),
            self.tr(
                "Tries the encryption, the decoders, a whole round trip and a second from the microphone, in this "
                "very program. Nothing of it is kept."
            ),
            self.test,
        )
        self.results = SelfTest(desk)
        self.results.ended.connect(lambda: self.test.setEnabled(True))
        self.lines.addWidget(self.results)
        self.update_line = Updating(desk)
        self.add(self.update_line)
        self.licences = button(self.tr("Licences…"), self._licences)
        self.line(
            self.tr("Made by many"),
            self.tr("The parts that Cairn is made of, and the licence of each."),
            self.licences,
        )
        self.copy = button(self.tr("Copy as text"), self._copy)
        self._help_line = self.line(
            self.tr("For whoever helps you"),
            self.tr(
                "Versions and the results of the self-test, without names and without the place of the vault."
            ),
            self.copy,
        )
        self.add(block(label(self.tr("What it can do"), "strong"), *self._can()))
        self.add(block(label(self.tr("What it can't do"), "strong"), *self._cannot()))
        self.anchors = {
            "test": self.test,
            "update": self.update_line.choose,
            "licences": self.licences,
            "copy": self.copy,
        }

    def leave(self) -> None:
        self.results.stop()

    def _keys(self) -> str:
        if not updates.can_check():
            return self.tr("none: this copy can't verify an update")
        return "\n".join(one.fingerprint for one in updates.trusted())

    def _can(self) -> list[QWidget]:
        texts = [
            self.tr("Keep interviews, notes and files encrypted on this laptop, with every version."),
            self.tr("Record a conversation, every second encrypted on the disk within one second."),
            self.tr("Show pictures, PDF, text and sound without a readable copy on the disk."),
            self.tr("Seal bundles that withstand quantum computers, and that open with stock tools."),
            self.tr("Hold back what the person did not agree to share."),
        ]
        if build.can_decode("heic"):
            texts.append(self.tr("Show HEIC photographs, as newer phones take them."))
        if build.can_decode("aac"):
            texts.append(self.tr("Play AAC and Apple Lossless, as phones record them."))
        if hears_locking():
            texts.append(self.tr("Lock the vault when this computer locks its screen or goes to sleep."))
        if sys.platform == "win32":
            texts.append(self.tr("Keep its window out of pictures of the screen."))
        return [_point(text, "check", "accent") for text in texts]

    def _cannot(self) -> list[QWidget]:
        return [
            _point(text, "cross", "ink_soft")
            for text in (
                self.tr("Keep people, events and forms: not in this version."),
                self.tr("Use a network. There is no code for it."),
                self.tr("Protect from a laptop that is watched, or from somebody who has your passphrase."),
                self.tr("Remove every trace from a solid-state disk."),
                self.tr("Hide that there is a vault."),
                self.tr("Keep its memory from being swapped to the disk: encrypt the whole disk."),
                *self._missing(),
            )
        ]

    def _missing(self) -> list[str]:
        """What this copy, on this system, lacks."""
        texts = []
        if sys.platform != "win32":
            texts.append(self.tr("Keep its window out of pictures of the screen: this system has no way to."))
        if not hears_locking():
            texts.append(
                self.tr(
                    "Hear when this computer locks its screen. The vault locks after its own time all the same."
                )
            )
        if not build.can_decode("heic"):
            texts.append(self.tr("Show HEIC photographs: this build has no decoder for them."))
        if not build.can_decode("aac"):
            texts.append(self.tr("Play AAC and Apple Lossless: this build has no decoder for them."))
        return texts

    def _test(self) -> None:
        self.test.setEnabled(False)
        self.results.begin()

    def _licences(self) -> None:
        Licences(self.desk, self).open()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.as_text())
        self._help_line.say(self.tr("Copied. Put it into a message to whoever helps you."))

    def as_text(self) -> str:
        """All of it for whoever helps, in English, whatever the window speaks. No names, no paths, no content."""
        lines = [f"{name}: {value}" for name, value in versions().items()]
        lines += [
            f"formats: {build.formats()}",
            f"heic: {'yes' if build.can_decode('heic') else 'no'}",
            f"aac: {'yes' if build.can_decode('aac') else 'no'}",
            f"update keys: {', '.join(one.fingerprint for one in updates.trusted()) if updates.can_check() else 'none'}",
        ]
        for check in self.results.checks:
            found = f"FAILED {check.problem}" if check.problem else "passed"
            # The name of a microphone can be that of its owner.
            detail = "" if check.name == "recording" else check.detail
            lines.append(" ".join(part for part in (f"{check.name}:", found, detail) if part))
        return "\n".join(lines) + "\n"
