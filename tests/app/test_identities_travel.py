"""Identities in bundles: sealed to the identity keys of cards, checked by their commitment, early, late or never."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import tarfile
from pathlib import Path

import msgspec

from app.forging import Forger
from app.shared import introduce
from app.test_identities import BODY, NAME, draft_of, every_cell, names_of, typed
from bundle.test_stock_tools import FORMAT, with_independent_age
from cairn.app.arriving import taking_in
from cairn.app.consent import consent
from cairn.app.interviews import interviews, search
from cairn.app.kernel import identities, revising
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import TakenIn
from cairn.app.leaving import sealing
from cairn.app.vault import stock_keys
from cairn.bundle.identity_files import BundleOpening
from cairn.crypto import openings as crypto
from cairn.crypto.age import AgeReader
from cairn.model.agreement import Consent, agreed_to
from cairn.model.consent import Part, Row
from cairn.model.kinds import identity as kind
from cairn.model.kinds.identity import Contact, Identity, Name, Opening
from cairn.model.kinds.interview import Interview
from cairn.storage import openings

SHARE = agreed_to(choice="share")


def agreed(s: Session, names: dict[str, str] | None = None) -> str:
    made = typed(s, names)
    interviews.save_version(s, made)
    consent.set_consent(s, made, SHARE)
    return made


def sealed(s: Session, made: str, to: Session, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    shown = sealing.preview(s, [made], [to.info.fingerprint])
    return sealing.seal(s, shown, folder)[0].path


def codes(taken: TakenIn) -> set[str]:
    return {problem.code for problem in taken.problems if problem.code.startswith("identity.")}


def waiting(s: Session) -> list[tuple[str, str]]:
    with s.store.read() as reader:
        rows = reader.all("SELECT revision, problem FROM opening_arrived ORDER BY revision, sender")
        return [(row[0], row[1]) for row in rows]


def test_a_name_goes_with_its_interview_and_nowhere_else(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = agreed(field)
    taken = taking_in.take_in(office, sealed(field, made, office, tmp_path / "out"))
    assert codes(taken) == set() and waiting(office) == []
    view = interviews.load(office, made)
    assert dict(view.names) == {"P1": NAME} and view.body == BODY
    assert search.search(office, "영희")[0].interview_id == made
    assert NAME.encode() not in every_cell(office)
    # Each side under a key of its own.
    with field.store.read() as reader:
        (mine,) = openings.of_heads(reader, made)
    with office.store.read() as reader:
        (theirs,) = openings.of_heads(reader, made)
    assert mine.revision == theirs.revision and mine.data != theirs.data
    again = taking_in.take_in(office, sealed(field, made, office, tmp_path / "out"))
    assert codes(again) == set() and waiting(office) == []


def unpacked(path: Path, office: Session, folder: Path) -> Path:
    """The bundle's folder, as `age -d` and `tar -x` leave it."""
    with path.open("rb") as file:
        plain = AgeReader(file, [office.keys.age_identity]).readall()
    folder.mkdir()
    with tarfile.open(fileobj=io.BytesIO(plain), mode="r:") as archive:
        archive.extractall(folder, filter="data")
    return folder / "bundle"


