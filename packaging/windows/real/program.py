"""What `tests/e2e` starts as the program (`CAIRN_PROGRAM`): hands its words to the program inside Wine.

    program.py SETTINGS.json WORDS…

The settings say how a program is begun inside and where the shared folder is called what. Paths go in as Windows
calls them and come back as this system does; what the program says passes through files.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def inward(word: str, shared: str, drive: str) -> str:
    """A word of the command line as the program inside takes it."""
    if word == shared or word.startswith(shared + "/"):
        return drive + word[len(shared) :].replace("/", "\\")
    return "Z:" + word.replace("/", "\\") if word.startswith("/") else word


def outward(said: bytes, shared: str, drive: str) -> bytes:
    """What the program said, with the paths of its JSON as this system calls them."""

    def path(found: re.Match[bytes]) -> bytes:
        inner = found[2].replace(b"\\\\", b"/")
        return b'"' + (shared.encode() if found[1] == drive.encode() else b"") + inner + b'"'

    return re.sub(rb'"([A-Z]:)((?:\\\\[^"\\]*)+)"', path, said)


def main(settings: Path, words: list[str]) -> int:
    """Run it; the program's own exit code."""
    known = json.loads(settings.read_text("utf-8"))
    shared, drive = known["shared"], known["drive"]
    command = [*known["words"], *(inward(word, shared, drive) for word in words)]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        code = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, check=False
        ).returncode
        for file, to in ((out, sys.stdout), (err, sys.stderr)):
            file.seek(0)
            to.buffer.write(outward(file.read(), shared, drive))
            to.flush()
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
