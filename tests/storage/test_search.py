"""Search: what a person types finds what was written, in any script, and never raises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cairn.model.folding import Folded, folded
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.note import Note
from cairn.model.kinds.transcript import Paragraph, Transcript
from cairn.storage import lists, search
from cairn.storage.lists import Filter
from cairn.storage.projections import text as index
from cairn.storage.store import Store
from storage import kit


def found(store: Store, text: str) -> list[tuple[str, str]]:
    """(field, what is marked) of each hit."""
    with store.read() as reader:
        hits = search.query(reader, text)
    return [(hit.field, "|".join(piece for piece, marked in hit.snippet if marked)) for hit in hits]


ACCOUNT = (
    "어머니는 국경지대에서 두만강을 건넜다. She crossed at Żółkiewka café, naïve and COLD.\n"
    "她在图们江边等了三天。東京で会った。Он сказал ёлка. 2009년 겨울."
)


@pytest.fixture
def one(store: Store) -> Store:
    kit.put(store, Interview(title="W-017 온성", place="온성군", account=ACCOUNT))
    return store


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("국경", "국경"),
        ("경지", "경지"),
        ("지대에서", "지대에서"),
        ("국경지대", "국경지대"),
        ("건", "건"),
        ("다", "다"),
        ("두만강을 국경", "국경|두만강을"),
        ("图们", "图们"),
        ("江", "江"),
        ("三天", "三天"),
        ("東京で", "東京で"),
        ("cafe", "café"),
        ("CAFÉ", "café"),
        ("cafe\u0301", "café"),
        ("naive", "naïve"),
        ("cros", "cros"),
        ("zolkiewka", ""),
        ("żółkiewka", "Żółkiewka"),
        ("cold", "COLD"),
        ("ЁЛКА", "ёлка"),
        ("2009년", "2009|년"),
        ("crossed 국경 图们", "국경|crossed|图们"),
        ("\u1100\u116e\u11a8\u1100\u1167\u11bc", "국경"),  # the same in conjoining jamo
    ],
)
def test_what_is_typed_is_found(one: Store, text: str, marked: str) -> None:
    hits = found(one, text)
    if marked:
        assert [field for field, _ in hits] == ["account"]
        assert set(marked.split("|")) <= set(hits[0][1].split("|"))


@pytest.mark.parametrize("text", ["경국", "지대국", "강두", "cross the", "afe", "图江", "W-018", "국경을"])
def test_what_is_not_there_is_not_found(one: Store, text: str) -> None:
    assert found(one, text) == []


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '""',
        "'",
        "*",
        "a*b*",
        "(",
        "NEAR(",
        "AND",
        "OR NOT",
        "-",
        "title:",
        "{x}:",
        "^a",
        "\0",
        "a\0b",
        "\ud7ff",
    ]
    + [
        "+",
        "%",
        "_",
        "。",
        "…",
        "🙂",
        "a" * 10_000,
        "가" * 10_000,
        '" OR 1 --',
        "국경 AND",
        "ー",
        "\u0301",
        "²",
        "¼",
    ],
)
def test_odd_queries_give_an_answer(one: Store, text: str) -> None:
    found(one, text)
    with one.read() as reader:
        lists.interviews(reader, Filter(words=text))
        lists.count(reader, Filter(words=text))


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_any_query_gives_an_answer(one: Store, text: str) -> None:
    found(one, text)


HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xAC20), min_size=1, max_size=8)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(HANGUL, min_size=1, max_size=6), st.data())
def test_every_part_of_a_korean_word_is_found_and_nothing_else(
    store: Store, written: list[str], data: st.DataObject
) -> None:
    text = " ".join(written)
    interview = kit.new_id()
    note, _ = kit.put(store, Note(text=text), interview=interview)
    word = data.draw(st.sampled_from(written))
    start = data.draw(st.integers(0, len(word) - 1))
    part = word[start : data.draw(st.integers(start + 1, len(word)))]
    other = data.draw(HANGUL)
    with store.read() as reader:
        assert note in [hit.record_id for hit in search.query(reader, part, limit=10_000)]
        hits = [hit.record_id for hit in search.query(reader, other, limit=10_000)]
        assert (note in hits) == (other in text)


def test_titles_come_first_then_the_newest(store: Store) -> None:
    old, _ = kit.put(store, Interview(title="강", account="x"))
    middle, _ = kit.put(store, Interview(account="강"))
    new, _ = kit.put(store, Interview(account="강"))
    with store.read() as reader:
        assert [hit.record_id for hit in search.query(reader, "강")] == [old, new, middle]
        assert [hit.record_id for hit in search.query(reader, "강", limit=2)] == [old, new]


def test_only_what_stands_is_found(store: Store) -> None:
    record, first = kit.put(store, Interview(account="before"))
    _, second = kit.put(store, Interview(account="after"), record=record, parents=[first])
    assert found(store, "before") == [] and found(store, "after") == [("account", "after")]
    kit.put(store, Interview(account="proposal"), record=record, parents=[second], state="proposed")
    assert found(store, "proposal") == []
    note, sha = kit.put(store, Note(text="aside"), interview=record)
    assert found(store, "aside") == [("text", "aside")]
    kit.put(store, Note(text="aside", removed=True), record=note, interview=record, parents=[sha])
    assert found(store, "aside") == []


def test_both_sides_of_a_conflict_are_found(store: Store) -> None:
    record, first = kit.put(store, Interview(title="1"))
    kit.put(store, Interview(account="left"), record=record, parents=[first])
    kit.put(store, Interview(account="right"), record=record, parents=[first])
    assert found(store, "left") and found(store, "right")


def test_a_snippet_is_short_and_around_the_hit(store: Store) -> None:
    kit.put(store, Interview(account="lead " * 500 + "needle" + " tail" * 500))
    with store.read() as reader:
        (hit,) = search.query(reader, "needle")
    text = "".join(piece for piece, _ in hit.snippet)
    assert ("needle", True) in hit.snippet and len(text) < 200
    assert text.startswith("…lead") and text.endswith("tail…")


def test_pairs() -> None:
    assert index.pairs("국경지대 a 강") == "국경 경지 지대 대 강"
    assert index.words("국경 a b강c") == "  a b c"


def test_words_of_a_transcript_are_found_with_their_moment(store: Store) -> None:
    spoken = [
        Paragraph(start=0, end=4000, text="어디에서 건넜습니까?", translation="Where did you cross?"),
        Paragraph(start=4000, end=9000, text="두만강을\n건넜습니다.", translation="The river."),
        Paragraph(start=9000, text="The river was cold that winter."),
    ]
    interview, _ = kit.put(store, Interview(title="W-017"))
    body = Transcript(recording=kit.new_id(), paragraphs=spoken)
    transcript, sha = kit.put(store, body, interview=interview)

    def moments(text: str) -> list[tuple[str, int | None]]:
        with store.read() as reader:
            return [(hit.field, hit.at) for hit in search.query(reader, text)]

    assert moments("두만강") == [("spoken", 4000)]
    assert moments("cross") == [("translation", 0)]
    # Of several paragraphs the one with most of the words.
    assert moments("river winter") == [("spoken", 9000)]
    assert moments("W-017") == [("title", None)]
    kit.put(
        store,
        Transcript(recording=body.recording, removed=True),
        interview=interview,
        record=transcript,
        parents=[sha],
    )
    assert moments("두만강") == []


def cases() -> list[tuple[str, str, bool]]:
    """What was written, what somebody types, whether it is found: `search.tsv`, where escapes stand for what can't be seen."""
    lines = (Path(__file__).parent / "search.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(unescaped(written), unescaped(typed), right.startswith("yes")) for written, typed, right in rows]


def unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)


