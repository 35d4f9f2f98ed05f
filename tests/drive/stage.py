"""What the pictures are taken of: vaults, bundles and files, made once and copied for each run.

Everything in them is made up. Besides the practice vault there are a fresh one, bundles from a known and
from an unknown sender, one for somebody else, a damaged and a shortened one, and files that no viewer can read.
"""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cairn.app.arriving import taking_in
from cairn.app.consent import consent
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts, session
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.app.program import practice, practice_files
from cairn.app.sound import recordings, transcripts
from cairn.app.vault import recovery_words
from cairn.crypto.passphrase import Argon2Cost
from cairn.model.agreement import agreed_to
from cairn.model.kinds.interview import Interview, Person
from cairn.model.kinds.transcript import Paragraph, Transcript
from cairn.model.time.understanding import understood
from sound.rig import RATE
from sound.taking import babble, following, pieces

FLOOR = Argon2Cost(m_kib=65536, t=1, p=4)
SMALL_RESERVE = 64 * 1024
FRESH = "six calm words for the pictures"
SPOKEN = "Practice: What was said on the ferry"
CONTENT = (
    "Tea",
    "Left on a train.",
    "[unclear: …]",
    "Practice: The letter in two languages",
    "연습: 두 언어로 쓴 편지",
    "Practice: The ferry that waited",
    "drawing 1.png",
    "drawing 2.png",
    "Field 7",
    "Field 9",
    "Field 12",
    "Field 3",
    "Lost laptop",
    "FieldMic",
    "Regional office",
    "지역 사무소",
)
"""What the scenes write themselves, beside what the vaults hold."""
BROKEN, HUGE, ODD = "torn photograph.png", "map of the whole valley.png", "old recording.xyz"


@dataclass(frozen=True)
class Stage:
    """Where everything lies."""

    practice: Path
    fresh: Path
    office: Path
    """An office's vault, with what a laptop sent it."""
    known: Path
    """A bundle of a verified sender, for the practice vault."""
    stranger: Path
    """A bundle of somebody whose words nobody compared."""
    others: Path
    """A bundle for another office."""
    damaged: Path
    shortened: Path
    card: Path
    words: tuple[str, ...]
    """Of the stranger."""

    def copy(self, folder: Path) -> Stage:
        """The same with vaults of its own: a run changes them."""
        made = {}
        for name in ("practice", "fresh", "office"):
            made[name] = folder / name
            shutil.copytree(getattr(self, name), made[name])
        return Stage(**{**self.__dict__, **made})


_create = session.create_vault


def quick_vault(folder: Path, **named: Any) -> tuple[Session, list[str]]:
    """Takes the place of `session.create_vault` while scenes are played: the wizard asks it for a slow one."""
    return _create(folder, **{"cost": FLOOR, **named})


