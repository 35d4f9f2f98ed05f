"""The third-party notices of a build: `index.json` and one text a part, shown in the program under *About*."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from release.parts import Part

_LINKED = {
    "file": "It is a shared library, {file}, linked when the program starts: it can be replaced in the program's folder.",
    "inside": "It is inside {file}, a shared library that can be built again and replaced in the program's folder.",
}


def write(parts: Sequence[Part], folder: Path) -> None:
    """Write the notices into `folder`, in place of what is there. The same parts give the same bytes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    index = []
    for part in parts:
        name = _file_name(part)
        (folder / name).write_text(_whole(part), "utf-8")
        index.append(
            {"name": part.name, "version": part.version, "licence": part.licence, "of": part.of, "text": name}
        )
    (folder / "index.json").write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _file_name(part: Part) -> str:
    slug = re.sub(r"[^a-z0-9.]+", "-", f"{part.name} {part.of}".lower()).strip("-")
    return f"{slug[:80]}.txt"


def _whole(part: Part) -> str:
    head = [f"{part.name} {part.version}".rstrip(), part.licence]
    if part.of:
        head.append(f"Part of {part.of}.")
    if "GPL" in part.licence and part.file and part.link in _LINKED:
        head.append(_LINKED[part.link].format(file=part.file))
    if part.source or part.purl:
        head.append(f"Source: {part.source or part.purl}")
    if part.note:
        head.append(part.note)
    return "\n".join(head) + "\n\n" + part.text.replace("\r\n", "\n").strip() + "\n"
