"""Before a bundle is sealed, the person reads which pictures would say more than they show."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app.shared import introduce
from cairn.app.consent import consent
from cairn.app.files import files, photos
from cairn.app.interviews import case, interviews
from cairn.app.kernel.session import Session
from cairn.decode.host import DecodeHost
from cairn.model.agreement import agreed_to
from cairn.model.kinds.interview import Interview
from qt.desk import cut_off, reads, sees, texts
from qt.exchange.test_sealing import begun, up_to_consent

HEIC = (Path(__file__).parents[2] / "vectors" / "heic" / "upright.heic").read_bytes()
MORE = "also tells:"


@pytest.fixture
def told(field: Session, office: Session) -> str:
    """An interview that may leave, with a photograph that tells its place and one that tells nothing."""
    introduce(field, office)
    made = interviews.create(field, title="W-017")
    interviews.save_version(field, made, Interview(title="W-017", account="One."))
    consent.set_consent(field, made, agreed_to(choice="share"))
    files.attach(field, made, io.BytesIO(HEIC), "river.heic")
    plain = io.BytesIO()
    Image.new("RGB", (30, 20)).save(plain, "PNG")
    files.attach(field, made, io.BytesIO(plain.getvalue()), "plain.png")
    return made


def test_what_tells_more_is_named_and_a_copy_in_its_place_is_not(
    qtbot: QtBot, field: Session, told: str
) -> None:
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-017"], ["Office North"])
    sees(qtbot, screen, MORE)
    (said,) = {text for text in texts(screen) if MORE in text}
    assert "river.heic" in said and "plain.png" not in said and "A copy for sharing holds only" in said
    assert cut_off(screen) == []


def test_nothing_is_said_of_copies(qtbot: QtBot, field: Session, told: str) -> None:
    river = next(one for one in case.load(field, told).files if one.name == "river.heic")
    with DecodeHost() as decoder:
        photos.copy_for_sharing(field, decoder, river.id)
    files.remove(field, river.id, "the copy is enough")
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-017"], ["Office North"])
    assert reads(screen, "river-copy.jpg") and not reads(screen, MORE)
