"""A program of its own that writes until it is killed: `python writer.py FOLDER`.

It says each thing on standard output after it was stored, and nothing before.
"""

from __future__ import annotations

import sys
from pathlib import Path

from cairn.model.kinds.interview import Interview
from cairn.storage import drafts
from storage import kit


def main(folder: Path) -> None:
    """Write versions, drafts and files for ever."""
    store = kit.open_store(kit.unlock(folder))
    out = sys.stdout
    out.write("ready\n")
    out.flush()
    number = 0
    record, parent = "", ""
    while True:
        number += 1
        record, parent = kit.put(
            store,
            Interview(title=f"{number}", account="words " * 500),
            record=record if number % 5 else "",
            parents=[parent] if record and number % 5 else [],
        )
        out.write(f"put {parent}\n")
        drafts.save(store, record, record, "interview", kit.draft(f"{number}", "typed " * 500))
        out.write(f"draft {record} {number}\n")
        if number % 3 == 0:
            sink = store.media.stage(record)
            sink.write(bytes(100_000))
            staged = sink.finish()
            with store.write() as work:
                store.media.add(work, staged, record)
            out.write(f"media {staged.media_id}\n")
        out.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
