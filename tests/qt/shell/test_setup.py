"""The way to a first vault and to a restored one, walked by hand through the real window."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QProgressBar, QRadioButton
from pytestqt.qtbot import QtBot

from app.shared import FLOOR, PASSPHRASE
from cairn import paths
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts, session
from cairn.app.kernel.session import Session
from cairn.app.vault import backups, recovery_words
from cairn.model.kinds.interview import Interview
from cairn.qt.base import tasks
from cairn.qt.base.language import set_language
from cairn.qt.base.theme import theme
from cairn.qt.shell.window import Window
from cairn.qt.widgets import Steps
from cairn.qt.widgets.passphrase import PassphraseForm
from qt.desk import LONG, choose, cut_off, find_button, press, reads, sees, settle, texts, unnamed
from qt.hand import click, keys, line, named

OWN = "violet harbour quiet lantern seven doors"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The least cost that the product's own reader accepts, and vaults out of the way."""
    monkeypatch.setattr("cairn.crypto.passphrase.calibrate", lambda *_a, **_k: FLOOR)
    monkeypatch.setattr(paths, "vaults_folder", lambda: tmp_path / "vaults")


@pytest.fixture
def wizard(window: Window) -> Window:
    window.begin()
    window.show_setup()
    QApplication.processEvents()
    return window


def to_passphrase(qtbot: QtBot, window: Window) -> None:
    press(qtbot, window, "Next")
    sees(qtbot, window, "Choose a passphrase")


def to_who(qtbot: QtBot, window: Window) -> None:
    to_passphrase(qtbot, window)
    QTest.keyClicks(line(window, "Passphrase"), OWN)
    QTest.keyClicks(line(window, "Type it once more"), OWN)
    press(qtbot, window, "Next")
    sees(qtbot, window, "Who are you?")


def to_words(qtbot: QtBot, window: Window) -> list[str]:
    """Make the vault; the words that are shown, in their order, as they would be written down."""
    to_who(qtbot, window)
    QTest.keyClicks(line(window, "Your name or code"), "Willow")
    press(qtbot, window, "Make the vault")
    sees(qtbot, window, "I have written them down")
    shown = texts(window)
    return [shown[shown.index(f"{number}.") + 1] for number in range(1, 25)]


def asked(window: Window) -> list[QLineEdit]:
    QApplication.processEvents()
    return [
        box
        for box in window.findChildren(QLineEdit)
        if box.isVisible() and box.accessibleName().startswith("Word ")
    ]


def to_office(qtbot: QtBot, window: Window) -> list[str]:
    words = to_words(qtbot, window)
    press(qtbot, window, "I have written them down")
    for box in asked(window):
        QTest.keyClicks(box, words[int(box.accessibleName().removeprefix("Word ")) - 1])
    press(qtbot, window, "Check the words")
    sees(qtbot, window, "Your office's card")
    return words


def test_a_vault_is_made_and_opens_with_either_secret(qtbot: QtBot, wizard: Window, tmp_path: Path) -> None:
    words = to_office(qtbot, wizard)
    press(qtbot, wizard, "Later")
    qtbot.waitUntil(lambda: wizard.desk is not None, timeout=LONG)
    settle(qtbot)
    assert wizard.desk is not None
    info = wizard.desk.session.info
    assert (info.label, info.role, info.practice) == ("Willow", "field", False)
    assert info.folder == tmp_path / "vaults" / "Vault"
    wizard.lock()
    settle(qtbot)
    session.open_vault(info.folder, OWN).close()
    session.open_with_words(info.folder, words).close()


def test_an_office_says_so(qtbot: QtBot, wizard: Window) -> None:
    to_who(qtbot, wizard)
    QTest.keyClicks(line(wizard, "Your name or code"), "Office North")
    steps = wizard.findChild(Steps)
    assert steps.accessibleName() == "Step 3 of 5: You"
    named(wizard, "We are an office that receives them", QRadioButton).setFocus()
    keys(qtbot, Qt.Key.Key_Space)
    # No step for the card of an office above it.
    assert steps.accessibleName() == "Step 3 of 4: You"
    press(qtbot, wizard, "Make the vault")
    sees(qtbot, wizard, "I have written them down")
    assert wizard._unentered is not None and wizard._unentered.info.role == "office"
    wizard.lock()
    settle(qtbot)


