"""`cairn form` as a script uses it."""

from __future__ import annotations

import json
from pathlib import Path

from cli.program import cairn, refused
from forms.making import sheet, xml

FORM = """type | name | label::en | label::ko | relevant | calculation | constraint
    integer | age | Age | 나이 | | | . < 121
    text | work | Work | 일 | ${age} > 17 | |
    begin repeat | child | Child | 아이 | | |
    text | name | Name | 이름 | | |
    end repeat | | | | | |
    calculate | many | | | | count(${child}) |"""


def made(tmp_path: Path, text: str = "", name: str = "form.md") -> Path:
    file = tmp_path / name
    file.write_text(text or sheet(FORM, settings="form_id | version | form_title\n f | 7 | A form"), "utf-8")
    return file


def test_a_form_is_looked_through(tmp_path: Path) -> None:
    found = cairn("form", "check", made(tmp_path), "--json").object
    assert (found["kind"], found["id"], found["version"], found["questions"], found["refused"]) == (
        "md",
        "f",
        "7",
        3,
        False,
    )
    assert found["languages"] == ["en", "ko"]
    assert "A form, version 7: 3 questions." in cairn("form", "check", made(tmp_path)).out


def test_what_is_wrong_is_said_with_its_row_and_ends_with_three(tmp_path: Path) -> None:
    bad = made(
        tmp_path, sheet("type | name | label | relevant\n barcode | a | A |\n text | b | B | ${c} = 1")
    )
    ran = cairn("form", "check", bad, code=3)
    assert "Error, sheet survey, row 3: “relevant” names “c”, and no question is called so." in ran.out
    assert "Not offered, sheet survey, row 2: Cairn doesn't ask questions of the type “barcode”." in ran.out
    korean = cairn("form", "check", bad, code=3, env={"LC_ALL": "ko_KR.UTF-8"})
    assert "오류, survey 시트 3행" in korean.out
    assert cairn("form", "check", bad, "--json", code=3).object["refused"] is True


def test_steps_are_done_one_after_the_other(tmp_path: Path) -> None:
    steps = tmp_path / "steps.txt"
    steps.write_text(
        "# a note\nrel /data/work => hidden\nset /data/age 41\nrel /data/work\nset /data/work a => b\nget /data/work\n"
        "try /data/age 300\nnew /data/child[2]\nget /data/many\nremove /data/child[1]\nskip /data/work refused\nreopen\n"
        'look /data/work\n{"op": "set", "ref": "/data/child[1]/name", "args": ["x"]}\nlanguage ko\nmessage /data/age\nclear /data/age\n'
        "answers\nsubmission\nedit\nstate\nget /data/nothing\nfly\n",
        "utf-8",
    )
    found = cairn("form", "run", made(tmp_path), "--steps", steps, "--json", "--states").object
    by_step = {each["step"]: each for each in found["steps"]}
    assert by_step["rel /data/work"]["answer"] == "shown"
    assert by_step["get /data/work"]["answer"] == "a => b"
    assert by_step["try /data/age 300"]["answer"] == "refused"
    assert by_step["new /data/child[2]"]["answer"] == "/data/child[2]"
    assert by_step["get /data/many"]["answer"] == "2"
    assert json.loads(by_step["look /data/work"]["answer"])["skipped"] == "refused"
    assert json.loads(by_step["answers"]["answer"])["version"] == "7"
    assert "<age/>" in by_step["submission"]["answer"]
    assert by_step["get /data/nothing"]["error"] == "form.no-such-question"
    assert by_step["fly"]["error"] == "form.no-such-step"
    assert all("state" in each for each in found["steps"])
    assert next(each for each in found["state"] if each["ref"] == "/data/age")["label"] == "나이"
    plain = cairn(
        "form", "run", made(tmp_path), "--language", "ko", stdin="get /data/many\nget /data/x\n"
    ).out
    assert plain.splitlines() == ["1", "! There is no question at /data/x."]


def test_lists_and_pictures_lie_beside_the_form(tmp_path: Path) -> None:
    form = made(tmp_path, sheet("type | name | label\n select_one_from_file towns.csv | town | Town"))
    assert [each["code"] for each in cairn("form", "check", form, "--json").object["findings"]] == []
    beside = tmp_path / "form-media"
    beside.mkdir()
    found = cairn("form", "check", form, "--json").object["findings"]
    assert [(each["code"], each["values"]["file"]) for each in found] == [("form.file-missing", "towns.csv")]
    (beside / "towns.csv").write_bytes(b"name,label\na,A\nb,B\n")
    assert cairn("form", "check", form, "--json").object["findings"] == []
    ran = cairn(
        "form",
        "run",
        form,
        "--beside",
        beside,
        "--json",
        stdin="set /data/town b\nset /data/town c\nget /data/town\n",
    )
    assert ran.object["state"][1]["choices"] == ["a", "b"]
    assert [each["answer"] for each in ran.object["steps"]] == ["ok", "ok", ""]
    (beside / "towns.csv").write_bytes(b"{")
    assert [each["code"] for each in cairn("form", "check", form, "--json").object["findings"]] == [
        "form.file-unreadable"
    ]


def test_what_can_t_be_run_says_why(tmp_path: Path) -> None:
    broken = made(tmp_path, sheet("type | name | label\n select_one x | a | A"))
    ran = refused(3, "form.cant-run", "form", "run", broken)
    assert ran.code == 3
    refused(3, "form.no-such-language", "form", "run", made(tmp_path), "--language", "xx")
    refused(5, "machine.gone", "form", "check", tmp_path / "nothing.md")
    refused(5, "machine.gone", "form", "check", made(tmp_path), "--beside", tmp_path / "nothing")
    (tmp_path / "noise.bin").write_bytes(b"\0\1\2\3" * 100)
    refused(3, "decode.unsupported", "form", "check", tmp_path / "noise.bin")
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(500 << 20)
    refused(3, "form.file-too-big", "form", "check", tmp_path / "large.csv")


def test_what_is_only_not_offered_can_be_tried(tmp_path: Path) -> None:
    form = made(
        tmp_path,
        xml("<a/>", '<bind nodeset="/data/a" type="geotrace"/>', '<input ref="/data/a"/>'),
        "form.xml",
    )
    ran = cairn("form", "run", form, stdin="set /data/a 0 1 0 0;0 2 0 0\nget /data/a\n")
    assert ran.out.splitlines() == ["ok", "0.0 1.0 0.0 0.0;0.0 2.0 0.0 0.0"]
