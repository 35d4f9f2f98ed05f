"""The subset of EDTF: one spelling, bounds, and what is refused. Another library is asked where both can read it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cairn.model.time import edtf
from cairn.model.time.edtf import Among, Interval, Point

D = date.fromisoformat


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1998", "1998-01-01", "1998-12-31"),
        ("1998-02", "1998-02-01", "1998-02-28"),
        ("2000-02-29", "2000-02-29", "2000-02-29"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("XXXX-03-14", None, None),
        ("XXXX-02-29", None, None),
        ("1998-XX-14", "1998-01-14", "1998-12-14"),
        ("1998-21", "1998-03-01", "1998-05-31"),
        ("1998-24", "1998-12-01", "1999-02-28"),
        ("1998?", "1998-01-01", "1998-12-31"),
        ("1998-03~", "1998-03-01", "1998-03-31"),
        ("1998-03-14%", "1998-03-14", "1998-03-14"),
        ("1998/2001-03", "1998-01-01", "2001-03-31"),
        ("../1998", None, "1998-12-31"),
        ("1998-24/..", "1998-12-01", None),
        ("[1997,1999]", "1997-01-01", "1999-12-31"),
        ("[1997..1999]", "1997-01-01", "1999-12-31"),
        ("[..1999]", None, "1999-12-31"),
        ("[1997..]", "1997-01-01", None),
        ("{1998-03,1998-05}", "1998-03-01", "1998-05-31"),
    ],
)
def test_an_expression_has_one_spelling_and_its_bounds(
    text: str, first: str | None, last: str | None
) -> None:
    made = edtf.parse(text)
    assert str(made) == text
    assert made.bounds == (first and D(first), last and D(last))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1998-02-30",
            "1900-02-29",
            "2001-04-31",
            "1998-13",
            "1998-00",
            "1998-20",
            "1998-25",
            "1998-24-01",
            "1998-03-00",
        ),
        *(
            "/1998",
            "1998/",
            "../..",
            "2001/1998",
            "[]",
            "[1998",
            "{}",
            "[..]",
            "[1998,]",
            "1X98",
            "1XXX",
            "X998",
            "199x",
        ),
        *(
            "0000",
            "98",
            "1998-3",
            "1998-03-14T10:00",
            "+1998",
            "-0044",
            "Y12000",
            "1998 ",
            " 1998",
            "1998??",
            "1998/1999/2000",
        ),
        *("XXXX-02-30", "1998-X1", "XXXX/1999", "[1999..1997]", "１９９８", "", "\ud800", "1998\n", "1998\0"),
    ],
)
def test_what_is_no_expression_or_names_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        edtf.parse(text)


def test_expressions_are_bounded_in_length_and_members() -> None:
    with pytest.raises(ValueError):
        edtf.parse("[" + ",".join(["1998"] * (edtf.MAX_MEMBERS + 1)) + "]")
    with pytest.raises(ValueError):
        edtf.parse("1" * (edtf.MAX_LENGTH + 1))


@given(st.text(alphabet="0129X-?~%/.[]{},", max_size=24))
def test_any_text_is_read_to_the_same_spelling_or_refused(text: str) -> None:
    try:
        made = edtf.parse(text)
    except ValueError:
        return
    assert edtf.parse(str(made)) == made
    first, last = made.bounds
    assert first is None or last is None or first <= last


POINTS = st.builds(
    lambda year, part: f"{year:04}" + part,
    st.integers(1, 9998),
    st.one_of(
        st.just(""),
        st.integers(1, 12).map(lambda m: f"-{m:02}"),
        st.integers(21, 24).map(lambda m: f"-{m}"),
        st.tuples(st.integers(1, 12), st.integers(1, 28)).map(lambda md: f"-{md[0]:02}-{md[1]:02}"),
    ),
)


@given(POINTS, st.sampled_from(["", "?", "~", "%"]))
def test_a_date_is_written_as_it_was_read_and_doubt_adds_no_days(text: str, mark: str) -> None:
    made = edtf.parse(text + mark)
    assert str(made) == text + mark
    assert made.bounds == edtf.parse(text).bounds


@given(POINTS, POINTS)
def test_an_interval_lies_between_its_ends(one: str, other: str) -> None:
    first, last = edtf.parse(one), edtf.parse(other)
    assume((last.bounds[1] or date.min) >= (first.bounds[0] or date.max))
    made = edtf.parse(f"{one}/{other}")
    assert isinstance(made, Interval)
    assert made.bounds == (first.bounds[0], last.bounds[1])
    among = edtf.parse(f"[{one}..{other}]")
    assert isinstance(among, Among) and among.bounds == made.bounds


@given(st.dates(), st.dates())
def test_the_shortest_expression_of_a_stretch_has_exactly_its_days(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert edtf.spanning(first, last).bounds == (first, last)
    assert edtf.parse(str(edtf.spanning(first, last))).bounds == (first, last)


def test_more_doubt_stays_doubt() -> None:
    assert str(Point(1998).marked(uncertain=True).marked(approximate=True)) == "1998%"
    assert str(edtf.parse("../1998").marked(approximate=True)) == "../1998~"
    assert str(edtf.parse("[1997,1998..1999]").marked(uncertain=True)) == "[1997?,1998?..1999?]"


@settings(max_examples=50, deadline=None)
@given(st.integers(1001, 2100), st.integers(0, 12), st.integers(0, 31), st.sampled_from(["", "?", "~", "%"]))
def test_another_library_reads_the_same_days(year: int, month: int, day: int, mark: str) -> None:
    """What it refuses is refused here; what is read here it reads alike. It takes 29 February 1800 for a day."""
    oracle = pytest.importorskip("edtf")
    text = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "") + mark
    try:
        ours = edtf.parse(text).bounds
    except ValueError:
        ours = None
    try:
        theirs = oracle.parse_edtf(text)
    except oracle.EDTFParseException:
        assert ours is None
        return
    if ours is not None:
        assert ours == (date(*theirs.lower_strict()[:3]), date(*theirs.upper_strict()[:3]))
