"""Shared by the storage tests: a real vault with a store in it, and short ways to put records there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

import begun
from cairn import vault as vaults
from cairn.crypto.age import PQIdentity
from cairn.crypto.device import DeviceKeys
from cairn.crypto.hashes import sha256
from cairn.crypto.passphrase import Argon2Cost
from cairn.custody import checkpoint, walk
from cairn.model import clock
from cairn.model.drafts import Draft
from cairn.model.kinds.envelope import encode
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.kind import Body
from cairn.storage import revisions
from cairn.storage.projections import interview_rows
from cairn.storage.store import Store
from cairn.vault import Vault

COST = Argon2Cost(m_kib=65536, t=1, p=4)
PHRASE = "stone on stone"


def _keys(whose: str) -> DeviceKeys:
    seeds = b"".join(sha256(f"{whose} {number}".encode()) for number in range(4))
    return DeviceKeys(seeds, PQIdentity(sha256(f"{whose} identity".encode())).recipient)


KEYS = _keys("storage tests")
STRANGER = _keys("a stranger")


def create(folder: Path) -> Vault:
    """A new vault."""
    return vaults.create(folder, PHRASE, cost=COST)[0]


def unlock(folder: Path) -> Vault:
    """The vault again."""
    return vaults.unlock(folder, PHRASE)


def open_store(vault: Vault) -> Store:
    """Its store, signing as `KEYS`."""
    return Store.open(vault, signer=KEYS, author="A")


class Open:
    """A vault and its store, to be opened and closed together."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.vault = unlock(folder) if folder.exists() else create(folder)
        self.store = open_store(self.vault)

    def close(self) -> None:
        self.store.close()
        self.vault.lock()

    def __enter__(self) -> Store:
        return self.store

    def __exit__(self, *_: object) -> None:
        self.close()


def new_id(keys: DeviceKeys = KEYS) -> str:
    """The id of an interview that nobody has written yet."""
    return begun.root(keys)


def new_part(interview: str, kind: str, keys: DeviceKeys = KEYS) -> str:
    """The id of a record of an interview that nobody has written yet."""
    return begun.part(keys, interview, kind)


def envelope(
    body: Body,
    *,
    record: str = "",
    interview: str = "",
    parents: Sequence[str] = (),
    keys: DeviceKeys = KEYS,
    v: int = 0,
    created: str = "",
    final: bool = False,
) -> tuple[str, bytes]:
    """(record id, exact bytes) of a revision."""
    if not record and isinstance(body, Interview):
        record = interview
    made = begun.envelope(
        body,
        keys=keys,
        record=record,
        root=interview,
        parents=parents,
        v=v,
        created=created or clock.now(),
        final=final,
    )
    return made.id, encode(made)


def put(store: Store, body: Body, **more: Any) -> tuple[str, str]:
    """Put a revision in its own unit of work; (record id, sha)."""
    options = {name: more.pop(name) for name in ("state", "act", "ancestors") if name in more}
    keys = more.get("keys", KEYS)
    record, data = envelope(body, **more)
    with store.write() as work:
        sha = revisions.put(work, data, keys.sign_revision(sha256(data)), **options)
    return record, sha


def draft(title: str, account: str = "", base: str | None = None) -> Draft:
    """A draft of an interview."""
    return Draft(base, msgspec.Raw(msgspec.json.encode(Interview(title=title, account=account))))


def walk_log(store: Store) -> walk.Report:
    """Verify the whole custody log, strictly."""

    def check(item: checkpoint.Checkpoint) -> None:
        checkpoint.verify(item, KEYS.public)

    with store.read() as reader:
        return walk.verify(
            reader.custody,
            reader.custody.checkpoints(),
            check,
            device=KEYS.fingerprint,
            complete=True,
        )


PROJECTIONS = {
    "link": "*",
    "head": "*",
    # Without the numbers, which are given anew.
    "interview_row": ", ".join(interview_rows.COLUMNS[1:]),
    "text": "id, record, root, kind, fields",
}


def projections(store: Store) -> dict[str, list[Any]]:
    """Every projection's content, the full-text index by its terms and places included."""
    with store.read() as reader:
        found: dict[str, list[Any]] = {
            table: sorted(reader.all(f"SELECT {columns} FROM {table}"))  # noqa: S608 - own names
            for table, columns in PROJECTIONS.items()
        }
    connection = store.vault.connect()
    try:
        connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, words, instance)")
        found["words"] = sorted(
            connection.execute("SELECT term, doc, col, offset FROM temp.terms").fetchall()
        )
    finally:
        connection.close()
    return found
