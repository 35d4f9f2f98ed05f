"""The pictures of the README: three states of the practice vault, in English and light, small.

    python -m drive.readme_pictures

Written to `docs/pictures/`, where the README shows them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
SHOWN = {"account": "account", "console": "conversation", "seal-what-leaves": "consent"}
"""State (`drive.scenes`) → name of its picture."""
WIDTH = 800
COLOURS = 256


def main() -> int:
    """Take them, and make them small. 1 when something does not fit."""
    from PIL import Image

    from drive import pictures

    with tempfile.TemporaryDirectory(prefix="cairn-pictures-") as name:
        folder = Path(name)
        bad = pictures.main(folder, ["light", "en", "plain"])
        PICTURES.mkdir(parents=True, exist_ok=True)
        for state, called in SHOWN.items():
            with Image.open(folder / f"{state}-light.png") as taken:
                height = round(taken.height * WIDTH / taken.width)
                small = taken.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
            # 256 colours are enough for a window, and less than half of the bytes.
            few = small.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
            few.save(PICTURES / f"{called}.png", optimize=True)
            print(PICTURES / f"{called}.png")
    return bad


if __name__ == "__main__":
    sys.exit(main())
