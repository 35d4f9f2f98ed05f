"""JSON Schemas of what Cairn signs: `update` writes them anew from the types, `check` fails where they differ.

One file a kind of record (its body), the envelope, and bundle.json, in `resources/schemas`: for whoever writes
another reader. A schema says the form; the rules beyond it are in the FORMAT.md files.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "desktop"))
FOLDER = ROOT / "resources" / "schemas"


def schemas() -> dict[str, dict[str, Any]]:
    """File name → schema."""
    from cairn.bundle import manifest
    from cairn.model.kinds import registry
    from cairn.model.kinds.envelope import Envelope
    from cairn.model.kinds.identity import Opening

    found = {"envelope.json": _schema(Envelope, "A signed revision of a record")}
    for kind in registry.every():
        found[f"kind-{kind.name}.json"] = _schema(
            kind.type, f"The body of a record `{kind.name}`, version {kind.version}"
        )
    found["opening.json"] = _schema(Opening, "The text of an identity's opening")
    found["bundle.json"] = _schema(manifest.BundleJson, "bundle.json of a sealed bundle")
    return found


def text(schema: dict[str, Any]) -> str:
    """The exact text of a file."""
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2).decode() + "\n"


def faults() -> list[str]:
    """The files that are not what the types say."""
    wanted = {name: text(schema) for name, schema in schemas().items()}
    there = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.json")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def update() -> None:
    """Write every file anew; one of a kind that is gone goes."""
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.json"):
        path.unlink()
    for name, schema in schemas().items():
        (FOLDER / name).write_text(text(schema), "utf-8")


def _schema(of: type, title: str) -> dict[str, Any]:
    made = msgspec.json.schema(of)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **made}


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    elif sys.argv[1:] == ["check"]:
        wrong = faults()
        print("".join(f"not as the types say: resources/schemas/{name}\n" for name in wrong), end="")
        sys.exit(bool(wrong))
    else:
        sys.exit(__doc__)