def test_the_page_and_the_records_of_a_bundle_say_the_code(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = agreed(field)
    bundle = unpacked(sealed(field, made, office, tmp_path / "out"), office, tmp_path / "opened")
    files = {each: each.read_bytes() for each in bundle.rglob("*") if each.is_file()}
    assert not [name for name, data in files.items() if NAME.encode() in data]
    page = files[bundle / "data" / "README.html"]
    assert b"P1" in page and "최".encode() in page
    # The commitment is in the records, and not on the page.
    digest = json.loads((bundle / "data/identity/openings.jsonl").read_text())["revision"]
    assert digest.encode() not in page


def test_the_commands_of_the_format_open_and_check_an_identity(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = agreed(field)
    path = sealed(field, made, office, tmp_path / "out")
    bundle = unpacked(path, office, tmp_path / "opened")
    (block,) = re.findall(r"^```sh identity\n(.*?)^```$", FORMAT.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    (tmp_path / "bin").mkdir()
    with_independent_age(tmp_path)
    # Written out as `cairn identity --openings` does it, the line of the key alone.
    exported = stock_keys.export(office, tmp_path / "keys", plain=True, confirmed=True, identities=True)
    assert exported[3].name == "identity.key"
    secret = exported[3].read_text("ascii").splitlines()[1]
    (bundle / "identity.key").write_text(secret)

    def run() -> subprocess.CompletedProcess[str]:
        text = f"set -e\nPATH={tmp_path / 'bin'}:$PATH\n{block}"
        return subprocess.run(["sh", "-c", text], cwd=bundle, capture_output=True, text=True, check=False)

    done = run()
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    entry = json.loads((bundle / "data/identity/openings.jsonl").read_text())
    assert entry["file"] == "data/identity/000001.age"
    revision = next(
        line
        for line in (bundle / "data/records/000001.jsonl").read_bytes().splitlines()
        if hashlib.sha256(line).hexdigest() == entry["revision"]
    )
    said = json.loads(revision)
    assert said["body"] == {"commit": lines[0].split()[0]}
    assert (said["id"], said["root"]) == (entry["record"], entry["root"])
    assert json.loads(lines[1]) == {"person": "P1", "names": [{"text": NAME, "script": "Hang"}]}
    # What opens the bundle opens no identity.
    (bundle / "identity.key").write_text(office.keys.age_identity.to_text())
    assert run().returncode != 0


def test_closed_it_waits_and_is_opened_later(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    made = agreed(field)
    office.identity.close()
    taken = taking_in.take_in(office, sealed(field, made, office, tmp_path / "out"))
    assert codes(taken) == {"identity.arrived-closed"} and len(waiting(office)) == 1
    assert dict(interviews.load(office, made).names) == {}
    identities.open_compartment(office)
    assert waiting(office) == [] and names_of(office, made) == {"P1": NAME}


def test_an_opening_that_comes_after_its_revision(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    made = agreed(field)
    # Sealed while names are closed: the revision goes, nobody could read the opening to send it.
    field.identity.close()
    taking_in.take_in(office, sealed(field, made, office, tmp_path / "out"))
    assert names_of(office, made) == {} and waiting(office) == []
    identities.open_compartment(field)
    taken = taking_in.take_in(office, sealed(field, made, office, tmp_path / "out"))
    assert taken.new == 0 and names_of(office, made) == {"P1": NAME}


def test_an_opening_that_comes_before_its_revision(office: Session, forger: Forger) -> None:
    opening = crypto.make(kind.encode(Opening("P1", [Name("Early")])))
    root = forger.revision(Interview(title="later"))
    made = msgspec.json.decode(root[0])["id"]
    record = forger.revision(Identity(crypto.commitment(opening)), made)
    sha, known = hashlib.sha256(record[0]).hexdigest(), msgspec.json.decode(record[0])["id"]
    other = forger.revision(Interview(title="first"))
    other_id = msgspec.json.decode(other[0])["id"]
    early = forger.bundle(office, {other_id: [other]}, openings=[BundleOpening(known, made, sha, opening)])
    assert codes(taking_in.take_in_from(office, early)) == {"identity.arrived-closed"}
    assert waiting(office) == [(sha, "")]
    late = forger.bundle(office, {made: [root, record]}, 2)
    taking_in.take_in_from(office, late)
    assert names_of(office, made) == {"P1": "Early"} and waiting(office) == []


def test_what_was_not_signed_is_told_and_holds_nothing_up(office: Session, forger: Forger) -> None:
    opening = crypto.make(kind.encode(Opening("P1", [Name("True")])))
    nonsense = crypto.make(b"[]")
    root = forger.revision(Interview(title="W"))
    made = msgspec.json.decode(root[0])["id"]
    records = [forger.revision(Identity(crypto.commitment(each)), made) for each in (opening, nonsense)]
    named = [(hashlib.sha256(data).hexdigest(), msgspec.json.decode(data)["id"]) for data, _ in records]
    wrong = crypto.make(kind.encode(Opening("P1", [Name("False")])))
    bad = [
        BundleOpening(named[0][1], made, named[0][0], wrong),
        BundleOpening(named[1][1], made, named[1][0], nonsense),
    ]
    taken = taking_in.take_in_from(office, forger.bundle(office, {made: [root, *records]}, openings=bad))
    assert codes(taken) == {"identity.arrived-unusable"}
    assert dict(waiting(office)) == {named[0][0]: "identity.mismatch", named[1][0]: "identity.malformed"}
    view = interviews.load(office, made)
    assert dict(view.names) == {}
    assert set(view.unreadable) == {"identity.mismatch", "identity.malformed"}
    # An interview's revision is no identity, and a record named wrongly is not it.
    odd = [
        BundleOpening(made, made, hashlib.sha256(root[0]).hexdigest(), opening),
        BundleOpening(made, made, named[1][0], nonsense),
    ]
    taken = taking_in.take_in_from(office, forger.bundle(office, {made: [root]}, 2, openings=odd))
    assert codes(taken) == {"identity.arrived-unusable"}
    # The right one still finds its place.
    good = [BundleOpening(named[0][1], made, named[0][0], opening)]
    taken = taking_in.take_in_from(office, forger.bundle(office, {made: [root]}, 3, openings=good))
    assert codes(taken) == set() and names_of(office, made) == {"P1": "True"}


def test_what_was_erased_does_not_come_back(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    made = agreed(field)
    path = sealed(field, made, office, tmp_path / "out")
    taking_in.take_in(office, path)
    interviews.erase_identity(office, made, "P1", "asked")
    taking_in.take_in(office, path)
    assert names_of(office, made) == {} and waiting(office) == []
    # Nor what waited unopened.
    other = agreed(field, {"P1": "Other"})
    office.identity.close()
    path = sealed(field, other, office, tmp_path / "out")
    taking_in.take_in(office, path)
    assert len(waiting(office)) == 1
    interviews.erase(office, other, "asked")
    assert waiting(office) == []
    taking_in.take_in(office, path)
    assert waiting(office) == []
    identities.open_compartment(office)
    assert search.search(office, "Other") == []


def test_two_names_for_one_person_are_settled_with_their_openings(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = agreed(field)
    taking_in.take_in(office, sealed(field, made, office, tmp_path / "out"))
    view = interviews.load(office, made)
    interviews.save_draft(office, made, draft_of(BODY, view.base), names={"P1": "Office's"})
    interviews.save_version(office, made, reason="heard otherwise")
    interviews.save_draft(field, made, draft_of(BODY, view.base), names={"P1": "Field's"})
    interviews.save_version(field, made)
    taking_in.take_in(office, sealed(field, made, office, tmp_path / "out"))
    (conflict,) = interviews.load(office, made).conflicts
    assert conflict.kind == "identity"
    theirs = next(each for each in conflict.versions if each.device == field.keys.fingerprint)
    interviews.settle(office, conflict.record, theirs.sha, "the field knows")
    assert names_of(office, made) == {"P1": "Field's"}
    assert search.search(office, "Office's") == []
    with office.store.read() as reader:
        head = revising.current(reader, conflict.record)
        assert head is not None and len(head.envelope.parents) == 2


def test_without_consent_no_name_leaves(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    made = typed(field)
    interviews.save_version(field, made)
    consent.set_consent(field, made, agreed_to(choice="keep"))
    shown = sealing.preview(field, [made], [office.info.fingerprint])
    assert not shown.ready


def test_contact_goes_only_where_contact_may(field: Session, office: Session, tmp_path: Path) -> None:
    """How to reach somebody is a part of the consent of its own, though it lies in the same opening."""
    introduce(field, office)
    parts = tuple(part for part in Part if part is not Part.CONTACT)
    made = typed(field)
    interviews.save_version(field, made)
    consent.set_consent(field, made, Consent((Row("yes", ("store",), parts, ("verified",)),)))
    taking_in.take_in(office, sealed(field, made, office, tmp_path / "out"))
    assert names_of(office, made) == {"P1": NAME}

    reach = Opening("P1", [Name(NAME, "Hang")], contacts=[Contact("phone", "+82-10-0000-0000")])
    for told in (reach, Opening("P1", [Name(NAME, "Hang")], safe="after dark")):
        identities.write(field, made, told)
        interviews.save_version(field, made)
        with field.store.read() as reader:
            record = identities.of(field, reader, made)["P1"].record
        shown = sealing.preview(field, [made], [office.info.fingerprint])
        stays = {
            (each.kind, each.record)
            for group in shown.groups
            for one in group.interviews
            for each in one.stays
        }
        assert ("identity", record) in stays
        # Nobody can look: then it may hold anything.
        field.identity.close()
        shown = sealing.preview(field, [made], [office.info.fingerprint])
        stays = {
            (each.kind, each.record)
            for group in shown.groups
            for one in group.interviews
            for each in one.stays
        }
        assert ("identity", record) in stays
        identities.open_compartment(field)
    taking_in.take_in(office, sealed(field, made, office, tmp_path / "out"))
    with office.store.read() as reader:
        assert identities.of(office, reader, made)["P1"].opening == Opening("P1", [Name(NAME, "Hang")])
