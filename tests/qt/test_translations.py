"""Languages: complete catalogues, nothing visible outside them, mirrored windows, a switch that works at once."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QMenu,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from app.shared import PASSPHRASE
from cairn import resources
from cairn.app.interviews import interviews
from cairn.app.kernel import preferences, sentences
from cairn.app.kernel.session import open_vault
from cairn.app.leaving import sealing
from cairn.qt.base import messages
from cairn.qt.base.language import set_language
from cairn.qt.screens.exchange.screen import ExchangeScreen
from cairn.qt.screens.exchange.seal import SealFlow
from cairn.qt.screens.settings.look import LanguageGroup
from cairn.qt.shell.registry import SCREENS
from cairn.qt.shell.window import Window
from cairn.qt.widgets import RowList, Sheet
from drive import pseudo
from drive.untranslated import data_of, outside, shown_texts
from qt.desk import LONG, reads, settle


@pytest.fixture
def house(root: Path) -> ModuleType:
    """`packaging/translations.py`."""
    spec = importlib.util.spec_from_file_location("translations", root / "packaging" / "translations.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """Sets the language; English again afterwards."""
    yield lambda code: set_language(qapp, code)
    set_language(qapp, "en")


def catalogue(root: Path) -> set[tuple[str, str]]:
    """Context and text of all that the Korean catalogue translates: as much as the source has."""
    ts = ET.parse(root / "resources" / "translations" / "cairn_ko.ts").getroot()  # noqa: S314  # our own file
    return {
        (context.findtext("name", ""), message.findtext("source", ""))
        for context in ts.iter("context")
        for message in context.iter("message")
    }


# Catalogues


def test_catalogues_are_complete_and_current(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "packaging/translations.py", "check"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_text_without_translation_or_with_other_places_is_told(house: ModuleType) -> None:
    message = "<TS><context><message><source>{a} of %n</source>{}</message></context></TS>"
    good = "<translation>%n: {a}</translation>"
    plural = "<translation><numerusform>one {a}</numerusform><numerusform>{a}, %n</numerusform></translation>"
    bad = [
        "<translation type='unfinished'>%n: {a}</translation>",
        "<translation></translation>",
        "<translation>%n: {b}</translation>",
        "<translation>{a}</translation>",
        "<translation><numerusform>one</numerusform><numerusform>{a}, %n</numerusform></translation>",
    ]
    for fine in (good, plural):
        assert house.faults(message.replace("{}", fine).encode()) == []
    for one in bad:
        assert len(house.faults(message.replace("{}", one).encode())) == 1, one


def test_every_text_of_the_source_is_in_the_catalogue(root: Path) -> None:
    """`tr` on something other than `self`, or a text built from pieces, is found here."""
    known = catalogue(root)
    wrong = []
    for path in sorted((root / "desktop" / "cairn" / "qt").rglob("*.py")):
        for place, context, text in _calls(ast.parse(path.read_text("utf-8"))):
            if text is None or (context, text) not in known:
                wrong.append(f"{path.name}:{place} {context} {text!r}")
    assert wrong == []


def _calls(tree: ast.Module) -> Iterator[tuple[int, str, str | None]]:
    """Line, context and text of each call that translates; no text where it is not a literal."""

    # Painters translate too; the rail's words are marked where they stand, and translated where they are shown.
    exempt = re.compile(r"QTransform|QCoreApplication\.translate\('Rail', entry\.word\)")

    def visit(node: ast.AST, owner: str) -> Iterator[tuple[int, str, str | None]]:
        for child in ast.iter_child_nodes(node):
            yield from visit(child, child.name if isinstance(child, ast.ClassDef) else owner)
            if not isinstance(child, ast.Call):
                continue
            called = (
                child.func.attr if isinstance(child.func, ast.Attribute) else getattr(child.func, "id", "")
            )
            texts = [
                a.value if isinstance(a, ast.Constant) else None for a in [*child.args, child, child][:2]
            ]
            if called == "tr":
                assert isinstance(child.func, ast.Attribute)
                on_self = isinstance(child.func.value, ast.Name) and child.func.value.id == "self"
                yield child.lineno, owner if on_self else "not on self", _text(texts[0])
            elif called in ("translate", "QT_TRANSLATE_NOOP") and not exempt.search(ast.unparse(child)):
                yield child.lineno, str(texts[0]), _text(texts[1])

    yield from visit(tree, "")


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def test_plurals(language: Callable[[str], None]) -> None:
    def found(count: int) -> str:
        return QCoreApplication.translate("InterviewsScreen", "%n interview(s) found", "", count)

    language("en")
    assert [found(1), found(2)] == ["1 interview found", "2 interviews found"]
    language("ko")
    assert [found(1), found(2)] == ["면담 1건을 찾았습니다", "면담 2건을 찾았습니다"]


def test_dates_numbers_and_sizes_follow_the_language(language: Callable[[str], None]) -> None:
    language("en")
    assert messages.day("2026-03-14T09:26:53Z") == "14 March 2026"
    assert (messages.size(115_070), messages.size(640), messages.number(10_000)) == (
        "115.1 kB",
        "640 bytes",
        "10,000",
    )
    language("ko")
    assert messages.day("2026-03-14T09:26:53Z") == "2026년 3월 14일"
    assert messages.moment("2026-03-14T09:26:53Z").startswith("2026. 3. 1")
    assert messages.size(115_070) == "115.1 kB"
    assert QLocale().language() == QLocale.Language.Korean


def test_korean_says_a_thing_by_one_word(root: Path) -> None:
    """Words that stand for something else in the window, in the sentences and in the help."""
    strays = re.compile(
        "보관 이력|까닭|명함|비밀번호|패스프레이즈|금고|꾸러미|머리 파일|번들|볼트|에러|오류가 발생"
    )
    texts = [root / "resources" / "translations" / "cairn_ko.ts"]
    texts += [
        *(root / "resources" / "words" / "ko").iterdir(),
        *(root / "resources" / "help" / "ko").iterdir(),
    ]
    found = {path.name: strays.findall(path.read_text("utf-8")) for path in texts}
    assert {name: stray for name, stray in found.items() if stray} == {}


def test_no_sentence_exclaims_or_hides_behind_an_error(root: Path) -> None:
    for path in [*(root / "resources" / "words").rglob("*.json")]:
        for code, sentence in json.loads(path.read_text("utf-8")).items():
            assert "!" not in sentence, code
            assert not re.search(r"error (has )?occurred|unknown error|exception", sentence, re.IGNORECASE), (
                code
            )


def test_each_help_page_exists_in_every_language() -> None:
    pages = resources.names("help/en", ".md")
    for code in sentences.languages():
        assert resources.names(f"help/{code}", ".md") == pages
        for page in pages:
            english, own = (resources.read_text(f"help/{one}/{page}") for one in ("en", code))
            shape = [re.match(r"#*|\d*", line)[0] for line in english.splitlines()]  # type: ignore[index]
            assert shape == [re.match(r"#*|\d*", line)[0] for line in own.splitlines()], page  # type: ignore[index]


# Every screen


@pytest.fixture
def pseudo_language(qapp: QApplication) -> Iterator[None]:
    """`en-XA` is in force: every text that the catalogue or a resource has stands in ⟦⟧."""
    with pseudo.spoken(qapp, pseudo.LONGER):
        yield


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    """Right to left."""
    with pseudo.spoken(qapp, pseudo.MIRRORED):
        yield


def walk_screens(qtbot: QtBot, window: Window, look: Callable[[str], None], folder: Path) -> None:
    """Show every screen of an open vault, and the parts of an interview."""
    desk = window.desk
    assert desk is not None
    for entry in SCREENS:
        desk.open(entry.name)
        settle(qtbot)
        look(entry.name)
        shown = desk.shown(entry.name)
        for one in [w for w in shown.findChildren(RowList) if w.isVisible()][:1]:
            for number, each in enumerate(one.rows.rows[:4]):
                one.choose(each.id, tell=True)
                settle(qtbot)
                look(f"{entry.name} {number}")
    desk.open("interviews")
    settle(qtbot)
    workspace = desk.shown("interviews").workspace  # type: ignore[attr-defined]
    for tab in ("account", "consent", "files", "history"):
        workspace.tabs.open(tab)
        settle(qtbot)
        look(f"tab {tab}")
    for ask in (workspace._ask_erase, workspace._ask_finalise, workspace._ask_discard):
        ask()
        settle(qtbot)
        look(ask.__name__)
        for sheet in window.findChildren(Sheet):
            sheet.dismiss()
    walk_settings(qtbot, window, look)
    walk_exchange(qtbot, window, look, folder)


def walk_settings(qtbot: QtBot, window: Window, look: Callable[[str], None]) -> None:
    """Open every question that the settings ask. File dialogs are Qt's own, with its own catalogue."""
    desk = window.desk
    assert desk is not None
    desk.open("settings")
    settle(qtbot)
    asked = 0
    for button in desk.shown("settings").findChildren(QPushButton):
        if not button.isEnabled() or "…" not in button.text():
            continue
        button.click()
        settle(qtbot)
        for dialog in window.findChildren(QFileDialog):
            dialog.reject()
        for sheet in window.findChildren(Sheet):
            if sheet.isVisible():
                asked += 1
                look(f"settings {button.text()}")
                sheet.dismiss()
        settle(qtbot)
    assert asked > 3


