"""The build's list of parts as CycloneDX 1.6 JSON (ECMA-424). The same build gives the same bytes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from importlib import metadata
from typing import Any

from release.parts import Part

_TYPES = {"font": "data", "program": "application"}


def make(parts: Sequence[Part], version: str, epoch: int) -> dict[str, Any]:
    """The document. `epoch` is the time of the commit; the serial number follows from the content."""
    components = [_component(part) for part in parts]
    references = [one["bom-ref"] for one in components]
    whole: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": "cairn",
                "name": "cairn",
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            },
        },
        "components": components,
        "dependencies": [{"ref": "cairn", "dependsOn": sorted(references)}],
    }
    digest = sha256(json.dumps(whole, sort_keys=True).encode()).digest()
    whole["serialNumber"] = f"urn:uuid:{uuid.UUID(bytes=digest[:16], version=4)}"
    return whole


def serialise(document: dict[str, Any]) -> bytes:
    """The bytes of the file."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _component(part: Part) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": _TYPES.get(part.kind, "library"),
        "bom-ref": f"{part.kind}:{part.of + '/' if part.of else ''}{part.name}",
        "name": part.name,
        "licenses": _licences(part.licence),
    }
    if part.version:
        made["version"] = part.version
    if part.purl:
        made["purl"] = part.purl
    if part.source:
        made["externalReferences"] = [{"type": "distribution", "url": part.source}]
        if part.hashes:
            # The lock accepts one file for each system; which of them was installed here is among these.
            made["externalReferences"][0]["hashes"] = [
                {"alg": "SHA-256", "content": one} for one in part.hashes
            ]
    said = {"of": part.of, "link": part.link if part.link != "package" else "", "file": part.file}
    properties = [{"name": f"cairn:{name}", "value": value} for name, value in said.items() if value]
    if properties:
        made["properties"] = properties
    inner = _own_list(part)
    if inner:
        made["components"] = inner
    return made


def _licences(expression: str) -> list[dict[str, Any]]:
    if " " in expression or expression.startswith("LicenseRef"):
        return [{"expression": expression}]
    return [{"license": {"id": expression}}]


def _own_list(part: Part) -> list[dict[str, Any]]:
    """What a wheel lists as its own parts (PEP 770): the crates inside a library, for the most part."""
    if part.kind != "package":
        return []
    found: dict[str, dict[str, Any]] = {}
    dist = metadata.distribution(part.name)
    for file in sorted(dist.files or [], key=str):
        if "/sboms/" not in file.as_posix() or file.suffix != ".json":
            continue
        for one in json.loads(file.read_text("utf-8")).get("components", []):
            name, version = str(one.get("name", "")), str(one.get("version", ""))
            reference = f"package:{part.name}/{name}@{version}"
            made = {"type": "library", "bom-ref": reference, "name": name, "version": version}
            for kept in ("purl", "licenses"):
                if one.get(kept):
                    made[kept] = one[kept]
            if name and name != part.name:
                found[reference] = made
    return [found[reference] for reference in sorted(found)]
