"""The bundle in other hands: opened and checked outside of the root, with stock tools alone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

from job import Done, write
from transcript import Transcript, must

from drive import practice
from sound.compare import likeness, longest_gap
from sound.rig import read_wav

TREE = Path(__file__).resolve().parents[2]
LEAST = 0.8
MEMORY = ("/tmp", "/run", "/dev/shm")  # noqa: S108  # searched, not written to
"""Disks of their own in the root; everything else that the run wrote lies in its layer."""
PHRASES = (
    practice.TITLE,
    *(line.split(".")[0] for line in practice.ACCOUNT.splitlines()),
    "Crossing the river at night",
    "지어낸 이야기",
)
AGE = TREE / "tests/interop/age.mjs"


def tool(*words: str | Path, given: bytes = b"", folder: Path | None = None) -> bytes:
    """What a stock tool says. Raises AssertionError when it is not content."""
    done = subprocess.run([str(w) for w in words], input=given, cwd=folder, capture_output=True, check=False)
    must(done.returncode == 0, f"{words[0]}: {done.stdout[-1000:]!r} {done.stderr[-1000:]!r}")
    return done.stdout


def check(transcript: Transcript, done: Done, folder: Path, *, last: bool) -> bool:
    """Decrypt, unpack, verify, listen. False, before the `last` try, for a recording that stutters."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (bundle,) = done.outside(done.outbox).glob("*.age")
    with transcript.step("the office's keys leave its vault"):
        key = ["--passphrase-file", f"{done.user.home}/office.pass", "--json"]
        field = card_words(done)
        done.room.run(
            ["cairn", "contact", "add", done.office, f"{done.user.home}/field.contact"]
            + ["--words", " ".join(field), *key],
            done.user,
        )
        keys = f"{done.user.home}/keys"
        done.room.run(["cairn", "identity", done.office, "-o", keys, "--plain", "--yes", *key], done.user)
        text = done.outside(f"{keys}/age.key").read_text("ascii")
        secret = next(line for line in text.splitlines() if line.startswith("AGE-SECRET-KEY-"))
    with transcript.step("age (not ours) decrypts the bundle, tar unpacks it"):
        tar = tool("node", AGE, "decrypt", secret, given=bundle.read_bytes())
        tool("tar", "-xf", "-", "-C", folder, given=tar)
    inside = folder / "bundle"
    with transcript.step("ssh-keygen verifies the signature, and not another text's"):
        signers = done.outside(f"{done.user.home}/keys/allowed_signers")
        page = (inside / "data/README.html").read_text("utf-8")
        sender = re.search(r"cairn-[0-9a-f]{16}", page)
        must(sender, "the page does not name the sender")
        words = ["ssh-keygen", "-Y", "verify", "-f", signers, "-I", sender[0], "-n", "bundle@cairn"]
        words += ["-s", inside / "tagmanifest-sha256.txt.sig"]
        signed = (inside / "tagmanifest-sha256.txt").read_bytes()
        tool(*words, given=signed)
        other = subprocess.run(
            [str(w) for w in words], input=signed + b"\n", capture_output=True, check=False
        )
        must(other.returncode != 0, "a changed text has a good signature")
    with transcript.step("sha256sum finds every file whole"):
        tool("sha256sum", "--strict", "--quiet", "-c", "tagmanifest-sha256.txt", folder=inside)
        tool("sha256sum", "--strict", "--quiet", "-c", "manifest-sha256.txt", folder=inside)
    with transcript.step("its page can be read: the account in both languages"):
        for words in (practice.TITLE, *practice.ACCOUNT.splitlines()):
            must(words in page, f"“{words}” is not there")
    if done.said is not None:
        with transcript.step("opusdec decodes the recording: what was said is what is heard"):
            found = [one for one in (inside / "data/media").iterdir() if one.read_bytes()[:4] == b"OggS"]
            must(len(found) == 1, [one.name for one in found])
            wav = folder / "heard.wav"
            tool("opusdec", "--quiet", "--rate", "48000", found[0], wav)
            heard = read_wav(wav)
            like = likeness(done.said, heard)
            gap = longest_gap(done.said, heard, like.lag)
            transcript.note(
                f"{len(done.said) / 48000:.2f} s said, {len(heard) / 48000:.2f} s kept; "
                f"correlation {like.whole:.3f}, worst second {like.worst:.3f}, longest gap {gap:.2f} s"
            )
            same = like.worst > LEAST and gap < 0.1
            if not same and not last:
                transcript.note("it stutters: the main job is done once more")
            must(same or not last, f"correlation {like.worst:.3f}, gap {gap:.2f} s")
        if not same:
            return False
        with transcript.step("the mark is written beside it"):
            media = inside / "data/media"
            files = [p for p in (inside / "data").rglob("*") if p.is_file() and media not in p.parents]
            found = [p for p in files if re.search(rb'"marks":\s*\[\s*\{', p.read_bytes())]
            must(found, f"no mark in {[str(p.relative_to(inside)) for p in files]}")
    with transcript.step("the office takes it in, and its log is whole"):
        done.room.run(["cp", f"{done.outbox}/{bundle.name}", f"{done.user.home}/in.age"], done.user)
        words = ["cairn", "take-in", done.office, f"{done.user.home}/in.age", *key]
        taken = json.loads(done.room.run(words, done.user).stdout)
        must(taken["new"] > 0 and not taken["conflicts"], taken)
        walked = json.loads(
            done.room.run(["cairn", "custody", "verify", done.office, *key], done.user).stdout
        )
        must(walked["whole"], walked)
    with transcript.step(
        "nothing of the interview lies readable: home, vaults, /tmp, /run, /dev/shm, the rest"
    ):
        planted = folder / "planted"
        planted.write_bytes(b"x" + PHRASES[-1].encode("utf-16-le"))
        control, _ = readable([folder])
        must({planted, inside / "data/README.html"} <= set(control), f"the search is blind: {control}")
        found, looked_at = readable([done.room.layer, *(done.outside(place) for place in MEMORY)])
        must(not found, [str(one) for one in found])
        transcript.note(f"{looked_at} files looked through for {len(PHRASES)} phrases in UTF-8 and UTF-16")
    return True


def readable(places: list[Path]) -> tuple[list[Path], int]:
    """Files below `places` with a phrase of the interview in name or content; and how many were looked through."""
    needles = [phrase.encode(code) for phrase in PHRASES for code in ("utf-8", "utf-16-le")]
    found, count = [], 0
    for place in places:
        for one in place.rglob("*"):
            if any(phrase in one.name for phrase in PHRASES):
                found.append(one)
            if one.is_symlink() or not one.is_file():
                continue
            count += 1
            content = one.read_bytes()
            if any(needle in content for needle in needles):
                found.append(one)
    return found, count


def card_words(done: Done) -> list[str]:
    """The field worker's card, made by the installed program, and its words."""
    home = done.user.home
    write(done.room, done.user, f"{home}/field.pass", practice.FIELD_PASSPHRASE + "\n")
    said = done.room.run(
        ["cairn", "contact", "card", done.vault, "-o", f"{home}/field.contact"]
        + ["--json", "--passphrase-file", f"{home}/field.pass"],
        done.user,
    )
    words: list[str] = json.loads(said.stdout)["words"]
    return words