def build(folder: Path) -> Stage:
    """Make everything in `folder`."""
    practice.make(folder / "practice", cost=FLOOR)
    fresh, _ = session.create_vault(
        folder / "fresh", label="Field 12", role="field", passphrase=FRESH, cost=FLOOR
    )
    recovery_words.proved(fresh)
    fresh.close()
    mine = session.open_vault(folder / "practice", practice.PASSPHRASE)
    regional = _vault(folder, "Regional office · 지역 사무소", "office")
    stranger = _vault(folder, "Field 9")
    revoked = _vault(folder, "Lost laptop")
    _meet(mine, regional, verified=True)
    _meet(stranger, mine, verified=True)
    _meet(stranger, regional, verified=True)
    contacts.add(mine, contacts.own_card(revoked))
    contacts.revoke(mine, revoked.keys.fingerprint, "Left on a train.")
    borrowed = _vault(folder, "Field 3")
    contacts.add(mine, contacts.own_card(borrowed))
    _unreadable(mine)
    _spoken(mine)
    known = _bundle(regional, mine, folder, "Practice: The ferry that waited")
    unknown = _bundle(
        stranger, mine, folder, "Practice: The letter in two languages", "연습: 두 언어로 쓴 편지"
    )
    others = _bundle(stranger, regional, folder, "Practice: The market at dawn")
    _office(folder, stranger)
    damaged, shortened = folder / "damaged.age", folder / "shortened.age"
    data = bytearray(known.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(data)
    shortened.write_bytes(known.read_bytes()[: len(data) // 3])
    card = folder / "Field 9.contact"
    card.write_bytes(contacts.own_card(stranger))
    words = tuple(contacts.own_words(stranger))
    for each in (mine, regional, stranger, revoked, borrowed):
        each.close()
    return Stage(
        folder / "practice",
        folder / "fresh",
        folder / "office",
        known,
        unknown,
        others,
        damaged,
        shortened,
        card,
        words,
    )


def _vault(folder: Path, label: str, role: str = "field") -> Session:
    made, _ = session.create_vault(folder / label[:8], label=label, role=role, passphrase=FRESH, cost=FLOOR)
    return made


def _office(folder: Path, sender: Session) -> None:
    office, _ = session.create_vault(
        folder / "office", label="Regional office", role="office", passphrase=FRESH, cost=FLOOR
    )
    recovery_words.proved(office)
    _meet(sender, office, verified=True)
    contacts.verify(office, sender.keys.fingerprint, contacts.own_words(sender))
    titles = (
        "Practice: The ferry that waited",
        "연습: 두 언어로 쓴 편지",
        "Practice: The letter in two languages",
    )
    taking_in.take_in(office, _bundle(sender, office, folder, *titles))
    interviews.create(office, title="Tea")
    office.close()


def _meet(one: Session, other: Session, *, verified: bool) -> None:
    contacts.add(one, contacts.own_card(other), contacts.own_words(other) if verified else None)
    if other.store is not None and one.keys.fingerprint not in {
        row.fingerprint for row in contacts.rows(other)
    }:
        contacts.add(
            other, contacts.own_card(one), contacts.own_words(one) if one.info.role == "office" else None
        )


def _bundle(sender: Session, receiver: Session, folder: Path, *titles: str) -> Path:
    ids = []
    for number, title in enumerate(titles):
        interview = interviews.create(sender)
        body = Interview(
            title=title,
            date=understood("winter 2009?").told,
            place="온성",
            languages=["ko", "en"],
            people=[Person(name="K.", role="told"), Person(name="Field 9", role="interviewer")],
            summary="Made up for practice.",
            account="Nobody in this account is real. 여기 나오는 사람은 모두 지어낸 사람이다.",
        )
        interviews.save_version(sender, interview, body)
        _attach(sender, interview, f"drawing {number + 1}.png", practice_files.picture(number + 3))
        interviews.save_note(sender, interview, None, "Ask again about the boat.")
        given = agreed_to(choice="share", share_with="verified", given="Said twice.")
        consent.set_consent(sender, interview, given)
        interviews.finalise(sender, interview)
        ids.append(interview)
    out = folder / "out"
    out.mkdir(exist_ok=True)
    preview = sealing.preview(sender, ids, [receiver.keys.fingerprint], override="For practice.")
    return sealing.seal(sender, preview, out)[0].path


def _unreadable(mine: Session) -> None:
    """A draft with files that only look like what their names say."""
    interview = interviews.create(mine)
    interviews.save_version(mine, interview, Interview(title="Practice: What no viewer can read"))
    whole = practice_files.picture(2)
    _attach(mine, interview, BROKEN, whole[:200] + bytes(400))
    _attach(mine, interview, HUGE, whole[:16] + b"\x00\xff\xff\xff" * 2 + whole[24:])
    _attach(mine, interview, ODD, bytes(range(256)) * 40)


def _spoken(mine: Session) -> None:
    """A draft with a recording: marks, notes, words off the record, and a transcript that is not complete."""
    interview = interviews.create(mine)
    people = [Person("W-031", "told"), Person("Field 7", "interviewer")]
    body = Interview(
        title=SPOKEN, date=understood("4 May 2031").told, place="회령", languages=["ko"], people=people
    )
    interviews.save_version(mine, interview, body)
    running = recordings.begin(mine, interview, device="FieldMic")
    recorder, feed = following(running.journal)
    sound = [piece for piece in pieces(babble(60), RATE // 2)]
    for second in range(240):
        if second == 4:
            recorder.mark("question", "How did the river look?")
        elif second == 70:
            recorder.mark()
        elif second == 95:
            recorder.mark("distress")
        elif second == 150:
            recorder.off(keep_recording=True)
        elif second == 175:
            recorder.on()
        elif second == 200:
            recorder.mark("break")
        feed(sound[second * 2 % 120])
        feed(sound[second * 2 % 120 + 1])
    recorder.stop()
    view = recordings.finish(mine, running.recording)
    for at, text in ((21_000, "Speaks quickly here."), (118_000, "지도에 손으로 짚는다. Points at the map.")):
        interviews.save_note(mine, interview, None, text, recording=view.id, at=at)
    paragraphs = [
        Paragraph(
            start=4_000, speaker="Field 7", text="강은 어땠습니까?", translation="How did the river look?"
        ),
        Paragraph(
            start=9_500,
            speaker="W-031",
            text="그해 겨울에는 얼음이 두꺼웠습니다. 사람들이 [unclear: 썰매]를 끌고 건넜습니다.",
            translation="That winter the ice was thick. People crossed it pulling [unclear: sledges].",
        ),
        Paragraph(
            start=71_000, speaker="W-031", text="[name withheld] 집에서 이틀을 지냈습니다.", translation=""
        ),
        Paragraph(start=182_000, speaker="Field 7", text="[inaudible]", translation=""),
    ]
    written = Transcript(recording=view.id, language="ko", translation="en", paragraphs=paragraphs)
    transcripts.save_version(mine, transcripts.load(mine, view.id).id, written)


def _attach(s: Session, interview: str, name: str, data: bytes) -> None:
    files.attach(s, interview, io.BytesIO(data), name, size=len(data))
