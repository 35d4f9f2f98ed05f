"""Somebody who has real keys and says with them whatever they like."""

from __future__ import annotations

import io
from collections.abc import Sequence

import msgspec

from cairn.app.kernel.session import Session
from cairn.bundle.cards import write_card
from cairn.bundle.writer import (
    BundleInterview,
    BundleMedia,
    BundlePlan,
    Recipient,
    write_bundle,
)
from cairn.crypto.device import DeviceKeys
from cairn.crypto.hashes import random_bytes, sha256, sha256_hex
from cairn.custody import checkpoint, excerpt, log, tree
from cairn.custody.memory import MemoryRows
from cairn.model.exchange import Stub
from cairn.model.ids import new_id
from cairn.model.records import Body, Envelope, encode

AT = "2026-03-14T09:26:53Z"


class Forger:
    """Makes signed bundles in which everything may be said."""

    def __init__(self, keys: DeviceKeys, card: bytes) -> None:
        self.keys = keys
        self.card = card
        self.rows = MemoryRows()
        self._enter()

    def _enter(self, act: str = "vault.create", obj: str = "", interview: str = "", sha: str = "") -> None:
        log.append(
            self.rows,
            act=act,
            obj=obj,
            interview=interview,
            detail={"revision": sha, "state": "current"} if sha else {},
            device=self.keys.fingerprint,
            author="",
            at=AT,
        )

    def revision(
        self,
        body: Body,
        kind: str,
        interview: str,
        record: str = "",
        *,
        parents: Sequence[str] = (),
        device: str = "",
        signer: DeviceKeys | None = None,
    ) -> tuple[bytes, bytes]:
        data = encode(
            Envelope(
                v=1,
                id=record or new_id(),
                kind=kind,
                interview=interview,
                parents=list(parents),
                author="somebody",
                device=device or self.keys.fingerprint,
                created=AT,
                reason="",
                salt=random_bytes(32).hex(),
                body=msgspec.Raw(msgspec.json.encode(body)),
            )
        )
        if (device or self.keys.fingerprint) == self.keys.fingerprint:
            self._enter("record.revise", msgspec.json.decode(data)["id"], interview, sha256_hex(data))
        return data, (signer or self.keys).sign_revision(sha256(data))

    def bundle(
        self,
        to: Session,
        parts: dict[str, list[tuple[bytes, bytes]]],
        seq: int = 1,
        *,
        stubs: Sequence[Stub] = (),
        bundle_id: str = "",
        media: Sequence[BundleMedia] = (),
        heads: Sequence[int] = (),
    ) -> io.BytesIO:
        size = self.rows.size()
        signed = checkpoint.sign(self.keys, size, tree.root(size, self.rows.node).hex(), AT)
        told = [(n, *kept) for n in range(1, size + 1) if (kept := self.rows.payload(n))]
        plan = BundlePlan(
            card=self.card,
            created=AT,
            recipients=[Recipient(to.keys.public, seq, "0" * 64 if seq > 1 else "")],
            interviews=[BundleInterview(each, revisions, stubs) for each, revisions in parts.items()],
            media=media,
            custody=excerpt.take(self.rows, signed, told, heads),
            bundle_id=bundle_id or new_id(),
        )
        out = io.BytesIO()
        write_bundle(out, plan, self.keys)
        out.seek(0)
        return out

    def rewrite_log(self) -> None:
        self.rows = MemoryRows()
        self._enter()


def stranger(label: str) -> Forger:
    """A device with a card of its own."""
    keys = DeviceKeys.generate()[0]
    return Forger(keys, write_card(keys, label=label, role="field"))
