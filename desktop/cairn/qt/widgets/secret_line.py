"""Typing a secret: hidden at first, shown where the person wishes, and without what came along unseen.

Input methods compose nothing in a hidden field. Whoever has a passphrase of other than Latin letters can type it only
where it is shown: so `ShowTyped` stands beside every field for one.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit

from cairn.crypto import strength

_SECRET = (
    Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)


class SecretLine(QLineEdit):
    """A line whose text is a secret. A line end that was pasted with it is no part of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.textChanged.connect(self._tidy)

    def _tidy(self, text: str) -> None:
        meant = strength.without_line_ends(text)
        if meant != text:
            self.setText(meant)

    @property
    def blanks(self) -> str:
        """What must be said of blanks at the ends, which nobody sees; nothing where there are none."""
        if not strength.has_blank_ends(self.text()):
            return ""
        return QCoreApplication.translate(
            "SecretLine", "It begins or ends with a blank, and the blank is a part of it."
        )


class ShowTyped(QCheckBox):
    """Shows what stands in some `SecretLine`s, or hides it."""

    def __init__(self, *lines: SecretLine) -> None:
        super().__init__(QCoreApplication.translate("SecretLine", "Show what I type"))
        self.setAccessibleName(self.text())
        self._lines = lines
        self.toggled.connect(self._show)

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for line in self._lines:
            line.setEchoMode(mode)
            # Shown, it is a secret all the same: no input method is to learn it, or to suggest it later.
            line.setInputMethodHints(line.inputMethodHints() | _SECRET)
