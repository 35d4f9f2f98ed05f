"""What each function gives, and what it gives for what it can't take."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest

from cairn.forms.xpath import limits
from cairn.forms.xpath.context import Context, DeviceZone, Environment
from cairn.forms.xpath.errors import XPathError
from cairn.forms.xpath.expression import compile
from cairn.forms.xpath.moments import Moment
from forms.xpath.evaluating import environment, form, value, values
from forms.xpath.trees import at

NAN = "NaN"


def said(expression: str, where: str = "1", env: Environment | None = None) -> object:
    """The value; of no number and no end, their names; of a date, its text."""
    found = value(expression, where, env)
    if isinstance(found, Moment):
        return found.text
    if isinstance(found, float) and not math.isfinite(found):
        return {"nan": NAN, "inf": "Infinity", "-inf": "-Infinity"}[str(found)]
    return values(found) if isinstance(found, list) else found


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        # texts
        ("string(size)", "3"),
        ("string(1 = 1)", "true"),
        ("string(nothing)", ""),
        ("string(0.1 + 0.2)", "0.30000000000000004"),
        ("string(1 div 1000000000)", "0.000000001"),
        ("string(-15 div 10000000000)", "-0.0000000015"),
        ("string(1000000 * 1000000 * 1000000 * 1000000)", "1000000000000000000000000"),
        ("string(-0)", "0"),
        ("string(1 div 0)", "Infinity"),
        ("string(-1 div 0)", "-Infinity"),
        ("string(0 div 0)", "NaN"),
        ("concat(name, '-', size, 1.50, true())", "Ahn-31.5true"),
        ("concat(person/name, '.')", "ABC."),
        ("join(', ', person/name, 'D')", "A, B, C, D"),
        ("join('-')", ""),
        ("substr('abcdef', 2, 4)", "cd"),
        ("substr('abcdef', -2)", "ef"),
        ("substr('abcdef', 'x')", "abcdef"),
        ("substr('abcdef', 1 div 0)", ""),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring('12345', 0, 3)", "12"),
        ("substring('12345', 0 div 0, 3)", ""),
        ("substring('12345', 1, 0 div 0)", ""),
        ("substring('12345', -42, 1 div 0)", "12345"),
        ("substring('12345', -1 div 0, 1 div 0)", ""),
        ("substring('12345', -1 div 0)", "12345"),
        ("substring('12345', 4, 0)", ""),
        ("substring-before('1999-04', '-')", "1999"),
        ("substring-before('1999', '-')", ""),
        ("substring-before('1999', '')", ""),
        ("substring-after('1999-04', '-')", "04"),
        ("substring-after('1999', '')", "1999"),
        ("translate('bar', 'abca', 'AB')", "BAr"),
        ("translate('--a--', '-', '')", "a"),
        ("contains('abc', 'b')", True),
        ("starts-with('abc', 'b')", False),
        ("ends-with('abc', 'bc')", True),
        ("string-length('한글😀')", 3.0),
        ("normalize-space('  a \t b ')", "a b"),
        (
            "digest('abc', 'sha-256', 'hex')",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ),
        ("digest('abc', 'MD5')", "kAFQmDzST7DWlj99KOF/cg=="),
        ("base64-decode('7ZWc6riA')", "한글"),
        ("base64-decode('*')", ""),
        ("base64-decode('a')", ""),
        ("uuid()", "0708090a-0b0c-4d0e-8f10-111213141516"),
        ("uuid(3)", "hij"),
        ("uuid(-3)", ""),
        ("regex('0101234567', '[0-9]{10}')", True),
        ("regex('01012345678', '[0-9]{10}')", False),
        ("regex('٣', '\\d')", False),
        ("regex('김', '\\p{L}')", True),
        ("regex('b', '[a-c&&[^a]]')", True),
        # truth
        ("boolean('false')", True),
        ("boolean(0 div 0)", False),
        ("boolean(nothing)", False),
        ("boolean(name)", True),
        ("boolean(today())", True),
        ("boolean(date('1970-01-01'))", True),
        ("not(0)", True),
        ("boolean-from-string('true')", True),
        ("boolean-from-string('yes')", False),
        ("if(size > 2, 'many', nothing/x + f())", "many"),
        ("if(false(), 1, person/name)", ["A", "B", "C"]),
        ("coalesce('', nothing, 'c', f())", "c"),
        ("coalesce('', empty)", [""]),
        ("coalesce()", ""),
        ("checklist(1, 2, true(), false(), 'a')", True),
        ("checklist(-1, 1, true(), true())", False),
        ("checklist(2, -1, person/age)", True),
        ("checklist(1, -1, nothing)", False),
        ("weighted-checklist(3, 5, true(), 2, false(), 9, 1, 2)", True),
        ("weighted-checklist(40, 40, person/age, 20)", True),
        ("weighted-checklist(36, 36, person/age, person/age)", True),
        ("weighted-checklist(0, 0, nothing, nothing)", True),
        ("weighted-checklist(0, 0, true(), nothing)", True),
        ("weighted-checklist(-1, -1, true())", True),
        # numbers
        ("number('  12.5 ')", 12.5),
        ("number('1e3')", NAN),
        ("number('+1')", NAN),
        ("number('')", NAN),
        ("number('٣')", NAN),
        ("number('1_000')", NAN),
        ("number(true())", 1.0),
        ("number(size)", 3.0),
        ("number('1970-01-03')", 2.0),
        ("int(-1.7)", -1.0),
        ("int('a')", NAN),
        ("floor(-1.2)", -2.0),
        ("ceiling(1 div 0)", "Infinity"),
        ("ceiling(1.2)", 2.0),
        ("round(2.5)", 3.0),
        ("round(-2.5)", -3.0),
        ("round(2.15, 1)", 2.2),
        ("round(1234.5, -2)", 1200.0),
        ("round(2.5, 'x')", NAN),
        ("round(1 div 0)", "Infinity"),
        ("round(1.5, 99999999)", 1.5),
        ("round(1.5, -99999999)", 0.0),
        ("abs(-3)", 3.0),
        ("pow(2, 10)", 1024.0),
        ("pow(0, -1)", "Infinity"),
        ("pow(-1, 0.5)", NAN),
        ("pow(10, 400)", "Infinity"),
        ("log(0)", "-Infinity"),
        ("log(-1)", NAN),
        ("log10(1000)", 3.0),
        ("exp(1000)", "Infinity"),
        ("exp10(2)", 100.0),
        ("sin(1 div 0)", NAN),
        ("sqrt(16)", 4.0),
        ("atan2(0, 1)", 0.0),
        ("pi() > 3.14", True),
        ("5 mod -3", 2.0),
        ("-5 mod 3", -2.0),
        ("5 mod 0", NAN),
        ("5 mod (1 div 0)", 5.0),
        ("1 div -0", "-Infinity"),
        ("0 * (1 div 0)", NAN),
        ("sum(person/age[. != ''])", 36.0),
        ("sum(person/age)", NAN),
        ("max(person/age[. != ''], 50)", 50.0),
        ("min(person/age)", NAN),
        ("min(7, '3')", 3.0),
        ("max()", NAN),
        ("count(person/age)", 3.0),
        ("count-non-empty(person/age)", 2.0),
        # choices
        ("selected(langs, 'ko')", True),
        ("selected(langs, ' en ')", True),
        ("selected(langs, 'k')", False),
        ("selected('', '')", True),
        ("selected(langs, '')", False),
        ("selected-at(langs, 1)", "en"),
        ("selected-at(langs, 2)", ""),
        ("selected-at(langs, 0 div 0)", ""),
        ("count-selected(langs)", 2.0),
        ("count-selected(empty)", 0.0),
        ("jr:choice-name('p1', ' /data/place ')", "p1"),
        ("jr:itext('hello')", "hello"),
        # nodes
        ("name(@id)", "id"),
        ("name(nothing)", ""),
        ("name()", "data"),
        ("local-name()", "data"),
        ("namespace-uri(nothing)", ""),
        ("lang('ko')", False),
        ("id('household')", ["Ahn31987-05-04ko enA31a1a2B5b1C"]),
        ("id(langs)", []),
        ("version()", ""),
        # places
        ("distance('0 0;0 90')", 10018696.05),
        ("distance('0 0', '0 90 12 3')", 10018696.05),
        ("distance('0 0;a b')", NAN),
        ("distance('0 0;91 0')", NAN),
        ("distance('0')", NAN),
        ("distance('nan nan;0 0')", NAN),
        ("area('0 0;0 1')", 0.0),
        ("area('')", NAN),
        ("area('0 0;0 1;1 1;1 0')", 12391256135.81),
        ("area('0 0;0 1;1 1;1 0;0 0')", 12391256135.81),
        ("geofence('0.5 0.5', '0 0;0 1;1 1;1 0')", True),
        ("geofence('1.5 0.5', '0 0;0 1;1 1;1 0')", False),
        ("geofence('', '0 0;0 1;1 1')", False),
    ],
)
def test_values(expression: str, found: object) -> None:
    got = said(expression)
    assert got == found and type(got) is type(found)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("today()", "2026-03-10"),
        ("now()", "2026-03-10T12:00:00.250+09:00"),
        ("today() + 1", 20523.0),
        ("date(today() + 1)", "2026-03-11"),
        ("string(today() - born)", "14190"),
        ("date('2020-02-30')", "Invalid Date"),
        ("date('nonsense')", "Invalid Date"),
        ("boolean(date('nonsense'))", False),
        ("number(date('nonsense'))", NAN),
        ("date('')", ""),
        ("date(empty)", ""),
        ("date(true())", "Invalid Date"),
        ("date(1 div 0)", "Invalid Date"),
        ("date(99999999999)", "Invalid Date"),
        ("date(-719163)", "Invalid Date"),
        ("date(0)", "1970-01-01"),
        ("date('0')", "1970-01-01"),
        ("date(1.5)", "1970-01-02T12:00:00.000+09:00"),
        ("date('2020-01-01T23:30:00.000Z')", "2020-01-02T08:30:00.000+09:00"),
        ("date('2020-01-01T23:30')", "2020-01-01T23:30:00.000+09:00"),
        ("date('2020-01-01T23:30:15.5+0200')", "2020-01-02T06:30:15.500+09:00"),
        ("date('2020-01-01T23:30:00-03')", "2020-01-02T11:30:00.000+09:00"),
        ("date('0001-01-01T00:00:00+14:00')", "Invalid Date"),
        ("date('2020-01-01T25:30')", "Invalid Date"),
        ("date('2020-01-01T10:30+99:00')", "Invalid Date"),
        ("date('2020-1-5')", "2020-01-05"),
        ("date(date('2020-01-05'))", "2020-01-05"),
        ("date('0099-01-05')", "0099-01-05"),
        ("decimal-date-time('1970-01-02')", 1.0),
        ("decimal-date-time('1970-01-01T06:00:00.000+09:00')", 0.25),
        ("decimal-date-time('x')", NAN),
        ("decimal-time('06:00')", 0.25),
        ("decimal-time('06:00:00.000Z')", 0.625),
        ("decimal-time('23:00:00.000Z')", 1 / 3),
        ("decimal-time('2020-01-01T18:00:00.000+09:00')", 0.75),
        ("decimal-time('24:00')", NAN),
        ("decimal-time('06:00+99:00')", NAN),
        ("decimal-time('x')", NAN),
        (
            "format-date('2021-01-04', '%Y %y %m %n %B %b %d %e %A %a %W')",
            "2021 21 01 1 January Jan 04 4 Monday Mon 1",
        ),
        (
            "format-date-time('2021-01-04T07:08:09.010+09:00', '%H %h %M %S %3 %Z %% %q')",
            "07 7 08 09 010 +09:00 % %q",
        ),
        ("format-date('2021-01-04', '%H:%M')", "00:00"),
        ("format-date(0, '%d.%m.%Y')", "01.01.1970"),
        ("format-date('', '%Y')", ""),
        ("format-date(number('x'), '%Y')", ""),
        ("format-date('x', '%Y')", "Invalid Date"),
        ("format-date(date('x'), '%Y')", "Invalid Date"),
        ("format-date(false(), '%Y')", "Invalid Date"),
        ("difference-in-months('2020-01-31', '2020-03-30')", 1.0),
        ("difference-in-months('2020-03-30', '2020-01-31')", -1.0),
        ("difference-in-months('x', '2020-01-31')", ""),
        ("cht:difference-in-years('2000-06-02', '2020-06-01')", 19.0),
        ("cht:difference-in-weeks('2020-01-01', '2020-01-14')", 1.0),
        ("cht:difference-in-days('2020-02-28', '2020-03-01')", 2.0),
        ("cht:difference-in-days('', '2020-03-01')", ""),
        ("cht:difference-in-weeks('', '')", ""),
        ("cht:difference-in-years('', '')", ""),
        ("cht:difference-in-months('2020-01-01', '2020-03-01')", 2.0),
        ("add-date('2020-01-31', 0, 1)", "2020-03-02"),
        ("add-date('2020-01-31', 1, -2, 3)", "2020-12-04"),
        ("add-date('2020-01-31', '', '', 1)", "2020-02-01"),
        ("add-date('2020-01-31', 0, 0, 0, 25)", "2020-02-01T01:00:00.000+09:00"),
        ("add-date('2020-01-31', 'x')", "Invalid Date"),
        ("add-date('x', 1)", "Invalid Date"),
        ("add-date('2020-01-31', 99999)", "Invalid Date"),
        ("parse-timestamp-to-date(0)", "1970-01-01T09:00:00.000+09:00"),
        ("parse-timestamp-to-date('x')", "Invalid Date"),
        ("parse-timestamp-to-date(1 div 0)", "Invalid Date"),
        ("parse-timestamp-to-date(99999999999999999999)", "Invalid Date"),
    ],
)
def test_dates(expression: str, found: object) -> None:
    got = said(expression)
    assert got == (pytest.approx(found) if isinstance(found, float) else found)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("'2020-01-02' = '2020-1-2'", True),
        ("'2020-01-02' != '2020-1-2'", False),
        ("'2020-01-02' > '2020-01-01'", True),
        ("'2020-13-45' = '2020-13-45'", True),
        ("'2020-13-45' < '2020-13-46'", False),
        ("'2020-01-02' = '2020-01-02T00:00:00.000+09:00'", True),
        ("today() <= now() and now() < today() + 1", True),
        ("today() = '2026-03-10'", True),
        ("today() = ''", False),
        ("born < today()", True),
        ("born = date('1987-05-04')", True),
        ("born = '1987-5-4'", True),
        ("'1987-5-4' != born", False),
        ("person/age = 5", True),
        ("person/age != 5", True),
        ("5 = person/age", True),
        ("5 > person/age", False),
        ("person/age > 30", True),
        ("nothing = ''", False),
        ("nothing = name", False),
        ("name != nothing", False),
        ("'2020-xx-01' = name", False),
        ("nothing != ''", False),
        ("empty = ''", True),
        ("nothing = false()", True),
        ("person = true()", True),
        ("nothing < true()", False),
        ("size > true()", True),
        ("person/name = person/child/name", False),
        ("person/name != person/child/name", True),
        ("person/name = ../data/person[2]/name", True),
        ("name != name", False),
        ("'a' = 'a'", True),
        ("1 = '1.0'", True),
        ("'1' = '1.0'", False),
        ("0 div 0 = 0 div 0", False),
        ("0 div 0 != 0 div 0", True),
        ("3 > 2 > 1", False),
        ("1 = 1 = 1", True),
        ("'a' = 'a' = 'true'", True),
        ("'true' = ('a' = 'a')", True),
        ("1 != '1'", False),
        ("name = 'Ahn'", True),
        ("'Ahn' != name", False),
        ("1 = 'Ahn'", False),
        ("true() = 'x'", True),
    ],
)
def test_comparisons(expression: str, found: bool) -> None:
    assert said(expression) is found


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("regex('a', '(')", "xpath.no-pattern"),
        ("regex('a', '[z-a]')", "xpath.no-pattern"),
        (f"regex('a', '{'a' * (limits.PATTERN + 1)}')", "xpath.pattern-too-long"),
        ("digest('a', 'CRC')", "xpath.no-digest"),
        ("uuid(1000000000)", "xpath.text-too-long"),
        ("uuid(1 div 0)", "xpath.text-too-long"),
        ("join(substr(/, 0), person/name, //name, //name)", ""),
    ],
)
def test_what_a_function_refuses(expression: str, code: str) -> None:
    if not code:
        said(expression)
        return
    with pytest.raises(XPathError) as error:
        said(expression)
    assert error.value.code == code


def test_a_pattern_that_takes_for_ever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PATTERN_SECONDS", 0.01)
    with pytest.raises(XPathError) as error:
        said(f"regex('{'a' * 4000}', '(.*)(.*)(.*)(.*)[xy]')")
    assert error.value.code == "xpath.pattern-too-slow"


def test_texts_have_an_end() -> None:
    document = form()
    for leaf in (at(document, "1.1"), at(document, "1.5")):
        leaf.children[0].text = "x" * (limits.TEXT // 2 + 1)  # type: ignore[attr-defined]
    env = environment(document)
    for expression in ("concat(name, langs)", "join(name, 1, 2, 3)"):
        with pytest.raises(XPathError) as error:
            said(expression, env=env)
        assert error.value.code == "xpath.text-too-long"


def test_work_has_an_end() -> None:
    env = environment(visits=200)
    for expression in (
        "count(//*[count(//*) > 0])",
        "count(//* | //*/* | //*/..)",
        "//*[//* = //*]",
        "count(//*[following::*])",
        "count(/data/person/child/name[1][1][1])" + " + count(//*)" * 20,
        "id('a') | id('b') | id('c') | id('d') | id('e') | id('f') | id('g') | id('h') | id('i')",
        "pulldata('places','a','b','c')" + " + pulldata('places','a','b','c')" * 200,
    ):
        with pytest.raises(XPathError) as error:
            said(expression, env=env)
        assert error.value.code == "xpath.too-much-work" and error.value.values["limit"] == 200, expression


def test_without_an_argument_it_is_the_node_itself() -> None:
    assert [
        said(f"{name}()", "1.5") for name in ("string", "string-length", "normalize-space", "number")
    ] == ["ko en", 5.0, "ko en", NAN]
    assert said("number()", "1.2") == 3.0


def test_once_keeps_what_is_there() -> None:
    assert said("once(uuid())", "1.1") == "Ahn"
    assert said("once(1 + 1)", "1.3") == "2"


def test_chance_comes_from_the_environment() -> None:
    assert said("random()") == said("random()")
    top = environment(entropy=lambda count: b"\xff" * count)
    assert 0.999 < float(str(said("random()", env=top))) < 1
    assert said("join('', randomize(person/name))") == said("join('', randomize(person/name))")
    assert sorted(values(value("randomize(//name)"))) == sorted(values(value("//name")))


def test_a_seed_always_gives_the_same_order() -> None:
    """As JavaRosa and ODK Web Forms have it (the first three are in Enketo's suite)."""
    text = "<d>" + "".join(f"<i>{each}</i>" for each in "ABCDEF") + "<s>11111111</s></d>"
    env = environment(form(text))
    order = {
        seed: "".join(values(value(f"randomize(/d/i, {seed})", env=env)))
        for seed in ("11111111", "int(1)", "/d/s")
    }
    assert order == {"11111111": "ACDBFE", "int(1)": "BFEACD", "/d/s": "ACDBFE"}
    texts = {"".join(values(value(f"randomize(/d/i, '{seed}')", env=env))) for seed in ("a", "b", "c", "d")}
    assert len(texts) > 1
    assert values(value("randomize(/d/i, -5)", env=env)) != values(value("randomize(/d/i, 5)", env=env))
    assert sorted(values(value("randomize(/d/i, 0)", env=env))) == list("ABCDEF")


def test_labels_and_languages_come_from_the_environment() -> None:
    asked: list[tuple[str, str, str]] = []

    def label(choice: str, question: str, here: object) -> str | None:
        asked.append((choice, question, getattr(here, "name", "")))
        return "North"

    env = environment(choice_label=label, translation=lambda name: {"hello": "안녕"}.get(name))
    assert said("jr:choice-name('p1', '/data/place')", "1.1", env) == "North"
    assert asked == [("p1", "/data/place", "name")]
    assert said("jr:itext('hello')", env=env) == "안녕" and said("jr:itext('x')", env=env) == "x"


def test_the_language_of_a_node() -> None:
    env = environment(form('<d xml:lang="ko-KR"><e/></d>'))
    assert (
        said("lang('ko')", "1.1", env)
        and said("lang('KO-kr')", "1.1", env)
        and not said("lang('k')", "1.1", env)
    )


def test_the_machine_s_own_clock() -> None:
    zone = DeviceZone()
    summer = datetime(2021, 7, 1, 12, tzinfo=UTC)
    assert summer.astimezone(zone).timestamp() == summer.timestamp()
    assert zone.tzname(summer) is None and zone.dst(summer) is None
    assert zone.utcoffset(None) is not None
    env = Environment(form())
    before = datetime.now(UTC)
    found = value("now()", env=env)
    assert isinstance(found, Moment)
    assert timedelta(seconds=-1) < datetime.fromisoformat(found.text) - before < timedelta(seconds=60)
    assert compile("jr:choice-name('a', 'b')").string(Context(env, env.root)) == "a"
    assert compile("jr:itext('a')").string(Context(env, env.root)) == "a"
    assert len(compile("uuid()").string(Context(env, env.root))) == 36


@pytest.mark.parametrize(
    ("text", "pattern", "fits"),
    [
        ("12-3", r"\d+-\d", True),
        ("٣", r"[\d]", False),
        ("김", r"\w", False),
        ("김", r"\W", True),
        ("a b", r"\w\s\w", True),
        ("ab", r"[^\s]+", True),
        ("a-1", r"[\w-]+", True),
        ("\\d", r"\\d", True),
        ("a", r"\D", True),
        ("b", r"[a-c&&[^a]]", True),
        ("Ab", r"(?i)ab", True),
        ("x", r"\S", True),
        ("+82 10", r"^\+?[0-9 ]{4,}$", True),
        ("a.b@c.de", r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}", True),
    ],
)
def test_patterns_are_java_s(text: str, pattern: str, fits: bool) -> None:
    assert said(f"regex('{text}', '{pattern}')") is fits
