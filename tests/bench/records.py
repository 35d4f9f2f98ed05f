"""An interview with thousands of records: opening it, setting its consent; typing while thousands arrive."""

from __future__ import annotations

import operator
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from bench import vaults
from bench.table import Figure, limited
from cairn.app.arriving import taking_in
from cairn.app.consent import consent
from cairn.app.interviews import case, interviews
from cairn.app.kernel import contacts, session
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.crypto.passphrase import Argon2Cost
from cairn.model.agreement import agreed_to
from cairn.model.drafts import Draft
from cairn.model.ids import RootId
from cairn.model.kinds.interview import Interview

FLOOR = Argon2Cost(m_kib=65536, t=1, p=4)
PAUSE = 0.05
"""Between two drafts; the window saves at most twice a second."""


def measure(folder: Path, count: int, arriving: int, say: Callable[[str], None]) -> list[Figure]:
    """Figures of one interview with `count` records, and of taking in one with `arriving`."""
    say(f"an interview with {count:,} records")
    place = vaults.kept(f"records-{count}", folder / "one", lambda s: vaults.of_many_records(s, count), FLOOR)
    s = session.open_vault(place, vaults.PASSPHRASE)
    try:
        (row,) = interviews.rows(s)
        opened = [_seconds(lambda: case.load(s, row.id)) for _ in range(10)]
        agreed = [
            _seconds(lambda choice=choice: consent.set_consent(s, row.id, agreed_to(choice=choice)))
            for choice in ("keep", "share") * 5
        ]
    finally:
        s.close()
    label = f"{count:,} records"
    return [
        limited(f"open an interview with {label}", _middle(opened) * 1000, "ms", 150, "middle of 10"),
        limited(f"set consent, {label}", _middle(agreed) * 1000, "ms", 30, "middle of 10"),
        *_arriving(folder, arriving, say),
    ]


def _arriving(folder: Path, count: int, say: Callable[[str], None]) -> list[Figure]:
    say(f"taking in {count:,} records while somebody types")
    sender = vaults.kept(
        f"records-{count}", folder / "sender", lambda s: vaults.of_many_records(s, count), FLOOR
    )
    field = session.open_vault(sender, vaults.PASSPHRASE)
    office, _ = session.create_vault(
        folder / "office", label="Office", role="office", passphrase=vaults.PASSPHRASE, cost=FLOOR
    )
    try:
        contacts.add(field, contacts.own_card(office), contacts.own_words(office))
        contacts.add(office, contacts.own_card(field), contacts.own_words(field))
        shown = sealing.preview(field, [row.id for row in interviews.rows(field)], [office.info.fingerprint])
        bundle = sealing.seal(field, shown, folder)[0].path
        mine = interviews.create(office, title="typed meanwhile")
        done = threading.Event()
        waits: list[float] = []
        queued: list[float] = []
        thread = threading.Thread(target=_type, args=(office, mine, done, waits, queued))
        thread.start()
        spent = _seconds(lambda: taking_in.take_in(office, bundle))
        done.set()
        thread.join()
    finally:
        field.close()
        office.close()
    return [
        limited(
            f"a draft's longest wait while {count:,} records are taken in",
            max(waits) * 1000,
            "ms",
            50,
            f"of {len(waits)} drafts in {spent:.1f} s; the middle one {_middle(waits) * 1000:.1f} ms",
        ),
        limited(
            f"the same without its turns on a processor, {count:,} records",
            max(map(operator.sub, waits, queued)) * 1000,
            "ms",
            50,
            "what is left on a machine that does nothing else",
        ),
    ]


def _queued() -> float:
    """Seconds that this thread has waited for a processor, where the system tells it."""
    try:
        told = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat").read_text("ascii")
    except OSError:
        return 0.0
    return int(told.split()[1]) / 1e9


def _type(
    s: Session, interview: RootId, done: threading.Event, waits: list[float], queued: list[float]
) -> None:
    while not done.wait(PAUSE):
        body = msgspec.Raw(
            msgspec.json.encode(Interview(title=f"typed {len(waits)}", account="words " * 200))
        )
        before = _queued()
        waits.append(
            _seconds(lambda body=body: interviews.save_draft(s, interview, Draft(base=None, body=body)))
        )  # type: ignore[misc]
        queued.append(_queued() - before)


def _seconds(step: Callable[[], object]) -> float:
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