def test_the_suggested_words_are_typed_once_more(qtbot: QtBot, wizard: Window) -> None:
    to_passphrase(qtbot, wizard)
    before = line(wizard, "Passphrase").text()
    press(qtbot, wizard, "Use these words")
    taken = line(wizard, "Passphrase").text()
    assert before == "" and len(taken.split()) == 6
    assert line(wizard, "Passphrase").displayText() == taken, "they can be read while they are learnt"
    assert not find_button(wizard, "Next").isEnabled()
    again = line(wizard, "Type it once more")
    assert QApplication.focusWidget() is again
    QTest.keyClicks(again, taken)
    assert find_button(wizard, "Next").isEnabled()
    press(qtbot, wizard, "Suggest others")
    assert not reads(wizard, taken)


def test_a_weak_passphrase_goes_no_further(qtbot: QtBot, wizard: Window) -> None:
    to_passphrase(qtbot, wizard)
    for box in ("Passphrase", "Type it once more"):
        QTest.keyClicks(line(wizard, box), "password1")
    assert reads(wizard, "Too easy to guess. Add words.")
    (bar,) = [one for one in wizard.findChildren(QProgressBar) if one.isVisible()]
    assert bar.property("tone") == "danger", "the colour says what the words say"
    assert not find_button(wizard, "Next").isEnabled()


def test_two_different_passphrases_go_no_further(qtbot: QtBot, wizard: Window) -> None:
    to_passphrase(qtbot, wizard)
    QTest.keyClicks(line(wizard, "Passphrase"), OWN)
    again = line(wizard, "Type it once more")
    again.setFocus()
    for letter in OWN[:-2] + "x":
        QTest.keyClicks(again, letter)
        assert not reads(wizard, "The two are different."), "nobody is told so while still typing"
    assert again.property("wrong") != "true"
    keys(qtbot, Qt.Key.Key_Tab)
    assert reads(wizard, "The two are different.") and again.property("wrong") == "true"
    again.setFocus()
    QTest.keyClick(again, Qt.Key.Key_Backspace)
    assert not reads(wizard, "The two are different.")
    assert not find_button(wizard, "Next").isEnabled()


def test_the_way_back_keeps_what_was_typed(qtbot: QtBot, wizard: Window) -> None:
    to_who(qtbot, wizard)
    press(qtbot, wizard, "Back")
    assert line(wizard, "Passphrase").text() == OWN
    press(qtbot, wizard, "Back")
    assert reads(wizard, "Where will the vault be?")
    press(qtbot, wizard, "Back")
    assert reads(wizard, "Welcome to Cairn")


def test_a_folder_that_holds_something_is_not_taken(qtbot: QtBot, wizard: Window, tmp_path: Path) -> None:
    used = tmp_path / "used"
    used.mkdir()
    (used / "letter.txt").write_text("x")
    place = line(wizard, "Where the vault is kept")
    for typed, answer in (
        (str(used), "There is something in this folder already."),
        ("", "Choose a folder."),
    ):
        place.selectAll()
        QTest.keyClick(place, Qt.Key.Key_Backspace)
        QTest.keyClicks(place, typed)
        press(qtbot, wizard, "Next")
        assert reads(wizard, answer)
    # Chosen in the dialog, a folder of its own is proposed inside.
    press(qtbot, wizard, "Choose another place…")
    choose(qtbot, wizard, used)
    assert Path(place.text()) == used / "Vault"
    to_passphrase(qtbot, wizard)


