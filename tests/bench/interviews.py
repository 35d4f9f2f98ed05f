"""Unlocking, the list, search and drafts in a vault with many interviews."""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from bench import bulk, listing, vaults
from bench.bulk import Writing
from bench.table import Figure, limited
from cairn import vault as vaults_
from cairn.app.interviews import interviews, search
from cairn.app.interviews.listing import Filter
from cairn.app.kernel import session
from cairn.app.kernel.session import Session
from cairn.crypto.passphrase import Argon2Cost, derive
from cairn.model.agreement import agreed_to
from cairn.model.drafts import Draft
from cairn.model.ids import RootId
from cairn.model.kinds.interview import Interview, Person
from cairn.model.kinds.note import Note
from cairn.model.time.understanding import understood

KOREAN = (
    "우리는 새벽에 국경을 넘어 강가의 작은 마을에 도착했습니다 그때는 눈이 많이 내렸고 길을 아는 사람이 없었습니다 "
    "어머니는 시장에서 쌀을 팔았고 아버지는 공장에서 일했습니다 겨울마다 식량이 모자라서 이웃과 나누어 먹었습니다 "
    "학교 선생님은 아무것도 묻지 않았고 기차역에는 군인들이 서 있었습니다 통역을 맡은 분이 천천히 다시 말해 주었습니다"
)
ENGLISH = (
    "we crossed the border before dawn and reached a small village by the river it had snowed for days and nobody "
    "knew the road my mother sold rice at the market and my father worked in the factory every winter there was too "
    "little food and we shared with the neighbours the teacher asked nothing and soldiers stood at the station"
)
QUERIES = {
    "English, in half of all": "border village",
    "English, in one": "lighthouse4321",
    "English, unfinished word": "facto",
    "Korean, in half of all": "국경",
    "Korean, in one": "등대지기",
    "Korean, one syllable": "눈",
    "Korean, two words": "강가의 마을",
}


def measure(folder: Path, count: int, say: Callable[[str], None]) -> list[Figure]:
    """Every figure of a vault with `count` interviews. The cost of its passphrase is what it chose itself."""
    vault = folder / "many"
    say(f"filling a vault with {count:,} interviews")
    vaults.kept(f"interviews-{count}", vault, lambda s: _fill(s, count))
    say("unlocking, listing, searching, saving drafts")
    spent = []
    for _ in range(3):
        start = time.perf_counter()
        s = session.open_vault(vault, vaults.PASSPHRASE)
        spent.append(time.perf_counter() - start)
        s.close()
    computed, after = min(_after_the_key(vault) for _ in range(5))
    label = f"{count:,} interviews"
    cost, alone = _cost(vault)
    figures = [
        limited(f"unlock, {label}", min(spent), "s", 1, cost),
        limited(f"unlock beyond Argon2id, {label}", min(spent) - alone, "s", 0.1),
        limited(
            f"processor time of it, {label}",
            computed,
            "s",
            # Every row of the log is counted: it grows with them.
            0.1 * max(1.0, count / 10_000),
            f"in {after:.3f} s, from the vault's key on; best of 5",
        ),
    ]
    s = session.open_vault(vault, vaults.PASSPHRASE)
    try:
        listed = _milliseconds(lambda: _list(s), 40)
        figures.append(limited(f"list opens, {label}", _high(listed), "ms", 100, "95th percentile of 40"))
        found = {
            what: _milliseconds(lambda q=words: search.search(s, q), 20) for what, words in QUERIES.items()
        }
        for what, times in found.items():
            figures.append(
                limited(f"search {what}, {label}", _high(times), "ms", 50, "95th percentile of 20")
            )
        filtered = _milliseconds(lambda: _list(s, QUERIES["Korean, in half of all"]), 20)
        figures.append(
            limited(
                f"list filtered by a common word, {label}",
                _high(filtered),
                "ms",
                100,
                "95th percentile of 20",
            )
        )
        figures += listing.measure(s, label, {what: QUERIES[what] for what in list(QUERIES)[:4]})
        figures.append(_drafts(s, folder, label))
    finally:
        s.close()
    return figures


