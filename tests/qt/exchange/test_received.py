"""The list of what came: from whom as this vault knows the keys, when, and what became of each."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.forging import Forger
from app.shared import introduce
from cairn.app.arriving import received, taking_in
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts
from cairn.app.kernel.session import Session
from cairn.bundle.cards import write_card
from cairn.model.kinds.envelope import decode
from cairn.model.kinds.interview import Interview
from cairn.qt.screens.exchange.received import ReceivedBundlePage, ReceivedPage
from cairn.qt.screens.exchange.screen import ExchangeScreen
from qt.desk import press, reads, settle
from qt.exchange.test_opening import opened, sealed
from qt.exchange.test_sealing import begun, written


def came(qtbot: QtBot, screen: ExchangeScreen) -> ReceivedPage:
    screen.go_home()
    settle(qtbot)
    press(qtbot, screen, "Received bundles")
    settle(qtbot)
    assert isinstance(screen.job, ReceivedPage)
    return screen.job


def shown(page: ReceivedPage) -> list[tuple[str, tuple[str, ...]]]:
    return [(row.title, tuple(word for word, _ in row.chips)) for row in page.list.rows.rows]


def test_nothing_came_yet(qtbot: QtBot, office: Session) -> None:
    screen, _ = begun(qtbot, office)
    settle(qtbot)
    assert reads(screen, "No bundle was opened here yet.")
    page = came(qtbot, screen)
    assert reads(page, "Bundles that are opened here will be listed here.") and not page.list.isVisible()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    settle(qtbot)
    assert screen.job is None


def test_looked_at_taken_in_settled_and_opened_from_the_list(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field, "W-1")
    first = sealed(field, [made], office, tmp_path / "one")
    screen, desk = begun(qtbot, office)
    opened(qtbot, screen, first)
    assert received.undecided(office) == 1
    page = came(qtbot, screen)
    assert shown(page) == [("Bundle 1 from Field 7", ("not taken in", "verified"))]
    assert reads(page, "Nobody has decided about 1 of them yet.")
    assert interviews.count(office) == 0, "that it came is all that is noted"
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    settle(qtbot)
    assert isinstance(screen.job, ReceivedBundlePage) and reads(screen.job, "Not taken in")
    taking_in.take_in(office, first)
    page = came(qtbot, screen)
    assert (
        shown(page) == [("Bundle 1 from Field 7", ("taken in", "verified"))]
        and received.undecided(office) == 0
    )
    # Both sides go on: the second bundle waits to be settled, and says so.
    interviews.save_version(office, made, Interview(title="W-1", account="by the office"), reason="typo")
    interviews.save_version(field, made, Interview(title="W-1", account="by the field"))
    second = sealed(field, [made], office, tmp_path / "two")
    taking_in.take_in(office, second)
    page = came(qtbot, screen)
    assert shown(page)[0] == ("Bundle 2 from Field 7", ("1 to settle", "verified")) and len(shown(page)) == 2
    page.list.choose(page.list.rows.rows[0].id)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    settle(qtbot)
    bundle = screen.job
    assert isinstance(bundle, ReceivedBundlePage) and reads(bundle, "1 interview waits for you")
    assert [row.line for row in bundle.list.rows.rows] == ["Settle the versions"]
    bundle.list.choose(made)
    qtbot.keyClick(bundle.list, Qt.Key.Key_Return)
    assert desk.opened == [("interviews", made)]
    interviews.erase(office, made, "asked to")
    page = came(qtbot, screen)
    assert {chips[0] for _, chips in shown(page)} == {"taken in"}
    screen.show_bundle(page._rows[page.list.rows.rows[0].id])
    settle(qtbot)
    assert [row.title for row in screen.job.list.rows.rows] == ["Erased since"]  # type: ignore[union-attr]


def test_a_stranger_under_a_known_name_and_a_refused_one(
    qtbot: QtBot, office: Session, tmp_path: Path
) -> None:
    forger = Forger.of("Team W")
    contacts.add(office, forger.card, forger.keys.words)
    stranger = Forger.of("Team M")
    stranger.card = write_card(stranger.keys, label="Team W", role="field", created="2031-01-01")
    screen, _ = begun(qtbot, office)
    told = stranger.revision(Interview(title="W-1"))
    strange_bundle = stranger.bundle(office, {decode(told[0]).id: [told]})
    path = tmp_path / "stranger.age"
    path.write_bytes(strange_bundle.getvalue())
    opened(qtbot, screen, path)
    page = came(qtbot, screen)
    assert shown(page) == [("Bundle 1 from one who calls itself Team W", ("not taken in", "unknown"))]
    # A known one that claims another's revision is refused, with the reason.
    foreign = Forger.of("Somebody").revision(Interview(title="W-2"))
    path = tmp_path / "refused.age"
    path.write_bytes(forger.bundle(office, {decode(foreign[0]).id: [foreign]}).getvalue())
    opened(qtbot, screen, path)
    page = came(qtbot, screen)
    assert ("Bundle 1 from Team W", ("refused", "verified")) in shown(page)
    number = [title for title, _ in shown(page)].index("Bundle 1 from Team W")
    screen.show_bundle(page._rows[page.list.rows.rows[number].id])
    settle(qtbot)
    assert reads(screen.job, "It can't be taken in")  # type: ignore[arg-type]
    press(qtbot, screen, "Take it off the list")
    settle(qtbot)
    assert isinstance(screen.job, ReceivedPage) and len(shown(screen.job)) == 1
