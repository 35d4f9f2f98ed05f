"""Makes `tests/vectors/bundle-1`: a bundle for two offices, what opens it, and what a reader must find in it.

Run as `python -m bundle.vector` with `tests` and `desktop` on the path. Until the first release the files are
made anew when the format changes; from then on they are kept as they are, and every later version reads them.
"""

from __future__ import annotations

import dataclasses
import io
import json
from pathlib import Path

from bundle.making import FILES, office, plan, sealed, sender, stranger
from cairn.bundle.cards import write_card
from cairn.bundle.reader import BundleReader
from cairn.crypto.hashes import sha256_hex

FOLDER = Path(__file__).resolve().parents[1] / "vectors" / "bundle-1"


def main() -> None:
    """Write the files."""
    own = write_card(sender(), label="현장 7", role="field", created="2026-11-22")
    theirs = write_card(office(), label="사무소 서울", role="office", created="2026-11-22")
    made = dataclasses.replace(plan(FILES, to=[office(), stranger()]), card=own)
    data, _ = sealed(made)
    files: dict[str, list[object]] = {}
    with BundleReader(io.BytesIO(data), office().age_identity) as reader:
        head = reader.head
        for each in reader.payload():
            content = b"".join(each.chunks())
            files[each.name] = [len(content), sha256_hex(content)]
        reader.finish()
    content = {
        "bundle_id": head.bundle_id,
        "created": head.created,
        "sender": head.sender.fingerprint,
        "words": " ".join(head.sender.words),
        "tagmanifest": head.tagmanifest,
        "sha256": sha256_hex(data),
        "custody": head.custody.root,
        "files": files,
    }
    (FOLDER / "sample.age").write_bytes(data)
    (FOLDER / "sender.contact").write_bytes(own)
    (FOLDER / "office.contact").write_bytes(theirs)
    (FOLDER / "office.key").write_text(office().age_identity.to_text() + "\n", "ascii")
    (FOLDER / "content.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
