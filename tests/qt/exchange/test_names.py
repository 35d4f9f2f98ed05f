"""Protected names in what would leave: sealing waits until a person has looked at each and said what becomes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.shared import introduce
from app.test_identities import draft_of
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.leaving import names
from cairn.errors import MachineError
from cairn.model.agreement import Consent
from cairn.model.consent import Row
from cairn.model.kinds.interview import Interview, Person
from cairn.model.ports import Progress
from cairn.qt.screens.exchange.names import NamesPanel
from cairn.qt.screens.exchange.screen import ExchangeScreen
from cairn.qt.screens.exchange.seal import CONSENT, SEAL, SealFlow
from qt.desk import cut_off, find_button, press, reads, sees, settle, unnamed
from qt.exchange.test_sealing import begun, up_to_consent


def told(s: Session, account: str, title: str = "W-017", *, names_too: bool = False) -> str:
    body = Interview(title=title, people=[Person(code="P1", role="told", protected=True)], account=account)
    made = interviews.create(s, title=title)
    interviews.save_draft(s, made, draft_of(body), names={"P1": "김한별"})
    interviews.save_version(s, made)
    parts = ("account", "notes", *(("identity",) if names_too else ()))
    consent.set_consent(s, made, Consent((Row("yes", ("store",), parts, ("verified",)),)))
    return made


def flow_of(screen: ExchangeScreen) -> SealFlow:
    assert isinstance(screen.job, SealFlow)
    return screen.job


def panel(screen: ExchangeScreen) -> NamesPanel:
    return flow_of(screen).consent.names


def first(qtbot: QtBot, screen: ExchangeScreen, text: str) -> None:
    """Press the first button of the panel that says so."""
    buttons = [
        each for each in panel(screen).findChildren(QPushButton) if each.text() == text and each.isVisible()
    ]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    settle(qtbot)


def may_seal(screen: ExchangeScreen) -> bool:
    primary = flow_of(screen)._primary
    assert primary is not None
    return primary.isEnabled()


def test_sealing_waits_for_each_name(qtbot: QtBot, field: Session, office: Session) -> None:
    introduce(field, office)
    made = told(field, "첫째 줄.\n그날 한별이는 길가에 있었다.")
    note = interviews.save_note(field, made, None, "ask 한별 again")
    screen, desk = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-017"], ["Office North"])
    sees(qtbot, screen, "2 names still stand in what leaves")
    assert reads(screen, "W-017 · Account ¶2") and reads(screen, "그날 한별이는 길가에 있었다.")
    assert not may_seal(screen) and reads(screen, "Settle 2 names first")
    assert unnamed(screen) == [] and cut_off(screen) == []
    # One is looked at where it stands …
    first(qtbot, screen, "Look at it")
    assert desk.opened[-1] == ("interviews", f"{made}#read:한별")
    # … one is held back, and the focus stays where the next question is …
    buttons = [each for each in panel(screen).findChildren(QPushButton) if each.text() == "Hold it back"]
    buttons[1].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(buttons[1], Qt.Key.Key_Space)
    settle(qtbot)
    assert flow_of(screen).consent.held == {note} and reads(screen, "1 name still stands in what leaves")
    assert panel(screen).isAncestorOf(QApplication.focusWidget())
    # … and of the other a person says that it may leave.
    first(qtbot, screen, "It may leave")
    assert may_seal(screen) and reads(screen, "You let every name that was found leave.")
    # What was said of it holds while going back and forth.
    flow_of(screen).back()
    press(qtbot, screen, "See what leaves")
    settle(qtbot)
    assert may_seal(screen)


def test_where_none_stands_it_says_what_that_means(qtbot: QtBot, field: Session, office: Session) -> None:
    introduce(field, office)
    told(field, "둘째 줄.")
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-017"], ["Office North"])
    sees(qtbot, screen, "No protected name stands in the texts that leave.")
    assert may_seal(screen)


def test_names_that_may_leave_are_told_and_stop_nothing(
    qtbot: QtBot, field: Session, office: Session
) -> None:
    introduce(field, office)
    told(field, "한별이는", names_too=True)
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-017"], ["Office North"])
    sees(qtbot, screen, "1 name stands in texts that leave, and may")
    assert may_seal(screen)


def test_many_are_shown_one_after_the_other(qtbot: QtBot, field: Session, office: Session) -> None:
    introduce(field, office)
    made = told(field, "둘째 줄.")
    for number in range(9):
        interviews.save_note(field, made, None, f"{number} 한별이")
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-017"], ["Office North"])
    sees(qtbot, screen, "9 names still stand in what leaves")
    assert reads(screen, "3 more follow as these are settled.")
    for _ in range(9):
        assert not may_seal(screen)
        first(qtbot, screen, "It may leave")
    assert may_seal(screen)


def test_a_look_that_fails_is_said(
    qtbot: QtBot, field: Session, office: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    introduce(field, office)
    told(field, "한별이")

    def broken(_s: Session, _preview: object, _progress: Progress) -> None:
        raise MachineError("machine.gone")

    monkeypatch.setattr(names, "of_preview", broken)
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-017"], ["Office North"])
    sees(qtbot, screen, "Looking for names was stopped: not every text was looked through.")


def test_it_fits_at_large_text_in_a_small_window(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    told(field, "그날 한별이는 " + "길가에 " * 40)
    screen, _ = begun(qtbot, field, 720, 560)
    up_to_consent(qtbot, screen, ["W-017"], ["Office North"])
    sees(qtbot, screen, "1 name still stands in what leaves")
    assert cut_off(screen) == [] and find_button(screen, "Hold it back").isVisible()


def test_what_may_leave_to_one_is_asked_again_for_another(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    told(field, "한별이")
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-017"], ["Office North"])
    first(qtbot, screen, "It may leave")
    assert may_seal(screen)
    panel(screen).for_whom([office.keys.fingerprint])
    assert panel(screen).open == []
    panel(screen).for_whom([office.keys.fingerprint, field.keys.fingerprint])
    assert len(panel(screen).open) == 1


def test_what_changes_around_a_name_is_asked_again(qtbot: QtBot, field: Session, office: Session) -> None:
    introduce(field, office)
    far = "그는 오래 걸었다. " * 12
    made = told(field, f"한별이는 강을 건넜다. {far} 한별이는 남았다.")
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-017"], ["Office North"])
    for account in (
        f"그를 본 것은 한별이다. {far} 한별이는 남았다.",
        f"그를 본 것은 한별이다. {far} 한별이를 때렸다.",
    ):
        first(qtbot, screen, "It may leave")
        assert may_seal(screen)
        people = [Person(code="P1", role="told", protected=True)]
        body = Interview(title="W-017", people=people, account=account)
        interviews.save_draft(field, made, draft_of(body), names={"P1": "김한별"})
        interviews.save_version(field, made)
        flow_of(screen).look_again()
        settle(qtbot)
        assert not may_seal(screen) and reads(screen, "1 name still stands in what leaves")


def test_a_name_that_comes_in_the_last_step_is_asked_about_too(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = told(field, "둘째 줄.")
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-017"], ["Office North"])
    flow = flow_of(screen)
    flow._go(SEAL)
    interviews.save_note(field, made, None, "한별이")
    flow.look_again()
    flow._start(tmp_path)  # a place that was chosen in a window of the system, before the look has ended
    settle(qtbot)
    assert flow.step == CONSENT and not may_seal(screen) and not list(tmp_path.glob("*.age"))
    flow._go(SEAL)
    flow.look_again()
    settle(qtbot)
    assert flow.step == CONSENT
    flow._go(SEAL)
    flow._start(tmp_path)
    settle(qtbot)
    assert flow.step == CONSENT and not flow.done
