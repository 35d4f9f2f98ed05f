"""Somebody who has real keys and says with them whatever they like."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import nullcontext
from unittest.mock import patch

import begun
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.bundle import writer
from cairn.bundle.cards import write_card
from cairn.bundle.identity_files import BundleOpening
from cairn.bundle.writer import (
    BundleMedia,
    BundlePlan,
    BundleRoot,
    Recipient,
    write_bundle,
)
from cairn.crypto.device import DeviceKeys
from cairn.crypto.hashes import sha256, sha256_hex
from cairn.custody import checkpoint, excerpt, log, tree
from cairn.custody.memory import MemoryRows
from cairn.model.exchange import Stub
from cairn.model.ids import new_id
from cairn.model.kinds.envelope import Envelope, encode
from cairn.model.kinds.kind import Body

AT = "2026-03-14T09:26:53Z"


class Forger:
    """Makes signed bundles in which everything may be said."""

    def __init__(self, keys: DeviceKeys, card: bytes) -> None:
        self.keys = keys
        self.card = card
        self.rows = MemoryRows()
        self._enter()

    @classmethod
    def of(cls, label: str) -> Forger:
        """A device with a card of its own."""
        return stranger(label)

    def claim(self, device: str, size: int) -> None:
        """Say in the log that it goes on from another device's."""
        root = tree.root(size, self.rows.node).hex()
        detail = {"former_device": device, "former_size": size, "former_root": root}
        log.append(
            self.rows, act="restore", obj="", root="", detail=detail, device=self.keys.fingerprint,
            author="", at=AT,
        )  # fmt: skip

    def _enter(self, act: str = "vault.create", obj: str = "", root: str = "", sha: str = "") -> None:
        log.append(
            self.rows,
            act=act,
            obj=obj,
            root=root,
            detail={"revision": sha, "state": "current"} if sha else {},
            device=self.keys.fingerprint,
            author="",
            at=AT,
        )

    def revision(
        self,
        body: Body,
        root: str = "",
        record: str = "",
        *,
        parents: Sequence[str] = (),
        device: str = "",
        signer: DeviceKeys | None = None,
        final: bool = False,
        about: Sequence[str] = (),
    ) -> tuple[bytes, bytes]:
        """Of the record that is known by this id (`begun`, `seen`), or of a new one under `root`."""
        made = begun.envelope(
            body,
            keys=self.keys,
            record=record,
            root=root,
            parents=parents,
            author="somebody",
            device=device,
            created=AT,
            final=final,
            about=about,
        )
        return self.signed(made, signer)

    def signed(self, said: Envelope, signer: DeviceKeys | None = None) -> tuple[bytes, bytes]:
        """An envelope in which anything may stand, and its entry in the log where it is said to be ours."""
        data = encode(said)
        if said.device == self.keys.fingerprint:
            self._enter("record.revise", said.id, said.root, sha256_hex(data))
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
        openings: Sequence[BundleOpening] = (),
        careful: bool = False,
    ) -> io.BytesIO:
        """A bundle with these in it. Who means harm does not ask the reader first, as `careful` would."""
        size = self.rows.size()
        signed = checkpoint.sign(self.keys, size, tree.root(size, self.rows.node).hex(), AT)
        told = [(n, *kept) for n in range(1, size + 1) if (kept := self.rows.payload(n))]
        plan = BundlePlan(
            card=self.card,
            created=AT,
            recipients=[Recipient(to.keys.public, seq, "0" * 64 if seq > 1 else "")],
            roots=[BundleRoot(each, revisions, stubs) for each, revisions in parts.items()],
            media=media,
            openings=openings,
            custody=excerpt.take(self.rows, signed, told, heads),
            bundle_id=bundle_id or new_id(),
        )
        out = io.BytesIO()
        with nullcontext() if careful else patch.object(writer, "rehearse"):
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


def seen(s: Session, root: str) -> None:
    """Whoever has seen a root knows what the ids in it come from, and may repeat that."""
    with s.store.read() as reader:
        for heads in revising.root_heads(reader, root).values():
            begun.remember(heads[0].envelope)
