"""The keys whose releases a build accepts as updates: checked, and put in place of the source's empty list."""

from __future__ import annotations

from pathlib import Path

PLACE = "release/allowed_signers"


def put(file: Path, resources: Path) -> int:
    """Put the keys of `file` into a build's resources and say how many. Ends the program if one is unusable."""
    from cairn.app.program.releases import NAMESPACE
    from cairn.crypto.ssh import signers
    from cairn.errors import InputError

    text = file.read_text("utf-8")
    try:
        found = [one for one in signers.parse(text) if NAMESPACE in one.namespaces]
    except InputError:
        raise SystemExit(f'{file}: every line is NAME namespaces="{NAMESPACE}" TYPE BASE64') from None
    if not found:
        raise SystemExit(f"{file}: no key for {NAMESPACE}")
    target = resources / PLACE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    return len(found)
