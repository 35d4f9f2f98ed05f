"""Make `resources/selftest/`: one tiny file of each kind that the decoder is tried on in the self-test.

Pictures are red in their left half and blue in their right half; sounds are a quarter of a second of a tone of
440 Hz; the PDF's page is black in its left half. The HEIC picture is the one of `tests/vectors/heic`, because
nothing that the program is made of can write such a file. Run once; the results are kept in the repository.
"""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import codecpod
import numpy as np
import soundfile
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "resources" / "selftest"
RATE = 48_000


def main() -> None:
    """Write all samples."""
    OUT.mkdir(exist_ok=True)
    picture = Image.new("RGB", (60, 40), (255, 0, 0))
    picture.paste((0, 0, 255), (30, 0, 60, 40))
    picture.save(OUT / "sample.jpeg", quality=90)
    picture.save(OUT / "sample.png", optimize=True)
    (OUT / "sample.pdf").write_bytes(pdf())
    tone = (0.5 * np.sin(2 * np.pi * 440 * np.arange(RATE // 4) / RATE)).astype("float32")
    for name, kind, subtype in (("opus", "OGG", "OPUS"), ("flac", "FLAC", "PCM_16")):
        out = io.BytesIO()
        soundfile.write(out, tone, RATE, format=kind, subtype=subtype)
        (OUT / f"sample.{name}").write_bytes(out.getvalue())
    whole = codecpod.save_bytes(tone[:, None], RATE, codecpod.Aac(64_000), channels_first=False)
    (OUT / "sample.m4a").write_bytes(whole)
    shutil.copyfile(ROOT / "tests" / "vectors" / "heic" / "upright.heic", OUT / "sample.heic")


def pdf() -> bytes:
    """A page of 60 by 40 points, black in its left half."""
    drawing = b"0 g 0 0 30 40 re f"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 60 40] /Contents 4 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
    )
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


if __name__ == "__main__":
    main()
