"""The whole way by command line, as a script would go it."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from cli.conftest import ACCOUNT, World
from cli.program import cairn


def test_vaults_of_the_product_alone(tmp_path: Path) -> None:
    """Made, opened, given a new passphrase and recovered with nothing but the program."""
    (tmp_path / "pass").write_text("first passphrase here\n", "utf-8")
    key = ["--passphrase-file", str(tmp_path / "pass")]
    made = cairn(
        "vault", "create", tmp_path / "v", "--name", "W-team", "--role", "field", "--json", *key
    ).object
    assert len(made["words"]) == 24
    assert made["path"] == str(tmp_path / "v")
    assert made["problems"] == []
    # Printed once: numbered, in columns, as people write them down.
    (tmp_path / "paper").write_text(
        "\n".join(f"{i}. {word.upper()}" for i, word in enumerate(made["words"], 1)), "utf-8"
    )
    (tmp_path / "second").write_text("second passphrase 이다", "utf-8")
    (tmp_path / "third").write_text("third passphrase\r\nnot this line", "utf-8")
    cairn("vault", "passphrase", tmp_path / "v", "--new-passphrase-file", tmp_path / "second", *key)
    cairn("vault", "info", tmp_path / "v", *key, code=3)
    recovered = ["--words-file", tmp_path / "paper", "--new-passphrase-file", tmp_path / "third"]
    cairn("vault", "recover", tmp_path / "v", *recovered)
    cairn("vault", "info", tmp_path / "v", "--passphrase-file", tmp_path / "second", code=3)
    info = cairn(
        "vault", "info", tmp_path / "v", "--json", "--passphrase-file", "-", stdin="third passphrase\n"
    )
    assert info.object["label"] == "W-team"
    assert info.object["role"] == "field"
    assert info.object["count"] == 0
    assert len(info.object["words"]) == 12
    assert {slot["kind"] for slot in info.object["slots"]} == {"passphrase", "recovery"}


def test_recovery_words_are_printed_for_people(tmp_path: Path) -> None:
    (tmp_path / "pass").write_text("first passphrase here", "utf-8")
    key = ["--passphrase-file", str(tmp_path / "pass")]
    made = cairn("vault", "create", tmp_path / "v", "--name", "A", "--role", "office", *key)
    assert len(made.out.split()) == 24
    assert "paper" in made.err


def test_interview_is_kept_as_given(world: World) -> None:
    shown = cairn("interview", "show", world.field, world.interview, "--json", *world.key("field")).object
    assert shown["id"] == world.interview
    assert shown["title"] == "W-017"
    assert shown["body"]["account"] == ACCOUNT.removesuffix("\n")
    assert shown["consent"] == "share"
    assert shown["final"] is False
    attached = {f["name"]: f for f in shown["attachments"]}
    for name in ("지도 1.png", "letter.txt"):
        data = (world.folder / name).read_bytes()
        assert attached[name]["size"] == len(data)
        assert attached[name]["sha256"] == hashlib.sha256(data).hexdigest()
    people = cairn("interview", "show", world.field, world.interview, *world.key("field")).out
    assert "첫 문장. 우리는 밤에 국경을 건넜다." in people.splitlines()
    listed = cairn("interview", "list", world.field, "--json", *world.key("field")).object["interviews"]
    assert [(i["id"], i["title"], i["revision"]) for i in listed] == [
        (world.interview, "W-017", shown["revision"])
    ]
    assert cairn("interview", "list", world.field, *world.key("field")).out.startswith(world.interview)


@pytest.mark.parametrize("words", ["국경", "frozen", "W-017", "국경을 건넜다"])
def test_search(world: World, words: str) -> None:
    found = cairn("search", world.field, words, "--json", *world.key("field")).object
    assert [i["id"] for i in found["interviews"]] == [world.interview]
    assert found["hits"]


def test_search_without_a_hit(world: World) -> None:
    assert cairn("search", world.field, "nowhere", "--json", *world.key("field")).object["hits"] == []


def test_bundle_is_opened_taken_in_and_found(world: World, office: Path) -> None:
    key = world.key("office")
    before = sorted(p.name for p in office.rglob("*"))
    opened = cairn("open", world.bundle, "--vault", office, "--json", *key).object
    assert opened["whole"] and opened["signed"] and not opened["already"]
    assert opened["sender"]["label"] == "Field"
    assert opened["sender"]["trust"] == "verified"
    assert opened["sender"]["words"] == world.words["field"]
    assert [(i["id"], i["title"]) for i in opened["roots"]] == [(world.interview, "W-017")]
    assert {f["name"] for f in opened["roots"][0]["files"]} == {"지도 1.png", "letter.txt"}
    assert sorted(p.name for p in office.rglob("*") if not p.name.startswith("vault.db")) == [
        name for name in before if not name.startswith("vault.db")
    ], "opening writes nothing"
    taken = cairn("take-in", office, world.bundle, "--json", *key).object
    assert taken["conflicts"] == 0
    assert taken["new"] > 0
    shown = cairn("interview", "show", office, world.interview, "--json", *key).object
    assert shown["body"]["account"] == ACCOUNT.removesuffix("\n")
    data = (world.folder / "지도 1.png").read_bytes()
    assert hashlib.sha256(data).hexdigest() in {f["sha256"] for f in shown["attachments"]}
    assert cairn("search", office, "국경", "--json", *key).object["interviews"][0]["id"] == world.interview
    again = cairn("take-in", office, world.bundle, "--json", *key).object
    assert (again["new"], again["updated"], again["conflicts"]) == (0, 0, 0)
    shown_again = cairn("interview", "show", office, world.interview, "--json", *key).object
    assert shown_again["revision"] == shown["revision"]
    assert cairn("vault", "check", office, "--json", *key).object["whole"]
    walked = cairn("custody", "verify", office, "--json", *key).object
    assert walked["whole"] and walked["entries"] > 0
    acts = [e["act"] for e in cairn("custody", "show", office, "--json", *key).object["entries"]]
    assert acts[0] == "vault.create"
    assert "bundle.take-in" in acts


def test_a_person_reads_what_was_opened(world: World, office: Path) -> None:
    said = cairn("open", world.bundle, "--vault", office, *world.key("office")).out
    for part in ("Field", "verified", " ".join(world.words["field"]), "W-017", "지도 1.png"):
        assert part in said


def test_the_outside_of_a_bundle_needs_no_key(world: World) -> None:
    outside = cairn("open", world.bundle, "--json").object
    assert outside["kind"] == "bundle"
    assert outside["post_quantum"] is True
    assert outside["size"] == world.bundle.stat().st_size
    assert "sender" not in outside and "interviews" not in outside


def test_an_identity_file_opens_too(world: World, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    cairn("identity", world.office, "-o", keys, "--plain", "--yes", *world.key("office"))
    opened = cairn("open", world.bundle, "--identity", keys / "age.key", "--json").object
    assert opened["sender"]["words"] == world.words["field"]
    cairn("identity", world.office, "-o", tmp_path / "sealed", *world.key("office"))
    key = world.key("office")
    opened = cairn(
        "open", world.bundle, "--identity", tmp_path / "sealed" / "age.key.age", "--json", *key
    ).object
    assert [i["id"] for i in opened["roots"]] == [world.interview]


def test_sealing_says_what_stays_and_prints_the_path(world: World, field: Path, tmp_path: Path) -> None:
    key = world.key("field")
    kept = cairn("interview", "add", field, "--title", "W-018", "--consent", "keep", *key).out.strip()
    ran = cairn(
        "seal", field, "--to", world_fingerprint(world), "--interview", world.interview, "-o", tmp_path, *key
    )
    path = Path(ran.out.strip())
    assert path.parent == tmp_path
    assert hashlib.sha256(path.read_bytes()).hexdigest() in ran.err
    refused = cairn(
        "seal", field, "--to", "Office", "--interview", kept, "-o", tmp_path, "--json", *key, code=3
    )
    assert refused.object["problems"]
    assert [p.name for p in tmp_path.glob("*.age")] == [path.name]


def test_a_dry_run_names_everything_and_writes_nothing(world: World, field: Path, tmp_path: Path) -> None:
    key = world.key("field")
    asked = ["seal", field, "--to", "Office", "--interview", world.interview, "--dry-run"]
    ran = cairn(*asked, *key)
    assert "4 leave, 0 stay." in ran.err and ran.out == ""
    lines = [line for line in ran.err.splitlines() if line.startswith("leaves")]
    # What may show a person stands first.
    assert "지도 1.png" in lines[0] and any("letter.txt" in line for line in lines[1:])
    told = cairn(*asked, "--json", *key).object
    assert {each["name"] for each in told["leaves"]} >= {"지도 1.png", "letter.txt"} and told["stays"] == []
    ids = {each["name"]: each["id"] for each in told["leaves"]}
    held = cairn(*asked, "--hold-back", "지도 1.png", ids["letter.txt"], "--json", *key).object
    assert [(each["name"], each["code"]) for each in held["stays"]] == [
        ("지도 1.png", "gate.held-back"),
        ("letter.txt", "gate.held-back"),
    ]
    assert list(tmp_path.rglob("*.age")) == []
    cairn(*asked, "-o", tmp_path, *key, code=2)
    cairn(*asked, "--hold-back", "no such thing", *key, code=3)


def test_what_is_held_back_is_not_in_the_bundle(world: World, field: Path, tmp_path: Path) -> None:
    ran = cairn(
        "seal", field, "--to", "Office", "--interview", world.interview, "--hold-back", "지도 1.png",
        "-o", tmp_path, "--json", *world.key("field"),
    ).object  # fmt: skip
    (bundle,) = ran["bundles"]
    inside = cairn("open", bundle["path"], "--vault", world.office, "--json", *world.key("office")).object
    assert [file["name"] for root in inside["roots"] for file in root["files"]] == ["letter.txt"]


def world_fingerprint(world: World) -> str:
    rows = cairn("contact", "list", world.field, "--json", *world.key("field")).object["contacts"]
    return str(next(row["fingerprint"] for row in rows if row["label"] == "Office"))


def test_consent_for_named_contacts_only(world: World, field: Path, tmp_path: Path) -> None:
    key = world.key("field")
    cairn(
        "contact",
        "add",
        field,
        world.folder / "stranger.contact",
        "--words",
        " ".join(world.words["stranger"]),
        *key,
    )
    made = cairn(
        "interview", "add", field, "--title", "W-019", "--consent", "share", "--share-with", "Stranger", *key
    ).out.strip()
    cairn("seal", field, "--to", "Office", "--interview", made, "-o", tmp_path, *key, code=3)
    cairn("seal", field, "--to", "Stranger", "--interview", made, "-o", tmp_path, *key)


def test_backup_is_restored(world: World, tmp_path: Path) -> None:
    key = world.key("field")
    cairn("vault", "backup", world.field, tmp_path / "backup", *key)
    cairn("vault", "backup", world.field, tmp_path / "backup", *key)
    cairn("vault", "restore", tmp_path / "backup", tmp_path / "back", *key)
    shown = cairn("interview", "show", tmp_path / "back", world.interview, "--json", *key).object
    assert shown["body"]["account"] == ACCOUNT.removesuffix("\n")
    assert cairn("vault", "check", tmp_path / "back", "--json", *key).object["whole"]


def test_a_damaged_backup_is_named_and_put_right(world: World, tmp_path: Path) -> None:
    key, out = world.key("field"), tmp_path / "backup"
    cairn("vault", "backup", world.field, out, *key)
    assert cairn("vault", "check-backup", out, "--json", *key).object["whole"]
    rotten = next((out / "media").glob("*/*.cob"))
    data = bytearray(rotten.read_bytes())
    data[-1] ^= 1
    rotten.write_bytes(data)
    checked = cairn("vault", "check-backup", out, "--json", *key, code=4)
    assert checked.codes == ["vault.backup-media-damaged"] and not checked.object["whole"]
    assert "damaged in the backup" in cairn("vault", "check-backup", out, *key, code=4).err
    restored = cairn("vault", "restore", out, tmp_path / "back", "--json", *key, code=4)
    assert restored.codes == ["vault.backup-media-damaged"] and not restored.object["whole"]
    shown = cairn("interview", "show", tmp_path / "back", world.interview, "--json", *key).object
    assert shown["body"]["account"] == ACCOUNT.removesuffix("\n")
    again = cairn("vault", "backup", world.field, out, "--json", *key).object
    assert again["whole"] and again["renewed"] == 1
    assert cairn("vault", "backup", world.field, out, "--thorough", "--json", *key).object["read"] > 0
    assert cairn("vault", "check-backup", out, "--json", *key).object["whole"]


def test_what_is_left_of_a_damaged_vault_is_listed_and_salvaged(world: World, tmp_path: Path) -> None:
    key, broken = world.key("field"), tmp_path / "broken"
    shutil.copytree(world.field, broken)
    data = bytearray((broken / "vault.db").read_bytes())
    data[200] ^= 1
    (broken / "vault.db").write_bytes(data)
    assert cairn("vault", "check", broken, "--json", *key, code=4).codes == ["vault.database-altered"]
    listed = cairn("vault", "salvage", broken, "--json", *key, code=4)
    assert listed.codes == ["salvage.pages"] and listed.object["lost"] == 0 and listed.object["log"]["whole"]
    assert listed.object["path"] == "" and listed.object["signed"] == listed.object["revisions"] > 0
    assert "Damaged pages of the database: 1" in cairn("vault", "salvage", broken, *key, code=4).out
    cairn("vault", "salvage", broken, tmp_path / "new", *key, code=4)
    shown = cairn("interview", "show", tmp_path / "new", world.interview, "--json", *key).object
    assert shown["body"]["account"] == ACCOUNT.removesuffix("\n")
    assert cairn("vault", "check", tmp_path / "new", "--json", *key).object["whole"]


def test_practice_vault_opens_with_its_passphrase(tmp_path: Path) -> None:
    made = cairn("practice", tmp_path / "p", "--json").object
    listed = cairn(
        "interview",
        "list",
        tmp_path / "p",
        "--json",
        "--passphrase-file",
        "-",
        stdin=made["passphrase"] + "\n",
    )
    assert len(listed.object["interviews"]) >= 3


def test_self_test() -> None:
    found = cairn("self-test", "--json").object
    assert found["problems"] == []
    assert found["checks"]
    assert all(check["passed"] for check in found["checks"])


def test_a_vault_and_its_passphrase_file_may_have_any_name(world: World, tmp_path: Path) -> None:
    strange = tmp_path / "-o 이상한\u202ename 'quoted'"
    shutil.copytree(world.field, strange)
    ran = cairn("vault", "info", strange, *world.key("field"))
    assert "Field" in ran.out


def test_passphrases_are_unicode(tmp_path: Path) -> None:
    """The same passphrase typed on another system, composed differently, opens the vault."""
    import unicodedata

    (tmp_path / "nfc").write_text(unicodedata.normalize("NFC", "밤에 강을 건넜다"), "utf-8")
    (tmp_path / "nfd").write_text(unicodedata.normalize("NFD", "밤에 강을 건넜다"), "utf-8")
    made = ["vault", "create", tmp_path / "v", "--name", "A", "--role", "field"]
    cairn(*made, "--passphrase-file", tmp_path / "nfc")
    cairn("vault", "info", tmp_path / "v", "--passphrase-file", tmp_path / "nfd")


def test_a_damaged_file_is_put_back_from_a_backup(world: World, tmp_path: Path) -> None:
    key, out = world.key("field"), tmp_path / "backup"
    cairn("vault", "backup", world.field, out, *key)
    assert cairn("vault", "put-back", world.field, out, "--json", *key).object["put_back"] == []
    rotten = next((world.field / "media").glob("*/*.cob"))
    before = rotten.read_bytes()
    try:
        rotten.write_bytes(before[:-1] + bytes((before[-1] ^ 1,)))
        assert not cairn("vault", "check", world.field, "--json", *key, code=4).object["whole"]
        copy = out / "media" / rotten.parent.name / rotten.name
        kept = copy.read_bytes()
        copy.unlink()
        missing = cairn("vault", "put-back", world.field, out, "--json", *key, code=4)
        assert missing.codes == ["upkeep.put-back-missing"] and not missing.object["whole"]
        copy.write_bytes(kept)
        done = cairn("vault", "put-back", world.field, out, "--json", *key).object
        assert len(done["put_back"]) == 1 and done["whole"]
        assert rotten.read_bytes() == before
        assert cairn("vault", "check", world.field, "--json", *key).object["whole"]
    finally:
        rotten.write_bytes(before)
