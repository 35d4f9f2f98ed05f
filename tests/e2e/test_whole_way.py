"""From the field to the office by command line alone, on paths in Korean; and a bundle that somebody changed."""

from __future__ import annotations

import hashlib
import io
import wave
from dataclasses import dataclass
from pathlib import Path

import pytest

from e2e.conftest import Program, give

ACCOUNT = "강을 건넌 것은 밤이었다.\nWe waited until the lamps went out.\n"


@dataclass(frozen=True)
class Way:
    """What the way from field to office leaves."""

    folder: Path
    field: Path
    office: Path
    field_key: list[str | Path]
    office_key: list[str | Path]
    interview: str
    recording: str
    bundle: Path


def _wav(seconds: int = 3, rate: int = 16_000) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as stream:
        stream.setparams((1, 2, rate, 0, "NONE", ""))
        stream.writeframes(
            b"".join(
                ((i * 97) % 8000 - 4000).to_bytes(2, "little", signed=True) for i in range(rate * seconds)
            )
        )
    return out.getvalue()


@pytest.fixture(scope="module")
def way(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Way:
    """README's “whole way by command line”, with a recording."""
    folder = tmp_path_factory.mktemp("길") / "현장 기록"
    folder.mkdir()
    field, office = folder / "현장", folder / "사무실"
    for name, text in (("field.pass", "ember willow 47\n"), ("office.pass", "harbor 돌 12\n")):
        (folder / name).write_text(text, "utf-8")
    (folder / "진술.txt").write_text(ACCOUNT, "utf-8")
    (folder / "지도.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    (folder / "phone.wav").write_bytes(_wav())
    give(folder.parent.parent, folder.parent, folder, *folder.iterdir())
    keys: dict[Path, list[str | Path]] = {
        field: ["--passphrase-file", folder / "field.pass"],
        office: ["--passphrase-file", folder / "office.pass"],
    }
    words: dict[Path, list[str]] = {}
    for vault, role in ((field, "field"), (office, "office")):
        made = program("vault", "create", vault, "--name", f"{role} 팀", "--role", role, *keys[vault])
        assert len(made["words"]) == 24
        card = program("contact", "card", vault, "-o", folder / f"{role}.contact", *keys[vault])
        words[vault] = card["words"]
        assert len(words[vault]) == 12
    for vault, other, role in ((field, office, "office"), (office, field, "field")):
        program(
            "contact",
            "add",
            vault,
            folder / f"{role}.contact",
            "--words",
            " ".join(words[other]),
            *keys[vault],
        )
    key = keys[field]
    interview = program(
        "interview", "add", field, "--title", "W-017", "--account-file", folder / "진술.txt",
        "--attach", folder / "지도.png", "--consent", "share", *key,
    )["id"]  # fmt: skip
    recording = program("recording", "import", field, interview, folder / "phone.wav", *key)
    assert recording["sha256"] == hashlib.sha256(_wav()).hexdigest()
    program("recording", "exclude", field, recording["id"], "--from", "1", "--to", "1.5", *key)
    program("recording", "cut", field, recording["id"], *key)
    sealed = program("seal", field, "--to", "office 팀", "--all", "-o", folder / "나갈 것", *key)
    return Way(
        folder,
        field,
        office,
        key,
        keys[office],
        interview,
        recording["id"],
        Path(sealed["bundles"][0]["path"]),
    )


def test_the_office_opens_takes_in_and_finds(program: Program, way: Way) -> None:
    opened = program("open", way.bundle, "--vault", way.office, *way.office_key)
    assert opened["whole"] and opened["signed"] and opened["sender"]["trust"] == "verified"
    assert program("take-in", way.office, way.bundle, *way.office_key)["new"] > 0
    again = program("take-in", way.office, way.bundle, *way.office_key)
    assert (again["new"], again["updated"], again["conflicts"]) == (0, 0, 0)
    shown = program("interview", "show", way.office, way.interview, *way.office_key)
    assert shown["body"]["account"] == ACCOUNT.removesuffix("\n")
    wanted = hashlib.sha256((way.folder / "지도.png").read_bytes()).hexdigest()
    assert wanted in {each["sha256"] for each in shown["attachments"]}
    found = program("search", way.office, "건넌", *way.office_key)
    assert [each["id"] for each in found["interviews"]] == [way.interview]


def test_what_was_cut_out_stays_at_home(program: Program, way: Way) -> None:
    listed = program("recording", "list", way.field, way.interview, *way.field_key)["recordings"]
    cut = next(each for each in listed if each["source"] == "cut")
    assert cut["kept"] == [[0, 1000], [1500, 3000]]
    program("take-in", way.office, way.bundle, *way.office_key)
    there = program("recording", "list", way.office, way.interview, *way.office_key)["recordings"]
    assert [each["id"] for each in there] == [cut["id"]]


def test_both_logs_are_whole(program: Program, way: Way) -> None:
    for vault, key in ((way.field, way.field_key), (way.office, way.office_key)):
        assert program("custody", "verify", vault, *key)["whole"]
        assert program("vault", "check", vault, *key)["whole"]


@pytest.mark.parametrize("place", [0.1, 0.5, 0.99])
def test_a_bundle_that_was_changed_is_refused(
    program: Program, way: Way, place: float, tmp_path: Path
) -> None:
    data = bytearray(way.bundle.read_bytes())
    data[int(len(data) * place)] ^= 1
    changed = way.folder / f"changed-{int(place * 100)}.age"
    changed.write_bytes(data)
    give(changed)
    before = program("interview", "list", way.office, *way.office_key)["interviews"]
    refused = program("take-in", way.office, changed, *way.office_key, code=4)
    assert refused["problems"]
    assert program("interview", "list", way.office, *way.office_key)["interviews"] == before


def test_it_tests_itself(program: Program) -> None:
    found = program("self-test")
    assert found["checks"] and all(each["passed"] for each in found["checks"])
