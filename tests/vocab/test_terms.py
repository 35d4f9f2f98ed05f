"""Terms as the program asks for them: looked up, walked, found by typing; what nobody knows is told as such."""

from __future__ import annotations

from itertools import pairwise

import pytest

from cairn import resources
from cairn.errors import InputError
from cairn.model.ids import RecordId
from cairn.model.terms import Said, local_id, local_record, term_references
from cairn.vocab import reading, shipped
from cairn.vocab.term import Term
from cairn.vocab.terms import Terms

RECORD = RecordId("6f1c3b2e-0000-8000-8000-00000000000a")


@pytest.fixture(scope="module")
def terms() -> Terms:
    return Terms()


def found(terms: Terms, typed: str, *names: str) -> list[str]:
    return [each.term.id for each in terms.search(typed, names or ("violations",))]


def test_every_term_is_found_by_its_id_and_its_vocabulary_asks_for_one_file(terms: Terms) -> None:
    for name in shipped.names():
        for term in shipped.vocabulary(name).term:
            assert shipped.HOMES[term.id.partition(".")[0]] == name
            assert terms.get(term.id) == term and term.known and term.vocabulary == name
    assert terms.problems == ()


def test_an_id_that_nobody_knows_is_a_term_that_says_so(terms: Terms) -> None:
    for id_ in ("vio.of_a_newer_one", "nothing", "", "local." + RECORD, "vio"):
        term = terms.get(id_)
        assert not term.known and not term.chosen
        assert (term.id, term.label("ko")) == (id_, id_)


def test_labels_follow_the_language_and_fall_back(terms: Terms) -> None:
    term = terms.get("vio.family.separation")
    assert term.label("ko") == "부모와 아이의 강제 분리"
    assert term.label("zh-Hans") == "强制拆散父母与子女"
    assert term.label("fr") == term.label() == "Forced separation of parent and child"
    assert Term(id="x.y", labels=Said(ko="하나")).label("en") == "하나"


def test_branches_are_walked_in_the_order_of_the_file(terms: Terms) -> None:
    branches = terms.children("violations")
    assert branches and not any(each.chosen for each in branches)
    walked = [each.id for each in terms.terms("violations")]
    assert sorted(walked) == sorted(each.id for each in shipped.vocabulary("violations").term)
    assert [each.id for each in terms.path("vio.family.separation")] == ["vio.family"]
    assert terms.within("vio.family.separation", "vio.family")
    assert not terms.within("vio.family", "vio.family.separation")
    assert terms.children("nothing") == terms.terms("nothing") == ()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("강제송환", "vio.movement.repatriation"),
        ("강제 송환", "vio.movement.repatriation"),
        ("ㄱㅈㅅㅎ", "vio.movement.repatriation"),
        ("REPATRI", "vio.movement.repatriation"),
        ("遣返", "vio.movement.repatriation"),
        ("ｒｅｐａｔｒｉ", "vio.movement.repatriation"),
        ("강ㅈ송환", "vio.movement.repatriation"),
        ("separation child", "vio.family.separation"),
        ("vio.family.sep", "vio.family.separation"),
    ],
)
def test_a_term_is_found_by_typing_in_three_languages(terms: Terms, typed: str, first: str) -> None:
    assert found(terms, typed)[0] == first


def test_what_only_a_definition_says_comes_last_and_rest_terms_behind_their_equals(terms: Terms) -> None:
    several = terms.search("child", ("violations",))
    fits = [each.fit for each in several]
    assert fits == sorted(fits) and fits[0] < fits[-1]
    for better, worse in pairwise(several):
        assert better.fit < worse.fit or better.term.rest <= worse.term.rest


def test_branches_are_no_answer_and_nothing_typed_finds_nothing(terms: Terms) -> None:
    assert "vio.family" not in found(terms, "가족")
    assert "vio.family" in [each.term.id for each in terms.search("가족", ("violations",), every=True)]
    for typed in ("", "   ", "·", "\u200b", "ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ", "x" * 100_000, "\ud800"):
        assert found(terms, typed) == []


def test_agencies_are_found_by_what_they_were_called_and_by_what_people_say(terms: Terms) -> None:
    agency = terms.get("agency.mss")
    for typed in (*agency.spoken, *(name.hangul for name in agency.name)):
        assert "agency.mss" in found(terms, typed, "agencies")


def test_a_local_terms_id_is_that_of_its_record() -> None:
    id_ = local_id(RECORD)
    assert local_record(id_) == RECORD
    for other in ("vio.life", "local.", "local.x", RECORD, ""):
        assert local_record(other) == ""
    assert [each.record for each in term_references("type", id_, "vio.life", id_)] == [RECORD]


