"""The published sample, by Cairn's reader and by stock tools as FORMAT.md tells it."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cairn.crypto.hashes import sha256
from cairn.custody import checkpoint, excerpt, line, walk
from cairn.custody.memory import MemoryRows
from cairn.errors import IntegrityError
from custody import naive, sample

FORMAT = Path(walk.__file__).with_name("FORMAT.md")
BAD = sorted(path.name for path in (sample.FOLDER / "bad").iterdir())
BAD_EXCERPTS = sorted(path.name for path in (sample.FOLDER / "bad-excerpts").iterdir())


def signed(folder: Path) -> checkpoint.Checkpoint:
    names = ("checkpoint.txt", "checkpoint.txt.sig", "checkpoint.txt.pq.sig")
    return checkpoint.Checkpoint(*(sample.read(name, folder) for name in names))


def payloads(folder: Path) -> dict[int, tuple[bytes, bytes]]:
    rows = map(json.loads, sample.read("payloads.jsonl", folder).splitlines())
    return {row["seq"]: (bytes.fromhex(row["salt"]), base64.b64decode(row["payload"])) for row in rows}


def report_of(folder: Path) -> walk.Report:
    lines = line.split(sample.read("log.jsonl", folder))
    device = sample.read("fingerprint.txt").decode().strip()

    def check(item: checkpoint.Checkpoint) -> None:
        checkpoint.verify(item, sample.keys().public)

    class Kept(MemoryRows):
        """The nodes are those of the log as it was."""

        def nodes(self, level: int) -> object:  # type: ignore[override]
            return sample.log_of().nodes(level) if "altered" in folder.name else super().nodes(level)

    return walk.verify(Kept(lines, payloads(folder)), [signed(folder)], check, device=device, complete=True)


def excerpt_of(folder: Path) -> excerpt.Excerpt:
    return excerpt.Excerpt(
        signed(folder),
        line.split(sample.read("lines.jsonl", folder)),
        [(seq, *kept) for seq, kept in payloads(sample.FOLDER / "excerpt").items()],
        [int(head) for head in sample.read("heads.txt", folder).split()],
        sample.read("proof.bin", folder),
    )


def test_the_sample_is_what_this_program_writes() -> None:
    for name, content in sample.files().items():
        # ML-DSA draws lots when it signs.
        if not name.endswith(".pq.sig"):
            assert (sample.FOLDER / name).read_bytes() == content, name


def test_the_sample_is_whole() -> None:
    report = report_of(sample.FOLDER)
    assert report.whole and report.entries == 11 and report.absent == 1


def test_the_roots_are_the_naive_ones() -> None:
    lines = line.split(sample.read("log.jsonl"))
    for text in sample.read("roots.txt").decode().splitlines():
        size, root = text.split()
        assert naive.root(lines[: int(size)]).hex() == root


@pytest.mark.parametrize("name", BAD)
def test_an_altered_copy_gives_its_code(name: str) -> None:
    code, _, seq = name.rpartition("-")
    problems = report_of(sample.FOLDER / "bad" / name).problems
    assert walk.Problem(int(seq), f"custody.{code}") in problems


def test_the_excerpt_shows_what_it_should() -> None:
    shown = excerpt.check(excerpt_of(sample.FOLDER / "excerpt"), sample.keys().public)
    roots = dict(text.split() for text in sample.read("roots.txt").decode().splitlines())
    assert shown.heads == {size: roots[str(size)] for size in sample.HEADS}
    assert (shown.size, shown.root) == (11, roots["11"])
    assert [told.act for told in shown.entries.values()] == ["record.revise", "interview.finalise"]
    told = (sample.INTERVIEW, sample.RECORD_1), (sample.INTERVIEW, sample.RECORD_3)
    assert shown.untold(told) == []
    assert shown.untold([(sample.NOTE, sample.RECORD_1), *told]) == [(sample.NOTE, sample.RECORD_1)]


@pytest.mark.parametrize("name", BAD_EXCERPTS)
def test_a_spoilt_excerpt_is_refused(name: str) -> None:
    bad = sample.FOLDER / "bad-excerpts" / name
    with pytest.raises(IntegrityError, match=r"custody\.excerpt-wrong"):
        excerpt.check(excerpt_of(bad), sample.keys().public)


def commands(name: str) -> str:
    text = FORMAT.read_text("utf-8")
    blocks = dict(re.findall(r"^```sh (\S+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    return blocks["functions"] + blocks[name]


SHELLS = [found for name in ("sh", "dash", "bash", "busybox") if (found := shutil.which(name))]


def shell(
    script: str, folder: Path, with_: str = "/bin/sh", **environment: str
) -> subprocess.CompletedProcess[str]:
    command = [with_, "sh"] if with_.endswith("busybox") else [with_]
    return subprocess.run(
        [*command, "-c", script],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def unpacked(tmp_path: Path, folder: Path) -> Path:
    """The files of an excerpt in one folder, as a bundle has them."""
    for name in ("lines.jsonl", "payloads.jsonl", "heads.txt", "proof.bin", "checkpoint.txt"):
        (tmp_path / name).write_bytes(sample.read(name, folder))
    return tmp_path


@pytest.mark.parametrize("with_", SHELLS)
def test_the_documented_loop_walks_the_whole_log(with_: str, tmp_path: Path) -> None:
    done = shell(commands("whole-log"), sample.FOLDER, with_)
    assert done.stdout == f"11 entries, root {report_of(sample.FOLDER).root}\n"
    broken = shell(commands("whole-log"), sample.FOLDER / "bad" / "line-missing-3", with_)
    assert (broken.returncode, broken.stdout) == (1, "broken at line 3\n")
    altered = shell(commands("whole-log"), sample.FOLDER / "bad" / "line-altered-5", with_)
    assert altered.stdout.startswith("11 entries") and altered.stdout != done.stdout
    (tmp_path / "log.jsonl").write_bytes(b"")
    empty = shell(commands("whole-log"), tmp_path, with_)
    assert empty.stdout == f"0 entries, root {sha256(b'').hex()}\n"


@pytest.mark.parametrize("with_", SHELLS)
def test_the_documented_text_verifies_inclusion_and_consistency(with_: str, tmp_path: Path) -> None:
    done = shell(commands("proof"), unpacked(tmp_path, sample.FOLDER / "excerpt"), with_)
    roots = dict(text.split() for text in sample.read("roots.txt").decode().splitlines())
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        *(f"size {size} had root {roots[str(size)]}" for size in sample.HEADS),
        f"every line is in the tree of size 11, root {roots['11']}",
    ]


@pytest.mark.parametrize("name", BAD_EXCERPTS)
def test_the_documented_text_notices(name: str, tmp_path: Path) -> None:
    done = shell(commands("proof"), unpacked(tmp_path, sample.FOLDER / "bad-excerpts" / name))
    assert done.returncode == 1 and "every line" not in done.stdout


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not installed")
def test_the_documented_signature_check(tmp_path: Path) -> None:
    for name in ("allowed_signers", "checkpoint.txt", "checkpoint.txt.sig"):
        (tmp_path / name).write_bytes(sample.read(name))
    assert shell(commands("signature"), tmp_path).returncode == 0
    (tmp_path / "checkpoint.txt").write_bytes(sample.read("checkpoint.txt").replace(b"11\n", b"12\n", 1))
    assert shell(commands("signature"), tmp_path).returncode != 0


def test_the_documented_commitment() -> None:
    row = json.loads(sample.read("payloads.jsonl").splitlines()[1])
    done = shell(commands("payload"), sample.FOLDER, S=row["salt"], P=row["payload"])
    expected = line.parse(line.split(sample.read("log.jsonl"))[row["seq"] - 1]).commit
    assert done.stdout.split()[0] == expected


def test_a_log_in_memory_says_where_it_ends() -> None:
    rows = MemoryRows([b"not a line", *line.split(sample.read("log.jsonl"))])
    assert next(iter(rows.lines())) == (1, b"not a line")
    assert [raw for _, raw in rows.lines(12)] == [rows.line(12)]
    assert list(rows.nodes(9)) == []
    for ask in (lambda: rows.line(0), lambda: rows.line(13)):
        with pytest.raises(IntegrityError, match=r"custody\.line-missing"):
            ask()
    for level, place in ((0, 12), (3, 1), (9, 0)):
        with pytest.raises(IntegrityError, match=r"custody\.node-altered"):
            rows.node(level, place)


@pytest.mark.parametrize(
    ("size", "below"), [(0, []), (1, []), (2, [1]), (10, [9, 8, 6, 2]), (1 << 31, 31), (1 << 40, 32)]
)
def test_earlier_sizes_are_spaced_by_powers_of_two(size: int, below: list[int] | int) -> None:
    found = excerpt.spaced(size)
    assert (len(found) if isinstance(below, int) else found) == below
