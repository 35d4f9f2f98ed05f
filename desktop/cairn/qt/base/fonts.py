"""The font that is shipped for systems without a Korean one."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from cairn import resources

FOLDER = "fonts"


def install() -> list[str]:
    """Make the shipped fonts known where no font of the system has Korean. Gives their families.

    Nothing is shipped where the program runs from its source, and on systems that always have such a font.
    Where the user has a font of their own, it is better than ours: it has more characters.
    """
    if not resources.path(FOLDER).is_dir() or QFontDatabase.families(QFontDatabase.WritingSystem.Korean):
        return []
    families: list[str] = []
    for name in resources.names(FOLDER, ".otf"):
        number = QFontDatabase.addApplicationFont(str(resources.path(f"{FOLDER}/{name}")))
        families += QFontDatabase.applicationFontFamilies(number)
    return families
