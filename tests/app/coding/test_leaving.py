"""What a passage quotes leaves only with what it quotes, and only while that says it."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import begun
from app.coding.coded import ACCOUNT, mark, rewrite, states, written
from app.forging import Forger
from app.shared import introduce
from cairn.app.arriving import taking_in
from cairn.app.coding import passages
from cairn.app.coding.places import State
from cairn.app.consent import consent, question
from cairn.app.interviews import interviews
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.crypto.age import AgeReader
from cairn.model.agreement import Consent
from cairn.model.consent import Part, Row, Use
from cairn.model.ids import RecordId
from cairn.model.kinds.passage import Passage
from cairn.model.passages.anchors import InText


def content(s: Session, bundle: bytes) -> str:
    """All files of a bundle, one behind the other."""
    opened = AgeReader(io.BytesIO(bundle), [s.keys.age_identity]).read(-1)
    with tarfile.open(fileobj=io.BytesIO(opened)) as tar:
        files = [tar.extractfile(name) for name in tar.getnames()]
        return "\n".join(file.read().decode("utf-8", "replace") for file in files if file is not None)


def stays(s: Session, interview: str, to: Session) -> dict[str, str]:
    shown = sealing.preview(s, [interview], [to.info.fingerprint]).groups[0].interviews[0]
    return {item.record: item.code for item in shown.stays}


def row(*parts: str, answer: str = "yes") -> Row:
    return Row(answer, ("store",), parts, ("verified",))


def test_a_passage_leaves_with_its_own_part_and_its_sources(field: Session, office: Session) -> None:
    introduce(field, office)
    made = written(field, agreed=Consent((row(Part.ACCOUNT, Part.ACTS, Part.NOTES),)))
    note = RecordId(interviews.save_note(field, made, None, "the third hut by the river"))
    of_account, of_note = (
        mark(field, made, "어머니는"),
        mark(field, made, "third hut", "the third hut by the river", note, "text"),
    )
    assert stays(field, made, office) == {}
    consent.set_consent(field, made, Consent((row(Part.ACCOUNT, Part.ACTS),)))
    assert stays(field, made, office) == {note: "gate.part-withheld", of_note: "gate.source-stays"}
    consent.set_consent(field, made, Consent((row(Part.ACCOUNT, Part.NOTES),)))
    assert set(stays(field, made, office)) == {of_account, of_note}
    consent.set_consent(field, made, Consent((row(Part.ACCOUNT, Part.NOTES, Part.ACTS),)))
    interviews.remove_note(field, note)
    assert stays(field, made, office)[of_note] == "gate.source-stays"
    held = sealing.preview(field, [made], [office.info.fingerprint], hold_back=[made])
    assert all(item.code for item in held.groups[0].interviews[0].stays)
    assert passages.get(field, of_note).state is State.REMOVED
    with field.store.read() as reader:
        item, code = question.copying(field, reader, of_note)
        assert (item.record, code) == (of_note, "gate.source-stays")
        assert question.copying(field, reader, of_account)[0].sources == {made}


def test_words_that_were_taken_back_do_not_leave_in_a_quote(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    shed = mark(field, made, "They kept us in a shed.")
    mother, guard = mark(field, made, "어머니는 남았다"), mark(field, made, "guard with a scar")
    near = mark(field, made, "counted us at night")
    rewrite(field, made, ACCOUNT.replace("They kept us in a shed. ", "").replace("with a scar ", ""))
    assert stays(field, made, office) == {shed: "gate.quote-changed", guard: "gate.quote-changed"}
    # What stands, but between other words than before, is written anew with what stands around it now.
    preview = sealing.preview(field, [made], [office.info.fingerprint])
    assert passages.get(field, near).body.before.endswith("with a scar ") and passages.get(field, near).own
    (bundle,) = sealing.seal(field, preview, tmp_path)
    assert "with a scar" not in content(office, bundle.path.read_bytes())
    assert "in a shed" not in content(office, bundle.path.read_bytes())
    # The page tells where the words stand, too.
    page = content(office, bundle.path.read_bytes()).partition("<!doctype html>")[2].partition("</html>")[0]
    assert "“어머니는 남았다”" in page and "Account · paragraph 2" in page and "“counted us at night”" in page
    written_anew = passages.get(field, near)
    assert written_anew.body.revision == written_anew.place.against
    assert not written_anew.body.before.endswith("with a scar ")
    taking_in.take_in(office, bundle.path)
    assert states(office, made) == {"어머니는 남았다": "same", "counted us at night": "same"}
    assert {each.id for each in passages.listed(office, made).passages} == {mother, near}
    assert not any(each.own for each in passages.listed(office, made).passages)
    # Sealed again, nothing is written again.
    before = len(interviews.history(field, made))
    sealing.seal(field, sealing.preview(field, [made], [office.info.fingerprint]), tmp_path)
    assert len(interviews.history(field, made)) == before


def test_what_a_person_kept_as_it_was_stays_here(field: Session, office: Session) -> None:
    introduce(field, office)
    made = written(field)
    shed = mark(field, made, "They kept us in a shed.")
    rewrite(field, made, ACCOUNT.replace("They kept us in a shed. ", ""))
    passages.keep(field, shed)
    assert stays(field, made, office) == {shed: "gate.quote-changed"}


def test_the_office_codes_beside_and_the_field_sees_whose_it_is(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    mine = mark(field, made, "어머니는 남았다")
    (bundle,) = sealing.seal(field, sealing.preview(field, [made], [office.info.fingerprint]), tmp_path)
    taking_in.take_in(office, bundle.path)
    theirs = mark(office, made, "guard with a scar", codes=["vio.detention"])
    back = tmp_path / "back"
    back.mkdir()
    (bundle,) = sealing.seal(office, sealing.preview(office, [made], [field.info.fingerprint]), back)
    rewrite(field, made, "그때 " + ACCOUNT)
    assert taking_in.take_in(field, bundle.path).conflicts == 0
    found = {each.id: each for each in passages.listed(field, made).passages}
    assert (found[mine].own, found[theirs].own, found[theirs].coder.label) == (True, False, "Office North")
    assert found[theirs].state is State.MOVED
    # The office's leaves as it is, while all its words stand: it is the office's to write anew.
    assert stays(field, made, office) == {}
    rewrite(field, made, ACCOUNT.replace("a scar", "a limp"))
    assert stays(field, made, office) == {theirs: "gate.quote-changed"}
    assert "passage" in {each.kind for each in interviews.history(field, made)}


def test_a_passage_that_cites_what_is_not_here_says_so(office: Session, forger: Forger) -> None:
    made = written(office)
    with office.store.read() as reader:
        sha = revising.need(reader, made, "interview").sha
    other = written(office)
    ghost = RecordId(begun.part(forger.keys, made, "note"))
    bodies = [
        Passage(source=ghost, revision=sha, field="text", at=InText(0, 2), quote="zz"),
        # Words that its source does not say, a field that it does not have, a version of another record, another root.
        Passage(source=RecordId(made), revision=sha, field="account", at=InText(0, 3), quote="xyz"),
        Passage(source=RecordId(made), revision=sha, field="nowhere", at=InText(0, 3), quote="xyz"),
        Passage(source=RecordId(other), revision=sha, field="account", at=InText(0, 3), quote="우리는"),
        Passage(source=RecordId(made), revision=sha, field="account", at=InText(0, 3), quote="우리는"),
    ]
    sent = [forger.revision(body, root=made) for body in bodies]
    taking_in.take_in_from(office, forger.bundle(office, {made: sent}))
    found = [each.state for each in passages.listed(office, made).passages]
    assert sorted(found) == ["gone", "gone", "lost", "lost", "same"]
    with office.store.read() as reader:
        decision = question.about(office, reader, made).copy_out()
    assert sorted(code for item, code in decision.stays if item.kind == "passage")[-4:] == [
        "gate.quote-changed", "gate.quote-changed", "gate.source-gone", "gate.source-gone",
    ]  # fmt: skip


PARTS = [*Part, "diary"]
ROWS = st.lists(
    st.builds(
        Row,
        st.sampled_from(["yes", "yes", "yes", "no", "ask"]),
        st.lists(st.sampled_from([Use.STORE, Use.COURTS]), min_size=1, max_size=2, unique=True).map(tuple),
        st.lists(st.sampled_from(PARTS), min_size=1, max_size=14, unique=True).map(tuple),
        st.sampled_from([("verified",), ("this_vault",), ("office",), ("verified", "public")]),
    ),
    max_size=4,
).map(tuple)
SECRET, NOTED = "heron-withheld", "otter-withheld"


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    rows=ROWS, edit=st.sampled_from(["", "account", "note"]), held=st.sampled_from(["", "note", "account"])
)
def test_whatever_is_agreed_to_no_quote_leaves_without_what_it_quotes(
    field: Session, office: Session, tmp_path: Path, rows: tuple[Row, ...], edit: str, held: str
) -> None:
    introduce(field, office)
    account = f"{ACCOUNT} {SECRET} {ACCOUNT}"
    made = written(field, account, Consent(rows))
    text = f"a note of {NOTED} and more"
    note = RecordId(interviews.save_note(field, made, None, text))
    mark(field, made, SECRET, account)
    mark(field, made, NOTED, text, note, "text")
    if edit == "account":
        rewrite(field, made, account.replace(SECRET, "nothing"))
    if edit == "note":
        interviews.save_note(field, made, note, "a note and more")
    holding = {"note": [note], "account": [made]}.get(held, [])
    preview = sealing.preview(field, [made], [office.info.fingerprint], hold_back=holding)
    if not preview.ready:
        return
    out = tmp_path / str(len(list(tmp_path.iterdir())))
    out.mkdir()
    for bundle in sealing.seal(field, preview, out):
        told = content(office, bundle.path.read_bytes())
        bodies = [json.loads(line).get("body", {}) for line in told.splitlines() if line.startswith('{"v":')]
        accounts = [str(body.get("account", "")) for body in bodies]
        notes = [str(body.get("text", "")) for body in bodies]
        quotes = [body for body in bodies if "quote" in body]
        for quote in quotes:
            words = quote.get("before", "") + quote["quote"] + quote.get("after", "")
            assert any(words in each for each in (*accounts, *notes))
        if edit == "account" or not any(SECRET in each for each in accounts):
            assert SECRET not in told
        if edit == "note" or not any(NOTED in each for each in notes):
            assert NOTED not in told
