"""The list of parts, the notices and the keys of a build: whole, the same each time, refused where a licence lacks."""

from __future__ import annotations

import json
import re
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from cairn.app.program import releases
from releasing.making import KEY, ROOT, trusted

TEXT = "Permission is granted to everybody, for everything, without any condition at all. " * 2


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The build's own modules, which lie outside the program."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    from release import finish, keys, notices, parts, sbom

    yield SimpleNamespace(finish=finish, keys=keys, notices=notices, parts=parts, sbom=sbom)
    for name in [name for name in sys.modules if name == "release" or name.startswith("release.")]:
        del sys.modules[name]


@pytest.fixture
def some(built: Any) -> list[Any]:
    """A package, a library inside another's file, and a font."""
    part = built.parts.Part
    return [
        part("msgspec", "0.22.0", "BSD-3-Clause", "package", TEXT, "pkg:pypi/msgspec@0.22.0",
             "https://example.org/m", hashes=("0" * 64, "1" * 64)),
        part("LAME", "3.100", "LGPL-2.0-or-later", "library", TEXT, "pkg:generic/lame@3.100", "https://example.org/l",
             "soundfile", "inside", "_soundfile_data/libsndfile_x86_64.so"),
        part("Noto", "1", "OFL-1.1", "font", TEXT, file="fonts/noto.otf", link="file", note="Cut down."),
    ]  # fmt: skip


def test_every_locked_package_has_a_licence_and_its_text(built: Any) -> None:
    found = built.parts._packages()
    assert {"pyside6-essentials", "codecpod", "pi-heif", "sqlcipher3"} <= found.keys()
    assert "pycparser" not in found
    for part in found.values():
        built.parts.require(part)
        assert part.hashes and part.purl == f"pkg:pypi/{part.name}@{part.version}"


def test_libraries_inside_the_wheels(built: Any) -> None:
    from importlib import metadata

    site = Path(str(metadata.distribution("soundfile").locate_file("")))
    files = [
        path.relative_to(site).as_posix()
        for folder in ("_soundfile_data", "codecpod", "pi_heif.libs", "sqlcipher3", "soxr")
        for path in (site / folder).iterdir()
        if path.is_file()
    ]
    found = {(part.name, part.of): part for part in built.parts._libraries(site, files)}
    for part in found.values():
        built.parts.require(part)
    assert found["libheif", "pi-heif"].link == "file" and found["mpg123", "soundfile"].link == "inside"
    for name, of in [
        ("SQLCipher", "sqlcipher3"),
        ("OpenSSL", "sqlcipher3"),
        ("Opus", "soundfile"),
        ("libsoxr", "soxr"),
    ]:
        assert re.match(r"[0-9]+\.[0-9]", found[name, of].version)


OF_WINDOWS = {
    "PySide6/Qt6Core.dll": "Qt",
    "libheif-75127e76.dll": "libheif",
    "libde265-0-aa0625e0.dll": "libde265",
    "libstdc++-6-110c9d51.dll": "libgcc and libstdc++",
    "libwinpthread-1-1be1ab29.dll": "winpthreads",
    "codecpod.libs/libunwind-025fffff.dll": "libunwind",
    "numpy.libs/libscipy_openblas64_-63c857e7.dll": "OpenBLAS",
    "soxr/soxr_ext.pyd": "libsoxr",
}
"""Where the frozen program has them in Windows: the versions are asked of the packages, not found in the files."""


