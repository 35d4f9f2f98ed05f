"""Every screen in every state as a picture, light and dark, in English and Korean, also small and with large text.

    python -m drive.pictures FOLDER [PART …]

NAME-light.png and NAME-dark.png are 1280×800 at 100 % in English; further parts of the name say what is
different: `ko`, `1024x640` (logical pixels), `200` (per cent of the text size). What does not fit is
printed; then the answer is 1. With PARTS only those variants are taken whose names contain them all; `pseudo`
takes those in the two pseudo-languages (`drive.pseudo`), where what was never translated is printed too, and
`plain` only those at 1280×800 and 100 %.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

MODES = ("light", "dark")


@dataclass(frozen=True)
class Variant:
    """One way in which all screens are looked at."""

    mode: str
    language: str = "en"
    size: tuple[int, int] = (1280, 800)
    scale: int = 100

    @property
    def name(self) -> str:
        """The end of the names of its pictures."""
        parts = [self.mode]
        if self.language != "en":
            parts.append(self.language)
        if self.size != (1280, 800):
            parts.append(f"{self.size[0]}x{self.size[1]}")
        if self.scale != 100:
            parts.append(str(self.scale))
        return "-".join(parts)


VARIANTS = (
    *(Variant(mode, language) for language in ("en", "ko") for mode in MODES),
    Variant("light", "en", (1024, 640), 200),
    Variant("dark", "ko", (1024, 640), 200),
    Variant("light", "ko", (1024, 640)),
    Variant("dark", "en", (1280, 800), 200),
)
PSEUDO = (
    Variant("light", "en-XA"),
    Variant("dark", "en-XA", (1024, 640)),
    Variant("light", "en-XB"),
    Variant("dark", "en-XB", (1024, 640)),
    Variant("light", "en-XA", (1280, 800), 200),
    Variant("dark", "en-XB", (1024, 640), 200),
)
"""Languages that nobody speaks (`drive.pseudo`): on request."""


def main(folder: Path, parts: list[str]) -> int:
    """Take them. 1 when something does not fit."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    offered = PSEUDO if "pseudo" in parts else VARIANTS
    if "plain" in parts:
        offered = tuple(one for one in VARIANTS if one.size == (1280, 800) and one.scale == 100)
    wanted = [
        one
        for one in offered
        if set(parts) - {"pseudo", "plain"} <= set(one.name.split("-") + [one.language])
    ]
    if len(wanted) == len(VARIANTS) and offered is VARIANTS:
        for old in folder.glob("*.png"):
            old.unlink()
    work = folder / "stage"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(work / "home" / name.lower())
    os.environ["HOME"] = str(work / "home")
    os.environ["LC_ALL"] = "C.UTF-8"
    from cairn.app.kernel import session
    from cairn.qt import application
    from cairn.qt.base import tasks
    from drive import stage
    from drive.showing import show

    began = time.monotonic()
    # Vaults that are made in seconds and keep little space in reserve; nothing of it is in the product.
    session.RESERVE = stage.SMALL_RESERVE
    session.create_vault = stage.quick_vault
    made = stage.build(work)
    app = application.make(["cairn"])
    app.setCursorFlashTime(0)
    found: list[str] = []
    taken = 0
    for number, variant in enumerate(wanted):
        place = work / str(number)
        place.mkdir()
        names, wrong = show(app, made.copy(place), place, folder, variant)
        taken += len(names)
        found += [f"{variant.name}: {line}" for line in wrong]
        shutil.rmtree(place)
        print(f"{variant.name}: {len(names)} pictures, {len(wrong)} findings", flush=True)
    tasks.shut_down()
    shutil.rmtree(work)
    for line in found:
        print(line)
    print(f"{taken} pictures in {folder}, {len(found)} findings, {time.monotonic() - began:.0f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
