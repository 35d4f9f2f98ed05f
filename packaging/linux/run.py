"""The program for a stick: one file that unpacks itself into a folder beside it, and needs nothing installed."""

from __future__ import annotations

import gzip
import hashlib
import io
import shutil
import tarfile
from pathlib import Path

from linux import elf, tree

PORTABLE = Path(__file__).with_name("portable")


def build(frozen: Path, out: Path, version: str, *, fast: bool) -> Path:
    """Make `cairn-VERSION-linux-x86_64.run` in `out` from the folder `frozen`. `fast` is larger, and quicker to make.

    gzip and not xz: it is on every Linux, and unpacks in a third of the time.
    """
    root = out / "linux" / "run"
    shutil.rmtree(root, ignore_errors=True)
    without_links(frozen, root / "program")
    tree.write(root / "program/portable", b"..\n")
    tree.write(root / "program/version", f"{version}\n".encode())
    for name in ("start.sh", "README.txt"):
        tree.write(root / name, text(name, version).encode())
    content = _packed(root, level=1 if fast else 9)
    values = {
        "@SHA256@": hashlib.sha256(content).hexdigest(),
        # For unpacking beside an older one, with room for the clusters of a stick.
        "@KIBIBYTES@": str(tree.installed_kibibytes(root) * 11 // 10),
    }
    target = out / f"cairn-{version}-linux-x86_64.run"
    target.write_bytes(_head(text("unpack.sh", version), values, len(content)) + content)
    target.chmod(0o755)
    shutil.rmtree(root)
    return target


def text(name: str, version: str) -> str:
    """A file of the folder `portable`, with what is the same in all of them put in."""
    words = (PORTABLE / "words.sh").read_text("utf-8").rstrip("\n")
    return (PORTABLE / name).read_text("utf-8").replace("@WORDS@", words).replace("@VERSION@", version)


def without_links(frozen: Path, into: Path) -> None:
    """Copy the frozen program without symbolic links, which FAT does not know.

    Most links are for libraries that are found without them, through the path in whatever asks. Of the others
    the file itself takes the link's place.
    """
    shutil.copytree(frozen, into, symlinks=True)
    files = elf.all_below(into)
    asked = {(path, name) for path, each in files.items() for name in each.needed}
    for link in sorted(path for path in into.rglob("*") if path.is_symlink()):
        target = link.resolve(strict=True)
        link.unlink()
        if target.is_dir():
            raise SystemExit(f"a link to a folder: {link.relative_to(into)}")
        wanting = [path for path, name in asked if name == link.name]
        if not wanting or any(not _found(link.name, path, files[path]) for path in wanting):
            shutil.copyfile(target, link)


def _found(name: str, path: Path, asking: elf.Elf) -> bool:
    """Whether the file at `path` finds the library `name` by its own search path."""
    places = [Path(place.replace("$ORIGIN", str(path.parent))) for place in asking.search]
    return any((place / name).is_file() for place in places)


def _packed(root: Path, *, level: int) -> bytes:
    into = io.BytesIO()
    with (
        gzip.GzipFile(filename="", mode="wb", compresslevel=level, fileobj=into, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive,
    ):
        for path in sorted(root.rglob("*")):
            entry = archive.gettarinfo(str(path), str(path.relative_to(root)))
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            entry.mtime = tree.epoch()
            # No sign of a program on any: where a stick has none, tar would complain of each.
            entry.mode = 0o755 if path.is_dir() else 0o644
            if path.is_dir():
                archive.addfile(entry)
            else:
                with path.open("rb") as file:
                    archive.addfile(entry, file)
    return into.getvalue()


def _head(script: str, values: dict[str, str], length: int) -> bytes:
    """The script with its own length in it. The numbers have a fixed width, so that it doesn't change."""
    for mark, value in values.items():
        script = script.replace(mark, value)
    blank = script.replace("@BEGIN@", "0" * 12).replace("@SIZE@", "0" * 12).encode()
    begin, size = f"{len(blank) + 1}", f"{len(blank) + length}"
    head = script.replace("@BEGIN@", begin + " " * (12 - len(begin))).replace(
        "@SIZE@", size + " " * (12 - len(size))
    )
    return head.encode()
