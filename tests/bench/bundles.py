"""Sealing and taking in, beside age, gpg and 7z on the same bytes, and what memory they take."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench import peers, worker
from bench.peers import Peer, Timed
from bench.table import Figure, against, limited, times
from cairn.app.kernel import contacts, session
from cairn.crypto.passphrase import Argon2Cost

MIB = 1024 * 1024
PASSPHRASE = "six calm words for the bench"
# The key derivation is measured elsewhere; here it only delays.
FLOOR = Argon2Cost(m_kib=65536, t=1, p=4)
SHARES = (2, 4, 8, 8)
"""The attachments: a half, a quarter and two eighths of all bytes."""
LEAST = 1.0
MOST_MEMORY = 150
MOST_CPU = 1.25
"""Times the processor time of what can't be left out (`sums`)."""


@dataclass
class Runs:
    """What each tool took in each round, Cairn among them."""

    took: dict[str, list[Timed]] = field(default_factory=dict)
    grown: list[int] = field(default_factory=list)
    sums: list[dict[str, float]] = field(default_factory=list)

    def least(self) -> float:
        """Processor time of the steps that can't be left out, in the round where it was least."""
        return min(sum(each.values()) for each in self.sums)

    def add(self, name: str, spent: Timed) -> None:
        self.took.setdefault(name, []).append(spent)

    def best(self, name: str, *, synced: bool = False) -> float:
        return min(each.synced if synced else each.seconds for each in self.took[name])

    def last(self) -> str:
        """The newest run of each tool, for whoever watches."""
        return ", ".join(f"{name} {each[-1].synced:.2f} s" for name, each in self.took.items())

    def cpu(self, name: str) -> float:
        return min(each.cpu for each in self.took[name])


