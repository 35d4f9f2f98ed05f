"""The published sample, by Cairn's reader and by stock tools as FORMAT.md tells it."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cairn.crypto.ssh import sshsig
from cairn.custody import checkpoint, line, walk
from custody import sample

FORMAT = Path(walk.__file__).with_name("FORMAT.md")
BAD = sorted(path.name for path in (sample.FOLDER / "bad").iterdir())


def report_of(folder: Path) -> walk.Report:
    lines = line.split(sample.read("log.jsonl", folder))
    kept = {}
    for raw in sample.read("payloads.jsonl", folder).splitlines():
        row = json.loads(raw)
        kept[row["seq"]] = (bytes.fromhex(row["salt"]), base64.b64decode(row["payload"]))
    signed = checkpoint.Checkpoint(
        sample.read("checkpoint.txt", folder), sample.read("checkpoint.txt.sig", folder)
    )
    public = sample.read("allowed_signers").decode().split(" ", 2)[2].strip()

    def check(text: bytes, signature: bytes) -> None:
        sshsig.verify(checkpoint.NAMESPACE, text, signature, public)

    device = sample.read("fingerprint.txt").decode().strip()
    return walk.verify(walk.MemoryRows(lines, kept), [signed], check, device=device, complete=True)


def test_the_sample_is_what_this_program_writes() -> None:
    for name, content in sample.files().items():
        assert (sample.FOLDER / name).read_bytes() == content, name


def test_the_sample_is_whole() -> None:
    report = report_of(sample.FOLDER)
    assert report.whole and report.entries == 5 and report.absent == 1


@pytest.mark.parametrize("name", BAD)
def test_an_altered_copy_gives_its_code(name: str) -> None:
    code, _, seq = name.rpartition("-")
    problems = report_of(sample.FOLDER / "bad" / name).problems
    assert walk.Problem(int(seq), f"custody.{code}") in problems


def commands(number: int) -> str:
    return re.findall(r"```sh\n(.*?)```", FORMAT.read_text("utf-8"), re.DOTALL)[number]


def shell(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-c", script],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_documented_loop_walks_the_log() -> None:
    done = shell(commands(0), sample.FOLDER)
    head = shell(commands(1), sample.FOLDER)
    assert done.stdout == f"5 entries, head {report_of(sample.FOLDER).head}\n"
    assert head.stdout == report_of(sample.FOLDER).head
    for name, place in (("line-altered-3", 4), ("line-missing-3", 3)):
        broken = shell(commands(0), sample.FOLDER / "bad" / name)
        assert (broken.returncode, broken.stdout) == (1, f"broken at line {place}\n")


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not installed")
def test_the_documented_signature_check(tmp_path: Path) -> None:
    for name in ("allowed_signers", "checkpoint.txt", "checkpoint.txt.sig"):
        (tmp_path / name).write_bytes(sample.read(name))
    assert shell(commands(2), tmp_path).returncode == 0
    (tmp_path / "checkpoint.txt").write_bytes(sample.read("checkpoint.txt").replace(b"5\n", b"4\n", 1))
    assert shell(commands(2), tmp_path).returncode != 0


def test_the_documented_commitment() -> None:
    row = json.loads(sample.read("payloads.jsonl").splitlines()[1])
    done = shell(commands(3), sample.FOLDER, S=row["salt"], P=row["payload"])
    expected = line.parse(line.split(sample.read("log.jsonl"))[row["seq"] - 1]).commit
    assert done.stdout.split()[0] == expected
