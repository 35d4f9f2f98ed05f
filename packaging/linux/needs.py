"""Which packages of the system the frozen program needs, read from its compiled files.

A library that is asked for and neither inside nor named here stops the build: it would be found missing
only on a worker's laptop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from linux import elf

# Parts of the C library, whatever the file they are in.
_C_LIBRARY = {
    "ld-linux-x86-64.so.2", "libc.so.6", "libdl.so.2", "libm.so.6", "libmvec.so.1", "libpthread.so.0",
    "libresolv.so.2", "librt.so.1", "libutil.so.1",
}  # fmt: skip
DEBIAN = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libexpat.so.1": "libexpat1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libpulse.so.0": "libpulse0",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
}
"""The Debian package of each library that the program may leave to the system."""
WITHOUT = {"libpulse.so.0", "libwayland-client.so.0", "libwayland-cursor.so.0", "libwayland-egl.so.1"}
"""The program opens without these: then there is no sound, or the window comes through X11."""

# The first GCC whose library has a version of the C++ symbols: GCC's own documentation, abi.html.
_GCC = ((30, "12"), (29, "11"), (28, "9"), (26, "9"), (25, "8"), (22, "6"), (0, "5"))


@dataclass(frozen=True)
class Needs:
    """What the frozen program asks of the system."""

    libraries: tuple[str, ...]
    """Names of the library files, the C library left out."""
    glibc: tuple[int, int]
    """The oldest C library that serves."""
    cxx: int
    """The newest GLIBCXX_3.4.N that is asked for."""

    own_keyboard: bool
    """Whether it brings the library that reads keyboard layouts: the layouts themselves are the system's."""

    def debian(self) -> tuple[list[str], list[str]]:
        """The packages it depends on, and those that it only recommends."""
        gcc = next(release for number, release in _GCC if self.cxx >= number)
        floors = {"libstdc++6": f"libstdc++6 (>= {gcc})"}
        depends = {DEBIAN[name] for name in self.libraries if name not in WITHOUT}
        depends |= {"xkb-data"} if self.own_keyboard else set()
        recommends = {DEBIAN[name] for name in self.libraries if name in WITHOUT}
        first = f"libc6 (>= {self.glibc[0]}.{self.glibc[1]})"
        return [first, *(floors.get(name, name) for name in sorted(depends))], sorted(recommends)

    def rpm(self) -> tuple[list[str], list[str]]:
        """The same for RPM, by library: package names differ from one distribution to the next."""
        requires = [f"libc.so.6(GLIBC_{self.glibc[0]}.{self.glibc[1]})(64bit)"]
        requires.append(f"libstdc++.so.6(GLIBCXX_3.4.{self.cxx})(64bit)")
        requires += [f"{name}()(64bit)" for name in self.libraries if name not in WITHOUT]
        requires += ["/usr/share/X11/xkb/rules/evdev"] if self.own_keyboard else []
        return requires, [f"{name}()(64bit)" for name in self.libraries if name in WITHOUT]


def of(frozen: Path) -> Needs:
    """Read the compiled files below `frozen`. Ends the program when one needs a library nobody provides."""
    files = elf.all_below(frozen)
    inside = {path.name for path in frozen.rglob("*")} | {each.soname for each in files.values()}
    wanted = {name for each in files.values() for name in each.needed} - inside - _C_LIBRARY
    unknown = sorted(wanted - set(DEBIAN))
    if unknown:
        raise SystemExit(f"needed by the frozen program, in no package that is named: {', '.join(unknown)}")
    asked = [name for each in files.values() for _library, name in each.versions]
    glibc = max(
        (_numbers(name) for name in asked if re.fullmatch(r"GLIBC_\d+\.\d+(\.\d+)?", name)), default=(2, 34)
    )
    cxx = max((_numbers(name)[2] for name in asked if re.fullmatch(r"GLIBCXX_3\.4\.\d+", name)), default=0)
    return Needs(tuple(sorted(wanted)), (glibc[0], glibc[1]), cxx, "libxkbcommon.so.0" in inside)


def _numbers(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.partition("_")[2].split("."))
