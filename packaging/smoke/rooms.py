"""Roots to try things in: layers over the clean one, each thrown away after its use, and people who live there.

Everything happens in namespaces of its own (`enter`): mounts vanish and processes end with this one, however
it ends.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

INSIDE = "CAIRN_SMOKE_INSIDE"
DEVICES = ("null", "zero", "full", "random", "urandom", "tty")


def inside() -> bool:
    """Whether this process has its namespaces already."""
    return os.environ.get(INSIDE) is not None and os.getpid() == 1


def enter() -> None:
    """Start this very script again in namespaces of its own, unless it runs in them already."""
    if inside():
        subprocess.run(["mount", "--make-rprivate", "/"], check=True)
        return
    mapped = [] if os.geteuid() == 0 else ["--map-root-user", "--map-auto"]
    own = ["unshare", *mapped, "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    os.environ[INSIDE] = "yes"
    os.execvp("unshare", [*own, "--", sys.executable, *sys.argv])  # noqa: S606  # the words are our own


@dataclass(frozen=True)
class User:
    """Somebody with an account in the root. No name of a real person."""

    name: str
    number: int
    home: str
    language: str = "C.UTF-8"


HANA = User("hana", 1000, "/home/hana")
HANGUL = User("한글", 1001, "/home/한글", "ko_KR.UTF-8")
ROOT = User("root", 0, "/root")


class Room:
    """One root: `path` is where it is mounted, layers below stay as they are."""

    def __init__(self, folder: Path, name: str, *below: Path) -> None:
        """A new layer called `name` over `below`, the topmost first."""
        self.name = name
        self.layer = folder / "layers" / name
        self.below = below
        work = folder / "layers" / f"{name}.work"
        self.path = folder / "mounted" / name
        for one in (self.layer, work, self.path):
            shutil.rmtree(one, ignore_errors=True)
            one.mkdir(parents=True)
        lower = ":".join(str(one) for one in below)
        options = f"lowerdir={lower},upperdir={self.layer},workdir={work}"
        if not root_outside():
            options += ",userxattr"
        self._mount("-t", "overlay", "-o", options, "overlay", "")
        for kind, options, at in (
            ("proc", "", "proc"),
            ("tmpfs", "mode=0755,size=64k", "dev"),
            ("tmpfs", "mode=1777", "tmp"),
            ("tmpfs", "mode=0755", "run"),
        ):
            self._mount("-t", kind, *(["-o", options] if options else []), kind, at)
        for device in DEVICES:
            (self.path / "dev" / device).touch()
            self._mount("--bind", f"/dev/{device}", f"dev/{device}")
        (self.path / "dev/fd").symlink_to("/proc/self/fd")
        for number, stream in enumerate(("stdin", "stdout", "stderr")):
            (self.path / "dev" / stream).symlink_to(f"/proc/self/fd/{number}")
        (self.path / "dev/shm").mkdir(mode=0o1777)
        self._mount("-t", "tmpfs", "-o", "mode=1777", "tmpfs", "dev/shm")
        (self.path / "dev/pts").mkdir()
        self._mount("-t", "devpts", "-o", "newinstance,ptmxmode=0666", "devpts", "dev/pts")
        (self.path / "dev/ptmx").symlink_to("pts/ptmx")

    def _mount(self, *words: str) -> None:
        *words, at = words
        subprocess.run(["mount", *words, str(self.path / at)], check=True, capture_output=True)

    def bring(self, outside: Path, inside: str) -> None:
        """Show a folder or a file of this machine in the root, under this path."""
        place = self.path / inside.lstrip("/")
        if outside.is_dir():
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.touch()
        self._mount("--bind", str(outside), inside.lstrip("/"))

    def tmpfs(self, at: str, size: str) -> None:
        """A small disk of its own at this path."""
        (self.path / at.lstrip("/")).mkdir(parents=True, exist_ok=True)
        self._mount("-t", "tmpfs", "-o", f"size={size},mode=0755", "tmpfs", at.lstrip("/"))

    def close(self) -> None:
        """Nothing of it is mounted any more; its layer stays for rooms over it."""
        subprocess.run(["umount", "--recursive", "--lazy", str(self.path)], check=False, capture_output=True)

    # People

    def add(self, user: User) -> None:
        """An ordinary account with a home of its own."""
        self.run(
            ["useradd", "--badname", "--create-home", "--home-dir", user.home]
            + ["--shell", "/bin/sh", "--uid", str(user.number), "--user-group", user.name]
        )

    def command(
        self,
        words: list[str],
        user: User = ROOT,
        environment: Mapping[str, str] | None = None,
        *,
        network: bool = False,
    ) -> list[str]:
        """The words that run a command in the root as this person, with nothing of our environment."""
        known = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": user.home,
            "USER": user.name,
            "LANG": user.language,
            **(environment or {}),
        }
        apart = [] if network else ["unshare", "--net", "--"]
        own = [] if user is ROOT else [f"--userspec={user.number}:{user.number}"]
        settings = [f"{name}={value}" for name, value in known.items() if value is not None]
        at = known.get("PWD", "/")
        entered = ["env", f"--chdir={at}", "-i", *settings, *words]
        return [*apart, "chroot", *own, str(self.path), *entered]

    def run(
        self,
        words: list[str],
        user: User = ROOT,
        environment: Mapping[str, str] | None = None,
        *,
        code: int | None = 0,
        given: str = "",
        network: bool = False,
        patience_s: float = 300,
    ) -> subprocess.CompletedProcess[str]:
        """Run it to its end. Raises AssertionError when it ends otherwise than with `code` (None: any)."""
        done = subprocess.run(
            self.command(words, user, environment, network=network),
            input=given,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=patience_s,
            check=False,
        )
        if code is not None and done.returncode != code:
            raise AssertionError(
                f"{' '.join(words)} ended with {done.returncode}, not {code}:\n{done.stdout[-1500:]}\n{done.stderr[-2500:]}"
            )
        return done

    def apt(
        self, *words: str, code: int | None = 0, unsafe: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """`apt-get` as an administrator runs it, without a network; `unsafe` leaves out waiting for the disk."""
        quick = ["-o", "DPkg::Options::=--force-unsafe-io"] if unsafe else []
        return self.run(
            ["apt-get", "-q", "--yes", "--no-install-recommends", *quick, *words],
            environment={"DEBIAN_FRONTEND": "noninteractive"},
            code=code,
        )


def introduce(folder: Path, *users: User) -> None:
    """Let this namespace's own list of accounts have their numbers: a bus serves nobody it can't look up."""
    known = Path("/etc/passwd").read_text("utf-8")
    taken = {line.split(":")[2] for line in known.splitlines() if line.count(":") >= 6}
    for user in users:
        if str(user.number) not in taken:
            known += f"smoke{user.number}:x:{user.number}:{user.number}::/nonexistent:/bin/sh\n"
    own = folder / "passwd"
    own.write_text(known, "utf-8")
    subprocess.run(["mount", "--bind", str(own), "/etc/passwd"], check=True)


def root_outside() -> bool:
    """Whether this is root itself, or only in a namespace of its own: overlays keep their marks elsewhere then."""
    with open("/proc/self/uid_map", encoding="ascii") as file:
        return file.read().split()[:2] == ["0", "0"]


def unpack(packed: Path, folder: Path) -> Path:
    """The packed root as the lowest layer."""
    target = folder / "layers" / "clean"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    subprocess.run(
        ["tar", "--extract", "--numeric-owner", "--xattrs", f"--file={packed}", "--exclude=./dev/*"]
        + [f"--directory={target}"],
        check=True,
    )
    return target