def walk_exchange(qtbot: QtBot, window: Window, look: Callable[[str], None], folder: Path) -> None:
    """Seal a bundle step by step, look at it in the list, open it again."""
    desk = window.desk
    assert desk is not None
    desk.open("exchange")
    exchange = desk.shown("exchange")
    assert isinstance(exchange, ExchangeScreen)
    exchange.seal([row.id for row in interviews.rows(desk.session)])
    flow = exchange.job
    assert isinstance(flow, SealFlow)
    for step in range(3):
        settle(qtbot)
        look(f"seal {step}")
        if step == 1:
            flow.recipients.list.tick([row.id for row in flow.recipients.list.rows.rows])
        go = flow._primary
        assert go is not None
        qtbot.waitUntil(go.isEnabled, timeout=LONG)
        go.click()
    settle(qtbot)
    look("where to")
    flow._start(folder)
    qtbot.waitUntil(lambda: any(folder.glob("*.age")) and not flow.busy, timeout=LONG)
    settle(qtbot)
    look("sealed")
    exchange.go_home()
    settle(qtbot)
    look("exchange")
    exchange.show_sent(sealing.sent(desk.session)[0])
    look("sent")
    exchange.open_file(next(folder.glob("*.age")))
    settle(qtbot)
    look("not for us")
    exchange.open_file(folder / "nothing.age")
    settle(qtbot)
    look("gone")


