"""The forms that ship: converted, run, valid for ODK's own validator, in three languages, and marked where they await review."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from cairn.app.answers import shipped
from cairn.errors import InputError
from cairn.forms import answers
from cairn.forms.check import check, questions
from cairn.forms.findings import Grade
from cairn.forms.markup import written
from cairn.forms.session import Session
from cairn.forms.state import state
from forms.making import imported

LANGUAGES = ("English (en)", "한국어 (ko)", "中文 (zh)")


def jar() -> Path:
    found = find_spec("pyxform")
    assert found is not None and found.origin is not None
    return Path(found.origin).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"


@pytest.mark.parametrize("name", shipped.names())
def test_a_form_is_without_a_finding_and_runs(name: str) -> None:
    form, findings = check(imported(shipped.source(name)), frozenset())
    assert [each for each in findings if each.grade is not Grade.NOTE] == []
    assert form is not None
    assert form.languages == LANGUAGES
    assert len(questions(form)) > 10
    session = Session(form)
    session.begin()
    assert session.worker.troubles == {}
    for language in LANGUAGES:
        session.speak(language)
        labelled = [
            each for each in state(session) if each["type"] in ("input", "select", "select1", "upload")
        ]
        assert all(each["label"] for each in labelled), language
    again = answers.restore(form, answers.loads(answers.dumps(answers.taken(session))))
    assert state(again) == state(session)


@pytest.mark.parametrize("name", shipped.names())
def test_a_form_says_what_awaits_review(name: str) -> None:
    form, _ = check(imported(shipped.source(name)))
    assert form is not None
    marked = {path for path, bind in form.binds.items() if "{urn:cairn:forms:1}review" in bind.extra}
    table = [
        re.split(r"(?<!\\)\|", line)[2:-1]
        for line in shipped.source(name).decode().partition("| choices |")[0].splitlines()
    ]
    rows = [[cell.strip() for cell in row] for row in table if len(row) > 3]
    at = rows[1].index("bind::cairn:review") if "bind::cairn:review" in rows[1] else None
    wanted = {row[1] for row in rows[2:] if at is not None and row[at] and not row[0].startswith("begin")}
    assert wanted <= {path.rpartition("/")[2] for path in marked}


def test_a_form_that_does_not_ship_is_refused() -> None:
    with pytest.raises(InputError, match="form.not-shipped"):
        shipped.source("../words/en/form")


@pytest.mark.parametrize("name", shipped.names())
def test_odk_validate_takes_them(name: str, tmp_path: Path) -> None:
    if shutil.which("java") is None or not jar().is_file():
        pytest.skip("no Java")
    made = imported(shipped.source(name)).document
    assert made is not None
    file = tmp_path / f"{name}.xml"
    file.write_text(written(made), "utf-8")
    done = subprocess.run(
        ["java", "-Djava.awt.headless=true", "-jar", jar(), file],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "Xform is valid" in done.stderr + done.stdout