def test_a_full_disk_leaves_no_vault_and_says_so(
    qtbot: QtBot, wizard: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cairn.errors import MachineError

    def full(*_a: object, **_k: object) -> None:
        raise MachineError("machine.disk-full")

    to_who(qtbot, wizard)
    monkeypatch.setattr("cairn.app.kernel.session.vaults.create", full)
    QTest.keyClicks(line(wizard, "Your name or code"), "Willow")
    press(qtbot, wizard, "Make the vault")
    sees(qtbot, wizard, "full")
    assert find_button(wizard, "Make the vault").isEnabled(), "it can be tried again"
    assert wizard._unentered is None


def test_words_that_were_not_written_down_are_not_taken(qtbot: QtBot, wizard: Window) -> None:
    words = to_words(qtbot, wizard)
    assert len(set(words)) > 12
    press(qtbot, wizard, "I have written them down")
    assert not set(words) & set(texts(wizard)), "the words can't be read while they are asked for"
    boxes = asked(wizard)
    assert len(boxes) == 3
    for box in boxes:
        QTest.keyClicks(box, "zebra")
    press(qtbot, wizard, "Check the words")
    assert reads(wizard, "These are not the words.")
    assert all(box.property("wrong") == "true" for box in boxes)
    press(qtbot, wizard, "Show the words again")
    assert set(words) <= set(texts(wizard))
    wizard.lock()
    settle(qtbot)


def test_closing_while_the_words_are_shown_is_asked_first(qtbot: QtBot, wizard: Window) -> None:
    words = to_words(qtbot, wizard)
    assert wizard._unentered is not None
    folder = wizard._unentered.info.folder
    wizard.close()
    assert wizard.isVisible() and reads(wizard, "The recovery words are shown only now.")
    press(qtbot, wizard, "Stay here")
    assert set(words) <= set(texts(wizard))
    wizard.close()
    press(qtbot, wizard, "Close all the same")
    qtbot.waitUntil(lambda: wizard._unentered is None, timeout=LONG)
    settle(qtbot)
    again = session.open_vault(folder, OWN)
    assert recovery_words.unproved(again), "the vault remembers that nobody has proved to have them"
    again.close()


def test_words_that_were_never_typed_back_are_asked_for_at_the_next_opening(
    qtbot: QtBot, wizard: Window
) -> None:
    words = to_words(qtbot, wizard)
    assert wizard._unentered is not None
    folder = wizard._unentered.info.folder
    wizard.lock()
    settle(qtbot)
    wizard.enter(session.open_vault(folder, OWN))
    settle(qtbot)
    assert wizard.desk is not None
    sees(qtbot, wizard, "Nobody has typed the recovery words of this vault back. Without them")
    press(qtbot, wizard, "See to it")
    settle(qtbot)
    press(qtbot, wizard, "Type them now…")
    settle(qtbot)
    boxes = asked(wizard)
    assert len(boxes) == 24
    for box, word in zip(boxes, [words[1], words[0], *words[2:]], strict=True):
        QTest.keyClicks(box, word)
    keys(qtbot, Qt.Key.Key_Return)
    settle(qtbot)
    assert recovery_words.unproved(wizard.desk.session)
    for box, word in zip(boxes, words, strict=True):
        box.selectAll()
        QTest.keyClicks(box, word)
    press(qtbot, wizard, "Check the words")
    sees(qtbot, wizard, "These are the words.")
    settle(qtbot)
    assert not recovery_words.unproved(wizard.desk.session)
    assert not reads(wizard, "Nobody has typed the recovery words")


def test_words_that_were_typed_back_are_not_asked_for(qtbot: QtBot, wizard: Window) -> None:
    to_office(qtbot, wizard)
    press(qtbot, wizard, "Later")
    qtbot.waitUntil(lambda: wizard.desk is not None, timeout=LONG)
    settle(qtbot)
    assert wizard.desk is not None and not recovery_words.unproved(wizard.desk.session)
    assert not reads(wizard, "Nobody has typed the recovery words")


def test_suggested_korean_words_can_be_typed_where_they_are_hidden(qtbot: QtBot, wizard: Window) -> None:
    set_language(QApplication.instance(), "ko")  # type: ignore[arg-type]
    try:
        wizard.show_setup()
        QApplication.processEvents()
        form = wizard.findChildren(PassphraseForm)[-1]
        words, keys_ = form._suggestion.text(), form._to_type
        assert any("가" <= letter <= "힣" for letter in words)
        assert keys_.isascii() and len(keys_.split()) == 6 and keys_ in form._keys.text()
        form._take()
        assert form.passphrase == keys_
        form._second.setEchoMode(QLineEdit.EchoMode.Password)
        QTest.keyClicks(form._second, keys_)
        assert form.good
    finally:
        set_language(QApplication.instance(), "en")  # type: ignore[arg-type]


def test_the_office_s_card_is_added_with_its_words(
    qtbot: QtBot, wizard: Window, office: Session, tmp_path: Path
) -> None:
    card = tmp_path / "office.contact"
    card.write_bytes(contacts.own_card(office))
    to_office(qtbot, wizard)
    press(qtbot, wizard, "Choose the card…")
    choose(qtbot, wizard, card)
    sees(qtbot, wizard, "Office North")
    boxes = asked(wizard)
    assert len(boxes) == 12
    right = office.keys.words
    for box, word in zip(boxes, [*right[1:], right[0]], strict=True):
        QTest.keyClicks(box, word)
    press(qtbot, wizard, "Add the card and open")
    settle(qtbot)
    assert wizard.desk is None and wizard._unentered is not None
    assert contacts.rows(wizard._unentered) == [] or contacts.rows(wizard._unentered)[0].trust == "unverified"
    for box, word in zip(boxes, right, strict=True):
        box.selectAll()
        QTest.keyClicks(box, word)
    press(qtbot, wizard, "Add the card and open")
    qtbot.waitUntil(lambda: wizard.desk is not None, timeout=LONG)
    settle(qtbot)
    assert wizard.desk is not None
    (row,) = contacts.rows(wizard.desk.session)
    assert (row.label, row.trust) == ("Office North", "verified")


def test_a_backup_is_restored(qtbot: QtBot, window: Window, field: Session, tmp_path: Path) -> None:
    backups.backup(field, tmp_path / "backup")
    field.close()
    window.begin()
    press(qtbot, window, "Restore a backup…")
    QApplication.processEvents()
    click(qtbot, window, "Choose the backup's folder")
    choose(qtbot, window, tmp_path / "backup")
    assert line(window, "Backup").text() == str(tmp_path / "backup")
    QTest.keyClicks(line(window, "New, empty folder for the vault"), str(tmp_path / "again"))
    secret = line(window, "Passphrase of the vault, or its 24 recovery words")
    QTest.keyClicks(secret, "not it")
    press(qtbot, window, "Restore the vault")
    sees(qtbot, window, "passphrase does not open")
    secret.selectAll()
    QTest.keyClicks(secret, PASSPHRASE)
    press(qtbot, window, "Restore the vault")
    qtbot.waitUntil(lambda: window.desk is not None, timeout=LONG)
    settle(qtbot)
    window.lock()
    settle(qtbot)
    session.open_vault(tmp_path / "again", PASSPHRASE).close()


@pytest.mark.parametrize("enters", [True, False])
def test_what_of_a_backup_is_not_whole_is_said_before_the_vault_is_entered(
    qtbot: QtBot, window: Window, field: Session, tmp_path: Path, *, enters: bool
) -> None:
    made = interviews.create(field, title="W-1")
    files.attach(field, made, io.BytesIO(b"river" * 1000), "map.png")
    backups.backup(field, tmp_path / "backup")
    field.close()
    next((tmp_path / "backup" / "media").glob("*/*.cob")).unlink()
    window.begin()
    press(qtbot, window, "Restore a backup…")
    QTest.keyClicks(line(window, "Backup"), str(tmp_path / "backup"))
    QTest.keyClicks(line(window, "New, empty folder for the vault"), str(tmp_path / "again"))
    QTest.keyClicks(line(window, "Passphrase of the vault, or its 24 recovery words"), PASSPHRASE)
    press(qtbot, window, "Restore the vault")
    sees(qtbot, window, "The file map.png is missing from the backup.")
    settle(qtbot)
    assert window.desk is None
    if enters:
        press(qtbot, window, "Open the vault")
        settle(qtbot)
        assert window.desk is not None
    window.lock()
    settle(qtbot)
    # Nobody holds it any more.
    session.open_vault(tmp_path / "again", PASSPHRASE).close()


def spoil_first_page(folder: Path) -> None:
    """One byte: SQLite knows of no table any more."""
    with (folder / "vault.db").open("r+b") as file:
        file.seek(200)
        byte = file.read(1)
        file.seek(200)
        file.write(bytes((byte[0] ^ 1,)))


def test_what_is_left_of_a_damaged_vault_is_listed_and_becomes_a_vault(
    qtbot: QtBot, window: Window, field: Session, tmp_path: Path
) -> None:
    made = interviews.create(field, title="W-1")
    interviews.save_version(field, made, Interview(title="W-1", account="한강"))
    folder = field.info.folder
    field.close()
    spoil_first_page(folder)
    window.show_unlock(folder)
    QTest.keyClicks(line(window, "Passphrase"), PASSPHRASE)
    press(qtbot, window, "Open vault")
    sees(qtbot, window, "database is damaged")
    press(qtbot, window, "See what can be read…")
    assert line(window, "Folder of the vault or backup").text() == str(folder)
    QTest.keyClicks(line(window, "Its passphrase, or its 24 recovery words"), "not it")
    press(qtbot, window, "See what is left")
    sees(qtbot, window, "passphrase does not open")
    line(window, "Its passphrase, or its 24 recovery words").selectAll()
    QTest.keyClicks(line(window, "Its passphrase, or its 24 recovery words"), PASSPHRASE)
    press(qtbot, window, "See what is left")
    sees(qtbot, window, "Versions that can be read: 1. Signature checked: 1.")
    assert reads(window, "The custody log tells of no version that is lost.")
    assert reads(window, "Damaged pages of the database: 1.")
    assert not find_button(window, "Make a vault of it").isEnabled()
    assert cut_off(window) == [] and unnamed(window) == []
    QTest.keyClicks(line(window, "New, empty folder for the vault"), str(tmp_path / "again"))
    press(qtbot, window, "Make a vault of it")
    sees(qtbot, window, "The new vault was made of what is left.")
    press(qtbot, window, "Open the vault")
    settle(qtbot)
    assert window.desk is not None
    assert interviews.load(window.desk.session, made).body.account == "한강"
    window.lock()
    settle(qtbot)
    session.open_vault(tmp_path / "again", PASSPHRASE).close()


def test_reading_what_is_left_can_be_stopped_and_may_find_nothing(
    qtbot: QtBot, window: Window, field: Session, tmp_path: Path
) -> None:
    folder = field.info.folder
    field.close()
    window.show_restore()
    press(qtbot, window, "Salvage a damaged vault…")
    QTest.keyClicks(line(window, "Folder of the vault or backup"), str(folder))
    QTest.keyClicks(line(window, "Its passphrase, or its 24 recovery words"), PASSPHRASE)
    go = threading.Event()
    for _ in range(3):
        tasks.run(window, lambda _progress: go.wait(30), lane="long")
    press(qtbot, window, "See what is left")
    press(qtbot, window, "Cancel")
    go.set()
    settle(qtbot)
    press(qtbot, window, "See what is left")
    sees(qtbot, window, "Nothing is left in this database")
    assert "Make a vault of it" not in texts(window)
    press(qtbot, window, "Back")
    settle(qtbot)


@pytest.mark.parametrize(("scale", "width", "height"), [(100, 1024, 640), (200, 1024, 640)])
def test_nothing_is_cut_off_or_without_a_name(
    qtbot: QtBot, qapp: QApplication, window: Window, scale: int, width: int, height: int
) -> None:
    theme().apply(qapp, mode="dark", scale=scale)
    window.resize(width, height)
    window.show_setup()
    for step in (
        lambda: None,
        lambda: press(qtbot, window, "Next"),
        lambda: press(qtbot, window, "Use these words"),
    ):
        step()
        QApplication.processEvents()
        assert cut_off(window) == []
        assert unnamed(window) == []
    QTest.keyClicks(line(window, "Type it once more"), line(window, "Passphrase").text())
    press(qtbot, window, "Next")
    QTest.keyClicks(line(window, "Your name or code"), "Willow")
    assert cut_off(window) == []
    press(qtbot, window, "Make the vault")
    sees(qtbot, window, "I have written them down")
    assert cut_off(window) == []
    press(qtbot, window, "I have written them down")
    QApplication.processEvents()
    assert cut_off(window) == [] and unnamed(window) == []
    window.lock()
    settle(qtbot)
