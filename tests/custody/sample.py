"""Makes `tests/vectors/custody-2`: a log with every part of the format, an excerpt of it, and altered copies.

Run as `python -m custody.sample` with `tests` and `desktop` on the path to write the files anew; a test holds the
files against what this makes.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

from cairn.crypto.age import PQIdentity
from cairn.crypto.device import DeviceKeys
from cairn.crypto.hashes import sha256
from cairn.custody import checkpoint, excerpt, log, payload, tree
from cairn.custody.memory import MemoryRows

FOLDER = Path(__file__).resolve().parents[1] / "vectors" / "custody-2"
INTERVIEW = "6f1c2a34-58de-4b0a-9f3e-0a1b2c3d4e5f"
NOTE = "0d9be1f7-3c52-4e8a-8a67-b1c2d3e4f506"
RECORD_1, RECORD_2, RECORD_3 = "1f" * 32, "2e" * 32, "3d" * 32
ERASED = 3
TRAVELS, HEADS = (2, 5), (3, 8)


def keys() -> DeviceKeys:
    """The device of the sample. Never a real one."""
    seeds = b"".join(sha256(b"custody-2 %d" % number) for number in range(4))
    return DeviceKeys(seeds, PQIdentity(sha256(b"custody-2 identity")).recipient)


def payloads(device: str) -> list[bytes]:
    """What the eleven entries tell."""

    def one(number: int, act: str, obj: str = "", interview: str = "", **detail: object) -> bytes:
        return payload.serialise(
            payload.Payload(
                act=act,
                obj=obj,
                root=interview,
                at=f"2026-03-14T09:{number:02d}:00Z",
                device=device,
                author="기록자 A",
                detail=detail,
            )
        )

    now = {"state": "current"}
    told = [
        one(1, "vault.create"),
        one(2, "record.revise", INTERVIEW, INTERVIEW, revision=RECORD_1, kind="interview", **now),
        one(3, "record.revise", NOTE, INTERVIEW, revision=RECORD_2, kind="note", **now),
        one(4, "erase", NOTE, INTERVIEW, reason="withdrawn", kind="note", entries=[ERASED]),
        one(5, "interview.finalise", INTERVIEW, INTERVIEW, revision=RECORD_3, kind="interview", **now),
    ]
    return told + [one(number, "backup", files=number) for number in range(6, 12)]


def log_of() -> MemoryRows:
    """The whole log."""
    rows = MemoryRows()
    for seq, data in enumerate(payloads(keys().fingerprint), start=1):
        salt = sha256(b"custody-2 salt %d" % seq)
        line = log.entry(seq, data, salt)
        rows.append(seq, line, salt, data, ())
    return rows


def files() -> dict[str, bytes]:
    """Name → content of each file of the sample."""
    device = keys()
    rows = log_of()
    told = payloads(device.fingerprint)
    lines = [raw for _, raw in rows.lines()]
    size = len(lines)

    def signed(at: int) -> checkpoint.Checkpoint:
        root = tree.root(at, rows.node).hex()
        return checkpoint.sign(device, at, root, "2026-03-14T10:00:00Z")

    whole = signed(size)
    part = excerpt.take(rows, whole, [(seq, *(rows.payload(seq) or (b"", b""))) for seq in TRAVELS], HEADS)

    def kept(numbers: set[int], changed: dict[int, bytes] | None = None) -> bytes:
        found = []
        for seq in sorted(numbers):
            salt, data = rows.payload(seq) or (b"", b"")
            data = (changed or {}).get(seq, data)
            row = {"seq": seq, "salt": salt.hex(), "payload": base64.b64encode(data).decode()}
            found.append(json.dumps(row, separators=(",", ":")).encode() + b"\n")
        return b"".join(found)

    def joined(some: list[bytes]) -> bytes:
        return b"".join(one + b"\n" for one in some)

    def signers(key: str) -> bytes:
        return f'device namespaces="custody@cairn" {key}\n'.encode()

    every = set(range(1, size + 1))
    altered = lines[4].replace(b'"commit":"', b'"commit":"0', 1)[:-3] + b'"}'
    spoilt = bytearray(part.proof)
    spoilt[40] ^= 1
    roots = "".join(f"{at} {tree.root(at, rows.node).hex()}\n" for at in range(size + 1))
    return {
        "log.jsonl": joined(lines),
        "payloads.jsonl": kept(every - {ERASED}),
        "roots.txt": roots.encode(),
        "checkpoint.txt": whole.text,
        "checkpoint.txt.sig": whole.signature,
        "checkpoint.txt.pq.sig": whole.signature_pq,
        "allowed_signers": signers(device.public.ed25519),
        "allowed_signers.pq": signers(device.public.mldsa),
        "fingerprint.txt": device.fingerprint.encode() + b"\n",
        "excerpt/lines.jsonl": joined(list(part.lines)),
        "excerpt/payloads.jsonl": kept(set(TRAVELS)),
        "excerpt/heads.txt": b"".join(b"%d\n" % head for head in part.heads),
        "excerpt/proof.bin": part.proof,
        "bad/line-altered-5/log.jsonl": joined([*lines[:4], altered, *lines[5:]]),
        "bad/line-missing-3/log.jsonl": joined([*lines[:2], *lines[3:]]),
        "bad/rolled-back-7/log.jsonl": joined(lines[:7]),
        "bad/payload-altered-2/payloads.jsonl": kept(
            every - {ERASED}, {2: told[1].replace(b"current", b"durable")}
        ),
        "bad/payload-missing-5/payloads.jsonl": kept(every - {ERASED, 5}),
        "bad/erased-returned-3/payloads.jsonl": kept(every),
        "bad/checkpoint-bad-0/checkpoint.txt": whole.text.replace(b"10:00:00Z", b"10:00:01Z"),
        "bad-excerpts/proof/proof.bin": bytes(spoilt),
        "bad-excerpts/proof-short/proof.bin": part.proof[:-32],
        "bad-excerpts/proof-long/proof.bin": part.proof + bytes(32),
        "bad-excerpts/heads/heads.txt": b"3\n7\n",
        "bad-excerpts/lines/lines.jsonl": joined([part.lines[0], altered]),
        "bad-excerpts/line-dropped/lines.jsonl": joined([part.lines[0]]),
    }


def read(name: str, folder: Path = FOLDER) -> bytes:
    """A file of the sample, or of an altered copy, which keeps only what differs."""
    for place in (folder, FOLDER / "excerpt" if "excerpt" in str(folder) else FOLDER, FOLDER):
        if (place / name).is_file():
            return (place / name).read_bytes()
    raise FileNotFoundError(name)


def main() -> None:
    """Write the sample."""
    for name, content in files().items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
