"""Which inputs PulseAudio really has, and from which of them this process is recording.

Qt is told when an input goes and tells nobody: its list keeps the name, and the server meanwhile moves the
stream to another microphone, or to what the loudspeaker plays. A recording would go on with the wrong sound.
So the server is asked here, with a connection of our own that is worked off in small pieces from the
window's timers: nothing waits, and there is no thread. Where there is no PulseAudio nothing is known, and
nothing is claimed. The names and fields are those of libpulse's public headers (`introspect.h`).
"""

from __future__ import annotations

import ctypes
import os
import time
from typing import Any, Literal

_READY, _FAILED = 4, 5
_ERROR_ACCESS, _ERROR_AUTH_KEY = 1, 8
_NO_AUTOSPAWN = 1
_ABOUT_SOURCES, _ABOUT_STREAMS = 0x02, 0x08
_AGAIN_SECONDS = 2.0
_SETTLED_SECONDS = 0.03
_MOST_STEPS = 50
_SAID = 2
"""Answers in a row that say the same: the first may still tell of a stream that was just closed."""
OWN_STREAMS = "QtmPulseStream-{pid}-"
"""How Qt names its streams."""


class _Source(ctypes.Structure):
    """The beginning of `pa_source_info`."""

    _fields_ = (("name", ctypes.c_char_p), ("index", ctypes.c_uint32))


class _Stream(ctypes.Structure):
    """The beginning of `pa_source_output_info`."""

    _fields_ = (
        ("index", ctypes.c_uint32),
        ("name", ctypes.c_char_p),
        ("owner_module", ctypes.c_uint32),
        ("client", ctypes.c_uint32),
        ("source", ctypes.c_uint32),
    )


_Event = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int, ctypes.c_uint32, ctypes.c_void_p)
_OneSource = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(_Source), ctypes.c_int, ctypes.c_void_p)
_OneStream = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(_Stream), ctypes.c_int, ctypes.c_void_p)
_P, _I, _U = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint32
_CALLS: dict[str, tuple[Any, list[Any]]] = {
    "pa_mainloop_new": (_P, []),
    "pa_mainloop_free": (None, [_P]),
    "pa_mainloop_get_api": (_P, [_P]),
    "pa_mainloop_iterate": (_I, [_P, _I, _P]),
    "pa_context_new": (_P, [_P, ctypes.c_char_p]),
    "pa_context_connect": (_I, [_P, ctypes.c_char_p, _I, _P]),
    "pa_context_disconnect": (None, [_P]),
    "pa_context_unref": (None, [_P]),
    "pa_context_get_state": (_I, [_P]),
    "pa_context_errno": (_I, [_P]),
    "pa_context_set_subscribe_callback": (None, [_P, _Event, _P]),
    "pa_context_subscribe": (_P, [_P, _U, _P, _P]),
    "pa_context_get_source_info_list": (_P, [_P, _OneSource, _P]),
    "pa_context_get_source_output_info_list": (_P, [_P, _OneStream, _P]),
    "pa_operation_unref": (None, [_P]),
}


