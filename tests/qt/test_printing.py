"""Printing a page: what is said before, what the print system gets, and what the log says of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.shared import introduce
from cairn.app.arriving import taking_in
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.leaving import pages, sealing
from cairn.app.sound import recordings
from cairn.app.vault import custody
from cairn.errors import InputError, MachineError
from cairn.model.agreement import agreed_to
from cairn.qt.base.theme import theme
from cairn.qt.media.printing import cups as cups_library
from cairn.qt.media.printing import printers, windows
from cairn.qt.media.printing.printer import Printer, Reach
from cairn.qt.screens.custody.entries import row_of
from cairn.qt.screens.interviews.reading.paper import Paper
from cairn.qt.screens.interviews.reading.print_choices import PrintChoices
from cairn.qt.shell.window import Window
from cairn.qt.widgets import Sheet
from cairn.qt.widgets.items import ItemList
from qt.cups import NEEDED, PrintSystem, print_system
from qt.desk import LONG, choose, cut_off, press, reads, settle, unnamed
from qt.hand import screen, workspace
from qt.test_reading import opened as reading
from qt.test_reading import told


@pytest.fixture
def system(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintSystem]:
    with print_system(qtbot, monkeypatch) as found:
        yield found


def sheet_over(tab: object) -> Sheet:
    (sheet,) = [each for each in tab.window().findChildren(Sheet) if each.isVisible()]  # type: ignore[attr-defined]
    return sheet


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    found = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return found


def acts(s: Session) -> list[tuple[str, dict[str, object]]]:
    return [(each.act, dict(each.detail)) for each in custody.entries(s, 4, 0)]


OFFICE = Printer("Office", "The office's printer", "first floor", Reach.NETWORK, default=True)


@NEEDED
def test_a_page_goes_to_a_real_print_system(qtbot: QtBot, field: Session, system: PrintSystem) -> None:
    system.queue("Office", "socket://192.0.2.7:9100", "-D", "Hall printer", "-L", "first floor")
    system.queue("Desk", "usb://Maker/Model")
    made = told(field)
    tab, desk = reading(qtbot, field, made)
    tab.page.setFocus()
    qtbot.keyClick(tab.page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot)
    sheet = sheet_over(tab)
    assert reads(sheet, "Print this interview?") and reads(sheet, "5 leave, 0 stay")
    assert reads(sheet, "“My name must not be used.”")
    assert reads(sheet, "may keep these pages, not encrypted, outside of Cairn")
    choices = sheet.findChild(PrintChoices)
    names = [choices.printer.itemText(number) for number in range(choices.printer.count())]
    assert names == ["Desk", "Hall printer (Office) · first floor"]
    assert reads(sheet, "Connected to this computer by a cable. It is stopped")
    choices.printer.setCurrentIndex(1)
    assert reads(sheet, "A network printer")
    listed = sheet.findChild(ItemList)
    note = next(each.id for each in listed.entries if "ask about the bridge" in each.name)
    listed.acted.emit(note)
    settle(qtbot)
    choices.copies.setCurrentText("2")
    press(qtbot, sheet, "Hand to the printer")
    settle(qtbot)
    assert desk.said == []
    # It lies in the queue as it is: what the sheet said is so.
    (spooled,) = system.spooled()
    text = text_of(spooled)
    assert "We left Stone Bridge after dark." in text and "Told by P" in text
    assert "Secretname" not in text and "ask about the bridge" not in text
    # Whoever may look at the queue sees no title.
    assert "Office-" in system.jobs() and "W-017" not in system.jobs()
    qtbot.waitUntil(lambda: any((system.folder / "spool").glob("c?????")), timeout=LONG)
    control = next((system.folder / "spool").glob("c?????")).read_bytes()
    assert b"W-017" not in control and b"Cairn" in control
    assert ("page.print", {"printer": "Office"}) in acts(field)
    entry = next(each for each in custody.entries(field, 4, 0) if each.act == "page.print")
    assert row_of(entry).title == (
        "Pages of the interview were handed to a printer. Whether they were printed is not known · W-017 · Office"
    )


@NEEDED
def test_nothing_is_written_to_a_file_and_nobody_else_is_asked(
    qtbot: QtBot, system: PrintSystem, tmp_path: Path
) -> None:
    system.queue("Office", "socket://192.0.2.7:9100")
    told_by = tmp_path / "calls"
    here = Path(cups_library.__file__).parents[4]
    program = (
        f"import sys; sys.path.insert(0, {str(here)!r})\n"
        "from cairn.qt.media.printing import cups\n"
        "cups.hand_over('Office', b'%PDF-1.4 told', copies=1, paper='A4')\n"
        "try:\n    cups.hand_over('Gone', b'%PDF-1.4 told', copies=1, paper='A4')\n"
        "except Exception as error:\n    print(error.code)\n"
    )
    calls = ["strace", "-f", "-o", str(told_by), "-e", "trace=openat,connect,socket,memfd_create"]
    done = subprocess.run(
        [*calls, sys.executable, "-B", "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout == "printing.failed\n"
    lines = told_by.read_text().splitlines()
    asked = [each for each in lines if "connect(" in each]
    assert [each for each in lines if "O_CREAT" in each or "AF_INET" in each or "memfd" in each] == []
    assert [each for each in asked if "dbus" in each or "avahi" in each] == []
    assert any(str(system.folder / "sock") in each for each in asked)
    assert system.spooled() == [b"%PDF-1.4 told"]


@NEEDED
def test_a_print_system_without_a_printer_says_so_and_offers_the_pdf(
    qtbot: QtBot, field: Session, system: PrintSystem, tmp_path: Path
) -> None:
    tab, desk = reading(qtbot, field, told(field))
    press(qtbot, tab, "Print…")
    settle(qtbot)
    sheet = sheet_over(tab)
    assert reads(sheet, "No printer is set up on this computer.")
    press(qtbot, sheet, "Save as PDF…")
    settle(qtbot)
    press(qtbot, sheet_over(tab), "Choose where…")
    choose(qtbot, tab, tmp_path / "page.pdf")
    settle(qtbot)
    assert "We left Stone Bridge" in text_of((tmp_path / "page.pdf").read_bytes()) and desk.said == []


@NEEDED
@pytest.mark.parametrize(
    ("server", "said"),
    [
        ("/nowhere/cups.sock", "The print system of this computer does not answer."),
        ("print.example.org", "prints through another one (print.example.org)"),
    ],
)
def test_one_that_does_not_answer_and_one_elsewhere_are_told(
    qtbot: QtBot, field: Session, monkeypatch: pytest.MonkeyPatch, server: str, said: str
) -> None:
    tab, _ = reading(qtbot, field, told(field))
    monkeypatch.setenv("CUPS_SERVER", server)
    press(qtbot, tab, "Print…")
    settle(qtbot)
    sheet = sheet_over(tab)
    assert reads(sheet, said) and reads(sheet, "The page can be saved as a PDF")


def test_the_key_works_from_all_of_the_window_and_asks_once(
    qtbot: QtBot, opened: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printers, "found", lambda: [OFFICE])
    assert opened.desk is not None
    made = told(opened.desk.session)
    screen(opened).enter()
    settle(qtbot)
    screen(opened)._open(made)
    settle(qtbot)
    work = workspace(opened)
    screen(opened).pane.search.setFocus()

    def sheets() -> int:
        qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot)
        return len([each for each in opened.findChildren(Sheet) if each.isVisible()])

    work.tabs.open("account")
    settle(qtbot)
    assert sheets() == 0
    work.tabs.open("read")
    settle(qtbot)
    screen(opened).pane.search.setFocus()
    assert sheets() == 1
    assert sheets() == 1


def test_without_a_print_system_there_is_no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cups_library, "_LIBRARY", "libnothing-of-this-name.so.0")
    cups_library._library.cache_clear()
    try:
        assert cups_library.found() == []
        with pytest.raises(MachineError, match=r"printing\.unreachable"):
            cups_library.hand_over("x", b"", copies=1, paper="A4")
    finally:
        cups_library._library.cache_clear()


def test_what_the_print_system_refuses_is_told_and_logged(
    qtbot: QtBot, field: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_given: object, **_more: object) -> None:
        raise MachineError("printing.refused", printer="Office", why="Not accepting jobs")

    monkeypatch.setattr(printers, "found", lambda: [OFFICE])
    monkeypatch.setattr(printers, "hand_over", refused)
    tab, desk = reading(qtbot, field, told(field))
    press(qtbot, tab, "Print…")
    settle(qtbot)
    press(qtbot, sheet_over(tab), "Hand to the printer")
    settle(qtbot)
    assert desk.last == "The print system did not take the pages for the printer Office: Not accepting jobs."
    assert acts(field)[:2] == [
        ("page.print-failed", {"printer": "Office"}),
        ("page.print", {"printer": "Office"}),
    ]


@pytest.mark.parametrize("agreed", [agreed_to("keep"), agreed_to("share", "named", ["SHA256:x"])])
def test_without_consent_no_printer_is_offered(qtbot: QtBot, field: Session, agreed: object) -> None:
    made = told(field)
    consent.set_consent(field, made, agreed)  # type: ignore[arg-type]
    tab, desk = reading(qtbot, field, made)
    press(qtbot, tab, "Print…")
    settle(qtbot)
    assert len(desk.said) == 1 and not [each for each in tab.window().findChildren(Sheet) if each.isVisible()]


def test_consent_that_is_taken_back_meanwhile_hands_nothing_over(field: Session) -> None:
    made = told(field)
    leaves = [each.record for each in pages.preview(field, made).leaves]
    consent.set_consent(field, made, agreed_to("keep"))
    sent: list[int] = []
    with pytest.raises(InputError):
        pages.hand_over(field, made, leaves, (), "Office", lambda: sent.append(1))
    assert sent == [] and "page.print" not in [act for act, _ in acts(field)]


def test_the_printer_s_name_stays_in_the_vault(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    made = told(field)
    leaves = [each.record for each in pages.preview(field, made).leaves]
    pages.hand_over(field, made, leaves, (), "Min-ji's printer", lambda: None)
    with field.store.read() as reader:
        travels = reader.custody.of_records([made], [])
    assert not any(b"Min-ji" in payload for _, _, payload in travels)
    (bundle,) = sealing.seal(field, sealing.preview(field, [made], [office.info.fingerprint]), tmp_path)
    introduce(office, field)
    taking_in.take_in(office, bundle.path)
    with office.store.read() as reader:
        assert interviews.load(office, made).body.title == "W-017"
        assert not any(b"Min-ji" in line for _, line in reader.custody.lines())


@pytest.mark.parametrize(
    ("uri", "where"),
    [
        ("usb://HP/LaserJet?serial=1", Reach.HERE),
        ("hp:/usb/LaserJet?serial=1", Reach.HERE),
        ("ipp://localhost:60000/ipp/print", Reach.HERE),
        ("ipps://[::1]:631/x", Reach.HERE),
        ("ipp://printer.local/ipp/print", Reach.NETWORK),
        ("dnssd://Hall._ipp._tcp.local/", Reach.NETWORK),
        ("implicitclass://Hall/", Reach.NETWORK),
        ("socket://192.0.2.7:9100", Reach.NETWORK),
        ("smb://user:word@server/printer", Reach.NETWORK),
        ("lpd://localhost@[fe80::1]/x", Reach.NETWORK),
        ("hp:/net/LaserJet?ip=192.0.2.7", Reach.NETWORK),
        ("cups-pdf:/", Reach.FILE),
        ("file:///dev/null", Reach.FILE),
        ("hp:/else", Reach.UNKNOWN),
        ("whatever:/x", Reach.UNKNOWN),
        ("", Reach.UNKNOWN),
    ],
)
def test_where_a_queue_sends_its_pages(uri: str, where: Reach) -> None:
    assert cups_library.reach(uri) is where


def test_the_default_printer_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [Printer(name, name, "", Reach.HERE, default=name == "m") for name in ("b", "A", "m")]
    monkeypatch.setattr(cups_library, "found", lambda: rows)
    assert [each.name for each in printers.found()] == ["m", "A", "b"]


def test_windows_draws_the_same_pages(
    field: Session, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt's printer of Windows can't be tried here; what it is given draws the same on Qt's printer into a file."""
    made = told(field)
    paper = Paper(interviews.load(field, made), recordings.rows(field, made), "Letter")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "drawn.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    paper.draw(printer)
    del printer
    drawn = (tmp_path / "drawn.pdf").read_bytes()
    assert text_of(drawn).split() == text_of(paper.pdf()).split()
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))
    assert windows.found() == []
    with pytest.raises(MachineError, match=r"printing\.failed"):
        windows.hand_over("Office", paper, copies=1, paper="A4")


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_the_paper_is_the_one_that_was_chosen(field: Session, paper: str, size: tuple[int, int]) -> None:
    made = told(field)
    document = pypdfium2.PdfDocument(
        Paper(interviews.load(field, made), recordings.rows(field, made), paper).pdf()
    )
    assert tuple(round(each) for each in document[0].get_size()) == size
    document.close()


@pytest.mark.parametrize(("mode", "scale", "width"), [("light", 200, 1024), ("dark", 100, 700)])
def test_the_question_fits(
    qtbot: QtBot,
    qapp: QApplication,
    field: Session,
    monkeypatch: pytest.MonkeyPatch,
    mode: str,
    scale: int,
    width: int,
) -> None:
    theme().apply(qapp, mode=mode, scale=scale)
    monkeypatch.setattr(printers, "found", lambda: [OFFICE])
    tab, _ = reading(qtbot, field, told(field))
    tab.window().resize(width, 640)
    press(qtbot, tab, "Print…")
    settle(qtbot)
    sheet = sheet_over(tab)
    assert cut_off(sheet) == [] and unnamed(sheet) == []
