"""Local terms: added, changed, retired, sent along with what names them, and untouched by what ships."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from app.shared import introduce, refused
from app.test_exchange import sealed, written
from app.test_kinds import save
from app.throwaway import KIND, Throwaway
from cairn import resources
from cairn.app.arriving import taking_in
from cairn.app.kernel import revising, terms
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.app.vault import custody, upkeep
from cairn.model.kinds import registry
from cairn.model.kinds.kind import Kind, Reference
from cairn.model.kinds.term import LocalTerm
from cairn.model.terms import Count, Neighbour, Said, local_record, term_references
from cairn.vocab import shipped

SOLD_WATCH = LocalTerm(
    vocabulary="violations",
    parent="vio.family",
    label=Said(en="Child kept from school", ko="아이를 학교에 보내지 않음"),
    definition=Said(en="A child is kept from school by whoever holds it."),
    include=Said(en="Kept at home to work"),
    out=(Neighbour(see="vio.family.registration", en="no papers for the child"),),
    example=Said(en="A girl herds goats while others of her age go to school."),
    count=Count(pattern="count.state", one=Said(en="One child, as long as it lasts")),
    sensitivity="S2",
)


def test_a_local_term_is_found_among_the_shipped_ones(field: Session) -> None:
    before = terms.of(field)
    assert terms.of(field) is before
    id_ = terms.add(field, SOLD_WATCH)
    known = terms.of(field)
    term = known.get(id_)
    assert id_ == f"local.{term.record}" and term.origin == "local" and term.chosen
    assert known.search("학교", ["violations"])[0].term.id == id_
    assert known.children("violations", "vio.family")[-1] == term
    assert known.path(id_)[0].id == "vio.family"
    assert not before.get(id_).known, "one that somebody still holds doesn't change in their hands"
    assert terms.ours(field, id_) and terms.body(field, id_) == SOLD_WATCH


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"label": Said()}, "no-label"),
        ({"vocabulary": "nothing"}, "no-vocabulary"),
        ({"vocabulary": ""}, "no-vocabulary"),
        ({"parent": "vio.nothing"}, "parent-unknown"),
        ({"parent": "basis.saw"}, "parent-unknown"),
        ({"definition": Said()}, "no-definition"),
        ({"include": Said()}, "no-include"),
        ({"out": ()}, "no-out"),
        ({"example": Said()}, "no-example"),
        ({"count": Count(pattern="count.state")}, "no-count"),
        ({"count": Count(one=Said(en="One child"))}, "no-count"),
        ({"sensitivity": ""}, "no-sensitivity"),
    ],
)
def test_what_can_not_be_counted_is_refused(field: Session, changes: dict[str, object], code: str) -> None:
    with refused(f"term.{code}"):
        terms.add(field, msgspec.structs.replace(SOLD_WATCH, **changes))
    assert len(terms.of(field).terms("violations")) == len(shipped.vocabulary("violations").term)


def test_elsewhere_a_label_is_enough(field: Session) -> None:
    id_ = terms.add(field, LocalTerm(vocabulary="roles", label=Said(ko="운전한 사람")))
    assert terms.of(field).get(id_).label("en") == "운전한 사람"


def test_a_term_is_changed_retired_and_offered_again_and_every_version_is_kept(field: Session) -> None:
    id_ = terms.add(field, SOLD_WATCH)
    terms.change(
        field, id_, msgspec.structs.replace(SOLD_WATCH, label=Said(en="Kept from school")), "shorter"
    )
    assert terms.of(field).label(id_) == "Kept from school"
    terms.retire(field, id_)
    retired = terms.of(field)
    assert retired.get(id_).retired and retired.get(id_).known and not retired.get(id_).chosen
    assert retired.search("kept from school", ["violations"])[:1] != [id_]
    assert id_ not in [each.term.id for each in retired.search("kept from school")]
    assert retired.label(id_) == "Kept from school"
    terms.retire(field, id_, retired=False)
    assert terms.of(field).get(id_).chosen
    with field.store.read() as reader:
        assert len(revising.versions(reader, local_record(id_))) == 4
    assert custody.verify(field).whole and upkeep.check(field) == []


def test_nobody_stands_below_itself(field: Session) -> None:
    top = terms.add(field, SOLD_WATCH)
    below = terms.add(field, msgspec.structs.replace(SOLD_WATCH, parent=top))
    for parent in (top, below):
        with refused("term.parent-circle"):
            terms.change(field, top, msgspec.structs.replace(SOLD_WATCH, parent=parent))
    with refused("term.unknown"):
        terms.change(field, "vio.nothing", SOLD_WATCH)


def test_a_shipped_term_says_otherwise_here_and_keeps_what_was_not_changed(field: Session) -> None:
    terms.change(field, "vio.family.separation", LocalTerm(label=Said(ko="생이별"), parent="vio.life"))
    term = terms.of(field).get("vio.family.separation")
    assert (term.label("ko"), term.label("en")) == ("생이별", "Forced separation of parent and child")
    assert term.changed and term.parent == "vio.family" and term.origin == "shipped"
    terms.retire(field, "vio.family.separation")
    term = terms.of(field).get("vio.family.separation")
    assert term.retired and term.label("ko") == "생이별"
    terms.retire(field, "vio.family.separation", retired=False)
    assert terms.of(field).get("vio.family.separation").chosen


def test_local_terms_and_changes_survive_an_update_of_the_shipped_file(
    field: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = terms.add(field, SOLD_WATCH)
    terms.change(field, "vio.family.separation", LocalTerm(label=Said(ko="생이별")))
    real = resources.read_bytes

    def newer(name: str) -> bytes:
        data = real(name)
        if name.endswith("/violations.toml"):
            # The next version: other words, and the branch below which the local term stood is gone.
            data = data.replace(b'id = "vio.family"\n', b'id = "vio.kin"\n').replace(
                b'parent = "vio.family"\n', b'parent = "vio.kin"\n'
            )
            data = data.replace(b"Forced separation of parent and child", b"Parting")
        return data

    monkeypatch.setattr(resources, "read_bytes", newer)
    _forget()
    try:
        field.terms = type(field.terms)()
        known = terms.of(field)
        assert known.get(id_).label("ko") == "아이를 학교에 보내지 않음"
        assert id_ in [each.id for each in known.children("violations")]
        parted = known.get("vio.family.separation")
        assert (parted.label("en"), parted.label("ko")) == ("Parting", "생이별")
        assert known.get("vio.family").known is False
    finally:
        monkeypatch.undo()
        _forget()


def _forget() -> None:
    shipped.vocabulary.cache_clear()
    shipped.by_id.cache_clear()


class Coded(Throwaway, kw_only=True):
    """Something that names terms."""

    what: str = ""
    more: tuple[str, ...] = ()


def _names(body: Coded) -> list[Reference]:
    return term_references("what", body.what, *body.more)


CODED: Kind[Coded] = replace(KIND, name="coded", type=Coded, references=_names)  # type: ignore[arg-type]


@pytest.fixture
def coded() -> Iterator[None]:
    with registry.with_kind(CODED):
        yield


@pytest.mark.usefixtures("coded")
def test_a_local_term_travels_with_what_names_it_and_with_nothing_else(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    top = terms.add(field, msgspec.structs.replace(SOLD_WATCH, label=Said(en="School")))
    below = terms.add(field, msgspec.structs.replace(SOLD_WATCH, parent=top))
    stays = terms.add(field, msgspec.structs.replace(SOLD_WATCH, label=Said(en="Another")))
    made = written(field)
    save(field, Coded(what="vio.family.separation", more=(below, "local.nothing")), made)
    group = sealing.preview(field, [made], [office.info.fingerprint]).groups[0]
    assert {one.id for one in group.interviews} == {made, local_record(below), local_record(top)}
    taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    known = terms.of(office)
    assert known.label(below, "ko") == "아이를 학교에 보내지 않음"
    assert [each.id for each in known.path(below)] == ["vio.family", top]
    assert not known.get(stays).known and known.label(stays) == stays
    assert not terms.ours(office, below) and terms.ours(office, "vio.life")
    with refused("term.not-ours"):
        terms.retire(office, below)
    assert upkeep.check(office) == []


@pytest.mark.usefixtures("coded")
def test_it_is_counted_where_a_term_is_used(field: Session) -> None:
    made, other = written(field), written(field)
    first = Coded(what="vio.life.killing", text='they say "vio.family.separation" for it')
    for root in (made, made, other):
        save(field, first, root)
    record, _ = save(field, Coded(more=("vio.life.other",)), made)
    assert terms.used(field, "vio.life.killing") == (3, 2)
    assert terms.used(field, "vio.life.other") == (1, 1)
    assert terms.used(field, "vio.life") == terms.used(field, "vio.family.separation") == (0, 0)
    save(field, Coded(more=()), made, record)
    assert terms.used(field, "vio.life.other") == (0, 0)


def test_what_another_vault_says_of_a_shipped_term_changes_nothing_here(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    terms.change(field, "vio.family.separation", LocalTerm(label=Said(en="Otherwise")))
    record = terms.of(field).get("vio.family.separation").record
    bundle = sealed(field, [record], office, tmp_path / "out").path
    taking_in.take_in(office, bundle)
    with office.store.read() as reader:
        assert revising.current(reader, record) is not None
    assert terms.of(office).label("vio.family.separation") == "Forced separation of parent and child"
