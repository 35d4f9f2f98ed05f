"""Projections: whatever happened, making them anew from the revisions gives the same."""

from __future__ import annotations

import random
from pathlib import Path

from cairn.model.agreement import agreed_to
from cairn.model.kinds.attachment import Attachment
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.kind import Body
from cairn.model.kinds.note import Note
from cairn.storage import drafts, erase, exchange, revisions
from cairn.storage.store import Store
from storage import kit

WORDS = ["국경지대에서", "어머니", "café", "river", "桥", "W-017", "함경북도", "said", "Привет", "a"]


def live(store: Store, chance: random.Random, steps: int) -> None:
    """A life of random puts, conflicts, proposals, drafts, sendings and erasures."""
    versions: dict[tuple[str, str, str], list[str]] = {}
    for _ in range(steps):
        text = " ".join(chance.choices(WORDS, k=chance.randint(0, 12)))
        step = chance.random()
        if step < 0.3 or not versions:
            key = ("interview", kit.new_id(), "")
            key = (*key[:2], key[1])
            step = 0.0
        elif step < 0.5:
            owner = chance.choice(list(versions))[2]
            kind = chance.choice(["note", "consent", "attachment"])
            key = (kind, kit.new_part(owner, kind), owner)
        else:
            key = chance.choice(list(versions))
        kind, record, interview = key
        if step > 0.95:
            with store.write() as work:
                erase.erase(work, store.media, [record], "x")
            for gone in [k for k in versions if k[1] == record or k[2] == record]:
                del versions[gone]
            continue
        if step > 0.88:
            drafts.save(store, record, interview, kind, kit.draft(text, text))
            continue
        if step > 0.85:
            with store.write() as work:
                number = exchange.next_number(work, "office")[0]
                exchange.add_sent(
                    work, kit.new_id(), {"office": number}, tagmanifest="a" * 64, file_sha256="b" * 64,
                    size=1, created="2026-11-22T03:00:00Z", custody=(1, "c" * 64), roots=[interview],
                )  # fmt: skip
            continue
        body: Body = {
            "interview": Interview(title=text[:20], account=text),
            "note": Note(text=text, removed=chance.random() < 0.2),
            "consent": agreed_to(given=text),
            "attachment": Attachment(name=text),
        }[kind]
        known = versions.setdefault(key, [])
        parents = chance.sample(known, k=min(len(known), chance.randint(0, 2)))
        _, sha = kit.put(
            store,
            body,
            record=record,
            interview=interview,
            parents=parents,
            state="proposed" if chance.random() < 0.2 else "current",
            ancestors=chance.sample(known, k=min(len(known), chance.randint(0, 1))),
            created=f"2026-11-{chance.randint(10, 28)}T03:00:00Z" if chance.random() < 0.9 else "zzz",
            v=2 if chance.random() < 0.05 else 1,
            final=kind == "interview" and chance.random() < 0.1,
        )
        known.append(sha)


def test_rebuilding_gives_the_same(store: Store) -> None:
    for seed in range(3):
        live(store, random.Random(seed), 80)
        before = kit.projections(store)
        assert all(before.values()), "each projection has something in it"
        store.rebuild()
        after = kit.projections(store)
        for name, rows in before.items():
            assert after[name] == rows, name
    assert kit.walk_log(store).whole


def test_the_full_text_index_is_sound(store: Store) -> None:
    live(store, random.Random(9), 120)
    connection = store.vault.connect()
    connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    assert connection.execute("SELECT v FROM words_config WHERE k = 'secure-delete'").fetchone() == (1,)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def test_every_record_reads_clean_after_all_that(store: Store) -> None:
    live(store, random.Random(4), 120)
    with store.read() as reader:
        for (record,) in reader.all("SELECT id FROM record"):
            assert revisions.heads(reader, record)


def test_an_old_projection_is_rebuilt_at_opening(tmp_path: Path) -> None:
    opened = kit.Open(tmp_path / "vault")
    live(opened.store, random.Random(5), 40)
    right = kit.projections(opened.store)
    with opened.store.write() as work:
        work.run("UPDATE meta SET value = '0' WHERE key = 'projection.heads'")
        work.run("DELETE FROM head")
        work.run("DELETE FROM text")
    opened.close()
    opened = kit.Open(tmp_path / "vault")
    assert kit.projections(opened.store) == right
    opened.close()
