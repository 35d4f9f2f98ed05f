"""What somebody with the key, or an old page of the file, changed in the database is noticed on reading."""

from __future__ import annotations

import pytest

from cairn.errors import IntegrityError
from cairn.model.kinds.interview import Interview
from cairn.storage import revisions
from cairn.storage.store import Store
from storage import kit


def altered(store: Store, *statements: str) -> None:
    """Change the database past its triggers."""
    connection = store.vault.connect()
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        assert connection.execute(statement).rowcount > 0, statement
    connection.close()


def refused_everywhere(store: Store, record: str, sha: str) -> None:
    """Neither by its hash, nor with its record's others."""
    with store.read() as reader, pytest.raises(IntegrityError, match=r"storage\.record-altered"):
        revisions.get(reader, sha)
    with store.read() as reader, pytest.raises(IntegrityError, match=r"storage\.record-altered"):
        revisions.of(reader, record)


def test_the_bytes_of_a_revision_are_held_against_its_name(store: Store) -> None:
    record, sha = kit.put(store, Interview(title="alpha", account="she crossed alone"))
    # Nothing else is touched: row, name, state, log and what is drawn from them still agree.
    altered(
        store, "UPDATE revision SET data = CAST(replace(data, 'she crossed alone', 'she never left') AS BLOB)"
    )
    refused_everywhere(store, record, sha)


@pytest.mark.parametrize(("was", "becomes"), [("proposed", "current"), ("current", "proposed")])
def test_the_state_of_a_revision_is_held_against_the_log(store: Store, was: str, becomes: str) -> None:
    state = {"state": was} if was == "proposed" else {}
    record, sha = kit.put(store, Interview(title="alpha"), **state)
    # As whoever knows the tables would do it: what stands is changed with it.
    altered(store, f"UPDATE revision SET state = '{becomes}'", f"UPDATE head SET state = '{becomes}'")  # noqa: S608
    refused_everywhere(store, record, sha)
    with store.read() as reader, pytest.raises(IntegrityError, match=r"storage\.record-altered"):
        revisions.heads(reader, record)


def test_a_revision_that_the_log_tells_twice_is_refused(store: Store) -> None:
    record, sha = kit.put(store, Interview(title="alpha"))
    kit.put(store, Interview(title="beta"))
    altered(
        store,
        "UPDATE custody_payload SET (obj, root, revision, state) ="
        " (SELECT obj, root, revision, state FROM custody_payload WHERE seq = 1) WHERE seq = 2",
    )
    refused_everywhere(store, record, sha)


def test_what_was_erased_and_is_here_again_with_its_entries_is_refused(store: Store) -> None:
    record, sha = kit.put(store, Interview(title="alpha"))
    kit.put(store, Interview(title="beta"))
    altered(
        store,
        f"UPDATE custody_payload SET act = 'erase', revision = NULL, obj = '{record}' WHERE seq = 2",  # noqa: S608
        f"INSERT INTO tombstone SELECT id, root, kind, 1, '', '' FROM record WHERE id = '{record}'",  # noqa: S608
    )
    refused_everywhere(store, record, sha)


@pytest.mark.parametrize("which", [2, 5])
def test_the_number_in_a_line_of_the_log_is_held_against_its_place(store: Store, which: int) -> None:
    for title in "abcde":
        kit.put(store, Interview(title=title))
    # Within the last line nothing else could give it away: its payload fits, and no line follows.
    altered(
        store,
        "UPDATE custody_line SET line = CAST(replace(CAST(line AS TEXT),"  # noqa: S608 - numbers of this test
        f" '\"seq\":{which}', '\"seq\":{which + 4}') AS BLOB) WHERE seq = {which}",
    )
    report = kit.walk_log(store)
    assert ("custody.line-altered", which) in {(each.code, each.seq) for each in report.problems}
