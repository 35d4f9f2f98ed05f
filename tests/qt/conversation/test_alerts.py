"""What is said while something is recorded, and when."""

from __future__ import annotations

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from cairn.audio.recorder import Snapshot
from cairn.errors import MachineError
from cairn.qt.screens.interviews.conversation.alerts import Alerts, codes
from qt.desk import press, show

CALM = Snapshot(
    phase="recording",
    at_ms=60_000,
    on_disk_ms=59_500,
    level_dbfs=-20,
    peak_dbfs=-9,
    hint="",
    silent_s=0,
    marks=(),
    peaks=b"",
    excluded=(),
    failure=None,
    since_break_s=60,
    free_minutes=600,
    kept=True,
)


def changed(**what: object) -> Snapshot:
    return msgspec.structs.replace(CALM, **what)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (CALM, []),
        (changed(hint="silent"), ["silent"]),
        (changed(hint="clipping"), ["clipping"]),
        (changed(phase="gap"), ["gap"]),
        (changed(free_minutes=59), ["room"]),
        (changed(since_break_s=3600), ["break"]),
        (changed(since_break_s=3600, phase="paused"), []),
        (
            changed(phase="failed", failure=MachineError("machine.disk-full"), free_minutes=0),
            ["failed", "room"],
        ),
    ],
)
def test_the_most_pressing_comes_first(now: Snapshot, said: list[str]) -> None:
    assert codes(now) == said


def test_what_was_closed_stays_closed_until_it_happens_anew(qtbot: QtBot) -> None:
    alerts = Alerts()
    show(qtbot, alerts, 600, 80)
    alerts.show_now(changed(since_break_s=3600))
    assert alerts.text == "An hour has passed. Offer a break."
    alerts.clear()
    alerts.show_now(changed(since_break_s=3700))
    assert alerts.text == ""
    alerts.show_now(CALM)
    alerts.show_now(changed(since_break_s=3600))
    assert alerts.text == "An hour has passed. Offer a break."


def test_a_worse_thing_takes_the_place_and_gives_it_back(qtbot: QtBot) -> None:
    alerts = Alerts()
    show(qtbot, alerts, 600, 80)
    alerts.show_now(changed(free_minutes=40))
    assert "40 more minutes" in alerts.text
    alerts.show_now(changed(free_minutes=39, phase="gap"))
    assert alerts.code == "gap"
    alerts.show_now(changed(free_minutes=38))
    assert "38 more minutes" in alerts.text
    alerts.show_now(CALM)
    assert alerts.text == ""


def test_consent_comes_after_everything_else(qtbot: QtBot) -> None:
    assert codes(CALM, unasked=True) == ["consent"]
    assert codes(changed(since_break_s=3600, hint="silent"), unasked=True) == ["silent", "break", "consent"]
    alerts = Alerts()
    alerts.unasked = True
    show(qtbot, alerts, 600, 80)
    alerts.show_now(CALM)
    with qtbot.waitSignal(alerts.consent_wanted):
        press(qtbot, alerts, "Write down consent")
    alerts.clear()
    alerts.show_now(CALM)
    assert alerts.text == "", "said once a recording"