class Sources:
    """What the server says. `poll` it often; ask in the same thread. `close` it."""

    def __init__(self) -> None:
        self._library = _library()
        self._prefix = OWN_STREAMS.format(pid=os.getpid()).encode()
        self._loop = self._context = None
        self._tried = -_AGAIN_SECONDS
        # Kept for as long as libpulse may call them.
        self._on_event = _Event(self._event)
        self._on_source = _OneSource(self._source)
        self._on_stream = _OneStream(self._stream)
        self._device = b""
        self.refused: Literal["", "denied", "away"] = ""
        """Why there is no connection, once that is known."""
        self._forget()

    def _forget(self) -> None:
        self._known: dict[int, bytes] | None = None
        self._subscribed = self._asking = False
        self._stale = True
        self._new_sources: dict[int, bytes] = {}
        self._new_streams: list[int] = []
        self._away = 0

    def poll(self) -> None:
        """Take what the server has said since, and ask it anew where something is different. Never waits."""
        if self._library is None:
            return
        if self._context is None:
            if time.monotonic() - self._tried >= _AGAIN_SECONDS:
                self._connect()
            return
        for _ in range(_MOST_STEPS):
            if self._library.pa_mainloop_iterate(self._loop, 0, None) <= 0:
                break
        state = self._library.pa_context_get_state(self._context)
        if state == _READY:
            self.refused = ""
            self._ask()
        elif state >= _FAILED:
            self._give_up()

    def why_none(self) -> str:
        """Why the server gives no input at all: `denied`, `away`, or empty. Waits for an instant."""
        end = time.monotonic() + _SETTLED_SECONDS
        self.poll()
        while self._context is not None and self._known is None and time.monotonic() < end:
            time.sleep(0.002)
            self.poll()
        return self.refused

    @property
    def names(self) -> frozenset[bytes] | None:
        """The inputs that are there, what the loudspeakers play included; None while that is not known."""
        return None if self._known is None else frozenset(self._known.values())

    def follow(self, device: bytes) -> None:
        """A stream was opened from this input: what was known of the one before counts no more."""
        self._device, self._away, self._stale = device, 0, True

    @property
    def moved(self) -> bool:
        """Whether what this process records comes from another input than `follow` said."""
        return self._away >= _SAID

    def close(self) -> None:
        """Let the connection go; the next `poll` may make another one."""
        library = self._library
        if library is not None and self._context is not None:
            library.pa_context_disconnect(self._context)
            library.pa_context_unref(self._context)
            library.pa_mainloop_free(self._loop)
        self._loop = self._context = None
        self._forget()

    def _give_up(self) -> None:
        error = self._library.pa_context_errno(self._context)
        self.refused = "denied" if error in (_ERROR_ACCESS, _ERROR_AUTH_KEY) else "away"
        self.close()

    def _connect(self) -> None:
        library = self._library
        self._tried = time.monotonic()
        self._loop = library.pa_mainloop_new()
        self._context = library.pa_context_new(library.pa_mainloop_get_api(self._loop), b"Cairn")
        library.pa_context_set_subscribe_callback(self._context, self._on_event, None)
        if library.pa_context_connect(self._context, None, _NO_AUTOSPAWN, None) < 0:
            self._give_up()

    def _ask(self) -> None:
        library, context = self._library, self._context
        if not self._subscribed:
            self._subscribed = True
            self._drop(library.pa_context_subscribe(context, _ABOUT_SOURCES | _ABOUT_STREAMS, None, None))
        if self._stale and not self._asking:
            self._stale, self._asking = False, True
            self._new_sources, self._new_streams = {}, []
            self._drop(library.pa_context_get_source_info_list(context, self._on_source, None))
            self._drop(library.pa_context_get_source_output_info_list(context, self._on_stream, None))

    def _drop(self, operation: int | None) -> None:
        if operation:
            self._library.pa_operation_unref(operation)

    # Called by libpulse, within `poll`

    def _event(self, _context: Any, _kind: int, _index: int, _data: Any) -> None:
        self._stale = True

    def _source(self, _context: Any, info: Any, last: int, _data: Any) -> None:
        if not last:
            self._new_sources[info.contents.index] = bytes(info.contents.name or b"")

    def _stream(self, _context: Any, info: Any, last: int, _data: Any) -> None:
        if not last:
            if (info.contents.name or b"").startswith(self._prefix):
                self._new_streams.append(info.contents.source)
            return
        # The answers come in the order of the questions: the sources are complete.
        self._asking = False
        self._known = self._new_sources
        at = [self._known.get(index, b"") for index in self._new_streams]
        if self._device and at and self._device not in at:
            self._away += 1
            self._stale = True
        else:
            self._away = 0


def _library() -> Any:
    """libpulse, or None where there is none."""
    try:
        library = ctypes.CDLL("libpulse.so.0")
    except OSError:
        return None
    for name, (result, arguments) in _CALLS.items():
        call = getattr(library, name)
        call.restype, call.argtypes = result, arguments
    return library