def measure(folder: Path, size: int, rounds: int, say: Callable[[str], None]) -> list[Figure]:
    """Every figure for `size` bytes of attachments, best of `rounds` interleaved runs."""
    say(f"making {size // MIB:,} MiB of attachments and two vaults")
    plain = folder / "plain"
    _write_random(plain, size)
    field_vault, office_vault = _vaults(folder)
    attach = Runs()
    place = 0
    for number, share in enumerate(SHARES, 1):
        attach.grown.append(_attach(folder, field_vault, plain, place, size // share, number))
        place += size // share
    others = peers.available(folder)
    sealing, taking = Runs(), Runs()
    try:
        for number in range(rounds):
            say(f"round {number + 1} of {rounds}")
            for runs, direction in ((sealing, "seal"), (taking, "take-in")):
                runs.sums.append(_sum(folder, plain, direction))
            _level(folder, size)
            with _sealed_by_cairn(folder, field_vault, sealing) as bundle:
                _take_in(folder, office_vault, bundle, taking, size)
            for peer in others:
                sealed, out = folder / f"sealed.{peer.name}", folder / "opened"
                _level(folder, size)
                sealing.add(peer.name, peer.seal(plain, sealed))
                _level(folder, size)
                taking.add(peer.name, peer.open(sealed, out))
                sealed.unlink()
                out.unlink(missing_ok=True)
            say(f"  seal {sealing.last()}; take in {taking.last()}")
    finally:
        for peer in others:
            peer.close()
    label = f"{size // MIB:,} MiB"
    figures = [*_compared(f"seal {label}", sealing, others), *_compared(f"take in {label}", taking, others)]
    for what, runs in (("attaching", attach), ("sealing", sealing), ("taking in", taking)):
        most = max(runs.grown) / MIB
        figures.append(limited(f"memory over idle, {what} {label}", most, "MiB", MOST_MEMORY))
    return figures


def _compared(what: str, runs: Runs, others: list[Peer]) -> list[Figure]:
    own = runs.best("cairn")
    figures = []
    for peer in others:
        asked = LEAST if peer.name == "age" else None
        synced = runs.best(peer.name, synced=True)
        figures.append(against(what, own, f"{peer.name}, synced", synced, asked))
        if peer.name == "age":
            figures.append(against(what, own, "age, not synced", runs.best("age")))
            figures.append(against(f"{what}: CPU time", runs.cpu("cairn"), "age", runs.cpu("age")))
    figures.append(times(f"{what}: CPU over its parts", runs.cpu("cairn"), "parts", runs.least(), MOST_CPU))
    if not others:
        figures.append(Figure(what, f"{own:.2f} s", "no peer installed"))
    return figures


def _level(folder: Path, size: int) -> None:
    """The same start for each run: nothing left to be written, and as much memory just freed as it will fill.

    In a virtual machine, memory that was free for a while goes back to the host, and whoever comes first
    after a slow tool would pay for getting it again.
    """
    scratch = folder / "scratch"
    zeros = bytes(MIB)
    with scratch.open("wb", buffering=0) as file:
        for _ in range(0, size + 64 * MIB, MIB):
            file.write(zeros)
    scratch.unlink()
    os.sync()


def _write_random(path: Path, size: int) -> None:
    with path.open("wb") as file:
        for start in range(0, size, MIB):
            file.write(os.urandom(min(MIB, size - start)))
        file.flush()
        os.fsync(file.fileno())


def _attach(folder: Path, vault: Path, plain: Path, place: int, size: int, number: int) -> int:
    """Attach a part of the plain file; how many bytes of memory that took."""
    part = folder / "part"
    with plain.open("rb") as source, part.open("wb") as out:
        source.seek(place)
        for start in range(0, size, MIB):
            out.write(source.read(min(MIB, size - start)))
    job = {"do": "attach", "vault": str(vault), "passphrase": PASSPHRASE}
    found = worker.run({**job, "source": str(part), "name": f"recording-{number}.wav"})
    part.unlink()
    return int(found["grown"] or 0)


def _sum(folder: Path, plain: Path, direction: str) -> dict[str, float]:
    _level(folder, plain.stat().st_size)
    found = worker.run(
        {"do": "sum", "source": str(plain), "target": str(folder / "summed"), "direction": direction}
    )
    parts: dict[str, float] = found["parts"]
    return parts


@contextmanager
def _sealed_by_cairn(folder: Path, vault: Path, runs: Runs) -> Iterator[Path]:
    found = worker.run(
        {
            "do": "seal",
            "vault": str(vault),
            "passphrase": PASSPHRASE,
            "to": "Office",
            "folder": str(folder),
        }
    )
    runs.add("cairn", Timed(found["seconds"], found["seconds"], found["cpu"]))
    runs.grown.append(found["grown"] or 0)
    bundle = Path(found["path"])
    yield bundle
    bundle.unlink()


def _take_in(folder: Path, office: Path, bundle: Path, runs: Runs, size: int) -> None:
    # A vault takes a bundle in once: each round begins with a copy of the empty one.
    copy = folder / "office-copy"
    shutil.copytree(office, copy)
    _level(folder, size)
    try:
        found = worker.run(
            {"do": "take-in", "vault": str(copy), "passphrase": PASSPHRASE, "bundle": str(bundle)}
        )
    finally:
        shutil.rmtree(copy)
    if not found["new"]:
        raise RuntimeError(f"nothing was taken in: {found}")
    runs.add("cairn", Timed(found["seconds"], found["seconds"], found["cpu"]))
    runs.grown.append(found["grown"] or 0)


def _vaults(folder: Path) -> tuple[Path, Path]:
    """A field's vault and an office's that know each other; closed."""
    field_vault, office_vault = folder / "field", folder / "office"
    field, _ = session.create_vault(
        field_vault, label="Field", role="field", passphrase=PASSPHRASE, cost=FLOOR
    )
    office, _ = session.create_vault(
        office_vault, label="Office", role="office", passphrase=PASSPHRASE, cost=FLOOR
    )
    contacts.add(field, contacts.own_card(office), contacts.own_words(office))
    contacts.add(office, contacts.own_card(field), contacts.own_words(field))
    field.close()
    office.close()
    return field_vault, office_vault
