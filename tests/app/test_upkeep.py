"""Backup and restore, checking, new keys, escrow, custody, the exported identity, practice and self-test."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

from app.shared import FLOOR, PASSPHRASE, introduce, refused
from app.test_exchange import PICTURE, sealed, written
from cairn.app.arriving import opening, taking_in
from cairn.app.files import files
from cairn.app.interviews import interviews, search
from cairn.app.kernel import contacts, preferences, session
from cairn.app.kernel.session import Session
from cairn.app.program import practice
from cairn.app.vault import backups, custody, stock_keys, upkeep
from cairn.model.kinds.interview import Interview


def test_the_log_of_a_used_vault_is_whole_and_tells_what_happened(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    files.attach(field, made, io.BytesIO(b"x"), "x.txt")
    sealed(field, [made], office, tmp_path / "out")
    report = custody.verify(field)
    assert report.whole and report.problems == () and report.entries == custody.count(field)
    assert len(report.head_words) == 12
    shown = custody.entries(field)
    assert [e.seq for e in shown] == list(range(report.entries, 0, -1))
    assert shown[-1].act == "vault.create" and shown[0].act == "bundle.seal"
    added = next(e for e in shown if e.act == "attachment.add")
    assert (added.what, added.interview, added.device_label) == ("W-1", made, "")


def test_a_check_finds_missing_and_altered_files_and_nothing_else(field: Session) -> None:
    made = written(field)
    for name in ("missing.png", "altered.png", "good.png"):
        files.attach(field, made, io.BytesIO(PICTURE), name)
    assert upkeep.check(field) == []
    found = {}
    for view in interviews.load(field, made).files:
        with field.store.read() as reader:
            info = next(m for m in field.media.of(reader, made) if m.record_id == view.id)
        found[view.name] = field.vault.media_folder / info.media_id[:2] / f"{info.media_id}.cob"
    found["missing.png"].unlink()
    data = bytearray(found["altered.png"].read_bytes())
    data[len(data) // 2] ^= 1
    found["altered.png"].write_bytes(data)
    assert {(p.code, p.values["name"]) for p in upkeep.check(field)} == {
        ("upkeep.media-missing", "missing.png"),
        ("upkeep.media-altered", "altered.png"),
    }


def file_of(s: Session, made: str, name: str) -> Path:
    view = next(view for view in interviews.load(s, made).files if view.name == name)
    with s.store.read() as reader:
        info = next(m for m in s.media.of(reader, made) if m.record_id == view.id)
    return Path(f"{info.media_id[:2]}/{info.media_id}.cob")


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_a_backup_names_what_is_not_whole_and_loses_nothing_that_the_vault_lost(
    field: Session, tmp_path: Path
) -> None:
    out, made = tmp_path / "backup", written(field)
    for name in ("good.png", "lost.png", "rotten.png", "never.png"):
        files.attach(field, made, io.BytesIO(PICTURE), name)
    media = field.vault.media_folder
    flip(media / file_of(field, made, "never.png"))
    told = [(p.code, p.values["name"]) for p in backups.backup(field, out).problems]
    assert told == [("upkeep.backup-damaged", "never.png")]
    (media / file_of(field, made, "lost.png")).unlink()
    flip(media / file_of(field, made, "rotten.png"))
    # The one that is gone shows at once, the one that changed where the vault's own files are read, too.
    assert [(p.code, p.values["name"]) for p in backups.backup(field, out).problems] == [
        ("upkeep.backup-damaged-here", "lost.png")
    ]
    done = backups.backup(field, out, thorough=True)
    assert {(p.code, p.values["name"]) for p in done.problems} == {
        ("upkeep.backup-damaged-here", "lost.png"),
        ("upkeep.backup-damaged-here", "rotten.png"),
    }
    entry = custody.entries(field, limit=1)[0]
    assert entry.act == "backup" and entry.detail["damaged_here"] == 2
    assert backups.check(field, out).problems == ()
    flip(out / "media" / file_of(field, made, "good.png"))
    assert [(p.code, p.values["name"]) for p in backups.check(field, out).problems] == [
        ("vault.backup-media-damaged", "good.png")
    ]
    restored, problems = backups.restore(out, tmp_path / "restored", PASSPHRASE)
    try:
        assert [(p.code, p.values["name"]) for p in problems] == [("vault.backup-media-damaged", "good.png")]
        for name in ("lost.png", "rotten.png"):
            view = next(view for view in interviews.load(restored, made).files if view.name == name)
            with files.reader(restored, view.id) as source:
                assert source.read_at(0, source.size) == PICTURE
    finally:
        restored.close()


def test_a_restored_vault_has_everything_and_keys_of_its_own(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    file = files.attach(field, made, io.BytesIO(PICTURE), "photo.png")
    taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    backups.backup(field, tmp_path / "backup")
    size, former = custody.count(field), field.info.fingerprint
    restored, _ = backups.restore(tmp_path / "backup", tmp_path / "restored", PASSPHRASE)
    try:
        assert restored.info.fingerprint != former and restored.is_own(former)
        view = interviews.load(restored, made)
        assert view.own and view.device_label == "" and view.body.account == "두만강 국경을 넘었다"
        with files.reader(restored, file.id) as source:
            assert source.read_at(0, source.size) == PICTURE
        first = custody.entries(restored, limit=1)[0]
        assert first.act == "restore" and first.detail["former_device"] == former
        assert first.seq == first.detail["former_size"] + 1 and first.detail["former_size"] in (
            size - 1,
            size,
        )
        assert custody.verify(restored).whole and upkeep.check(restored) == []
        interviews.save_version(restored, made, Interview(title="W-1", account="went on"))
        # To the office it is a new device, whose versions of the old one's interviews a person settles.
        contacts.add(office, contacts.own_card(restored), contacts.own_words(restored))
        bundle = sealed(restored, [made], office, tmp_path / "out")
        assert taking_in.take_in(office, bundle.path).conflicts == 1
        assert interviews.load(office, made).body.account == "두만강 국경을 넘었다"
    finally:
        restored.close()
    session.open_vault(tmp_path / "restored", PASSPHRASE).close()


def test_a_new_vault_key_keeps_everything(field: Session) -> None:
    made = written(field)
    words = upkeep.rotate_key(field, PASSPHRASE)
    assert len(words) == 24 and interviews.load(field, made).body.title == "W-1"
    with refused("vault.wrong-passphrase"):
        upkeep.rotate_key(field, "not this one")
    assert interviews.count(field) == 1 and custody.verify(field).whole
    folder = field.info.folder
    field.close()
    session.open_with_words(folder, words).close()


def test_an_escrow_is_only_for_a_verified_office_and_is_listed(field: Session, office: Session) -> None:
    from cairn import vault

    contacts.add(field, contacts.own_card(office))
    with refused("upkeep.escrow-unverified"):
        upkeep.add_escrow(field, office.info.fingerprint)
    contacts.verify(field, office.info.fingerprint, " ".join(contacts.own_words(office)).upper())
    slot = upkeep.add_escrow(field, office.info.fingerprint)
    assert [(x.id, x.label) for x in upkeep.slots(field) if x.kind == "escrow"] == [(slot, "Office North")]
    folder = field.info.folder
    field.close()
    opened = vault.open_escrow(folder, office.keys.age_identity)
    opened.lock()
    again = session.open_vault(folder, PASSPHRASE)
    upkeep.revoke_slot(again, slot)
    assert [x.kind for x in upkeep.slots(again)] == ["passphrase", "recovery"]
    again.close()


def test_contacts_are_verified_by_their_words_alone(field: Session, office: Session) -> None:
    row = contacts.add(field, contacts.own_card(office))
    assert row.trust == "unverified" and contacts.find(field, "office north") == row
    wrong = list(reversed(contacts.own_words(office)))
    with refused("contact.words-wrong"):
        contacts.verify(field, row.fingerprint, wrong)
    with refused("contact.words-wrong"):
        contacts.add(field, contacts.own_card(office), wrong)
    with refused("contact.own-card"):
        contacts.add(field, contacts.own_card(field))
    with refused("contact.unknown"):
        contacts.find(field, "nobody")
    assert contacts.verify(field, row.fingerprint, contacts.own_words(office)).trust == "verified"
    with refused("contact.reason-needed"):
        contacts.revoke(field, row.fingerprint, "")
    assert contacts.revoke(field, row.fingerprint, "left").trust == "revoked"
    with refused("contact.revoked"):
        contacts.verify(field, row.fingerprint, contacts.own_words(office))
    with refused("contact.revoked"):
        contacts.add(field, contacts.own_card(office), contacts.own_words(office))


def test_a_card_past_its_date_is_expired(field: Session) -> None:
    from cairn.bundle.cards import write_card
    from cairn.crypto.device import DeviceKeys

    keys = DeviceKeys.generate()[0]
    card = write_card(keys, label="Old", role="office", created="2020-01-01", expires="2021-01-01")
    assert contacts.add(field, card, keys.words).trust == "expired"
    with refused("contact.expired"):
        contacts.verify(field, keys.fingerprint, keys.words)


def test_the_exported_identity_opens_bundles_and_its_signers_are_accepted(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    bundle = sealed(field, [written(field)], office, tmp_path / "out")
    with refused("identity.not-confirmed"):
        stock_keys.export(office, tmp_path / "keys", plain=True)
    with refused("identity.passphrase-empty"):
        stock_keys.export(office, tmp_path / "keys")
    assert not (tmp_path / "keys").exists()
    signers, _, key = stock_keys.export(office, tmp_path / "keys", passphrase="a calm phrase")
    assert key.read_bytes().startswith(b"age-encryption.org/v1\n-> scrypt ")
    with refused("age.no-match"):
        stock_keys.read(key, lambda: "another phrase")
    found = stock_keys.read(key, lambda: "a calm phrase")
    assert opening.open_bundle(bundle.path, found).sender_label == "Field 7"
    plain = stock_keys.export(office, tmp_path / "keys", plain=True, confirmed=True)[2]
    assert opening.open_bundle(bundle.path, stock_keys.read(plain, lambda: "")).whole
    text = tmp_path / "text"
    text.write_bytes(b"signed")
    signature = tmp_path / "text.sig"
    signature.write_bytes(field.keys.sign_text("bundle@cairn", b"signed"))
    done = subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", field.keys.principal,
         "-n", "bundle@cairn", "-s", str(signature)],
        input=b"signed", capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_practice_vault_is_plainly_practice_and_whole(tmp_path: Path) -> None:
    passphrase = practice.make(tmp_path / "practice", cost=FLOOR)
    s = session.open_vault(tmp_path / "practice", passphrase)
    try:
        assert s.info.practice and preferences.known_vaults() == []
        rows = interviews.rows(s)
        assert 10 <= len(rows) <= 14
        assert all(row.title.startswith(("Practice", "연습")) for row in rows)
        assert {row.state for row in rows} == {"draft", "saved", "final"}
        assert sum(row.conflict for row in rows) == 1 and sum(bool(row.foreign) for row in rows) == 1
        assert [c.trust for c in contacts.rows(s)] == ["verified"]
        types = {f.type for row in rows for f in interviews.load(s, row.id).files}
        assert types == {"image/png", "audio/wav", "application/pdf", "text/plain"}
        assert search.search(s, "우산") and search.search(s, "umbrella")
        assert custody.verify(s).whole and upkeep.check(s) == []
        office = contacts.rows(s)[0].fingerprint
        from cairn.app.leaving import sealing

        shown = sealing.preview(s, [row.id for row in rows], [office])
        (tmp_path / "out").mkdir()
        assert len(sealing.seal(s, shown, tmp_path / "out")[0].interviews) >= 4
        preferences.change_inside(s, "auto-lock", 5)
        assert preferences.inside(s, "auto-lock") == 5
    finally:
        s.close()
