"""Places of a vault's own: added, changed, retired, and sent along with what names them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from app.shared import introduce, refused
from app.test_exchange import sealed, written
from app.test_terms import SOLD_WATCH
from cairn.app.arriving import taking_in
from cairn.app.kernel import places, revising, terms
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.app.vault import upkeep
from cairn.model.ids import RecordId
from cairn.model.kinds.act import Act
from cairn.model.kinds.described import TermId
from cairn.model.kinds.place import LocalPlace
from cairn.model.places.place import PlaceName, Stretch
from cairn.model.places.told import PlaceTold
from cairn.model.terms import local_record

HOUSE = LocalPlace(
    level="facility",
    parent="kp.onsong",
    names=(PlaceName(ko="단풍강 구류장", en="Maple River house"), PlaceName(ko="단풍강 대기실", end="1998")),
    stretches=(Stretch(start="1998", type="facility.kuryujang", agency="agency.mss"),),
    type="facility.kuryujang",
)


def test_a_place_is_found_changed_retired_and_every_version_is_kept(field: Session) -> None:
    before = places.of(field)
    assert places.of(field) is before
    id_ = places.add(field, HOUSE)
    known = places.of(field)
    assert known.search("대기실 단풍")[0].place.id == id_ and known.within(id_, "kp.north_hamgyong")
    assert not before.get(id_).known and places.body(field, id_) == HOUSE
    places.change(field, id_, msgspec.structs.replace(HOUSE, parent="kp.musan"), "she saw it on a map")
    assert not places.of(field).within(id_, "kp.onsong")
    places.retire(field, id_)
    assert places.of(field).get(id_).retired and places.of(field).label(id_, "ko") == "단풍강 구류장"
    places.retire(field, id_, retired=False)
    with field.store.read() as reader:
        assert len(revising.versions(reader, id_)) == 4
    assert upkeep.check(field) == []


def test_what_a_place_can_not_be_is_refused(field: Session) -> None:
    id_ = places.add(field, HOUSE)
    below = places.add(field, msgspec.structs.replace(HOUSE, parent=id_))
    replace = msgspec.structs.replace
    for names in ((), (PlaceName(),)):
        with refused("place.no-name"):
            places.add(field, replace(HOUSE, names=names))
    with refused("place.parent-unknown"):
        places.add(field, replace(HOUSE, stretches=(Stretch(parent="kp.nowhere"),)))
    for parent in (id_, below):
        with refused("place.parent-circle"):
            places.change(field, id_, replace(HOUSE, parent=parent))
    for unknown in ("kp.musan", "nothing", str(field.info.fingerprint)):
        with refused("place.unknown"):
            places.change(field, unknown, HOUSE)
        with refused("place.unknown"):
            places.retire(field, unknown)
    assert not places.ours(field, "kp.musan") and places.ours(field, id_)


@pytest.mark.parametrize("own_term", [True, False])
def test_places_and_terms_travel_with_the_act_that_names_them(
    field: Session, office: Session, tmp_path: Path, own_term: bool
) -> None:
    introduce(field, office)
    house = places.add(field, HOUSE)
    cell = places.add(field, msgspec.structs.replace(HOUSE, parent=house))
    stays = places.add(field, HOUSE)
    term = terms.add(field, SOLD_WATCH) if own_term else "vio.family.separation"
    made = written(field)
    act = Act(code="A1", type=TermId(term), place=PlaceTold("the cell", cell, "near"))
    with field.store.write() as work:
        revising.write(field, work, act, root=made)
    group = sealing.preview(field, [made], [office.info.fingerprint]).groups[0]
    wanted: set[RecordId] = {made, house, cell} | ({local_record(term)} if own_term else set())
    assert {one.id for one in group.interviews} == wanted
    taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    known = places.of(office)
    assert [each.id for each in known.path(cell)][-1] == house and not known.get(stays).known
    assert terms.of(office).get(term).known
    with refused("place.not-ours"):
        places.retire(office, cell)
    assert upkeep.check(office) == []
