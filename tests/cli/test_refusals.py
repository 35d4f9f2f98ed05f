"""Bad input: each has its exit code, one clear sentence, and changes nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import World
from cli.program import CAIRN, cairn, environment, refused


def test_wrong_passphrase(world: World, tmp_path: Path) -> None:
    (tmp_path / "wrong").write_text("not this one\n", "utf-8")
    refused(
        3, "vault.wrong-passphrase", "vault", "info", world.field, "--passphrase-file", tmp_path / "wrong"
    )


def test_empty_passphrase(world: World) -> None:
    refused(3, "cli.passphrase-empty", "vault", "info", world.field, "--passphrase-file", "-", stdin="\n")


def test_passphrase_file_that_is_not_there(world: World, tmp_path: Path) -> None:
    refused(5, "machine.gone", "vault", "info", world.field, "--passphrase-file", tmp_path / "none")


def test_passphrase_file_that_is_no_text(world: World, tmp_path: Path) -> None:
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    refused(3, "cli.not-text", "vault", "info", world.field, "--passphrase-file", tmp_path / "bytes")
    (tmp_path / "bytes").write_bytes(b"x" * 10_000)
    refused(
        3, "cli.passphrase-too-long", "vault", "info", world.field, "--passphrase-file", tmp_path / "bytes"
    )


def test_not_a_vault(world: World, tmp_path: Path) -> None:
    refused(3, "vault.not-a-vault", "vault", "info", tmp_path, *world.key("field"))


def test_a_folder_in_use_is_not_overwritten(world: World) -> None:
    before = (world.field / "vault.hdr").read_bytes()
    ran = cairn(
        "vault",
        "create",
        world.field,
        "--name",
        "A",
        "--role",
        "field",
        *world.key("field"),
        "--json",
        code=None,
    )
    assert ran.code in (3, 5)
    assert (world.field / "vault.hdr").read_bytes() == before


def test_newer_vault(world: World, field: Path) -> None:
    header = json.loads((field / "vault.hdr").read_bytes())
    header["format"] = "cairn-vault/2"
    (field / "vault.hdr").write_text(json.dumps(header), "utf-8")
    refused(3, "vault.newer", "vault", "info", field, *world.key("field"))


def test_wrong_recovery_words(world: World, tmp_path: Path) -> None:
    (tmp_path / "new").write_text("new passphrase", "utf-8")
    words = [*world.recovery["field"]]
    cases = {
        "few": words[:23],
        "unknown": [*words[:23], "cairnish"],
        "swapped": [words[1], words[0], *words[2:]],
        "other": world.recovery["office"],
    }
    for name, wrong in cases.items():
        if wrong == words:
            continue
        (tmp_path / name).write_text(" ".join(wrong), "utf-8")
        ran = cairn(
            "vault", "recover", world.field, "--words-file", tmp_path / name, "--new-passphrase-file",
            tmp_path / "new", "--json", code=3,
        )  # fmt: skip
        assert len(ran.codes) == 1, name
    cairn("vault", "info", world.field, *world.key("field"))


def test_unknown_interview(world: World) -> None:
    refused(3, "interview.unknown", "interview", "show", world.field, "0" * 32, *world.key("field"))
    refused(3, "interview.unknown", "interview", "show", world.field, "nonsense", *world.key("field"))


def test_a_title_names_an_interview_when_it_is_the_only_one(world: World, field: Path) -> None:
    key = world.key("field")
    made = cairn("interview", "add", field, "--title", "그해 겨울", *key).out.strip()
    for title in ("그해 겨울", unicodedata.normalize("NFD", "그해 겨울"), made):
        assert cairn("interview", "show", field, title, "--json", *key).object["interviews"][0]["id"] == made
    cairn("interview", "add", field, "--title", "그해 겨울", *key)
    refused(3, "interview.ambiguous", "interview", "show", field, "그해 겨울", *key)
    cairn("interview", "show", field, made, *key)


def test_attachment_that_is_not_there_leaves_no_interview(world: World, field: Path, tmp_path: Path) -> None:
    refused(
        3, "cli.no-such-file", "interview", "add", field, "--title", "T", "--attach", tmp_path / "none",
        *world.key("field"),
    )  # fmt: skip
    listed = cairn("interview", "list", field, "--json", *world.key("field")).object["interviews"]
    assert [i["id"] for i in listed] == [world.interview]


def test_unreadable_attachment_leaves_no_interview(world: World, field: Path, tmp_path: Path) -> None:
    """A file that fails while it is read: nothing of the interview stays."""
    ran = cairn(
        "interview",
        "add",
        field,
        "--title",
        "T",
        "--attach",
        "/proc/self/mem",
        "--json",
        *world.key("field"),
        code=5,
    )
    assert len(ran.codes) == 1
    listed = cairn("interview", "list", field, "--json", *world.key("field")).object["interviews"]
    assert [i["id"] for i in listed] == [world.interview]


def test_account_that_is_no_text(world: World, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xff\xfe")
    refused(
        3, "cli.not-text", "interview", "add", world.field, "--title", "T", "--account-file", tmp_path / "a",
        *world.key("field"),
    )  # fmt: skip


def test_cards(world: World, field: Path, tmp_path: Path) -> None:
    key = world.key("field")
    (tmp_path / "no.contact").write_text("cairn-card/2\n", "utf-8")
    refused(3, "card.malformed", "contact", "add", field, tmp_path / "no.contact", *key)
    (tmp_path / "big.contact").write_bytes(b"x" * 100_000)
    refused(3, "card.malformed", "contact", "add", field, tmp_path / "big.contact", *key)
    card = (world.folder / "stranger.contact").read_text("utf-8")
    (tmp_path / "forged.contact").write_text(card.replace("Stranger", "Office"), "utf-8")
    refused(4, "card.signature-bad", "contact", "add", field, tmp_path / "forged.contact", *key)
    words = " ".join(world.words["office"])
    refused(
        3,
        "contact.words-wrong",
        "contact",
        "add",
        field,
        world.folder / "stranger.contact",
        "--words",
        words,
        *key,
    )
    rows = cairn("contact", "list", field, "--json", *key).object["contacts"]
    assert [row["label"] for row in rows] == ["Office"]
    refused(5, "machine.exists", "contact", "card", field, "-o", world.folder / "stranger.contact", *key)


def test_unverified_contact_is_refused_unless_overridden_in_words(
    world: World, field: Path, tmp_path: Path
) -> None:
    key = world.key("field")
    added = cairn("contact", "add", field, world.folder / "stranger.contact", "--json", *key).object
    assert added["trust"] == "unverified"
    seal = ["seal", field, "--to", "Stranger", "--interview", world.interview, "-o", tmp_path, *key]
    refused(3, "gate.recipient-unverified", *seal)
    assert not list(tmp_path.glob("*.age"))
    cairn(*seal, "--override-unverified", "I met her and copied the card myself")
    assert len(list(tmp_path.glob("*.age"))) == 1


def test_unknown_contact(world: World, tmp_path: Path) -> None:
    refused(
        3,
        "contact.unknown",
        "seal",
        world.field,
        "--to",
        "Nobody",
        "--all",
        "-o",
        tmp_path,
        *world.key("field"),
    )


def test_no_consent_no_bundle(world: World, field: Path, tmp_path: Path) -> None:
    key = world.key("field")
    for consent in ([], ["--consent", "keep"], ["--consent", "nothing"]):
        made = cairn("interview", "add", field, "--title", "T", *consent, *key).out.strip()
        ran = cairn(
            "seal", field, "--to", "Office", "--interview", made, "-o", tmp_path, "--json", *key, code=3
        )
        assert ran.codes
    assert not list(tmp_path.glob("*.age"))


def test_bundle_for_somebody_else(world: World) -> None:
    refused(3, "bundle.not-for-us", "open", world.bundle, "--vault", world.stranger, *world.key("stranger"))
    refused(3, "bundle.not-for-us", "take-in", world.stranger, world.bundle, *world.key("stranger"))


def _flip(at: float) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        place = int(len(data) * at)
        return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]

    return change


DAMAGED: dict[str, tuple[Callable[[bytes], bytes], set[int]]] = {
    "flipped early": (_flip(0.2), {3, 4}),
    "flipped in the payload": (_flip(0.7), {4}),
    "flipped at the end": (_flip(0.9999), {4}),
    "cut by one byte": (lambda data: data[:-1], {4}),
    "cut in the middle": (lambda data: data[: len(data) // 2], {4}),
    "cut in the header": (lambda data: data[:100], {4}),
    "appended to": (lambda data: data + b"\0", {4}),
    "doubled": (lambda data: data + data, {4}),
    "empty": (lambda data: b"", {3}),
    "noise": (lambda data: bytes(range(256)) * 40, {3}),
    "chunks swapped": (
        lambda data: data[:-140000] + data[-70000:] + data[-140000:-70000], {4},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_bundle(world: World, tmp_path: Path, name: str) -> None:
    change, codes = DAMAGED[name]
    (tmp_path / "b.age").write_bytes(change(world.bundle.read_bytes()))
    for command in (
        ["open", tmp_path / "b.age", "--vault", world.office],
        ["take-in", world.office, tmp_path / "b.age"],
    ):
        ran = cairn(*command, "--json", *world.key("office"), code=None)
        assert ran.code in codes, ran
        assert len(ran.codes) == 1
    listed = cairn("interview", "list", world.office, "--json", *world.key("office")).object["interviews"]
    assert listed == []
    assert cairn("vault", "check", world.office, "--json", *world.key("office")).object["whole"]


def test_bundle_that_is_not_there(world: World, tmp_path: Path) -> None:
    refused(
        3, "cli.no-such-file", "open", tmp_path / "none.age", "--vault", world.office, *world.key("office")
    )
    refused(3, "cli.no-such-file", "take-in", world.office, tmp_path, *world.key("office"))


def test_unknown_sender_is_refused_unless_overridden_in_words(
    world: World, tmp_path: Path, field: Path
) -> None:
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
    sealed = cairn("seal", field, "--to", "Stranger", "--interview", world.interview, "-o", tmp_path, *key)
    stranger = shutil.copytree(world.stranger, tmp_path / "stranger")
    key = world.key("stranger")
    bundle = sealed.out.strip()
    opened = cairn("open", bundle, "--vault", stranger, "--json", *key)
    assert opened.object["sender"]["trust"] == "unknown"
    refused(3, "taking.sender-unknown", "take-in", stranger, bundle, *key)
    cairn("take-in", stranger, bundle, "--override-unverified", "she handed me the stick herself", *key)


def test_plain_identity_needs_a_yes(world: World, tmp_path: Path) -> None:
    ran = cairn("identity", world.office, "-o", tmp_path, "--plain", "--json", *world.key("office"), code=2)
    assert len(ran.codes) == 1
    assert not list(tmp_path.iterdir())


def test_one_program_at_a_time(world: World, field: Path, tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    (tmp_path / "recover.words").write_text(" ".join(world.recovery["field"]), "utf-8")
    holder = subprocess.Popen(
        [*CAIRN, "vault", "recover", str(field), "--words-file", str(tmp_path / "recover.words"),
         "--new-passphrase-file", str(fifo)],
        env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        # It has the vault open once it waits for the new passphrase: the other end of the pipe opens then.
        writer = os.open(fifo, os.O_WRONLY)
        refused(5, "vault.in-use", "vault", "info", field, *world.key("field"))
        os.close(writer)
        _, said = holder.communicate(timeout=60)
        assert holder.returncode == 3, said
        assert b"Traceback" not in said
    finally:
        holder.kill()
        holder.wait()
    cairn("vault", "info", field, *world.key("field"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_leaves_nothing_half_done(world: World, field: Path, tmp_path: Path, number: int) -> None:
    account = tmp_path / "account"
    os.mkfifo(account)
    running = subprocess.Popen(
        [*CAIRN, "interview", "add", str(field), "--title", "T", "--account-file", str(account), *world.key("field")],
        env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        writer = os.open(account, os.O_WRONLY)
        time.sleep(0.2)
        running.send_signal(number)
        out, said = running.communicate(timeout=60)
        os.close(writer)
    finally:
        running.kill()
        running.wait()
    assert running.returncode == 5
    assert out == b""
    assert said.decode().strip() == "cairn: Stopped. Nothing half-done remains."
    listed = cairn("interview", "list", field, "--json", *world.key("field")).object["interviews"]
    assert [i["id"] for i in listed] == [world.interview]


def test_sentences_are_korean_on_a_korean_terminal(world: World, tmp_path: Path) -> None:
    ran = cairn("vault", "info", tmp_path, *world.key("field"), code=3, env={"LC_ALL": "ko_KR.UTF-8"})
    assert any("가" <= c <= "힣" for c in ran.err)


def _in_own_mounts(mount: str, vault: Path, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run `cairn` where only this one command sees `mount` (a shell line; the vault's folder is `$1`)."""
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", mount + ' && shift && exec "$@"', "sh", str(vault), *CAIRN,
         *map(str, arguments)],
        env=environment(), capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    if b"unshare" in done.stderr or b"mount:" in done.stderr:
        pytest.skip("no mounts of one's own are allowed here")
    assert b"Traceback" not in done.stderr, done.stderr
    return done


