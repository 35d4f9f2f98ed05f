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
AGE = TREE / "tests/interop/age.mjs"


def tool(*words: str | Path, given: bytes = b"", folder: Path | None = None) -> bytes:
    """What a stock tool says. Raises AssertionError when it is not content."""
    done = subprocess.run([str(w) for w in words], input=given, cwd=folder, capture_output=True, check=False)
    must(done.returncode == 0, f"{words[0]}: {done.stdout[-1000:]!r} {done.stderr[-1000:]!r}")
    return done.stdout


def check(transcript: Transcript, done: Done, folder: Path) -> None:
    """Decrypt, unpack, verify, listen."""
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
            # A busy machine may stutter between the loudspeaker and the microphone; another sound has below 0.2.
            must(like.worst > 0.5 and gap < 0.1, f"correlation {like.worst:.3f}, gap {gap:.2f} s")
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
    with transcript.step("nothing of the account lies readable in the root"):
        planted = practice.ACCOUNT.split(".")[0].encode()
        for one in done.room.layer.rglob("*"):
            if one.is_file() and not one.is_symlink() and planted in one.read_bytes():
                must(False, f"readable in {one.relative_to(done.room.layer)}")


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