@pytest.mark.parametrize(("written", "typed", "right"), cases())
def test_what_reads_the_same_is_the_same(store: Store, written: str, typed: str, right: bool) -> None:
    kit.put(store, Interview(title="W", account=f"before {written} after"))
    hits = found(store, typed)
    assert bool(hits) is right
    with store.read() as reader:
        assert lists.count(reader, Filter(words=typed)) == int(right)
    # Where it stands is told in the text as it was written.
    places = search.places(f"before {written} after", typed)
    assert bool(places) is right
    for start, end in places:
        assert 7 <= start < end <= 7 + len(written)
    if right:
        assert hits[0][1] and all(piece in f"before {written} after" for piece in hits[0][1].split("|"))


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("the house at Maple River", "maple-river"),
        ("the Maple-River house", "maple river"),
        ("the Maple‑River house", "mapleriver"),
        ("in Jong ori", "Jongori"),
        ("in Jong ori", "jong-ori"),
        ("in Jongori", "jong ori"),
        ("in Nam-san-ri", "namsanri"),
        ("in Namsanri", "nam-san-ri"),
        ("हिन्दी में लिखा", "हिन्दी"),
        ("ກຳລັງຂ້າມແມ່ນ້ຳ", "ແມ່ນ້ຳ"),
        ("យើងឆ្លងទន្លេ", "ទន្លេ"),
        ("မြစ်ကိုဖြတ်ကူးခဲ့တယ်", "ဖြတ်"),
        ("x\u200by\u00adz walked", "xyz"),
    ],
)
def test_a_name_is_found_however_it_is_joined(store: Store, written: str, typed: str) -> None:
    kit.put(store, Interview(title="W-1", account=written))
    assert found(store, typed), (written, typed)
    assert search.places(written, typed)


def test_joining_finds_nothing_that_does_not_stand_there(store: Store) -> None:
    kit.put(store, Interview(title="W-1", account="they came over the river at night"))
    for typed in ("theriver", "overthe", "riverat", "jong-ori"):
        assert found(store, typed) == []


def test_the_stem_is_suggested_where_a_particle_stands() -> None:
    assert search.stem("국경은") == "국경" and search.stem("두만강에서 어머니를") == "두만강 어머니"
    assert search.stem("국경") == "" and search.stem("river") == "" and search.stem("나는") == ""


@given(st.text(max_size=60))
def test_a_place_in_the_folded_text_is_one_in_the_written_text(written: str) -> None:
    plain = Folded(written)
    assert plain.text == folded(written)
    places = [plain.written(place) for place in range(len(plain.text) + 1)]
    assert places == sorted(places) and all(0 <= place <= len(written) for place in places)


@pytest.mark.parametrize("unit", ["x", "x-", "x ", "Xx ", "-", "강", "ก", "\u200d", "é"])
def test_an_endless_word_costs_no_more_than_its_length(unit: str) -> None:
    # Where each letter begins a new search to the end, this takes minutes.
    text = unit * (500_000 // len(unit))
    assert index.words(index.normal(text)) is not None
    assert index.pairs(index.normal(text)) is not None