def test_a_local_term_stands_below_its_parent_also_where_that_is_gone() -> None:
    mine = Term(id=local_id(RECORD), labels=Said(en="Field nine"), vocabulary="violations", origin="local")
    below = Terms([_with(mine, "vio.family")])
    assert below.children("violations", "vio.family")[-1].id == mine.id
    assert found(below, "field nine") == [mine.id]
    for parent in ("vio.gone", mine.id, ""):
        assert mine.id in [each.id for each in Terms([_with(mine, parent)]).children("violations")]


def test_a_chain_of_local_terms_without_end_hides_none_and_ends() -> None:
    def at(number: int) -> str:
        return local_id(RecordId(f"{number:032x}"))

    local = [
        Term(id=at(n), labels=Said(f"w{n}"), parent=at(n + 1), origin="local", vocabulary="roles")
        for n in range(3000)
    ]
    terms = Terms(local)
    assert {term.id for term in local} <= {term.id for term in terms.terms("roles")}
    assert len(terms.path(at(0))) < 100
    assert terms.search("w2999", ["roles"])[0].term.id == at(2999)


def _with(term: Term, parent: str) -> Term:
    return Term(id=term.id, labels=term.labels, vocabulary=term.vocabulary, origin=term.origin, parent=parent)


def test_a_change_stands_over_the_shipped_term_and_leaves_the_rest() -> None:
    change = Term(id="vio.family.separation", labels=Said(en="Parted"), record=RECORD)
    term = Terms(changes=[change]).get("vio.family.separation")
    assert (term.label("en"), term.label("ko")) == ("Parted", "부모와 아이의 강제 분리")
    assert term.changed and term.record == RECORD and term.count.pattern == "count.handover"
    assert not Terms(changes=[change]).get("vio.family.contact_denied").changed


def test_a_broken_file_is_told_and_its_terms_are_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    real = resources.read_bytes
    monkeypatch.setattr(
        resources, "read_bytes", lambda name: b"id = " if name.endswith("/basis.toml") else real(name)
    )
    for each in (shipped.vocabulary, shipped.by_id):
        each.cache_clear()
    try:
        terms = Terms()
        assert not terms.get("basis.saw").known and terms.terms("basis") == ()
        assert terms.get("vio.family").known and terms.search("saw") is not None
        (problem,) = terms.problems
        assert (problem.code, problem.values) == ("vocab.not-toml", {"file": "basis.toml", "line": 1})
    finally:
        monkeypatch.undo()
        shipped.vocabulary.cache_clear()
        shipped.by_id.cache_clear()


HEAD = """id = "x"
version = "1"
status = "draft"
review = true
title.en = "X"
note = "n"
"""


@pytest.mark.parametrize(
    ("tail", "code", "line", "key"),
    [
        ('[[term]]\nid = "x.a"\nlable.en = "A"\n', "unknown-key", 9, "lable"),
        ('[[term]]\nid = "x.a"\n[[term]]\nlabel.en = "A"\n', "missing-key", 9, "id"),
        ('[[term]]\nid = "x.a"\nlabel.en = 3\n', "wrong-value", 9, "en"),
        ('[[term]]\nid = "x.a"\nlabel.fr = "A"\n', "unknown-key", 9, "fr"),
        ('[[term]]\nid = "x.a"\nsensitivity = "S9"\n', "wrong-value", 9, "sensitivity"),
        ('[[term]]\nid = "x.a"\nout = [\n  { see = "x.b", en = 1 },\n]\n', "wrong-value", 9, "en"),
        ('[[term]\nid = "x.a"\n', "not-toml", 7, None),
        ('[[term]]\nid = "x.a\n', "not-toml", 8, None),
        ('colour = "red"\n', "unknown-key", 7, "colour"),
        ('[[term]]\nid = "x.a"\n# \ud800\n', "unreadable", 9, None),
        ("x = " + "[" * 20_000, "not-toml", 1, None),
    ],
)
def test_a_slip_of_the_pen_is_told_with_its_line(tail: str, code: str, line: int, key: str | None) -> None:
    with pytest.raises(InputError) as caught:
        reading.vocabulary("x.toml", (HEAD + tail).encode("utf-8", "surrogatepass"))
    assert caught.value.code == f"vocab.{code}"
    told = caught.value.values
    assert (told["file"], told.get("key")) == ("x.toml", key)
    assert told["line"] == line or "[[[" in tail


def test_far_too_much_is_refused() -> None:
    many = "".join(f'[[term]]\nid = "x.a{n}"\n' for n in range(reading.MAX_TERMS + 1))
    for data in (b"#" * (reading.MAX_SIZE + 1), (HEAD + many).encode()):
        with pytest.raises(InputError, match=r"vocab\.unreadable"):
            reading.vocabulary("x.toml", data)
