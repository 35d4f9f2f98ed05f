"""Makes `tests/vectors/custody-1`: a log with every part of the format, and altered copies of it.

Run as `python -m custody.sample` with `tests` on the path to write the files anew; a test holds the
files against what this makes.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

from cairn.crypto.age import PQIdentity
from cairn.crypto.device import DeviceKeys
from cairn.crypto.hashes import sha256
from cairn.custody import checkpoint, line, log, payload

FOLDER = Path(__file__).resolve().parents[1] / "vectors" / "custody-1"
INTERVIEW = "6f1c2a34-58de-4b0a-9f3e-0a1b2c3d4e5f"
NOTE = "0d9be1f7-3c52-4e8a-8a67-b1c2d3e4f506"
RECORD_1, RECORD_2 = "1f" * 32, "2e" * 32


def keys() -> DeviceKeys:
    """The device of the sample. Never a real one."""
    seeds = b"".join(sha256(b"custody-1 %d" % number) for number in range(4))
    return DeviceKeys(seeds, PQIdentity(sha256(b"custody-1 identity")).recipient)


def payloads(device: str) -> list[bytes]:
    """What the five entries tell."""

    def one(number: int, act: str, obj: str, interview: str, detail: dict[str, object]) -> bytes:
        return payload.serialise(
            payload.Payload(
                act=act,
                obj=obj,
                interview=interview,
                at=f"2026-03-14T09:0{number}:00Z",
                device=device,
                author="기록자 A",
                detail=detail,
            )
        )

    revision = {"state": "current"}
    return [
        one(1, "vault.create", "", "", {}),
        one(
            2, "record.revise", INTERVIEW, INTERVIEW, {"revision": RECORD_1, "kind": "interview", **revision}
        ),
        one(3, "record.revise", NOTE, INTERVIEW, {"revision": RECORD_2, "kind": "note", **revision}),
        one(4, "erase", NOTE, INTERVIEW, {"reason": "withdrawn", "kind": "note", "entries": [3]}),
        one(
            5,
            "interview.seal",
            INTERVIEW,
            INTERVIEW,
            {"revision": "3d" * 32, "kind": "interview", **revision},
        ),
    ]


def files() -> dict[str, bytes]:
    """Name → content of each file of the sample."""
    device = keys()
    salts = [sha256(b"custody-1 salt %d" % number) for number in range(1, 6)]
    told = payloads(device.fingerprint)
    lines: list[bytes] = []
    prev = line.FIRST_PREV
    for seq, (salt, data) in enumerate(zip(salts, told, strict=True), start=1):
        lines.append(log.entry(prev, seq, data, salt))
        prev = line.line_hash(lines[-1])
    text = checkpoint.serialise(checkpoint.Statement(device.fingerprint, 5, prev, "2026-03-14T10:00:00Z"))

    def kept(skip: set[int], changed: dict[int, bytes] | None = None) -> bytes:
        rows = []
        for seq, (salt, data) in enumerate(zip(salts, told, strict=True), start=1):
            data = (changed or {}).get(seq, data)
            row = {"seq": seq, "salt": salt.hex(), "payload": base64.b64encode(data).decode()}
            if seq not in skip:
                rows.append(json.dumps(row, separators=(",", ":")).encode() + b"\n")
        return b"".join(rows)

    def joined(some: list[bytes]) -> bytes:
        return b"".join(one + b"\n" for one in some)

    altered = bytearray(lines[2])
    altered[-3] = ord("0") if altered[-3] != ord("0") else ord("1")
    return {
        "log.jsonl": joined(lines),
        "payloads.jsonl": kept({3}),
        "checkpoint.txt": text,
        "checkpoint.txt.sig": device.sign_text(checkpoint.NAMESPACE, text),
        "allowed_signers": f'device namespaces="custody@cairn" {device.public.ed25519}\n'.encode(),
        "fingerprint.txt": device.fingerprint.encode() + b"\n",
        "bad/line-altered-3/log.jsonl": joined([*lines[:2], bytes(altered), *lines[3:]]),
        "bad/line-missing-3/log.jsonl": joined([*lines[:2], *lines[3:]]),
        "bad/rolled-back-3/log.jsonl": joined(lines[:3]),
        "bad/payload-altered-2/payloads.jsonl": kept({3}, {2: told[1].replace(b"current", b"durable")}),
        "bad/payload-missing-5/payloads.jsonl": kept({3, 5}),
        "bad/erased-returned-3/payloads.jsonl": kept(set()),
        "bad/checkpoint-bad-0/checkpoint.txt": text.replace(b"10:00:00Z", b"10:00:01Z"),
    }


def read(name: str, folder: Path = FOLDER) -> bytes:
    """A file of the sample, or of an altered copy, which keeps only what differs."""
    path = folder / name
    return (path if path.is_file() else FOLDER / name).read_bytes()


def main() -> None:
    """Write the sample."""
    for name, content in files().items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
