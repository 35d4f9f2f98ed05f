"""The RPM package."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from linux import needs, tree

SPEC = Path(__file__).with_name("cairn.spec.in")


def build(frozen: Path, out: Path, version: str, *, fast: bool) -> Path:
    """Make `cairn-VERSION-1.x86_64.rpm` in `out` from the folder `frozen`. `fast` is larger, and quicker to make."""
    work = out / "linux" / "rpm"
    shutil.rmtree(work, ignore_errors=True)
    root = work / "root"
    tree.stage(root, frozen, version)
    tree.settle(root)
    spec = work / "cairn.spec"
    spec.write_text(_spec(root, version), "utf-8")
    settings = {
        "_topdir": work / "top",
        "_dbpath": work / "db",
        "_rpmdir": out,
        "_rpmfilename": "%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm",
        "_tmppath": work / "tmp",
        "_buildhost": "cairn",
        "_binary_payload": "w3.zstdio" if fast else "w6.xzdio",
        "use_source_date_epoch_as_buildtime": 1,
        "clamp_mtime_to_source_date_epoch": 1,
        # Nothing is stripped, compressed or linked to by build tools: the files are as they were tested.
        "debug_package": "%{nil}",
        "__os_install_post": "%{nil}",
        "_build_id_links": "none",
        "__brp_mangle_shebangs": "%{nil}",
    }
    command = [
        "rpmbuild",
        "-bb",
        "--quiet",
        "--nodeps",
        "--target",
        "x86_64-linux",
        "--buildroot",
        work / "build",
    ]
    for name, value in settings.items():
        command += ["--define", f"{name} {value}"]
    (work / "tmp").mkdir()
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run([*command, spec], env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stdout + done.stderr)
    shutil.rmtree(work)
    return out / f"cairn-{version}-1.x86_64.rpm"


def _spec(root: Path, version: str) -> str:
    requires, recommends = needs.of(root / tree.PROGRAM).rpm()
    relations = [f"Requires: {one}" for one in requires] + [f"Recommends: {one}" for one in recommends]
    values = {
        "@VERSION@": version,
        "@RELATIONS@": "\n".join(relations),
        "@ROOT@": str(root),
        "@FILES@": "\n".join(_files(root)),
        "@WORDS@": (Path(__file__).with_name("scripts") / "words.sh").read_text("utf-8").rstrip("\n"),
        "@KIBIBYTES@": str(tree.installed_kibibytes(root)),
        "@DATE@": datetime.fromtimestamp(tree.epoch(), UTC).strftime("%a %b %d %Y"),
        "@MAINTAINER@": tree.MAINTAINER,
    }
    text = SPEC.read_text("utf-8")
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text


def _files(root: Path) -> list[str]:
    """What the package owns: its own folders whole, and single files in folders that others share."""
    own = ("usr/lib/cairn", "usr/share/doc/cairn")
    lines = [f"%config(noreplace) /{tree.PROFILE}", *(f"/{folder}" for folder in own)]
    for path in sorted(root.rglob("*")):
        name = str(path.relative_to(root))
        shared = name != tree.PROFILE and not name.startswith(own)
        if shared and (path.is_symlink() or path.is_file()):
            lines.append(f"/{name}")
    return lines