def walk_gates(qtbot: QtBot, window: Window, folder: Path, look: Callable[[str], None]) -> None:
    """Show what stands before the vault."""
    gates: dict[str, Callable[[], object]] = {
        "unlock": partial(window.show_unlock, folder),
        "welcome": window.show_unlock,
        "outside": window.show_outside,
        "set-up": window.show_setup,
        "practice": window.show_practice,
    }
    for name, show in gates.items():
        show()
        settle(qtbot)
        look(name)


def test_nothing_visible_is_outside_the_catalogue(
    qtbot: QtBot, practised: Window, pseudo_language: None, tmp_path: Path
) -> None:
    assert practised.desk is not None
    practised.rebuild()
    settle(qtbot)
    data, strays = data_of(practised), set[str]()
    wrapped = 0

    def look(where: str) -> None:
        nonlocal wrapped
        for widget, text in shown_texts(practised):
            wrapped += "⟦" in text
            stray = outside(text, data)
            if stray:
                strays.add(f"{where}: {type(widget).__name__} says {stray} in {text}")

    walk_screens(qtbot, practised, look, tmp_path)
    assert strays == set()
    assert wrapped > 500


def test_nothing_before_the_vault_is_outside_the_catalogue(
    qtbot: QtBot, window: Window, vault: Path, pseudo_language: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "show_practice", lambda: None)  # it would make a vault at its full cost
    data, strays = [*data_of(window), vault.name], set[str]()

    def look(where: str) -> None:
        strays.update(
            f"{where}: {stray}" for _, text in shown_texts(window) if (stray := outside(text, data))
        )

    walk_gates(qtbot, window, vault, look)
    assert strays == set()


def test_every_screen_stands_right_to_left(
    qtbot: QtBot, practised: Window, mirrored: None, tmp_path: Path
) -> None:
    """No crash, no warning of Qt, and the rail is at the right."""
    practised.rebuild()
    settle(qtbot)
    seen: list[str] = []
    walk_screens(qtbot, practised, seen.append, tmp_path)
    assert len(seen) > len(SCREENS)
    assert practised.desk is not None
    assert (
        practised.desk.rail.mapTo(practised, practised.desk.rail.rect().center()).x() > practised.width() / 2
    )


# Switching


def test_the_unlock_card_changes_its_language_at_once(
    qtbot: QtBot, window: Window, vault: Path, language: Callable[[str], None]
) -> None:
    window.show_unlock(vault)
    settle(qtbot)
    assert reads(window, "Open vault")
    gate = window.entrance
    assert gate is not None
    switch_language(qtbot, window, "한국어")
    qtbot.waitUntil(lambda: reads(window, "보관함 열기") and not reads(window, "Open vault"), timeout=LONG)
    assert preferences.outside().language == "ko"


def switch_language(qtbot: QtBot, window: Window, name: str) -> None:
    """Click a language, as a button or in a menu."""
    for one in window.findChildren(QAbstractButton):
        if one.isVisible() and one.text() == name:
            qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
            return
    for menu in window.findChildren(QMenu):
        for action in menu.actions():
            if action.text() == name:
                action.trigger()
                return
    raise AssertionError(f"no way to {name}")


def test_an_open_vault_changes_its_language_at_once(
    qtbot: QtBot, window: Window, vault: Path, language: Callable[[str], None]
) -> None:
    window.enter(open_vault(vault, PASSPHRASE))
    settle(qtbot)
    assert reads(window, "Interviews will be listed here.")
    assert window.desk is not None
    window.desk.open("settings")
    settle(qtbot)
    choice = next(one for one in window.findChildren(LanguageGroup) if one.isVisible()).choice
    choice.activated.emit(choice.findText("한국어"))
    settle(qtbot)
    assert window.desk.place()[0] == "settings"
    assert reads(window, "창 전체가 바로 바뀝니다.") and not reads(
        window, "The whole window changes at once."
    )
    assert preferences.outside().language == "ko"
    window.desk.open("interviews")
    settle(qtbot)
    assert reads(window, "면담이 여기에 모입니다.")
    assert messages.sentence("vault.locked") == sentences.sentence("vault.locked", language="ko")
