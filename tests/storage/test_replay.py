"""Old pages of the database put back into the closed file.

SQLCipher authenticates each page with its number, not with its age: a page as it was yesterday passes.
Whoever holds the disk, but not the passphrase, could so turn "share" back into "keep", or the other way.
Each page that changed is put back alone, then in groups; every time, what is read is either as it was
last written, or an error. Never the old state.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from cairn.errors import IntegrityError
from cairn.model.agreement import Consent, agreed_to
from cairn.model.kinds.envelope import body
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.note import Note
from cairn.storage import erase, revisions
from cairn.storage.store import Store
from storage import kit

PAGE = 4096


class Scene:
    """A vault before and after a change of consent, and the pages by which they differ."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        opened = kit.Open(folder)
        # Small enough that each table is one page, its root.
        self.interview, _ = kit.put(opened.store, Interview(title="W-1", account="words"))
        self.record, self.old = kit.put(
            opened.store, agreed_to(choice="share"), interview=self.interview, act="consent.set"
        )
        for number in range(2):
            kit.put(opened.store, Note(text=f"note {number}"), interview=self.interview)
        opened.close()
        self.before = self.database.read_bytes()
        opened = kit.Open(folder)
        _, self.new = kit.put(
            opened.store,
            agreed_to(choice="nothing", given="withdrawn by telephone"),
            record=self.record,
            interview=self.interview,
            parents=[self.old],
            act="consent.set",
        )
        connection = opened.vault.connect()
        self.roots = {
            name: page for name, page in connection.execute("SELECT name, rootpage FROM sqlite_master")
        }
        connection.close()
        opened.close()
        self.after = self.database.read_bytes()
        self.changed = [
            place
            for place in range(len(self.before) // PAGE)
            if self.before[place * PAGE : (place + 1) * PAGE] != self.after[place * PAGE : (place + 1) * PAGE]
        ]

    @property
    def database(self) -> Path:
        (found,) = self.folder.glob("vault*.db")
        return found

    def put_back(self, pages: list[int], target: Path) -> str:
        """What reading gives after these pages (from 0) were put back: `new`, or an error's code."""
        shutil.copytree(self.folder, target)
        data = bytearray(self.after)
        for page in pages:
            data[page * PAGE : (page + 1) * PAGE] = self.before[page * PAGE : (page + 1) * PAGE]
        (target / self.database.name).write_bytes(data)
        try:
            vault = kit.unlock(target)
            try:
                store = kit.open_store(vault)
                try:
                    with store.read() as reader:
                        infos = revisions.records_of(reader, self.interview, ["consent"])
                        heads = revisions.heads(reader, infos[0].id)
                        shown = body(revisions.get(reader, heads[0].sha).envelope)
                        assert isinstance(shown, Consent)
                        if (shown.choice, len(heads), len(infos)) == ("nothing", 1, 1):
                            return "new"
                        return f"OLD STATE: {shown.choice}"
                finally:
                    store._shut()  # without a new checkpoint
            finally:
                vault.lock()
        except IntegrityError as error:
            return error.code
        finally:
            shutil.rmtree(target)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene(tmp_path_factory.mktemp("replay") / "vault")


def test_the_whole_old_file_passes(scene: Scene, tmp_path: Path) -> None:
    """The limit, stated honestly: a whole old state can't be told from the present on one machine alone.

    It also shows that the method works: old pages are accepted by the cipher.
    """
    assert scene.put_back(list(range(len(scene.before) // PAGE)), tmp_path / "v").startswith("OLD STATE")


def test_each_page_alone(scene: Scene, tmp_path: Path) -> None:
    results = {page: scene.put_back([page], tmp_path / "v") for page in scene.changed}
    assert len(results) >= 8
    assert not [result for result in results.values() if result.startswith("OLD")], results
    # The pages of the table of revisions and of heads are among them, and are noticed as what they are.
    assert "storage.record-altered" in results.values()
    assert results[scene.roots["head"] - 1] == "storage.record-altered"


def test_the_pages_of_records_together(scene: Scene, tmp_path: Path) -> None:
    """Everything of the records put back consistently, while the log stays as it is."""
    custody = {
        page - 1
        for name, page in scene.roots.items()
        if name.startswith(("custody", "checkpoint", "sqlite_autoindex_custody"))
    }
    others = [page for page in scene.changed if page not in custody]
    assert scene.put_back(others, tmp_path / "v") != "new"
    assert not scene.put_back(others, tmp_path / "v").startswith("OLD")


def test_any_pages_while_the_lines_stay(scene: Scene, tmp_path: Path) -> None:
    """Whatever else is put back together, payloads and checkpoints included."""
    lines = scene.roots["custody_line"] - 1
    chance = random.Random(7)
    groups = [
        [page for page in scene.changed if page != lines and chance.random() < p]
        for p in (0.3, 0.6, 0.9) * 12
    ]
    groups.append([page for page in scene.changed if page != lines])
    for pages in groups:
        result = scene.put_back(pages, tmp_path / "v")
        assert not result.startswith("OLD"), pages
    assert result == "storage.custody-altered"


def test_a_person_may_open_it_all_the_same(scene: Scene, tmp_path: Path) -> None:
    shutil.copytree(scene.folder, tmp_path / "v")
    page = scene.roots["custody_line"] - 1
    data = bytearray(scene.after)
    data[page * PAGE : (page + 1) * PAGE] = scene.before[page * PAGE : (page + 1) * PAGE]
    (tmp_path / "v" / scene.database.name).write_bytes(data)
    vault = kit.unlock(tmp_path / "v")
    with pytest.raises(IntegrityError, match=r"storage\.custody-altered"):
        kit.open_store(vault)
    store = Store.open(vault, signer=kit.KEYS, despite_alarm=True)
    assert store.alarm
    assert {problem.code for problem in kit.walk_log(store).problems} == {"custody.rolled-back"}
    with store.read() as reader:
        assert revisions.of(reader, scene.interview)
    store.close()
    vault.lock()


def test_an_erased_record_does_not_come_back(tmp_path: Path) -> None:
    """Pages from before an erasure: whatever is put back, the erased words are not read without an alarm."""
    folder = tmp_path / "vault"
    opened = kit.Open(folder)
    interview, _ = kit.put(opened.store, Interview(title="W-1"))
    note, _ = kit.put(opened.store, Note(text="a name"), interview=interview)
    opened.close()
    (database,) = folder.glob("vault*.db")
    before = database.read_bytes()
    opened = kit.Open(folder)
    with opened.store.read() as reader:
        row = reader.one("SELECT rootpage FROM sqlite_master WHERE name = 'custody_line'")
    assert row is not None
    lines = row[0] - 1
    with opened.store.write() as work:
        erase.erase(work, opened.store.media, [note], "withdrawn")
    opened.close()
    after = database.read_bytes()
    changed = [
        n
        for n in range(len(before) // PAGE)
        if before[n * PAGE : n * PAGE + PAGE] != after[n * PAGE : n * PAGE + PAGE]
    ]
    seen = set()
    # All together it would be the whole old state, which nobody can notice: the lines stay.
    others = [page for page in changed if page != lines]
    for pages in [*([page] for page in changed), others, others[1:], others[:-1]]:
        data = bytearray(after)
        for page in pages:
            data[page * PAGE : (page + 1) * PAGE] = before[page * PAGE : (page + 1) * PAGE]
        database.write_bytes(data)
        vault = kit.unlock(folder)
        try:
            store = kit.open_store(vault)
            try:
                with store.read() as reader:
                    seen.add("erased" if not revisions.of(reader, note) else "OLD")
            finally:
                store._shut()
        except IntegrityError as error:
            seen.add(error.code)
        finally:
            vault.lock()
    assert "OLD" not in seen and {"erased", "storage.record-altered"} <= seen, seen
