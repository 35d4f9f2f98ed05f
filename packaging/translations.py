"""The window's catalogues: `update` brings .ts and .qm up to the source, `check` fails when they are not.

`resources/translations/cairn_XX.ts` are edited by translators; the `.qm` beside them are what the
program reads. Both are kept in the repository, so that a run from source needs no build step. There is
one for each language that has sentences (`resources/words/XX`). English is the language of the source:
its catalogue holds the plural forms alone.
"""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "resources" / "translations"
SOURCES = ROOT / "desktop" / "cairn" / "qt"
LANGUAGES = ROOT / "resources" / "words"
WORK = ROOT / "build" / "translations"
SOURCE_LANGUAGE = "en"

_EMPTY = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="{language}" sourcelanguage="en">
</TS>
"""
_PLACE = re.compile(r"\{[a-z_]*\}|%n|%[0-9]")


def catalogues() -> list[Path]:
    """The catalogue of each language, there already or not."""
    return [CATALOGUES / f"cairn_{folder.name}.ts" for folder in sorted(LANGUAGES.iterdir())]


def faults(ts: bytes) -> list[str]:
    """What no compiler notices: a text without a translation, or one whose places differ from the source's.

    A plural form may leave out the number, and nothing else.
    """
    found = []
    for message in ET.fromstring(ts).iter("message"):  # noqa: S314  # our own file
        source = message.findtext("source", "")
        translation = message.find("translation")
        if translation is None:
            continue
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        if translation.get("type") == "unfinished" or not all(forms):
            found.append(f"without a translation: {source!r}")
            continue
        wanted = sorted(_PLACE.findall(source))
        for form in forms:
            given = sorted(_PLACE.findall(form))
            if given != wanted and not (len(forms) > 1 and given == [one for one in wanted if one != "%n"]):
                found.append(f"other places than {wanted}: {form!r}")
    return found


def _tool(name: str, *arguments: str) -> None:
    tool = Path(PySide6.__file__).parent / name
    done = subprocess.run([tool, *arguments], capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode or done.stderr.strip():
        sys.exit(f"{name} failed:\n{done.stdout}{done.stderr}")


def _fresh(catalogue: Path) -> tuple[bytes, bytes]:
    """What the .ts and the .qm should be, from the source and the translations that exist."""
    WORK.mkdir(parents=True, exist_ok=True)
    language = catalogue.stem.removeprefix("cairn_")
    ts, qm = WORK / catalogue.name, WORK / f"{catalogue.stem}.qm"
    empty = _EMPTY.format(language=language).encode()
    ts.write_bytes(catalogue.read_bytes() if catalogue.exists() else empty)
    sources = sorted(str(p.relative_to(ROOT)) for p in SOURCES.rglob("*.py"))
    more = ["-pluralonly"] if language == SOURCE_LANGUAGE else []
    # Without the guessing of similar texts: a guess must not pass for a translation.
    heuristics = ["-disable-heuristic", "similartext", "-disable-heuristic", "sametext"]
    _tool(
        "lupdate",
        "-silent",
        "-no-obsolete",
        "-locations",
        "none",
        *heuristics,
        *more,
        *sources,
        "-ts",
        str(ts),
    )
    _tool("lrelease", "-silent", str(ts), "-qm", str(qm))
    return ts.read_bytes(), qm.read_bytes()


def main(command: str) -> int:
    """Run `update` or `check` over every catalogue; 1 when one is not current or not complete."""
    bad = 0
    for catalogue in catalogues():
        ts, qm = _fresh(catalogue)
        compiled = catalogue.with_suffix(".qm")
        if command == "update":
            catalogue.parent.mkdir(exist_ok=True)
            catalogue.write_bytes(ts)
            compiled.write_bytes(qm)
        elif [path.read_bytes() if path.exists() else b"" for path in (catalogue, compiled)] != [ts, qm]:
            print(f"{catalogue.name} is not current: run packaging/translations.py update", file=sys.stderr)
            bad = 1
        for fault in faults(ts):
            print(f"{catalogue.name}: {fault}", file=sys.stderr)
            bad = 1
    return bad


if __name__ == "__main__":
    if sys.argv[1:] not in (["update"], ["check"]):
        sys.exit("usage: translations.py update|check")
    sys.exit(main(sys.argv[1]))
