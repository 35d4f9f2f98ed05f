"""The history says which file a line is about, as it was called at the time."""

from __future__ import annotations

import io

from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session


def test_files_have_their_names_of_the_time(field: Session) -> None:
    made = interviews.create(field, title="W-1")
    file = files.attach(field, made, io.BytesIO(b"one"), "다리.png")
    files.attach(field, made, io.BytesIO(b"two"), "letter.pdf")
    files.rename(field, file.id, "bridge.png")
    names = [(one.what, one.name) for one in interviews.history(field, made) if one.kind == "attachment"]
    assert names == [("changed", "bridge.png"), ("created", "letter.pdf"), ("created", "다리.png")]
    assert {one.name for one in interviews.history(field, made) if one.kind != "attachment"} <= {""}
