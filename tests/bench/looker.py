"""Looks at a virtual screen from outside, as a person would: is there anything on it yet?"""

from __future__ import annotations

import ctypes
import ctypes.util
import time

_Z_PIXMAP = 2
_ALL_PLANES = 0xFFFFFFFF


class _Image(ctypes.Structure):
    """The beginning of XImage, as far as it is read here."""

    _fields_ = [
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("xoffset", ctypes.c_int),
        ("format", ctypes.c_int),
        ("data", ctypes.c_void_p),
        ("byte_order", ctypes.c_int),
        ("bitmap_unit", ctypes.c_int),
        ("bitmap_bit_order", ctypes.c_int),
        ("bitmap_pad", ctypes.c_int),
        ("depth", ctypes.c_int),
        ("bytes_per_line", ctypes.c_int),
    ]


class Looker:
    """A client of the X server `display` that reads pixels and nothing else."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self._x.XGetImage.restype = ctypes.POINTER(_Image)
        self._x.XGetImage.argtypes = [
            ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int,
            ctypes.c_uint, ctypes.c_uint, ctypes.c_ulong, ctypes.c_int,
        ]  # fmt: skip
        self._x.XDestroyImage.argtypes = [ctypes.POINTER(_Image)]
        self._x.XCloseDisplay.argtypes = [ctypes.c_void_p]
        self._display = self._x.XOpenDisplay(display.encode())
        if not self._display:
            raise RuntimeError(f"no screen {display}")
        self._root = self._x.XDefaultRootWindow(self._display)

    def colours(self, left: int, top: int, width: int, height: int) -> int:
        """How many colours that part of the screen shows."""
        image = self._x.XGetImage(self._display, self._root, left, top, width, height, _ALL_PLANES, _Z_PIXMAP)
        if not image:
            raise RuntimeError("the screen could not be read")
        size = image.contents.bytes_per_line * image.contents.height
        pixels = ctypes.string_at(image.contents.data, size)
        self._x.XDestroyImage(image)
        return len(set(memoryview(pixels).cast("I")))

    def wait_for_text(self, seconds: float) -> float:
        """Wait until the middle of the screen shows letters (many colours: their edges are softened).

        Gives the time (monotonic). Raises RuntimeError after `seconds`.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.colours(240, 150, 800, 500) > 12:
                return time.monotonic()
            time.sleep(0.004)
        raise RuntimeError("no window came")

    def wait_for_nothing(self, seconds: float) -> None:
        """Wait until the screen is empty again. Raises RuntimeError after `seconds`."""
        end = time.monotonic() + seconds
        while self.colours(0, 0, 1280, 800) > 1:
            if time.monotonic() > end:
                raise RuntimeError("the window stays")
            time.sleep(0.02)

    def close(self) -> None:
        """Leave the screen."""
        self._x.XCloseDisplay(self._display)
