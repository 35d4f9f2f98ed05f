"""What an office learns of a sender's custody log: it extends what was seen, contradicts it, or does not show."""

from __future__ import annotations

import shutil
from pathlib import Path

import begun
from app.forging import Forger
from app.shared import PASSPHRASE, Make, introduce, refused
from app.test_exchange import sealed, written
from cairn.app.arriving import opening, taking_in
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts, session
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.app.vault import backups, custody
from cairn.bundle import bag
from cairn.bundle.custody_files import Collected
from cairn.bundle.reader import BundleReader
from cairn.custody.excerpt import Excerpt
from cairn.custody.payload import parse
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.note import Note
from cairn.storage import logs

LOG = (
    "intake.log-not-shown",
    "intake.log-open",
    "intake.log-contradicts",
    "intake.succeeds",
    "intake.succeeds-open",
)


def said(office: Session, bundle: Path) -> list[str]:
    """What opening a bundle says about the sender's log."""
    seen = opening.open_bundle(bundle, office)
    refused_for = [seen.refusal.code] if seen.refusal is not None else []
    return [code for code in [*refused_for, *(p.code for p in seen.problems)] if code in LOG]


def taken(office: Session, bundle: Path) -> list[str]:
    """What taking it in says."""
    return [p.code for p in taking_in.take_in(office, bundle).problems if p.code in LOG]


def carried(bundle: Path, office: Session) -> Excerpt:
    """What of the log is in a bundle."""
    found = Collected()
    with bundle.open("rb") as file, BundleReader(file, office.keys.age_identity) as reader:
        for each in reader.payload():
            found.take(each, each.name)
    return found.excerpt()


def heads(office: Session, field: Session) -> list[tuple[int, int]]:
    with office.store.read() as reader:
        return [(h.size, h.strand) for h in logs.held_heads(reader, field.keys.fingerprint)]


