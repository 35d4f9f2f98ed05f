"""About: version, formats, what this build can and can't do, the parts that it is made of."""

from __future__ import annotations

from importlib import metadata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cairn import __version__
from cairn.app import selftest
from cairn.app.selftest import Check
from cairn.bundle.manifest import FORMAT as BUNDLE
from cairn.custody.line import VERSION as CUSTODY
from cairn.errors import CairnError
from cairn.model.ports import Progress
from cairn.qt import messages
from cairn.qt.screens.settings.parts import Group, Outcome, block
from cairn.qt.screens.unlock import stick
from cairn.qt.shell.screen import Desk
from cairn.qt.widgets import button, label, row
from cairn.qt.widgets.facts import Exact, Facts, mark
from cairn.vault.header import FORMAT as VAULT

PARTS = (
    ("PySide6-Addons", "Qt for Python", "LGPL-3.0"),
    ("sqlcipher3", "SQLCipher", "zlib, BSD-3-Clause"),
    ("cryptography", "cryptography, OpenSSL", "Apache-2.0 or BSD-3-Clause"),
    ("msgspec", "msgspec", "BSD-3-Clause"),
    ("mnemonic", "mnemonic", "MIT"),
    ("platformdirs", "platformdirs", "MIT"),
    ("Pillow", "Pillow", "MIT-CMU"),
    ("pypdfium2", "pypdfium2, PDFium", "Apache-2.0, BSD-3-Clause"),
    ("soundfile", "soundfile, libsndfile", "BSD-3-Clause, LGPL-2.1"),
    ("codecpod", "codecpod, FFmpeg's AAC and ALAC", "LGPL-2.1"),
    ("pi-heif", "pi-heif, libheif", "BSD-3-Clause, LGPL-3.0"),
    ("numpy", "NumPy", "BSD-3-Clause"),
    ("libsonic", "libsonic", "Apache-2.0"),
    ("soxr", "python-soxr, libsoxr", "LGPL-2.1"),
    ("python-docx", "python-docx, lxml", "MIT, BSD-3-Clause"),
    ("segno", "segno", "BSD-3-Clause"),
)
"""Name of the package, what it is called here, its licence."""


def version_of(package: str) -> str:
    """The version that is installed; nothing where a packaged build doesn't carry that."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def formats() -> str:
    """The formats that this build reads and writes."""
    return ", ".join((VAULT, BUNDLE, f"cairn-custody/{CUSTODY}")).replace("cairn-", "")


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
        vault: list[tuple[str, str | QWidget]] = [
            (self.tr("Version"), f"Cairn {__version__}"),
            (self.tr("Formats"), formats()),
            (self.tr("Licence"), "Apache-2.0"),
            (self.tr("This vault"), Exact(str(info.folder), self.tr("This vault"))),
        ]
        if info.created:
            vault.append((self.tr("Made"), messages.day(info.created)))
        if stick.place():
            vault.append((self.tr("Runs from"), Exact(stick.place(), self.tr("Runs from"))))
        self.add(block(Facts(vault)))
        self.test = button(self.tr("Test this build"), self._test)
        self.line(
            self.tr("Self-test"),
            self.tr("Tries the encryption, the signatures and a whole round trip, in this very program."),
            self.test,
        )
        self._outcome = Outcome()
        self.lines.addWidget(self._outcome)
        self.add(block(label(self.tr("What it can do"), "strong"), *self._can()))
        self.add(block(label(self.tr("What it can't do"), "strong"), *self._cannot()))
        facts: list[tuple[str, str | QWidget]] = [
            (name, " · ".join(part for part in (version_of(package), licence) if part))
            for package, name, licence in PARTS
        ]
        self.add(block(label(self.tr("Made with"), "strong"), Facts(facts)))
        self.anchors = {"test": self.test}

    def _can(self) -> list[QWidget]:
        return [
            _point(text, "check", "accent")
            for text in (
                self.tr("Keep interviews, notes and files encrypted on this laptop, with every version."),
                self.tr("Record a conversation, every second encrypted on the disk within one second."),
                self.tr("Show pictures, PDF, text and sound without a readable copy on the disk."),
                self.tr("Seal bundles that withstand quantum computers, and that open with stock tools."),
                self.tr("Hold back what the person did not agree to share."),
            )
        ]

    def _cannot(self) -> list[QWidget]:
        return [
            _point(text, "cross", "ink_soft")
            for text in (
                self.tr("Keep people, events and forms: not in this version."),
                self.tr("Use a network. There is no code for it."),
                self.tr("Protect from a laptop that is watched, or from somebody who has your passphrase."),
                self.tr("Remove every trace from a solid-state disk."),
                self.tr("Hide that there is a vault."),
            )
        ]

    def _test(self) -> None:
        self.test.setEnabled(False)
        self._outcome.say(label(self.tr("Testing. This takes a few seconds."), "soft", wrap=True))

        def work(_progress: Progress) -> list[Check]:
            return selftest.run()

        self.desk.run(self, work, then=self._tested, failed=self._failed, lane="long")

    def _tested(self, checks: list[Check]) -> None:
        self.test.setEnabled(True)
        wrong = [check for check in checks if check.problem]
        if not wrong:
            self._outcome.say(_point(self.tr("%n checks, all passed.", "", len(checks)), "check", "accent"))
            return
        sentence = self.tr("{name} failed ({what}). Don't use this copy of Cairn; get it again.")
        self._outcome.say(
            *(_point(sentence.format(name=one.name, what=one.problem), "cross", "danger") for one in wrong)
        )

    def _failed(self, error: CairnError) -> None:
        self.test.setEnabled(True)
        self._outcome.say(_point(messages.sentence(error), "warn", "danger"))
