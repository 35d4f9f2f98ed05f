"""Whose work Cairn is made of, and under which licences: of this build, or of the packages around the source.

A packaged build carries an index and a text for each part (`notices/`, made by `packaging/release`). From source
there is what the installed packages say of themselves.
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import msgspec

from cairn import resources
from cairn.errors import MachineError

FOLDER = "notices"
OURS = "LICENSE"
_PACKAGES = (
    "PySide6-Addons",
    "PySide6-Essentials",
    "shiboken6",
    "charset-normalizer",
    "codecpod",
    "cryptography",
    "defusedxml",
    "et-xmlfile",
    "lark",
    "libsonic",
    "lxml",
    "mnemonic",
    "msgspec",
    "numpy",
    "olefile",
    "openpyxl",
    "pi-heif",
    "Pillow",
    "platformdirs",
    "pypdfium2",
    "pyxform",
    "python-docx",
    "rapidfuzz",
    "regex",
    "segno",
    "soundfile",
    "soxr",
    "sqlcipher3",
    "tinytag",
    "typing_extensions",
    "xlrd",
    "cffi",
)
_LICENCE_FILE = re.compile(r"(?i)(licen[cs]e|copying|notice)[^/]*$|/licenses/")
_MOST = 512 * 1024


class Notice(msgspec.Struct, frozen=True):
    """One part. `of` is the part that it is inside of; `text` names its text for `text_of`."""

    name: str
    version: str
    licence: str
    of: str = ""
    text: str = ""


def all_parts() -> list[Notice]:
    """The parts, by name; Cairn itself first. Raises MachineError when a build lacks its own notices."""
    own = Notice("Cairn", "", "Apache-2.0", text=OURS)
    index = resources.path(f"{FOLDER}/index.json")
    if index.is_file():
        try:
            found = msgspec.json.decode(resources.read_bytes(f"{FOLDER}/index.json"), type=list[Notice])
        except msgspec.MsgspecError as error:
            raise MachineError("machine.resources-missing") from error
        return [own, *sorted(found, key=lambda one: (one.name.lower(), one.of))]
    return [own, *sorted(_installed(), key=lambda one: one.name.lower())]


def text_of(notice: Notice) -> str:
    """The text of its licence, with what belongs to it; empty where the package carries none.

    Raises MachineError when a file of the build is missing.
    """
    if notice.text == OURS:
        return resources.read_text(f"{FOLDER}/{OURS}.txt") if _built() else _from_tree()
    if _built():
        return resources.read_text(f"{FOLDER}/{notice.text}")
    try:
        files = metadata.distribution(notice.text).files or []
    except metadata.PackageNotFoundError:
        return ""
    texts = []
    for file in sorted(files, key=str):
        path = Path(str(file.locate()))
        if (
            _LICENCE_FILE.search(file.as_posix())
            and path.suffix not in (".py", ".pyc", ".h")
            and path.is_file()
        ):
            texts.append(path.read_text("utf-8", "replace").strip())
    return "\n\n".join(texts)[:_MOST]


def _built() -> bool:
    return resources.path(f"{FOLDER}/index.json").is_file()


def _from_tree() -> str:
    """Cairn's own licence beside the source; empty in a wheel, which carries it in its metadata."""
    path = resources.root().parent / OURS
    return path.read_text("utf-8") if path.is_file() else ""


def _installed() -> list[Notice]:
    found = []
    for name in _PACKAGES:
        try:
            said = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        fields = {name: said[name] for name in set(said)}
        licence = (fields.get("License-Expression") or fields.get("License") or "").partition("\n")[0]
        kinds = [
            each.rpartition(":: ")[2]
            for each in said.get_all("Classifier") or []
            if each.startswith("License ::")
        ]
        found.append(Notice(name, said["Version"], licence or ", ".join(kinds), text=name))
    return found
