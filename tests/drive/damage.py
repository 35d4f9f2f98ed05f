"""Sound that is no longer whole: a recording with a flipped bit on the disk, and one that can't be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.sound import recordings
from cairn.audio.recorder import Recorder
from drive.person import wait_for
from drive.stage import SPOKEN
from sound.rig import RATE
from sound.taking import babble, pieces

if TYPE_CHECKING:
    from drive.scenes import Scenes


def play(scenes: Scenes) -> None:
    """Each on its screen, in the vault that is open."""
    desk = scenes.window.desk
    if desk is None:
        raise AssertionError("no vault is open")
    _damaged(scenes, desk.session)
    _waiting(scenes, desk.session)


def _damaged(scenes: Scenes, session: Session) -> None:
    screen = scenes.screen("interviews")
    scenes.row(screen.list, "Practice: The baker")
    spoken = next(row.id for row in interviews.rows(session) if row.title == SPOKEN)
    view = next(each for each in recordings.rows(session, spoken) if each.excluded)
    path = session.vault.media_folder / view.media[:2] / f"{view.media}.cob"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 8
    path.write_bytes(data)
    scenes.row(screen.list, SPOKEN)
    screen.workspace.tabs.open("conversation")
    kept = screen.workspace.conversation.kept
    wait_for(lambda: len(kept.rows) > 1, 10)
    kept.open(view.id)
    wait_for(lambda: bool(kept.listening.lost.text), 10)
    scenes.take("recording-damaged")


def _waiting(scenes: Scenes, session: Session) -> None:
    made = interviews.create(session, title="Practice: The bell at noon")
    interviews.save_version(session, made)
    running = recordings.begin(session, made)
    recorder = Recorder(running.journal)
    for piece in pieces(babble(2), RATE):
        recorder.feed(piece)
    recorder.stop()
    journal = session.media.journal(running.media)
    journal.write_bytes(bytes(journal.stat().st_size))
    settings = scenes.screen("settings")
    settings._scroll_to("recording")
    group = settings.groups["recording"]
    group.load()
    wait_for(group.waiting.isVisible, 10)
    scenes.person.settle()
    settings.area.ensureWidgetVisible(group.waiting)
    scenes.take("settings-recording-waiting")
    (found,) = recordings.unfinished(session)
    group.waiting._ask_drop(found)
    scenes.take("sheet-give-up-recording")
    scenes.close_sheets()
