"""The clean root: a Debian of nothing but itself, with what a package asks for downloaded beside it.

`prepare` needs a network, and only when there is no root of this week for the same dependencies; everything
after it works without. Whence the packages come is what apt of this machine says; no host is named here.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import re
import subprocess
from pathlib import Path

SUITES = ("bookworm", "trixie")
"""The oldest Debian that the package is made for comes first."""


class NoRoot(Exception):
    """The clean root can't be made; the text says why."""


def field(package: Path, name: str) -> str:
    """One field of a package's control file."""
    done = subprocess.run(
        ["dpkg-deb", "--field", str(package), name], capture_output=True, text=True, check=True
    )
    return " ".join(done.stdout.split())


def sources(suite: str) -> list[str]:
    """Lines for sources.list: where this machine's own apt finds that Debian; none where it knows another one."""
    given = os.environ.get("CAIRN_SMOKE_MIRROR")
    if given:
        return [f"deb {given} {suite} main"]
    done = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)\t$(RELEASE)\t$(ORIGIN)", "Created-By: Packages"],
        capture_output=True,
        text=True,
        check=True,
    )
    found = []
    for line in done.stdout.splitlines():
        address, release, origin = line.split("\t")
        if origin == "Debian" and release.startswith(suite) and not release.endswith("-backports"):
            found.append(f"deb {address} {release} main")
    # Elsewhere than on that Debian itself, mmdebstrap knows the mirrors of Debian.
    return sorted(set(found))


def packing(package: Path) -> str:
    """How the package is compressed: `xz`, `zst`."""
    names = subprocess.run(
        ["ar", "t", str(package)], capture_output=True, text=True, check=True
    ).stdout.split()
    return next(name for name in names if name.startswith("data.tar")).rpartition(".")[2]


def depends(package: Path) -> str:
    """What the package asks for and what it recommends, which apt brings too, as `apt-get satisfy` takes it."""
    both = [field(package, name) for name in ("Pre-Depends", "Depends", "Recommends")]
    return ", ".join(one for one in both if one)


def prepare(folder: Path, package: Path, suite: str) -> tuple[Path, bool]:
    """The packed root for `package`, and whether it was there already.

    Raises NoRoot.
    """
    lines, asked = sources(suite), depends(package)
    year, week, _ = datetime.datetime.now(datetime.UTC).isocalendar()
    key = hashlib.sha256("\n".join([*lines, asked]).encode()).hexdigest()[:12]
    packed = folder / f"root-{suite}-{year}w{week:02}-{key}.tar"
    if packed.is_file():
        return packed, True
    for old in folder.glob(f"root-{suite}-*.tar"):
        old.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    part = packed.with_suffix(".part.tar")
    hook = f"APT_CONFIG=$MMDEBSTRAP_APT_CONFIG apt-get --yes --download-only --no-install-recommends satisfy {quoted(asked)}"
    done = subprocess.run(
        ["mmdebstrap", "--quiet", "--variant=minbase", f"--mode={'root' if os.geteuid() == 0 else 'unshare'}"]
        + ["--skip=cleanup/apt/lists,cleanup/apt/cache", f"--customize-hook={hook}"]
        + [suite, str(part), *(["-"] if lines else [])],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        part.unlink(missing_ok=True)
        raise NoRoot(done.stderr.strip()[-2000:])
    part.rename(packed)
    return packed, False


def quoted(words: str) -> str:
    """For a shell."""
    return "'" + re.sub("'", "'\\''", words) + "'"
