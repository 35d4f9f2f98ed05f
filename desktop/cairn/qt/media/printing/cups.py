"""The print system of Linux and macOS, by its own library, which is of the system and may be absent.

Not by Qt's QPrinter: that writes the pages as they are to a file in the temporary folder first, and calls no queue a
network printer that was set up on this computer. Here the bytes go from memory to the print system. Only what is
set up is asked for, never what else there is on the network; and only the print system of this computer is asked.
Functions and types: cups/cups.h and cups/http.h of CUPS 2.2 and newer.
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from cairn.errors import MachineError
from cairn.qt.media.printing.printer import Printer, Reach

_LIBRARY = {"darwin": "/usr/lib/libcups.2.dylib"}.get(sys.platform, "libcups.so.2")
_CONNECT_MS = 5_000
_ANSWER_SECONDS = 30.0
_DISCOVERED = 0x01000000
"""CUPS_PRINTER_DISCOVERED: seen on the network, and not set up here."""
_CONTINUE = 100
"""HTTP_STATUS_CONTINUE: go on writing."""
_MOST_OK = 0x00FF
"""The greatest ipp_status_t that tells of success."""
_STOPPED = "5"
"""IPP_PSTATE_STOPPED."""
_HOST = re.compile(r"[^:/]+://(?:[^/@]*@)?(\[[^]]*]|[^/:?]*)")
_HERE = frozenset({"", "localhost", "127.0.0.1", "::1"})
_NETWORK = frozenset(
    {
        "ipp",
        "ipps",
        "http",
        "https",
        "socket",
        "lpd",
        "smb",
        "dnssd",
        "implicitclass",
        "bluetooth",
        "beh",
        "ipp14",
    }
)
_CABLE = frozenset({"usb", "parallel", "serial", "direct", "scsi"})
_FILES = frozenset({"file", "cups-pdf"})


class _Option(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("value", ctypes.c_char_p)]


class _Destination(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p),
        ("instance", ctypes.c_char_p),
        ("is_default", ctypes.c_int),
        ("num_options", ctypes.c_int),
        ("options", ctypes.POINTER(_Option)),
    ]


_ON_DESTINATION = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_uint, ctypes.POINTER(_Destination))
_ON_PASSWORD = ctypes.CFUNCTYPE(ctypes.c_void_p, *[ctypes.c_void_p] * 5)
_ON_TIMEOUT = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)

# Its own way to ask for a password reads from the terminal, which nobody sees.
_NO_PASSWORD = _ON_PASSWORD(lambda *_given: None)
_GIVE_UP = _ON_TIMEOUT(lambda _http, _data: 0)


def found() -> list[Printer]:
    """The printers that are set up. Raises MachineError `printing.unreachable`, `printing.elsewhere`."""
    library = _library()
    if library is None:
        return []
    with _connection(library):
        pass  # there is somebody who answers: what follows tells only of printers, never of that
    rows: list[Printer] = []

    def add(_data: Any, _flags: int, each: Any) -> int:
        # An instance is another set of options for the same queue.
        if not each.contents.instance:
            rows.append(_printer(each.contents))
        return 1

    library.cupsEnumDests(0, _CONNECT_MS, None, 0, _DISCOVERED, _ON_DESTINATION(add), None)
    return rows


def hand_over(name: str, pdf: bytes, *, copies: int, paper: str) -> None:
    """Give a PDF to a printer's queue, from memory.

    Raises MachineError `printing.unreachable`, `printing.elsewhere`, `printing.refused`, `printing.failed`.
    """
    library = _library()
    if library is None:
        raise MachineError("printing.unreachable")
    # Of a queue that is gone meanwhile the library would ask the network.
    if name not in {each.name for each in found()}:
        raise MachineError("printing.failed", printer=name)
    queue = name.encode()
    options = ctypes.POINTER(_Option)()
    count = 0
    # No banner: it would show the name of the person who is logged in.
    for key, value in (("copies", str(copies)), ("media", paper), ("job-sheets", "none,none")):
        count = library.cupsAddOption(key.encode(), value.encode(), count, ctypes.byref(options))
    try:
        with _connection(library) as http:
            # The name of the job is shown to everybody who sees the queue.
            job = library.cupsCreateJob(http, queue, b"Cairn", count, options)
            if job <= 0:
                raise _refused(library, name)
            try:
                _write(library, http, name, job, pdf)
            except BaseException:
                library.cupsCancelJob2(http, queue, job, 1)
                raise
    finally:
        library.cupsFreeOptions(count, options)


def reach(uri: str) -> Reach:
    """Where a queue sends its pages, by its device."""
    scheme, _, rest = uri.partition(":")
    if scheme in _FILES:
        return Reach.FILE
    if scheme in _CABLE or (scheme == "hp" and rest.startswith(("/usb", "/par"))):
        return Reach.HERE
    if scheme in ("hp", "hpfax"):
        return Reach.NETWORK if rest.startswith("/net") else Reach.UNKNOWN
    if scheme in _NETWORK:
        # ipp-usb makes a printer at a cable look like one on the network of this computer alone.
        return Reach.HERE if _host(uri) in _HERE - {""} else Reach.NETWORK
    return Reach.UNKNOWN


def _write(library: ctypes.CDLL, http: int, name: str, job: int, pdf: bytes) -> None:
    queue = name.encode()
    if library.cupsStartDocument(http, queue, job, b"Cairn", b"application/pdf", 1) != _CONTINUE:
        raise _refused(library, name)
    if library.cupsWriteRequestData(http, pdf, len(pdf)) != _CONTINUE:
        raise _refused(library, name)
    if library.cupsFinishDocument(http, queue) > _MOST_OK:
        raise _refused(library, name)


def _host(uri: str) -> str:
    found = _HOST.match(uri)
    return found[1].strip("[]").casefold() if found else ""


def _printer(each: _Destination) -> Printer:
    said = {
        _text(each.options[number].name): _text(each.options[number].value)
        for number in range(each.num_options)
    }
    name = _text(each.name)
    return Printer(
        name=name,
        title=said.get("printer-info") or name,
        where=said.get("printer-location", ""),
        reach=reach(said.get("device-uri", "")),
        default=bool(each.is_default),
        stopped=said.get("printer-state") == _STOPPED,
    )


def _text(given: bytes | None) -> str:
    return (given or b"").decode("utf-8", "replace")


def _refused(library: ctypes.CDLL, name: str) -> MachineError:
    why = _text(library.cupsLastErrorString()).strip(" .")
    return (
        MachineError("printing.refused", printer=name, why=why)
        if why
        else MachineError("printing.failed", printer=name)
    )


@contextmanager
def _connection(library: ctypes.CDLL) -> Iterator[int]:
    """A connection to the print system of this computer, and to no other."""
    server = _text(library.cupsServer())
    if not server.startswith("/") and server.rpartition("@")[2].partition(":")[0] not in _HERE:
        raise MachineError("printing.elsewhere", server=server)
    # Both are kept for each thread.
    library.cupsSetPasswordCB2(_NO_PASSWORD, None)
    http = library.httpConnect2(
        server.encode(), library.ippPort(), None, 0, library.cupsEncryption(), 1, _CONNECT_MS, None
    )
    if not http:
        raise MachineError("printing.unreachable")
    try:
        library.httpSetTimeout(http, _ANSWER_SECONDS, _GIVE_UP, None)
        yield http
    finally:
        library.httpClose(http)


@cache
def _library() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL(_LIBRARY)
    except OSError:
        return None
    number, text, pointer = ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p
    options = ctypes.POINTER(_Option)
    for name, answer, given in (
        ("cupsServer", text, []),
        ("cupsEncryption", number, []),
        ("ippPort", number, []),
        ("cupsSetPasswordCB2", None, [_ON_PASSWORD, pointer]),
        ("httpConnect2", pointer, [text, number, pointer, number, number, number, number, pointer]),
        ("httpSetTimeout", None, [pointer, ctypes.c_double, _ON_TIMEOUT, pointer]),
        ("httpClose", None, [pointer]),
        ("cupsEnumDests", number, [ctypes.c_uint, number, pointer, ctypes.c_uint, ctypes.c_uint, _ON_DESTINATION, pointer]),
        ("cupsAddOption", number, [text, text, number, ctypes.POINTER(options)]),
        ("cupsFreeOptions", None, [number, options]),
        ("cupsCreateJob", number, [pointer, text, text, number, options]),
        ("cupsStartDocument", number, [pointer, text, number, text, text, number]),
        ("cupsWriteRequestData", number, [pointer, text, ctypes.c_size_t]),
        ("cupsFinishDocument", number, [pointer, text]),
        ("cupsCancelJob2", number, [pointer, text, number, number]),
        ("cupsLastErrorString", text, []),
    ):  # fmt: skip
        function = getattr(library, name)
        function.restype, function.argtypes = answer, given
    return library
