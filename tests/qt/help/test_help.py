"""Help as a person uses it: pages, F1, keys; and that a page can reach nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cairn import resources
from cairn.app.kernel.sentences import languages
from cairn.app.kernel.session import Session
from cairn.qt.base import messages
from cairn.qt.base.help_pages import OF_SCREEN, ORDER, pages
from cairn.qt.base.theme import theme
from cairn.qt.screens.help.page_view import PageView
from cairn.qt.screens.help.screen import HelpScreen
from cairn.qt.shell.registry import SCREENS
from qt.desk import PlainDesk, cut_off, press, show, unnamed


def opened_screen(qtbot: QtBot, s: Session, width: int = 1100, height: int = 760) -> HelpScreen:
    screen = HelpScreen(PlainDesk(s))
    show(qtbot, screen, width, height)
    screen.enter()
    return screen


def anchors(view: PageView) -> list[str]:
    """Where the links of a page lead, as they are laid out."""
    found = []
    block = view.document().begin()
    while block.isValid():
        part = block.begin()
        while not part.atEnd():
            form = part.fragment().charFormat()
            if form.isAnchor() or form.anchorHref():
                found.append(form.anchorHref())
            part += 1
        block = block.next()
    return found


@pytest.fixture
def language() -> object:
    before = messages.language()
    yield messages.set_language
    messages.set_language(before)


def test_every_language_has_every_page(language: object) -> None:
    names = {each: resources.names(f"help/{each}", ".md") for each in languages()}
    assert {f"{name}.md" for name in ORDER} <= set(names["en"])
    for each in languages():
        assert names[each] == names["en"], each
        language(each)  # type: ignore[operator]
        found = pages()
        assert tuple(page.name for page in found)[: len(ORDER)] == ORDER
        assert all(page.title and not page.title.startswith("#") for page in found)
        assert len({page.title for page in found}) == len(found)


def test_a_language_without_pages_shows_the_english_ones(language: object) -> None:
    language("fr")  # type: ignore[operator]
    assert next(page.title for page in pages()) == "Your first hour"


def test_every_screen_has_its_page() -> None:
    assert {entry.name for entry in SCREENS} - {"help"} == set(OF_SCREEN)
    assert set(OF_SCREEN.values()) <= set(ORDER)


def test_pages_are_read_with_the_keyboard(qtbot: QtBot, field: Session) -> None:
    screen = opened_screen(qtbot, field, 1100, 420)
    assert screen.where() == "your-first-hour"
    qtbot.keyClick(screen.browser.list, Qt.Key.Key_Down)
    assert screen.where() == "preparing-the-laptop"
    assert screen.browser.view.toPlainText().startswith("Preparing the laptop")
    assert screen.browser.view.accessibleName() == "Preparing the laptop"
    bar = screen.browser.view.verticalScrollBar()
    qtbot.keyClick(screen.browser.view, Qt.Key.Key_Down)
    assert bar.value() > 0
    while bar.value() < bar.maximum():
        before = bar.value()
        qtbot.keyClick(screen.browser.view, Qt.Key.Key_PageDown)
        assert bar.value() > before
    qtbot.keyClick(screen.browser.view, Qt.Key.Key_PageUp)
    qtbot.keyClick(screen.browser.view, Qt.Key.Key_Up)
    assert bar.value() < bar.maximum()


def test_headings_and_code_have_their_type(qtbot: QtBot, field: Session) -> None:
    screen = opened_screen(qtbot, field)
    screen.show_item("exchange")
    document = screen.browser.view.document()
    sizes = {}
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        sizes.setdefault(level, block.begin().fragment().charFormat().font().pixelSize())
        block = block.next()
    assert (sizes[1], sizes[2]) == (24, 18)


def test_a_page_reaches_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    secret = tmp_path / "picture.png"
    secret.write_bytes(resources.read_bytes("icons/cairn.svg"))
    view = PageView("Page")
    qtbot.addWidget(view)
    asked: list[str] = []
    real = view.loadResource

    def watched(kind: int, name: QUrl | str) -> object:
        asked.append(str(name))
        return real(kind, name)

    view.loadResource = watched  # type: ignore[method-assign]
    text = f"# A\n\n![x](file://{secret}) ![y](https://example.org/y.png)\n\n<img src='{secret}'>\n\n[go](https://example.org)"
    view.show_page(text)
    view.resize(400, 300)
    view.show()
    qtbot.waitExposed(view)
    kind = QTextDocument.ResourceType.ImageResource.value
    for place in (f"file://{secret}", str(secret), "https://example.org/y.png"):
        assert not view.document().resource(kind, QUrl(place))
        assert not real(kind, QUrl(place))
    assert not anchors(view) and "go" in view.toPlainText()
    # HTML in a page is no HTML.
    assert "<img" in view.toPlainText()


@pytest.mark.parametrize(("scale", "size"), [(100, (848, 590)), (200, (890, 470))])
def test_nothing_is_cut_off_or_unnamed(
    qtbot: QtBot, qapp: QApplication, field: Session, scale: int, size: tuple[int, int]
) -> None:
    theme().apply(qapp, scale=scale)
    screen = opened_screen(qtbot, field, *size)
    qtbot.wait(20)
    assert not cut_off(screen) and not unnamed(screen)
    screen.show_item("settings")
    qtbot.wait(20)
    assert not cut_off(screen) and not unnamed(screen) and screen.browser.view.isVisible()
    assert screen.browser.view.horizontalScrollBar().maximum() == 0
    if scale == 200:
        assert not screen.browser.list.isVisible()
        press(qtbot, screen, "All pages")
        assert screen.browser.list.isVisible() and screen.browser.list.hasFocus()
        qtbot.keyClick(screen.browser.list, Qt.Key.Key_Return)
        assert screen.browser.view.hasFocus()
        qtbot.keyClick(screen.browser.view, Qt.Key.Key_Escape)
        assert screen.browser.list.isVisible()
