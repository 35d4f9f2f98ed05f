"""Make a Flatpak: one file for `flatpak install`, and no network inside.

    python packaging/flatpak/make_flatpak.py --frozen build/package/frozen/cairn --version 0.1.0 \\
        --out build/package [--tree-only]

needs `flatpak` and `flatpak-builder`, and the runtime and SDK that the manifest names, installed before:
nothing is fetched here. `--tree-only` stops at the folder that the manifest takes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "packaging"), str(ROOT / "desktop")]

from linux import tree

MANIFEST = HERE / f"{tree.ID}.yml"


def lay_out(frozen: Path, out: Path, version: str) -> Path:
    """A folder with the manifest and the `tree` that it takes."""
    folder = out / "flatpak"
    shutil.rmtree(folder, ignore_errors=True)
    staged = folder / "staged"
    tree.stage(staged, frozen, version)
    tree.settle(staged)
    # The rest is the host's: a profile of AppArmor, and manual pages that nobody can call up from outside.
    (staged / "usr").rename(folder / "tree")
    shutil.rmtree(staged)
    shutil.rmtree(folder / "tree" / "share" / "man")
    shutil.copyfile(MANIFEST, folder / MANIFEST.name)
    return folder


def build(folder: Path, out: Path, version: str, *, user: bool = False) -> Path:
    """Build from what `lay_out` made, without a network. Raises CalledProcessError.

    The runtimes are the system's, or with `user` those that this user installed.
    """
    work = folder / "work"
    command = ["flatpak-builder", "--disable-download", "--sandbox", "--force-clean"]
    command += ["--disable-rofiles-fuse", *(["--user"] if user else [])]
    command += [f"--repo={work / 'repo'}", f"--state-dir={work / 'state'}"]
    subprocess.run([*command, str(work / "build"), str(folder / MANIFEST.name)], check=True)
    target = out / f"cairn-{version}-x86_64.flatpak"
    subprocess.run(["flatpak", "build-bundle", str(work / "repo"), str(target), tree.ID], check=True)
    return target


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Make a Flatpak")
    parser.add_argument("--frozen", type=Path, required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--tree-only", action="store_true")
    parser.add_argument("--user", action="store_true", help="the runtimes are this user's own")
    given = parser.parse_args()
    if "SOURCE_DATE_EPOCH" not in os.environ:
        import package

        os.environ["SOURCE_DATE_EPOCH"] = str(package.epoch())
    given.out.mkdir(parents=True, exist_ok=True)
    folder = lay_out(given.frozen.resolve(), given.out.resolve(), given.version)
    print(folder if given.tree_only else build(folder, given.out.resolve(), given.version, user=given.user))
    return 0


if __name__ == "__main__":
    sys.exit(main())
