"""An update on a stick: verified whole, shown afterwards, and refused for the least difference."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import cairn
from cairn.app.program import build, releases, updates
from cairn.app.program.build import Here
from cairn.crypto.ssh import CompositeKey, Ed25519Key, SigningKey
from cairn.errors import CairnError, Cancelled, InputError, IntegrityError, MachineError
from releasing import making
from releasing.making import KEY, make, put_list, seal, trusted

DEBIAN = Here("linux", "x86_64", ("deb", "run"))
DEB = "cairn_9.0.0_amd64.deb"
COMPOSITE = CompositeKey(ml_seed=b"\2" * 32, ed_seed=b"\3" * 32)


def refused(code: str, folder: Path, kind: type[CairnError] = IntegrityError, **how: Any) -> CairnError:
    with pytest.raises(kind) as caught:
        updates.check(folder, keys=how.pop("keys", trusted()), here=DEBIAN, **how)
    assert caught.value.code == f"update.{code}"
    return caught.value


@pytest.mark.parametrize("key", [KEY, COMPOSITE], ids=["ed25519", "composite"])
def test_a_release_is_shown_once_all_of_it_fits(tmp_path: Path, key: SigningKey) -> None:
    told: list[tuple[int, int | None]] = []
    found = updates.check(
        make(tmp_path, key=key), lambda *now: told.append(now), keys=trusted(key), here=DEBIAN
    )
    assert (found.release.version, found.release.date, found.age) == ("9.0.0", "2031-05-04", "newer")
    assert (found.notes("ko"), found.notes("fr")) == ("묶음을 더 빨리 엽니다.\n", "Opens bundles faster.\n")
    assert found.fitting is not None and found.fitting.name == DEB
    assert [step.code for step in found.steps] == [
        "update.step-backup",
        "update.step-copy",
        "update.step-compare-linux",
        "update.step-install-deb",
        "update.step-test",
    ]
    assert found.steps[2].values == {"name": DEB}
    assert (
        told[-1][0]
        == told[-1][1]
        == found.size
        == sum(path.stat().st_size for path in tmp_path.iterdir() if not path.name.startswith("SHA256SUMS"))
    )


@pytest.mark.parametrize(
    ("here", "name"),
    [
        (Here("linux", "x86_64", ("rpm", "deb")), "cairn-9.0.0-1.x86_64.rpm"),
        (Here("windows", "x86_64", ("zip", "exe")), "cairn-9.0.0-setup-x64.exe"),
        (Here("linux", "aarch64", ("deb",)), ""),
        (Here("macos", "x86_64", ("dmg",)), ""),
        (Here("linux", "x86_64", ("exe",)), ""),
    ],
)
def test_which_file_fits(tmp_path: Path, here: Here, name: str) -> None:
    found = updates.check(make(tmp_path), keys=trusted(), here=here)
    assert (found.fitting.name if found.fitting else "") == name
    assert bool(found.steps) == bool(found.sha256) == bool(name)


@pytest.mark.parametrize(
    ("running", "age"), [("9.0.0", "same"), ("9.0.1", "older"), ("10.0.0", "older"), ("8.99.99", "newer")]
)
def test_the_same_and_an_older_one(
    tmp_path: Path, running: str, age: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "__version__", running)
    found = updates.check(make(tmp_path), keys=trusted(), here=DEBIAN)
    assert found.age == age and bool(found.steps) == (age == "newer")
    assert updates.judgement(found).code == f"update.{age}"


def test_a_build_without_keys_says_so(tmp_path: Path) -> None:
    assert updates.trusted() == [] and not updates.can_check()
    with pytest.raises(MachineError, match=r"^update\.no-keys$"):
        updates.check(make(tmp_path))


def test_the_running_version_can_be_compared() -> None:
    assert releases.parse_version(cairn.__version__)


def test_not_signed_by_us(tmp_path: Path) -> None:
    make(tmp_path)
    refused("not-signed", tmp_path, keys=trusted(Ed25519Key(b"\6" * 32)))
    refused("not-signed", tmp_path, keys=trusted(KEY, "bundle@cairn"))
    seal(tmp_path, KEY, "bundle@cairn")
    refused("not-signed", tmp_path)
    seal(tmp_path, Ed25519Key(b"\6" * 32))
    refused("not-signed", tmp_path)
    (tmp_path / releases.SIGNATURE).write_bytes(b"")
    refused("not-signed", tmp_path)
    (tmp_path / releases.SIGNATURE).write_bytes(b"x" * 20_000)
    refused("not-a-release", tmp_path, InputError)


def test_nothing_but_the_signature_is_read_before_it_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path)
    seal(tmp_path, Ed25519Key(b"\6" * 32))
    opened: list[str] = []
    really = updates._open
    monkeypatch.setattr(updates, "_open", lambda path: (opened.append(path.name), really(path))[1])
    refused("not-signed", tmp_path)
    assert opened == [releases.SUMS, releases.SIGNATURE]


@pytest.mark.parametrize("name", [DEB, releases.ABOUT])
def test_an_altered_file(tmp_path: Path, name: str) -> None:
    path = make(tmp_path) / name
    path.write_bytes(path.read_bytes().replace(b"9", b"8", 1))
    assert refused("altered", tmp_path).values == {"name": name}


def test_files_too_many_and_too_few(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "System Volume Information").mkdir()
    updates.check(tmp_path, keys=trusted(), here=DEBIAN)
    (tmp_path / "setup.exe").write_bytes(b"x")
    assert refused("unlisted", tmp_path).values == {"name": "setup.exe"}
    (tmp_path / "setup.exe").rename(tmp_path / "All is well, open this first")
    assert refused("unlisted-unnamed", tmp_path).values == {}
    (tmp_path / "All is well, open this first").unlink()
    (tmp_path / DEB).unlink()
    assert refused("missing", tmp_path).values == {"name": DEB}


@pytest.mark.parametrize("what", ["link", "folder", "pipe"])
@pytest.mark.parametrize("name", [DEB, releases.ABOUT, releases.SUMS, releases.SIGNATURE])
def test_what_is_no_plain_file(tmp_path: Path, name: str, what: str) -> None:
    path = make(tmp_path / "stick") / name
    path.rename(tmp_path / "outside")
    if what == "link":
        path.symlink_to(tmp_path / "outside")
    elif what == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    assert refused("altered", tmp_path / "stick").values == {"name": name}


def test_no_release(tmp_path: Path) -> None:
    refused("not-a-release", tmp_path, InputError)
    for number in range(1001):
        (tmp_path / str(number)).touch()
    refused("not-a-release", tmp_path, InputError)
    with pytest.raises(MachineError, match=r"^machine\.gone$"):
        updates.check(tmp_path / "nothing", keys=trusted())


def test_stopping_while_hashing(tmp_path: Path) -> None:
    def stop(done: int, total: int | None) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        updates.check(make(tmp_path), stop, keys=trusted())


def _about(tmp_path: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    """Change what the release says of itself, and sign it."""
    making.fill(tmp_path)
    about = json.loads((tmp_path / releases.ABOUT).read_text())
    changed = change(about)
    (tmp_path / releases.ABOUT).write_text(json.dumps(about if changed is None else changed))
    seal(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda about: about.update(format="cairn-release/2"),
        lambda about: about.update(version="9.0"),
        lambda about: about.update(version="09.0.0"),
        lambda about: about.update(version="9.0.0\n"),
        lambda about: about.update(date="May 4"),
        lambda about: about.update(more=1),
        lambda about: about.update(notes={"ko": "only"}),
        lambda about: about.update(notes={"en": "a\x1b[2J"}),
        lambda about: about.update(notes={"en": "a\u202eb"}),
        lambda about: about.update(notes={"en": "x" * 17_000}),
        lambda about: about["files"][0].update(name="not-listed.deb"),
        lambda about: about["files"][0].update(system="amiga"),
        lambda about: about["files"].append(about["files"][0]),
        lambda about: about.pop("files"),
        lambda about: [],
    ],
)
def test_what_a_signed_release_may_not_say(tmp_path: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    _about(tmp_path, change)
    refused("malformed", tmp_path, InputError)


def test_a_signed_list_in_another_form(tmp_path: Path) -> None:
    make(tmp_path)
    put_list(tmp_path, (tmp_path / releases.SUMS).read_bytes().replace(b"\n", b"\r\n"))
    refused("sums-malformed", tmp_path, InputError)


def test_from_source_the_tree_is_where_we_run() -> None:
    assert build.installed_as() == "source" and not build.packaged()
    assert build.here().kinds


@pytest.mark.parametrize(
    ("platform", "environment", "marker", "expected"),
    [
        ("linux", {"CAIRN_PORTABLE": "/media/stick"}, False, "folder"),
        ("linux", {}, "AppImage", "appimage"),
        ("linux", {}, False, "folder"),
        ("linux", {}, True, "run"),
        ("win32", {}, False, "exe"),
        ("win32", {}, True, "zip"),
        ("darwin", {}, False, "dmg"),
    ],
)
def test_how_a_packaged_build_was_installed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    environment: dict[str, str],
    marker: bool | str,
    expected: str,
) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.platform", platform)
    folder = tmp_path / ".mount_CairnX1" if marker == "AppImage" else tmp_path
    monkeypatch.setattr("sys.executable", str(folder / "cairn"))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    if marker is True:
        (tmp_path / "portable").touch()
    assert build.installed_as() == expected
    if expected != "folder":
        assert build.here().kinds[0] == expected