def _after_the_key(vault: Path) -> tuple[float, float]:
    """Seconds of a processor and of the clock between the vault's key and the open session."""
    unlocked = vaults_.unlock(vault, vaults.PASSPHRASE)
    start, before = time.perf_counter(), time.process_time()
    s = session.opened(unlocked)
    spent = time.process_time() - before, time.perf_counter() - start
    s.close()
    return spent


def _fill(s: Session, count: int, writing: Writing = bulk.writing) -> None:
    """Interviews with what was agreed, and a note in every third; many in one unit of work."""
    chance = random.Random(7)
    for first in range(0, count, vaults.BATCH):
        with writing(s) as put:
            for number in range(first, min(first + vaults.BATCH, count)):
                interview = RootId(put(_interview(chance, number, rare=number == count // 2)))
                put(agreed_to(choice="share"), interview)
                if number % 3 == 0:
                    put(Note(text=_text(chance, KOREAN if number % 2 else ENGLISH, 30)), interview)


def _interview(chance: random.Random, number: int, *, rare: bool) -> Interview:
    """About 2,000 characters, every other one in Korean; with `rare` the words that only one has."""
    words = KOREAN if number % 2 else ENGLISH
    account = "\n\n".join(_text(chance, words, 75) for _ in range(5 if number % 2 else 4))
    return Interview(
        title=f"W-{number:05}",
        date=understood(f"{chance.randint(1, 28)} March {chance.randint(1995, 2026)}").told,
        place=chance.choice(["무산", "회령", "Village by the river", "Yanji"]),
        languages=["ko" if number % 2 else "en"],
        people=[Person(name=f"P-{number:05}", role="told")],
        summary=_text(chance, words, 20),
        account=account + (" lighthouse4321 등대지기" if rare else ""),
    )


def _text(chance: random.Random, words: str, count: int) -> str:
    return " ".join(chance.choices(words.split(), k=count)) + "."


def _list(s: Session, words: str = "") -> None:
    """What the screen asks for when it opens, or when words are typed into its filter."""
    interviews.rows(s, Filter(words=words), limit=200)
    interviews.count(s, Filter(words=words))


def _drafts(s: Session, folder: Path, label: str) -> Figure:
    """A draft of 8 KiB saved again and again, beside the same bytes written to a plain file and synced."""
    chance = random.Random(8)
    interview = interviews.rows(s, limit=1)[0].id
    own, plain = [], []
    with (folder / "plain-draft").open("wb", buffering=0) as file:
        for number in range(200):
            text = _text(chance, ENGLISH, 1600) + str(number)
            body = msgspec.json.encode(Interview(title="W-00000", account=text))
            draft = Draft(base=None, body=msgspec.Raw(body), field="account", cursor=len(text))
            own += _milliseconds(lambda d=draft: interviews.save_draft(s, interview, d), 1)

            def write(data: bytes = body) -> None:
                file.seek(0)
                file.write(data)
                os.fsync(file.fileno())

            plain += _milliseconds(write, 1)
    beside = f"95th percentile of 200; plain file + fsync {_high(plain):.1f} ms"
    return limited(f"draft commit, {label}", _high(own), "ms", 20, beside)


def _milliseconds(step: Callable[[], object], times: int) -> list[float]:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        step()
        found.append((time.perf_counter() - start) * 1000)
    return found


def _high(values: list[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def _cost(vault: Path) -> tuple[str, float]:
    """The cost of the passphrase slot as the header says it, in words; how many seconds that alone takes now."""
    header = json.loads((vault / "vault.hdr").read_bytes())
    kdf = next(slot["kdf"] for slot in header["slots"] if slot["kind"] == "passphrase")
    cost = Argon2Cost(m_kib=kdf["m_kib"], t=kdf["t"], p=kdf["p"])
    alone = min(_milliseconds(lambda: derive(vaults.PASSPHRASE, bytes(16), cost), 3)) / 1000
    words = f"Argon2id {cost.m_kib // 1024} MiB, t {cost.t}, p {cost.p} alone {alone:.2f} s"
    return words, alone
