"""What comes next, and what stays as it was: small promises of the window, each kept by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app import sounds
from app.shared import PASSPHRASE, introduce
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session, open_vault
from cairn.app.leaving import sealing
from cairn.app.sound import recordings
from cairn.model.agreement import Consent, agreed_to
from cairn.model.consent import Row as Agreed
from cairn.model.kinds.interview import Interview, Person
from cairn.qt.base.language import set_language
from cairn.qt.shell.window import Window
from cairn.qt.widgets import EmptyState, button
from cairn.qt.widgets.choose import choose_files, choose_folder
from qt.desk import LONG, choose, find_button, press, reads, sees, settle, show
from qt.hand import answer, keys, line, new, screen, sheet, text, workspace


def empty_states(over: QWidget) -> list[EmptyState]:
    return [one for one in over.findChildren(EmptyState) if one.isVisible()]


def test_an_empty_vault_says_once_what_comes_next(qtbot: QtBot, opened: Window) -> None:
    assert len(empty_states(screen(opened))) == 1
    press(qtbot, opened, "Add your office's card")
    settle(qtbot)
    assert reads(opened, "Contacts") and opened.desk is not None
    assert opened.desk.place()[0] == "contacts"


def test_an_office_is_shown_the_way_in(qtbot: QtBot, window: Window, office: Session) -> None:
    folder = office.info.folder
    office.close()
    window.enter(open_vault(folder, PASSPHRASE))
    settle(qtbot)
    assert reads(window, "Bundles from laptops in the field are taken in under Exchange.")
    press(qtbot, window, "Open a bundle…")
    assert window.desk is not None and window.desk.place()[0] == "exchange"
    settle(qtbot)


def test_finalising_points_to_sealing(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "As told.")
    press(qtbot, made, "Save version")
    settle(qtbot)
    assert opened.desk is not None
    consent.set_consent(opened.desk.session, made.interview, agreed_to(choice="share"))
    made.reload()
    settle(qtbot)
    press(qtbot, made, "Finalise interview")
    answer(qtbot, opened, "Finalise interview")
    assert reads(opened, "It is still in this vault alone.")
    press(qtbot, opened, "Seal a bundle with it")
    settle(qtbot)
    sees(qtbot, opened, "Which interviews shall leave?")


def test_finalising_without_a_consent_points_to_that(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "As told.")
    press(qtbot, made, "Finalise interview")
    answer(qtbot, opened, "Finalise interview")
    press(qtbot, opened, "Record the consent")
    settle(qtbot)
    assert made.tabs.key == "consent"


def test_what_is_sealed_is_not_called_sent(
    qtbot: QtBot, opened: Window, office: Session, tmp_path: Path
) -> None:
    assert opened.desk is not None
    s = opened.desk.session
    introduce(s, office)
    made = interviews.create(s, title="W-1")
    interviews.save_version(s, made)
    consent.set_consent(s, made, agreed_to(choice="share"))
    sealing.seal(s, sealing.preview(s, [made], [office.keys.fingerprint]), tmp_path)
    opened.desk.open("exchange")
    sees(qtbot, opened, "Sealed so far")
    settle(qtbot)
    shown = opened.desk.shown("exchange")
    assert [row.title for row in shown.home.list.rows.rows] == [  # type: ignore[attr-defined]
        "1 interview sealed for Office North, not yet confirmed"
    ]
    opened.desk.open("interviews")
    settle(qtbot)
    (row,) = screen(opened).list.rows.rows
    assert ("in a bundle", "neutral") in row.chips
    assert not reads(opened, "sent") and not reads(opened, "Sent")


def test_asked_for_twice_it_is_one_interview(qtbot: QtBot, opened: Window) -> None:
    pressed = find_button(screen(opened), "New")
    qtbot.mouseClick(pressed, Qt.MouseButton.LeftButton)
    qtbot.mouseDClick(pressed, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen(opened).workspace is not None, timeout=LONG)
    settle(qtbot)
    qtbot.mouseClick(pressed, Qt.MouseButton.LeftButton)
    settle(qtbot)
    assert opened.desk is not None and interviews.count(opened.desk.session) == 1
    assert QApplication.focusWidget() is line(workspace(opened), "Code name")
    QTest.keyClicks(line(workspace(opened), "Code name"), "W-1")
    new(qtbot, opened)
    assert interviews.count(opened.desk.session) == 2


def test_an_empty_draft_goes_without_a_reason(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened)
    made._ask_erase()
    settle(qtbot)
    assert screen(opened).workspace is None
    assert opened.desk is not None and interviews.count(opened.desk.session) == 0


def test_erasing_says_what_is_erased(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-17", "As told.")
    made._ask_erase()
    assert reads(sheet(opened), "Erase “W-17”?")
    keys(qtbot, Qt.Key.Key_Escape)


def test_the_cursor_is_where_it_was_after_the_settings(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "As told.")
    account = text(made, "Account")
    account.setFocus()
    assert opened.desk is not None
    for other in ("settings", "exchange", "help", "contacts"):
        opened.desk.open(other)
        settle(qtbot)
        assert not account.hasFocus()
        opened.desk.open("interviews")
        settle(qtbot)
        assert account.hasFocus(), other


def test_file_dialogs_begin_where_they_ended_in_this_vault(
    qtbot: QtBot, opened: Window, vault: Path, tmp_path: Path
) -> None:
    place, out = tmp_path / "photos", tmp_path / "out"
    for each in (place, out):
        each.mkdir()
    (place / "a.txt").write_text("a")
    choose_files(screen(opened), "Choose files to add", lambda _paths: None)
    choose(qtbot, opened, place / "a.txt")
    dialog = choose_files(screen(opened), "Choose files to add", lambda _paths: None)
    assert Path(dialog.directory().absolutePath()) == place
    dialog.reject()
    choose_folder(screen(opened), "Where to", lambda _path: None)
    choose(qtbot, opened, out)
    settle(qtbot)
    opened.lock()
    settle(qtbot)
    assert opened.entrance is not None
    dialog = choose_folder(opened.entrance, "Where to", lambda _path: None)
    assert Path(dialog.directory().absolutePath()) == Path.home(), "outside the vault nothing is known of it"
    dialog.reject()
    opened.enter(open_vault(vault, PASSPHRASE))
    settle(qtbot)
    dialog = choose_folder(screen(opened), "Where to", lambda _path: None)
    assert Path(dialog.directory().absolutePath()) == out
    dialog.reject()
    qtbot.waitUntil(lambda: not [d for d in opened.findChildren(QFileDialog) if d.isVisible()], timeout=LONG)


KINDS = ("", "primary", "danger", "quiet", "link", "plain")


@pytest.mark.parametrize("scale", [100, 175])
def test_nothing_changes_its_size_when_it_has_the_focus(qtbot: QtBot, look: None, scale: int) -> None:
    from cairn.qt.base.theme import theme
    from cairn.qt.widgets import column

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme().apply(app, mode="light", scale=scale)
    made: list[QWidget] = [button(f"Press {kind}", kind=kind) for kind in KINDS]
    made += [button(f"Tall {kind}", kind=kind, tall=True) for kind in KINDS]
    choice = QComboBox()
    choice.addItems(["one", "two"])
    made += [QLineEdit("text"), choice, QCheckBox("box"), QRadioButton("choice")]
    over = QWidget()
    over.setLayout(column(QLineEdit(), *made))
    show(qtbot, over, 500, 900)
    sizes = [each.sizeHint() for each in made]
    for each, before in zip(made, sizes, strict=True):
        each.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        assert each.hasFocus() and each.sizeHint() == before, (type(each).__name__, each.property("kind"))


def test_the_history_is_in_the_language_of_the_screen(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None
    s = opened.desk.session
    made = interviews.create(s, title="W-1")
    people = [Person("K.", "interviewer"), Person("L.", "observer")]
    interviews.save_version(s, made, Interview(title="W-1", people=people))
    people = [Person("K.", "observer"), Person("L.", "aunt")]
    interviews.save_version(s, made, Interview(title="W-1", people=people))
    sounds.record(s, made, 3000)
    for said in ("no", "yes"):
        consent.set_consent(
            s, made, Consent((Agreed(said, ("store",), ("account",), ("verified",)),), "told")
        )
    note = interviews.save_note(s, made, None, "x")
    interviews.remove_note(s, note)
    (heard,) = recordings.rows(s, made)
    recordings.remove(s, heard.id, "asked")
    set_language(QApplication.instance(), "ko")  # type: ignore[arg-type]
    try:
        opened.rebuild()
        settle(qtbot)
        opened.desk.open("interviews", f"{made}#history")
        qtbot.waitUntil(lambda: screen(opened).workspace is not None, timeout=LONG)
        settle(qtbot)
        history = workspace(opened).history
        shown = ""
        for row in history.list.rows.rows:
            history.list.choose(row.id, tell=True)
            settle(qtbot)
            shown += history._text.toPlainText() + "\n"
        for word in ("yes", "removed", "interviewer", "observer", "answer", "role-", "mark-", "use-"):
            assert word not in shown, (word, shown)
        assert "예" in shown and "aunt" in shown, "what has no code stays as it was written"
    finally:
        set_language(QApplication.instance(), "en")  # type: ignore[arg-type]