@pytest.mark.parametrize("file", OF_WINDOWS)
def test_libraries_inside_the_wheels_of_windows(built: Any, tmp_path: Path, file: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_bytes(b"MZ")
    (part,) = built.parts._libraries(tmp_path, [file])
    built.parts.require(part)
    assert part.name == OF_WINDOWS[file]


def test_the_systems_libraries_in_windows_are_claimed(built: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    packages = built.parts._packages()
    sysconfig.get_path("stdlib")  # it remembers this system's
    monkeypatch.setattr(sys, "platform", "win32")
    files = ["_ctypes.pyd", "pyexpat.pyd", "select.pyd", "unicodedata.pyd", "python313.dll", "libffi-8.dll"]
    files += ["PySide6/MSVCP140.dll", "shiboken6/VCRUNTIME140_1.dll", "VCRUNTIME140.dll"]
    names = {part.name for part in built.parts._system(files, packages)}
    assert names == {"Python", "libffi-8.dll", "Microsoft Visual C++ runtime"}


@pytest.mark.parametrize("licence", ["", "UNKNOWN", "GPL-3.0-only", "MIT AND GPL-2.0-only", "MIT OR"])
def test_a_licence_that_nobody_looked_at_ends_the_build(built: Any, some: list[Any], licence: str) -> None:
    with pytest.raises(SystemExit, match="msgspec: licence"):
        built.parts.require(replace(some[0], licence=licence))


def test_a_part_without_the_text_of_its_licence_ends_the_build(built: Any, some: list[Any]) -> None:
    with pytest.raises(SystemExit, match="msgspec: no text"):
        built.parts.require(replace(some[0], text="MIT\n"))


def test_a_library_that_nobody_claims_ends_the_build(built: Any) -> None:
    with pytest.raises(SystemExit, match=r"libnew\.so\.1: nobody says"):
        built.parts._system(["libnew.so.1"], built.parts._packages())


def test_notices(built: Any, some: list[Any], tmp_path: Path) -> None:
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / "old.txt").touch()
    built.notices.write(some, tmp_path / "notices")
    index = json.loads((tmp_path / "notices" / "index.json").read_text())
    assert [one["name"] for one in index] == ["msgspec", "LAME", "Noto"]
    assert {path.name for path in (tmp_path / "notices").iterdir()} == {one["text"] for one in index} | {
        "index.json"
    }
    lame = (tmp_path / "notices" / index[1]["text"]).read_text()
    assert lame.startswith("LAME 3.100\nLGPL-2.0-or-later\nPart of soundfile.\n")
    assert "inside _soundfile_data/libsndfile_x86_64.so" in lame and "Source: https://example.org/l" in lame
    assert TEXT.strip() in lame


def require_cyclonedx(document: dict[str, Any]) -> None:
    """What CycloneDX 1.6 asks of the parts of it that we write."""
    assert (document["bomFormat"], document["specVersion"], document["version"]) == ("CycloneDX", "1.6", 1)
    assert UUID(document["serialNumber"].removeprefix("urn:uuid:")).version == 4
    references = {document["metadata"]["component"]["bom-ref"]}
    for one in document["components"]:
        for each in (one, *one.get("components", [])):
            assert each["type"] in ("application", "library", "data") and each["name"]
            assert each["bom-ref"] not in references
            references.add(each["bom-ref"])
            for licence in each.get("licenses", []):
                assert len(licence) == 1 and (
                    "expression" in licence or licence["license"].keys() <= {"id", "name"}
                )
            for reference in each.get("externalReferences", []):
                assert all(re.fullmatch("[0-9a-f]{64}", h["content"]) for h in reference.get("hashes", []))
    for one in document["dependencies"]:
        assert {one["ref"], *one["dependsOn"]} <= references


def test_the_list_of_parts(built: Any, some: list[Any]) -> None:
    document = built.sbom.make(some, "0.1.0", 1_900_000_000)
    require_cyclonedx(document)
    assert document["metadata"]["timestamp"] == "2030-03-17T17:46:40Z"
    lame = document["components"][1]
    assert lame["purl"] == "pkg:generic/lame@3.100"
    assert {"name": "cairn:link", "value": "inside"} in lame["properties"]
    assert len(document["components"][0]["externalReferences"][0]["hashes"]) == 2


def test_the_same_build_gives_the_same_bytes(built: Any, some: list[Any]) -> None:
    one, two = (built.sbom.serialise(built.sbom.make(some, "0.1.0", 1_900_000_000)) for _ in range(2))
    assert one == two
    other = built.sbom.make([*some[:-1], replace(some[-1], version="2")], "0.1.0", 1_900_000_000)
    assert other["serialNumber"] not in one.decode()


def test_what_wheels_list_themselves(built: Any) -> None:
    part = built.parts._packages()["cryptography"]
    document = built.sbom.make([part], "0.1.0", 0)
    require_cyclonedx(document)
    assert "openssl" in {one["name"] for one in document["components"][0]["components"]}


def test_keys_for_a_build(built: Any, tmp_path: Path) -> None:
    from cairn.crypto.ssh import allowed_signers_line, signers

    file = tmp_path / "keys"
    file.write_text(allowed_signers_line("cairn-release", [releases.NAMESPACE], KEY.public.line))
    assert built.keys.put(file, tmp_path / "resources") == 1
    assert signers.parse((tmp_path / "resources/release/allowed_signers").read_text()) == trusted()


@pytest.mark.parametrize("namespace", ["", "bundle@cairn"])
def test_keys_that_would_not_work_end_the_build(built: Any, tmp_path: Path, namespace: str) -> None:
    from cairn.crypto.ssh import allowed_signers_line

    file = tmp_path / "keys"
    file.write_text(
        allowed_signers_line("me", [namespace], KEY.public.line) if namespace else KEY.public.line
    )
    with pytest.raises(SystemExit):
        built.keys.put(file, tmp_path / "resources")


def test_what_a_release_says_of_itself(built: Any, tmp_path: Path) -> None:
    from release import about

    names = {
        "cairn_9.0.0_amd64.deb": ("linux", "x86_64", "deb"),
        "cairn-9.0.0-1.x86_64.rpm": ("linux", "x86_64", "rpm"),
        "cairn-9.0.0-linux-x86_64.run": ("linux", "x86_64", "run"),
        "cairn-9.0.0-x86_64.AppImage": ("linux", "x86_64", "appimage"),
        "cairn-9.0.0-windows-x64-setup.exe": ("windows", "x86_64", "exe"),
        "cairn-9.0.0-windows-x64-portable.zip": ("windows", "x86_64", "zip"),
        "cairn-9.0.0-macos-arm64.dmg": ("macos", "aarch64", "dmg"),
    }
    for name in (*names, "sbom.cdx.json"):
        (tmp_path / name).touch()
    file = about.write(tmp_path, "9.0.0", {"ko": "새 것", "en": "New"}, 1_900_000_000)
    found = releases.parse_about(file.read_bytes(), dict.fromkeys(names, "0" * 64))
    assert {one.name: (one.system, one.machine, one.kind) for one in found.files} == names
    assert (found.date, found.notes) == ("2030-03-17", {"en": "New\n", "ko": "새 것\n"})
    (tmp_path / "cairn.deb").touch()
    with pytest.raises(SystemExit, match="for which processor"):
        about.installers(tmp_path)
