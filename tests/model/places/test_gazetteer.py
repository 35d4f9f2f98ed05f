"""Places are found in any script and spelling, and it is known what lies in what, now and then."""

from __future__ import annotations

import pytest

from cairn.model.places.gazetteer import Gazetteer
from cairn.model.places.place import Place, PlaceName, Stretch
from cairn.model.places.spelling import loose
from cairn.vocab import places


@pytest.fixture(scope="module")
def known() -> Gazetteer:
    shipped, problems = places.shipped()
    assert problems == ()
    return Gazetteer(shipped)


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("회령", "kp.hoeryong"),
        ("ㅎㅅㅅ", "kp.hyesan"),
        ("Hoeryong", "kp.hoeryong"),
        ("Hoeryeong-si", "kp.hoeryong"),
        ("Hoeryŏng", "kp.hoeryong"),
        ("会宁", "kp.hoeryong"),
        ("룡천", "kp.ryongchon"),
        ("용천", "kp.ryongchon"),
        ("Ryongchon", "kp.ryongchon"),
        ("Yongcheon", "kp.ryongchon"),
        ("Yongch'on", "kp.ryongchon"),
        ("량강", "kp.ryanggang"),
        ("양강도", "kp.ryanggang"),
        ("라선", "kp.rason"),
        ("나선시", "kp.rason"),
        ("영변", "kp.nyongbyon"),
        ("Yongbyon", "kp.nyongbyon"),
        ("Cheongjin", "kp.chongjin"),
        ("Ch’ŏngjin", "kp.chongjin"),
        ("Sineuiju", "kp.sinuiju"),
        ("새별", "kp.kyongwon"),
        ("연길", "cn.yanji"),
        ("옌지", "cn.yanji"),
        ("延吉", "cn.yanji"),
        ("북한", "kp"),
        ("22호", "kp.camp_22"),
        ("camp 22", "kp.camp_22"),
        ("kp.musan", "kp.musan"),
        ("Musan county", "kp.musan"),
    ],
)
def test_a_place_is_found_in_any_script_and_spelling(known: Gazetteer, typed: str, id_: str) -> None:
    assert known.search(typed)[0].place.id == id_


def test_a_place_that_is_called_so_comes_before_one_that_was_and_one_that_only_sounds_so(
    known: Gazetteer,
) -> None:
    found = known.search("musan")
    assert found[0].place.id == "kp.musan"
    (renamed,) = [each for each in known.search("화성군") if each.place.id == "kp.myonggan"]
    assert renamed.name.ko == "화성군" and renamed.place.label("ko") == "명간군"
    assert [each.fit for each in found] == sorted(each.fit for each in found)


def test_only_where_it_is_looked_for(known: Gazetteer) -> None:
    assert {each.place.id for each in known.search("신흥", inside="kp.south_hamgyong")} == {"kp.sinhung"}
    assert known.search("신흥", inside="cn") == []
    assert {each.place.level for each in known.search("ㅎ", levels=("province",))} == {"province"}
    for nothing in ("", " ", "\u200b", "zz", "\ud800", "x" * 10_000, "회령" * 5_000):
        assert known.search(nothing) == []


def test_what_lies_in_what_now_and_at_any_time(known: Gazetteer) -> None:
    assert [each.id for each in known.path("kp.namyang_town")] == ["kp", "kp.north_hamgyong", "kp.onsong"]
    assert known.within("kp.camp_22", "kp.north_hamgyong") and known.within("kp.camp_22", "kp.camp_22")
    assert known.within("kp.changpung", "kp.north_hwanghae") and known.within("kp.changpung", "kp.kaesong")
    assert not known.within("kp.north_hamgyong", "kp.camp_22") and not known.within("nothing", "kp")
    assert "kp.hoeryong" in [each.id for each in known.children("kp.north_hamgyong")]
    assert {"kp", "cn", "kr"} <= {each.id for each in known.children()}


def test_an_id_that_nobody_knows_is_a_place_that_says_so(known: Gazetteer) -> None:
    place = known.get("kp.of_a_newer_one")
    assert not place.known and not place.chosen and place.label("ko") == place.id
    assert known.path(place.id) == ()


def _place(id_: str, parent: str, name: str = "", **more: bool) -> Place:
    return Place(id=id_, parent=parent, names=(PlaceName(ko=name),) if name else (), **more)  # type: ignore[arg-type]


def test_circles_and_lost_parents_hide_nothing_and_end() -> None:
    known = Gazetteer(
        [
            _place("a", "b", "가리"),
            _place("b", "a", "나리"),
            _place("c", "gone", "다리"),
            _place("d", "d", "라리"),
            Place(
                id="e", names=(PlaceName(ko="마리"),), stretches=(Stretch(parent="e"), Stretch(parent="a"))
            ),
            _place("f", ""),
        ]
    )
    assert {each.id for each in known.children()} == {"a", "b", "c", "d", "e", "f"}
    assert [each.id for each in known.path("a")] == ["b"]
    assert known.within("a", "b") and known.within("e", "b") and not known.within("a", "c")
    assert len(known.search("리")) == 5
    assert [(each.place.id, each.name.written) for each in known.search("f")] == [("f", ())]


def test_a_chain_of_places_without_end_hides_none_and_ends() -> None:
    known = Gazetteer([_place(str(n), str(n + 1)) for n in range(3000)])
    below = [each.id for n in range(3000) for each in known.children(str(n))]
    assert len(known.children()) + len(below) == 3000
    assert len(known.path("0")) < 100


def test_a_retired_place_is_found_where_nothing_else_fits() -> None:
    known = Gazetteer([_place("old", "", "단풍강", retired=True), _place("new", "", "단풍강 구류장")])
    assert [each.place.id for each in known.search("단풍강")] == ["new"]
    assert [each.place.id for each in Gazetteer([known.get("old")]).search("단풍강")] == ["old"]


def test_loose_forms_are_only_of_what_has_a_sound() -> None:
    assert loose("Cheongjin-si") == loose("Ch'ŏngjin") == loose("CHONGJIN CITY")
    assert loose("량강") == loose("양강") and loose("라진") == loose("나진")
    for nothing in ("", "ab", "清津", "Camp 22", "Привет"):
        assert loose(nothing) == ""


def test_every_shipped_place_stands_below_one_that_is_there(known: Gazetteer) -> None:
    shipped, _ = places.shipped()
    assert len({each.id for each in shipped}) == len(shipped) == len(known)
    for place in shipped:
        assert place.names and place.names[0].ko and place.names[0].en and place.source, place.id
        assert (place.level == "country") == (place.parent == ""), place.id
        for parent in (place.parent, *(each.parent for each in place.stretches)):
            assert not parent or known.get(parent).known, place.id
        if place.id.startswith("kp.") and place.level != "facility":
            assert place.names[0].rr and place.names[0].mr, place.id
