"""Sealing, opening and taking in one interview out of a vault with a very long custody log, beside a new vault.

The entries that make the log long are written in bulk, in one transaction; `tests/app/test_long_log.py` holds their
rows against those that are written one by one.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import bulk, vaults
from bench.table import Figure, limited, times
from cairn.app.arriving import opening, taking_in
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts, session
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.bundle import bag
from cairn.bundle.reader import BundleReader
from cairn.crypto.passphrase import Argon2Cost
from cairn.custody import line, payload, tree
from cairn.model.agreement import agreed_to
from cairn.model.kinds.interview import Interview
from cairn.storage.store import Store

PASSPHRASE = vaults.PASSPHRASE
FLOOR = Argon2Cost(m_kib=65536, t=1, p=4)
STEP = 20_000
SITTINGS, NOTES = 8, 25
"""Of the one interview that is sealed: about 200 entries, written in some sittings far apart in the log."""
MOST_TIMES = 1.5
MOST_CUSTODY = 64


def lengthen(store: Store, to: int) -> None:
    """Append entries until the log has `to` of them, as `cairn.custody.log.append` would, but in bulk."""
    with store.write() as work:
        rows = work.custody
        size = rows.size()
        peaks = {level: rows.node(level, place) for level, place in tree.peaks(size)}
        device = rows.newest(1)[0][1]
        told = payload.serialise(
            payload.Payload(
                act="backup", obj="", root="", at="2026-11-22T03:00:00Z",
                device=device.device if device is not None else "", author="", detail={},
            )
        )  # fmt: skip
        connection = work._connection
        with bulk.without_triggers(connection):
            while size < to:
                count = min(STEP, to - size)
                lines, payloads, nodes = _rows(size, count, told, peaks)
                connection.executemany("INSERT INTO custody_line VALUES (?, ?)", lines)
                connection.executemany(
                    "INSERT INTO custody_payload (seq, salt, payload, act, obj, root, kind)"
                    " VALUES (?, ?, ?, 'backup', '', '', '')",
                    payloads,
                )
                connection.executemany("INSERT INTO custody_node VALUES (?, ?, ?)", nodes)
                size += count
        work.checkpoint()


def _rows(
    size: int, count: int, told: bytes, peaks: dict[int, bytes]
) -> tuple[list[tuple[int, bytes]], list[tuple[int, bytes, bytes]], list[tuple[int, int, bytes]]]:
    lines: list[tuple[int, bytes]] = []
    payloads: list[tuple[int, bytes, bytes]] = []
    nodes: list[tuple[int, int, bytes]] = []
    salts = os.urandom(payload.SALT_BYTES * count)
    for number in range(count):
        salt = salts[payload.SALT_BYTES * number : payload.SALT_BYTES * (number + 1)]
        seq = size + number + 1
        raw = line.serialise(line.Line(seq, payload.commitment(salt, told)))
        lines.append((seq, raw))
        payloads.append((seq, salt, told))
        found, level, place = tree.leaf_hash(raw), 0, seq - 1
        while place & 1:
            found = tree.join(peaks[level], found)
            level, place = level + 1, place >> 1
            nodes.append((level, place, found))
        peaks[level] = found
    return lines, payloads, nodes


def write_interview(s: Session, between: Iterator[int]) -> str:
    """One interview in some sittings; in between the log becomes as long as `between` says. Returns its id."""
    made = interviews.create(s, title="W-017")
    interviews.save_version(s, made, Interview(title="W-017", account="걸어서 건넜다. " * 200))
    consent.set_consent(s, made, agreed_to(choice="share"))
    for sitting, length in zip(range(SITTINGS), between, strict=False):
        if length:
            lengthen(s.store, length)
        for number in range(NOTES):
            interviews.save_note(s, made, None, f"{sitting}.{number}")
    return made


def measure(folder: Path, entries: int, say: Callable[[str], None]) -> list[Figure]:
    """The figures for a log of `entries`, each beside the same interview in a new vault."""
    found = {}
    for name, length in (("new", 0), ("long", entries)):
        say(
            f"custody: an interview in a vault of {length or 'few':,} entries"
            if length
            else "custody: a new vault"
        )
        found[name] = _one(folder / name, length)
    figures = []
    for step in ("seal", "open", "take in"):
        figures.append(
            times(
                f"{step} one interview of {entries:,} entries' log",
                found["long"][step],
                "new vault",
                found["new"][step],
                MOST_TIMES,
            )
        )
    figures.append(
        limited(
            f"proofs of 200 entries of {entries:,}",
            found["long"]["proof"] / 1024,
            "KiB",
            MOST_CUSTODY,
            f"with lines, payloads, signatures {found['long']['custody'] / 1024:.0f} KiB",
        )
    )
    return figures


def _one(folder: Path, length: int) -> dict[str, float]:
    between = [length * (n + 1) // SITTINGS - 100 if length else 0 for n in range(SITTINGS)]
    name = f"log-{length}"
    vaults.kept(name, folder / "field", lambda s: write_interview(s, iter(between)), FLOOR)
    field = session.open_vault(folder / "field", PASSPHRASE)
    office, _ = session.create_vault(
        folder / "office", label="Office", role="office", passphrase=PASSPHRASE, cost=FLOOR
    )
    try:
        contacts.add(field, contacts.own_card(office), contacts.own_words(office))
        contacts.add(office, contacts.own_card(field), contacts.own_words(field))
        made = interviews.rows(field)[0].id
        found: dict[str, float] = {}
        preview = sealing.preview(field, [made], [office.keys.fingerprint])
        start = time.perf_counter()
        (done,) = sealing.seal(field, preview, folder)
        found["seal"] = time.perf_counter() - start
        start = time.perf_counter()
        seen = opening.open_bundle(done.path, office)
        found["open"] = time.perf_counter() - start
        start = time.perf_counter()
        taking_in.take_in(office, done.path)
        found["take in"] = time.perf_counter() - start
        if seen.problems or not interviews.count(office):
            raise RuntimeError(f"not taken in as it should be: {seen.problems}")
        with done.path.open("rb") as file, BundleReader(file, office.keys.age_identity) as reader:
            sizes = {listed.name: size for listed, size in reader.head.files}
        found["proof"] = sizes[bag.PROOF]
        found["custody"] = sum(sizes[name] for name in bag.CUSTODY)
        return found
    finally:
        field.close()
        office.close()
