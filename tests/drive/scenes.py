"""Every screen in every state, one after the other, in the real window.

`play` calls `take` with a name when a state is on the screen. It uses no words of the interface, so it
plays in any language.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from cairn.app.coding.acts import ActWork, Cited, Involved, Known, Who
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.interviews.listing import Filter
from cairn.app.kernel import preferences, session
from cairn.app.kernel.views import Problem
from cairn.app.program import practice
from cairn.decode.types import Kind
from cairn.errors import MachineError
from cairn.model import clock
from cairn.model.agreement import Consent, agreed_to
from cairn.model.consent import Row
from cairn.model.contacts import Trust
from cairn.model.drafts import Draft
from cairn.model.ids import new_draft_id
from cairn.model.kinds import interview as told
from cairn.model.kinds.preparation import Benefit, Earlier, FirstAccount, Preparation
from cairn.model.time.told import Told
from cairn.qt.base.theme import theme
from cairn.qt.media.recording.capture import Microphone
from cairn.qt.screens.custody import checks
from cairn.qt.screens.custody.checks import Checked, Result
from cairn.qt.shell.window import Window
from cairn.qt.widgets import RowList, Sheet
from drive import damage, medium, people, photographs, reading
from drive.person import Person, type_words, wait_for
from drive.stage import BROKEN, FRESH, HUGE, ODD, SPOKEN, Stage
from sound.rig import RATE, quiet
from sound.taking import babble, pieces

Take = Callable[[str], None]


class Scenes:
    """The run through one window. `folder` is an empty place for what the run writes."""

    def __init__(self, window: Window, stage: Stage, folder: Path, take: Take) -> None:
        self.window = window
        self.stage = stage
        self.folder = folder
        self.person = Person(window, folder)
        self._take = take

    def play(self) -> None:
        """All of it."""
        self.before_the_vault()
        self.setting_up()
        self.empty_vault()
        self.interviews()
        self.conversation()
        people.play(self)
        self.library()
        self.contacts()
        self.exchange()
        damage.play(self)
        medium.play(self)
        self.rest()
        self.office()

    # Helpers

    def take(self, name: str) -> None:
        """A state is on the screen."""
        self.person.settle()
        self._take(name)

    def gate(self) -> Any:
        """The screen before the vault."""
        return self.window.entrance

    def screen(self, name: str) -> Any:
        """Go to a screen of the desk."""
        desk = self.window.desk
        if desk is None:
            raise AssertionError("no vault is open")
        desk.open(name)
        self.person.settle()
        return desk.shown(name)

    def enter(self, folder: Path, passphrase: str) -> None:
        """Open a vault."""
        self.window.enter(session.open_vault(folder, passphrase))
        self.person.settle()

    def lock(self) -> None:
        """Lock it."""
        self.window.lock()
        self.person.settle()

    def close_sheets(self) -> None:
        """The way back out of every question."""
        for sheet in self.window.findChildren(Sheet):
            if sheet.isVisible():
                sheet.dismiss()
        self.person.settle()

    def row(self, view: RowList, title: str) -> None:
        """Choose a row by the beginning of its title."""
        found = next(row for row in view.rows.rows if row.title.startswith(title))
        view.choose(found.id, tell=True)
        self.person.settle()

    def click(self, target: QAbstractButton) -> None:
        """Press a button."""
        target.click()
        self.person.settle()

    # The scenes

    def before_the_vault(self) -> None:
        """Unlock, recover, restore, look at a bundle."""
        window = self.window
        window.show_unlock(None)
        self.take("welcome")
        window.show_unlock(self.stage.fresh)
        self.take("unlock")
        line = self.gate().findChild(QLineEdit)
        QTest.keyClicks(line, "not the passphrase")
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.take("unlock-wrong-passphrase")
        self.gate()._show_recovery()
        boxes = self.gate().findChildren(QLineEdit)
        for box in boxes[:20]:
            type_words(box, "meadow")
        type_words(boxes[3], "xq")
        self.gate()._open_vault()
        self.take("recovery-words-missing")
        self.gate()._opened(session.open_vault(self.stage.fresh, FRESH))
        self.take("recovery-new-passphrase")
        self.lock()
        window.show_restore()
        self.take("restore")
        for line in self.gate().findChildren(QLineEdit):
            line.setText(str(self.folder / "nothing here"))
        self.click(self.gate()._go)
        self.take("restore-refused")
        window.show_outside()
        self.take("outside")
        self.gate().look(self.stage.known)
        self.take("outside-bundle")
        self.gate().look(self.stage.shortened)
        self.take("outside-shortened")
        window.opener.give([self.stage.known])
        self.take("double-click-bundle")
        window.opener.give([self.stage.card])
        self.take("double-click-card")
        window.show_unlock(None)
        window.helper.help()
        self.take("help-before-the-vault")
        window.helper.close()

    def setting_up(self) -> None:
        """The wizard up to the office's card."""
        self.window.show_setup()
        gate = self.gate()
        gate._place.setText(str(self.folder))
        (self.folder / "something").write_text("used", encoding="utf-8")
        self.click(gate._next)
        self.take("setup-folder-refused")
        gate._place.setText(str(self.folder / "set-up"))
        gate._place_field.set_error("")
        self.take("setup-folder")
        self.click(gate._next)
        self.take("setup-passphrase")
        first, second = gate._passphrase._first, gate._passphrase._second
        type_words(first, "candle orbit")
        type_words(second, "candle orbits")
        self.take("setup-passphrase-weak")
        first.setText("candle orbit meadow tunnel violin harbor")
        second.setText(first.text())
        self.click(gate._next)
        type_words(gate._label, "Field 7")
        self.take("setup-you")
        self.click(gate._next)
        self.take("setup-recovery-words")
        recovery = gate._recovery
        self.click(recovery._next)
        for box in recovery._input.boxes:
            type_words(box, "meadow")
        self.click(recovery._check)
        self.take("setup-words-wrong")
        gate._confirmed()
        self.take("setup-office")
        gate._read_card(self.stage.card)
        self.take("setup-office-card")
        self.window.lock()
        self.person.settle()

    def empty_vault(self) -> None:
        """Every screen before there is anything on it."""
        self.enter(self.stage.fresh, FRESH)
        screen = self.screen("interviews")
        self.take("interviews-empty")
        screen._create()
        self.person.settle()
        self.take("account-empty")
        self.no_listening()
        for tab in ("prepare", "consent", "conversation", "people", "acts", "files", "transcript", "history"):
            screen.workspace.tabs.open(tab)
            self.take(f"{tab}-empty")
        self.screen("contacts")
        self.take("contacts-empty")
        exchange = self.screen("exchange")
        self.take("exchange-empty")
        exchange.show_received()
        self.take("received-empty")
        exchange.go_home()
        exchange.seal()
        self.take("seal-interviews-empty")
        exchange.job.interviews.list.tick([exchange.job.interviews.list.rows.rows[0].id])
        self.click(exchange.job._primary)
        self.take("seal-recipients-empty")
        exchange.go_home()
        self.screen("custody")
        self.take("custody-fresh")
        self.lock()

    def interviews(self) -> None:
        """The practice vault: every tab, files of every kind, conflict, questions, trouble."""
        self.enter(self.stage.practice, practice.PASSPHRASE)
        screen = self.screen("interviews")
        self.take("interviews")
        screen.pane.search.setText("umbrella")
        wait_for(lambda: screen.results.words == "umbrella", 5)
        self.take("search")
        screen.results.enter()
        screen.results.list.step(1)
        self.take("search-place")
        screen.pane.search.setText("zeppelin")
        wait_for(lambda: screen.pane.words == "zeppelin", 5)
        self.take("search-nothing")
        screen.pane.ask_filter()
        self.take("sheet-filter")
        self.close_sheets()
        screen.pane.search.clear()
        wait_for(lambda: screen.pane.words == "", 5)
        self.person.settle()
        self.row(screen.list, "Practice: The lost umbrella")
        self.take("account")
        work = screen.workspace
        # Set and not typed, so that no draft is made of it.
        when = work.account.when
        told = when.told
        when.load(Told("03/04/2005"))
        self.take("account-date-asked")
        when.load(Told("98년 단풍 들 무렵", "1998-10~"))
        self.take("account-date-meaning")
        when.load(told)
        work.tabs.open("consent")
        self.take("consent")
        self._prepared(work)
        self._coded(work)
        work.tabs.open("history")
        self.take("history")
        reading.play(self, screen)
        self._files(screen)
        self._finalised(screen)
        self._conflict(screen)
        desk = self.window.desk
        if desk is not None:
            desk.fail(MachineError("machine.disk-full"))
            self.take("disk-full")
            desk.banner.clear()
            screen._back_to_list()

    def _prepared(self, work: Any) -> None:
        work.tabs.open("prepare")
        page = work._tab("prepare")
        wait_for(lambda: page.form.filled, 10)
        self.person.settle()
        before = page.form.body()
        # What is said below a time has no room yet in the largest text.
        winter = Told("winter 2009", "2009-24") if theme().scale <= people.LARGEST_FORM else Told()
        # Set and not typed, so that no draft is made of it.
        page.form.begin(
            page.form.record,
            Preparation(
                why="What the list of passengers does not say.",
                contact="contact.ngo",
                benefits=[Benefit("benefit.travel", "12", "KRW", "the tram", "condition.unknown")],
                earlier=[Earlier("earlier.media", "a newspaper", winter, "yes")],
                first_account=FirstAccount(
                    who="P1", facts="a lost umbrella", referred="the lost property office"
                ),
            ),
        )
        self.take("prepare")
        page.form.begin(page.form.record, before)

    def _coded(self, work: Any) -> None:
        work.tabs.open("acts")
        page = work._tab("acts")
        wait_for(lambda: page._board is not None, 10)
        self.person.settle()
        self.take("acts")
        text = page._shown
        page.text.select(0, 40)
        # Set and not typed, so that no draft is made of it.
        page.card.begin(
            new_draft_id(),
            ActWork(
                type="vio.property.confiscation",
                whom=Who(code="P1"),
                involved=[Involved(whom=Who(words="somebody on the tram", kind="unknown"))],
                known=[Known(basis="basis.inferred")],
                time=Told("98년 단풍 들 무렵", "1998-10~"),
                cited=Cited(text.source, text.revision, text.field, 0, 40, text.text[:40]),
            ),
            None,
            "",
        )
        page.card.show()
        self.take("acts-new")
        page.card._unfold.click()
        self.take("acts-more")
        page.card._unfold.click()
        page.card.form.forget_loaded()
        page.card.hide()

    def _files(self, screen: Any) -> None:
        shown = {
            "The baker": (("the bakery", "files-picture"), ("recipe", "files-text")),
            "The lost umbrella": (("tram", "files-pdf"),),
            "The cat": (("purring", "files-sound"),),
            "What no viewer": (
                (BROKEN, "files-broken"),
                (HUGE, "files-hostile"),
                (ODD, "files-unknown"),
            ),
        }
        for title, files in shown.items():
            self.row(screen.list, f"Practice: {title}")
            work = screen.workspace
            work.tabs.open("files")
            self.person.settle()
            for name, picture in files:
                self.row(work.files.list, name)
                viewer = work.files.viewer
                wait_for(lambda v=viewer: v.kind is not Kind.NONE or v.copy_out.isVisible(), 10)
                self.take(picture)
        work = screen.workspace
        work.files._with(work.files._keeping.rename)
        self.take("sheet-rename")
        self.close_sheets()
        work.files._with(work.files._keeping.remove)
        self.take("sheet-remove")
        self.close_sheets()
        photographs.play(self, screen)

    def _finalised(self, screen: Any) -> None:
        self.row(screen.list, "연습: 버드나무길")
        self.take("account-finalised")
        screen.workspace.save_version()
        self.take("sheet-correct")
        self.close_sheets()
        self.row(screen.list, "Practice: The clock tower")
        screen.workspace._ask_finalise()
        self.take("sheet-finalise")
        self.close_sheets()
        screen.workspace._ask_erase()
        self.take("sheet-erase")
        self.close_sheets()
        self.row(screen.list, "연습: 멈춘")
        self.take("consent-nothing")

    def _conflict(self, screen: Any) -> None:
        title = next(
            row.title for row in screen.list.rows.rows if any(tone == "warn" for _, tone in row.chips)
        )
        self.row(screen.list, title)
        self.take("conflict")
        screen.workspace.tabs.open("history")
        self.take("conflict-both")

    def no_listening(self) -> None:
        """No picture depends on who has which microphone, and nobody is listened to."""
        capture = self.window.recorder.capture
        capture.microphones = lambda: [Microphone("one", "FieldMic", True)]  # type: ignore[method-assign]
        capture.start = lambda key="": None  # type: ignore[method-assign]

    def conversation(self) -> None:
        """A recording kept, its transcript; another one begun, off the record, silent, locked, failed."""
        self.no_listening()
        screen = self.screen("interviews")
        self.row(screen.list, SPOKEN)
        work = screen.workspace
        work.tabs.open("conversation")
        wait_for(lambda: work.conversation.kept.listening.player.known, 10)
        work.conversation.kept.listening.seek(72_000)
        self.take("recording-kept")
        work.tabs.open("transcript")
        wait_for(lambda: work.transcript.listening.player.known, 10)
        work.transcript.listening.seek(72_000)
        self.take("transcript")
        work.tabs.open("conversation")
        self._recording(work)

    def _recording(self, work: Any) -> None:
        host = self.window.recorder
        capture, sound = host.capture, list(pieces(babble(30), RATE))
        capture._running, capture.name = True, "FieldMic"
        work.conversation.record()
        wait_for(lambda: host.state == "recording", 10)
        for second in range(185):
            capture.samples.emit(sound[second % 30])
            if second == 3:
                work.conversation.guide.ask_next()
            elif second == 60:
                host.mark("mark")
            elif second == 90:
                host.mark("break")
        self.take("console")
        host.off()
        self.take("console-off-the-record")
        host.on()
        for _ in range(25):
            capture.samples.emit(quiet(1).tobytes())
        wait_for(lambda: host.snapshot is not None and host.snapshot.silent_s >= 20, 10)
        self.take("console-silence")
        host.pause("Tea")
        self.take("console-paused")
        host.go_on()
        work.conversation.ask_stop()
        self.take("sheet-stop-recording")
        self.close_sheets()
        self.screen("contacts")
        self.take("recording-elsewhere")
        self.lock()
        self.take("recording-locked")
        self.enter(self.stage.practice, practice.PASSPHRASE)
        host.stop(self.window.desk.session)  # type: ignore[union-attr]  # the vault is open
        wait_for(lambda: host.state == "idle", 20)

    def library(self) -> None:
        """The vocabularies, the terms of one with what one means, a search, and a term of one's own being written."""
        screen = self.screen("library")
        self.take("library")
        screen._open("violations")
        screen.list.choose("vio.family.separation", tell=True)
        screen._enter_row("vio.family.separation")
        self.take("library-term")
        screen._close()
        screen.search.setText("ㄱㅈㅅㅎ")
        self.take("library-search")
        screen.search.clear()
        screen._add()
        self.take("library-add")
        screen._form._give_up()
        self.person.settle()

    def contacts(self) -> None:
        """Own card, each state of trust, wrong words, the question before revoking."""
        screen = self.screen("contacts")
        screen._open_pane()
        self.take("contacts-own")
        self.row(screen.list, "Regional")
        self.take("contact-verified")
        screen._content._ask()
        self.take("sheet-revoke")
        self.close_sheets()
        self.row(screen.list, "Lost laptop")
        self.take("contact-revoked")
        self.row(screen.list, "Field 3")
        self.take("contact-not-compared")
        for box in screen._content.compare.words.boxes:
            type_words(box, "meadow")
        self.click(screen._content.compare.button)
        self.take("contact-wrong-words")
        screen._close_pane()
        self.take("contacts-list")

    def exchange(self) -> None:
        """Sealing step by step, refused and done; bundles from known, unknown, wrong and damaged."""
        screen = self.screen("exchange")
        self._seal(screen)
        screen.go_home()
        self.take("exchange")
        screen.show_sent(next(iter(screen.home._sent.values())))
        self.take("sent")
        for name, path in (
            ("open-unknown-sender", self.stage.stranger),
            ("open-not-for-you", self.stage.others),
            ("open-damaged", self.stage.damaged),
            ("open-shortened", self.stage.shortened),
            ("open-card", self.stage.card),
            ("open-verified", self.stage.known),
        ):
            screen.open_file(path)
            self.take(name)
        self._received(screen)
        screen.open_file(self.stage.known)
        self.person.settle()
        self.click(screen.job.pane.take)
        self.take("taken-in")
        screen.go_home()

    def _received(self, screen: Any) -> None:
        screen.show_received()
        self.take("received")
        for outcome in ("undecided", "refused"):
            one = next((row for row in screen.job._rows.values() if row.outcome == outcome), None)
            if one is not None:
                screen.show_bundle(one)
                self.take(f"received-{outcome}")
                screen.show_received()
                self.person.settle()

    def office(self) -> None:
        """The table of an office: looked at, filtered, many chosen; an interview open beside the list; what came."""
        self.enter(self.stage.office, FRESH)
        screen = self.screen("interviews")
        self.take("table")
        first, second = screen.list.rows.rows[:2]
        screen.list.choose(second.id, tell=True)
        self.take("table-details")
        screen.list.tick([first.id, second.id])
        self.take("table-chosen")
        screen.pane.use_filter(Filter(states=("final",), protected=False, since="2009"))
        self.take("table-filtered")
        screen.pane.use_filter(Filter(states=("draft",), sent=True))
        self.take("table-nothing")
        screen.pane.clear_filter()
        self.person.settle()
        screen._open_at(second.id, "read")
        self.take("table-opened")
        exchange = self.screen("exchange")
        self.take("exchange-office")
        exchange.show_received()
        self.person.settle()
        exchange.show_bundle(next(iter(exchange.job._rows.values())))
        self.take("received-taken-in")
        self.lock()

    def _seal(self, screen: Any) -> None:
        named = self._with_a_name()
        spoken = self._agree(SPOKEN)
        screen.seal()
        self.person.settle()
        flow = screen.job
        rows = flow.interviews.list.rows.rows

        def choose(*titles: str) -> None:
            flow.interviews.list.tick([row.id for row in rows if row.title.startswith(titles)])

        choose("Practice: The baker", "Practice: The cat", "Practice: The lost", "연습: 버드나무길")
        self.take("seal-interviews")
        self.click(flow._primary)
        regional = next(c for c in flow.recipients._rows.values() if c.label.startswith("Regional"))
        doubtful = next(c for c in flow.recipients._rows.values() if c.trust == Trust.UNVERIFIED)
        flow.recipients.list.tick([doubtful.fingerprint])
        self.take("seal-recipients-doubtful")
        flow.recipients.list.tick([regional.fingerprint])
        self.take("seal-recipients")
        self.click(flow._primary)
        self.take("seal-what-leaves")
        flow._go(3)
        self.take("seal-where")
        flow._go(0)
        flow.interviews.list.tick([spoken])
        self.click(flow._primary)
        self.click_when_ready(flow)
        self.take("seal-off-the-record")
        flow._go(0)
        flow.interviews.list.tick([named])
        self.click(flow._primary)
        self.click(flow._primary)
        wait_for(lambda: bool(flow.consent.names.open), 10)
        self.take("seal-names")
        flow._go(0)
        choose("Practice: The cat")
        self.click(flow._primary)
        self.click(flow._primary)
        self.take("seal-refused")
        flow._go(0)
        choose("Practice: The baker", "연습: 버드나무길")
        self.click(flow._primary)
        self.person.settle()
        self.click_when_ready(flow)
        flow._go(3)
        flow._start(self.folder)
        self.take("sealed")

    def _with_a_name(self) -> str:
        """An interview in whose words a protected name still stands. Returns its id."""
        desk = self.window.desk
        if desk is None:
            raise AssertionError("no vault is open")
        s, story = desk.session, "We went down to the river, and 한별이는 길가에 두고 왔어요. It was dark."
        body = told.Interview("W-017", people=[told.Person(code="P6", protected=True)], account=story)
        made = interviews.create(s, title="W-017")
        draft = Draft(None, msgspec.Raw(msgspec.json.encode(body)))
        interviews.save_draft(s, made, draft, names={"P6": "김한별"})
        interviews.save_version(s, made)
        interviews.save_note(s, made, None, "Ask about the letter to 한별 again")
        row = Row("yes", ("store",), ("account", "notes"), ("verified",))
        consent.set_consent(s, made, Consent((row,)))
        return made

    def _agree(self, title: str) -> str:
        """The person of an interview agrees to share it. Returns its id."""
        desk = self.window.desk
        if desk is None:
            raise AssertionError("no vault is open")
        found = next(row.id for row in interviews.rows(desk.session) if row.title == title)
        consent.set_consent(desk.session, found, agreed_to(choice="share", share_with="verified"))
        return found

    def click_when_ready(self, flow: Any) -> None:
        """The gate has answered."""
        wait_for(flow._primary.isEnabled, 10)
        self.click(flow._primary)

    def rest(self) -> None:
        """Custody, help, settings and their questions."""
        custody = self.screen("custody")
        self.take("custody")
        custody.check("all")
        self.take("custody-checked")
        found = (
            Problem("custody.line-altered", {"seq": 12}),
            Problem("custody.payload-missing", {"seq": 17}),
        )
        at = clock.now()
        kept = {"at": at, "what": "log", "entries": 40, "problems": len(found)}
        preferences.change_inside(custody.desk.session, checks._KEPT, kept)
        custody._checked(Result(Checked(at, "log", 40, len(found)), found))
        self.take("custody-broken")
        lost = (Problem("upkeep.media-missing", {"name": "river.ogg", "media": "0" * 32}),)
        custody._checked(Result(Checked(at, "all", 40, len(lost)), lost))
        self.take("custody-damaged-files")
        self.screen("help")
        self.take("help")
        browser = self.window.desk.shown("help").browser  # type: ignore[union-attr]  # the vault is open
        browser._open_page()
        self.take("help-page")
        browser._find()
        browser.search.setText("12")
        self.take("help-search")
        browser.search.setText("zeppelin")
        self.take("help-search-nothing")
        browser.search.clear()
        settings = self.screen("settings")
        for key in settings.groups:
            settings._scroll_to(key)
            self.take(f"settings-{key}")
        self.lock()
        QApplication.processEvents()
