"""What a frozen build carries about itself: notices, list of parts, the keys for updates."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from release import keys, notices, parts, sbom

SBOM = "sbom.cdx.json"
KEYS = "CAIRN_RELEASE_KEYS"


def finish(frozen: Path, version: str, epoch: int) -> Path:
    """Write them into the program's resources. Returns the list of parts, to lie beside the release's files too.

    The environment's CAIRN_RELEASE_KEYS names a file of keys; without it the build checks no updates.
    """
    internal = frozen / "_internal"
    resources = internal / "cairn" / "_resources"
    found = parts.collect(internal)
    notices.write(found, resources / "notices")
    shutil.copyfile(parts.ROOT / "LICENSE", resources / "notices" / "LICENSE.txt")
    target = resources / "notices" / SBOM
    target.write_bytes(sbom.serialise(sbom.make(found, version, epoch)))
    if os.environ.get(KEYS):
        keys.put(Path(os.environ[KEYS]), resources)
    app = frozen.with_name("Cairn.app") / "Contents" / "Resources" / "cairn" / "_resources"
    if app.is_dir():
        # On macOS the same program lies a second time in the application, made before this.
        for folder in ("notices", "release"):
            shutil.copytree(resources / folder, app / folder, dirs_exist_ok=True)
    return target