def test_each_bundle_goes_on_from_the_one_before_also_when_one_comes_late(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    bundles = [sealed(field, [written(field, f"W-{n}")], office, tmp_path / "out").path for n in range(4)]
    for place in (0, 2, 1, 3, 1):
        assert said(office, bundles[place]) == taken(office, bundles[place]) == []
    sizes = {carried(each, office).heads[-1] for each in bundles[1:]}
    assert len(sizes) == 3
    found = heads(office, field)
    assert {strand for _, strand in found} == {1}
    # Each head that was sent, and what each bundle proved beside it.
    assert len(found) >= 4
    assert custody.verify(field).whole


def test_what_another_recipient_was_sent_is_not_told(make: Make, tmp_path: Path) -> None:
    field, one, two = make("Field"), make("One", "office"), make("Two", "office")
    introduce(field, one)
    introduce(field, two)
    made = written(field)
    first = sealed(field, [made], one, tmp_path / "out")
    interviews.save_note(field, made, None, "more")
    second = sealed(field, [made], two, tmp_path / "out")
    interviews.save_note(field, made, None, "and more")
    both = [one.info.fingerprint, two.info.fingerprint]
    (third,) = sealing.seal(field, sealing.preview(field, [made], both), tmp_path / "out")
    fourth = sealed(field, [made], one, tmp_path / "out")
    with field.store.read() as reader:
        sizes = dict(reader.all("SELECT bundle, custody_size FROM sent"))
    assert sizes[first.bundle_id] not in carried(second.path, two).heads
    assert not {sizes[first.bundle_id], sizes[second.bundle_id]} & set(carried(third.path, one).heads)
    assert sizes[second.bundle_id] not in carried(fourth.path, one).heads
    assert taken(one, first.path) == []
    # One bundle for both can't prove to one what the other was not sent. The next one for it alone does.
    assert said(one, third.path) == taken(one, third.path) == ["intake.log-open"]
    assert taken(one, fourth.path) == []
    assert {strand for _, strand in heads(one, field)} == {1}


def test_a_vault_that_was_put_back_is_noticed(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    made = written(field)
    old = tmp_path / "old"
    folder = field.info.folder
    field.close()
    shutil.copytree(folder, old)
    field = session.open_vault(folder, PASSPHRASE)
    try:
        bundle = sealed(field, [made], office, tmp_path / "out")
        assert taken(office, bundle.path) == []
        assert taken(office, sealed(field, [written(field, "W-2")], office, tmp_path / "out").path) == []
    finally:
        field.close()
    # The copy of before knows nothing of these bundles, and so proves nothing from them.
    again = session.open_vault(old, PASSPHRASE)
    try:
        other = sealed(again, [made], office, tmp_path / "out")
        # As far as it comes it is the same log, and its number is that of a bundle that is here.
        codes = [p.code for p in opening.open_bundle(other.path, office).problems]
        assert "intake.doubled" in codes
        for _ in range(3):
            interviews.save_note(again, made, None, "another history")
        later = sealed(again, [made], office, tmp_path / "out")
        assert said(office, later.path) != []
    finally:
        again.close()


def test_a_log_that_is_not_shown_to_go_on_is_taken_in_with_a_warning(office: Session) -> None:
    forger = Forger.of("Somebody")
    contacts.add(office, forger.card)
    one, two, three = (begun.root(forger.keys) for _ in range(3))
    first = forger.bundle(office, {one: [forger.revision(Interview(title="1"), record=one)]})
    taking_in.take_in_from(office, first, override="known from before")
    second = forger.bundle(office, {two: [forger.revision(Interview(title="2"), record=two)]}, 2)
    done = taking_in.take_in_from(office, second, override="known from before")
    (warning,) = [p for p in done.problems if p.code in LOG]
    assert (warning.code, warning.values) == ("intake.log-not-shown", {"size": 2})
    # A proof from both settles it.
    third = forger.bundle(
        office,
        {three: [forger.revision(Interview(title="3"), record=three)]},
        3,
        heads=[2, 3],
    )
    done = taking_in.take_in_from(office, third, override="known from before")
    assert not [p for p in done.problems if p.code in LOG]
    # What was proven can't be taken back.
    forger.rewrite_log()
    lies = [forger.revision(Note(str(n)), three) for n in range(5)]
    with refused("intake.log-contradicts"):
        taking_in.take_in_from(
            office, forger.bundle(office, {three: lies}, 4, heads=[4]), override="known from before"
        )
    assert interviews.count(office) == 3


def test_a_version_without_its_entry_is_refused(office: Session) -> None:
    forger = Forger.of("Somebody")
    one = begun.root(forger.keys)
    made = forger.revision(Interview(title="1"), record=one)
    forger.rewrite_log()
    with refused("bundle.would-be-refused"):
        forger.bundle(office, {one: [made]}, careful=True)
    with refused("intake.entry-missing"):
        taking_in.take_in_from(office, forger.bundle(office, {one: [made]}), override="x")
    assert interviews.count(office) == 0


def test_nothing_is_told_of_what_stays(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    made, other = written(field), written(field, "W-2")
    note = interviews.save_note(field, made, None, "her sister's name")
    interviews.remove_note(field, note)
    given = carried(sealed(field, [made], office, tmp_path / "out").path, office)
    told = [parse(data) for _, _, data in given.payloads]
    objects = {each.obj for each in told}
    assert made in objects and other not in objects and note not in objects
    assert all(each.act not in ("vault.create", "contact.add", "bundle.seal") for each in told)
    assert len(given.lines) == len(told) < custody.count(field)


def test_a_restored_vault_proves_that_it_goes_on(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    made = written(field)
    assert taken(office, sealed(field, [made], office, tmp_path / "out").path) == []
    backups.backup(field, tmp_path / "backup")
    field.close()
    restored, _ = backups.restore(tmp_path / "backup", tmp_path / "restored", PASSPHRASE)
    try:
        contacts.add(office, contacts.own_card(restored), contacts.own_words(restored))
        interviews.save_note(restored, made, None, "after the restore")
        bundle = sealed(restored, [made], office, tmp_path / "out")
        (told,) = [p for p in opening.open_bundle(bundle.path, office).problems if p.code in LOG]
        assert told.code == "intake.succeeds" and told.values["size"] > 0
        assert told.values["label"] == field.info.label
        assert taken(office, bundle.path) == ["intake.succeeds"]
        # Once is enough.
        assert taken(office, sealed(restored, [made], office, tmp_path / "out").path) == []
        assert custody.verify(restored).whole
    finally:
        restored.close()


def test_a_stranger_cannot_say_that_it_goes_on_from_anothers_log(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    assert taken(office, sealed(field, [written(field)], office, tmp_path / "out").path) == []
    ((size, _),) = [head for head in heads(office, field)[-1:]]
    forger = Forger.of("Somebody")
    one = begun.root(forger.keys)
    made = forger.revision(Interview(title="1"), record=one)
    forger.claim(field.keys.fingerprint, 2)
    bundle = forger.bundle(office, {one: [made]}, heads=[2])
    done = taking_in.take_in_from(office, bundle, override="x")
    assert [p.code for p in done.problems if p.code in LOG] == ["intake.succeeds-open"]
    # To claim the very size that is remembered takes the very lines.
    forger = Forger.of("Somebody else")
    while forger.rows.size() < size:
        forger.revision(Note("filling"), one)
    made = forger.revision(Interview(title="2"), record=one)
    forger.claim(field.keys.fingerprint, size)
    with refused("intake.log-contradicts"):
        taking_in.take_in_from(office, forger.bundle(office, {one: [made]}, heads=[size]), override="x")


def test_a_tag_of_the_log_travels_with_two_signatures(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    signed = carried(sealed(field, [written(field)], office, tmp_path / "out").path, office).checkpoint
    field.keys.public.verify_text("custody@cairn", signed.text, signed.signature)
    field.keys.public.verify_text_pq("custody@cairn", signed.text, signed.signature_pq)
    assert signed.text.startswith(b"cairn-custody/2/" + field.keys.public.hash.hex().encode() + b"\n")
    assert bag.CHECKPOINT_SIGNATURE_PQ in bag.FIXED
