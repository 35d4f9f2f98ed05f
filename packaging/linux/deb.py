"""The Debian package."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

from linux import needs, tree

SCRIPTS = Path(__file__).with_name("scripts")
MAINTAINER_SCRIPTS = ("preinst", "postinst", "prerm", "postrm")
DESCRIPTION = """\
encrypted field book for interviews
 Cairn is for people who record what others have lived through. It keeps
 accounts, recordings, photographs and consent in an encrypted folder, with
 every version and a signed log, and never uses a network.
 .
 What a person agreed to share is sealed into a bundle for one office alone.
 Bundles can be read with stock tools: age, ssh-keygen, sha256sum.
"""


def build(frozen: Path, out: Path, version: str, *, fast: bool) -> Path:
    """Make `cairn_VERSION_amd64.deb` in `out` from the folder `frozen`. `fast` is larger, and quicker to make."""
    root = out / "linux" / "deb"
    tree.stage(root, frozen, version)
    tree.write(root / "usr/share/lintian/overrides/cairn", (tree.SHARE / "lintian-overrides").read_bytes())
    control(root, version, needs.of(root / tree.PROGRAM))
    tree.settle(root)
    for name in MAINTAINER_SCRIPTS:
        (root / "DEBIAN" / name).chmod(0o755)
    target = out / f"cairn_{version}_amd64.deb"
    target.unlink(missing_ok=True)
    # xz in blocks of a fixed size: the number of processors doesn't show in the file.
    packing = ["-Zzstd", "-z3"] if fast else ["-Zxz", "-z6", "--threads-max=2"]
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", *packing, "--build", root, target],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    shutil.rmtree(root)
    return target


def control(root: Path, version: str, asked: needs.Needs) -> None:
    """What dpkg reads: fields, sums of all files, configuration files, scripts."""
    kibibytes = tree.installed_kibibytes(root)
    depends, recommends = asked.debian()
    fields = {
        "Package": "cairn",
        "Version": version,
        "Architecture": "amd64",
        "Maintainer": tree.MAINTAINER,
        "Installed-Size": str(kibibytes),
        "Depends": ", ".join(depends),
        "Recommends": ", ".join(recommends),
        "Suggests": "age, openssh-client, libcups2t64 | libcups2",
        "Section": "text",
        "Priority": "optional",
        "Description": DESCRIPTION.rstrip("\n"),
    }
    text = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
    tree.write(root / "DEBIAN/control", text.encode())
    tree.write(root / "DEBIAN/conffiles", f"/{tree.PROFILE}\n".encode())
    sums = ""
    for path in sorted((root / "usr").rglob("*")):
        if path.is_file() and not path.is_symlink():
            digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            sums += f"{digest}  {path.relative_to(root)}\n"
    tree.write(root / "DEBIAN/md5sums", sums.encode())
    values = {
        "@WORDS@": (SCRIPTS / "words.sh").read_text("utf-8").rstrip("\n"),
        "@VERSION@": version,
        "@KIBIBYTES@": str(kibibytes),
    }
    for name in MAINTAINER_SCRIPTS:
        script = (SCRIPTS / name).read_text("utf-8")
        for mark, value in values.items():
            script = script.replace(mark, value)
        tree.write(root / "DEBIAN" / name, script.encode())