def test_read_only_vault(world: World, field: Path) -> None:
    read_only = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"'
    done = _in_own_mounts(
        read_only, field, "interview", "add", field, "--title", "T", "--json", *world.key("field")
    )
    assert done.returncode == 5
    assert [p["code"] for p in json.loads(done.stdout)["problems"]] == ["vault.to-read-medium"]
    cairn("vault", "check", field, *world.key("field"))


def test_full_disk(world: World, field: Path, tmp_path: Path) -> None:
    """Taking in and attaching on a full disk: one sentence, and the vault is as it was."""
    (tmp_path / "big").write_bytes(os.urandom(30_000_000))
    mount = 'cp -a "$1" "$1.kept" && mount -t tmpfs -o size=80m none "$1" && cp -a "$1.kept/." "$1/"'
    add = [
        "interview",
        "add",
        field,
        "--title",
        "T",
        "--attach",
        tmp_path / "big",
        "--json",
        *world.key("field"),
    ]
    script = f"""{mount}
        shift
        "$@"; code=$?
        "$1" "$2" "$3" "$4" "$5" -m cairn interview list {field} {" ".join(world.key("field"))} >&2
        exit $code; true"""
    done = _in_own_mounts(script, field, *add)
    assert done.returncode == 5, done
    assert [p["code"] for p in json.loads(done.stdout)["problems"]] == ["machine.disk-full"]
    listed = [line for line in done.stderr.decode().splitlines() if not line.startswith("cairn: ")]
    assert len(listed) == 1 and listed[0].startswith(world.interview)


def test_what_others_wrote_can_not_drive_the_terminal(world: World, field: Path) -> None:
    key = world.key("field")
    evil = "W-020 \x1b]0;owned\x07\x1b[2J\u202egnp"
    cairn("interview", "add", field, "--title", evil, *key)
    said = cairn("interview", "list", field, *key).out
    assert "\x1b" not in said and "\x07" not in said and "\u202e" not in said
    titles = [i["title"] for i in cairn("interview", "list", field, "--json", *key).object["interviews"]]
    assert "\x1b" not in json.dumps(titles)
