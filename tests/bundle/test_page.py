"""How blocks become the page that is in a bundle: every block in its form, every text in its place."""

from __future__ import annotations

import pytest

from cairn.bundle import page
from cairn.model.kinds.page import (
    Block,
    Coded,
    Entry,
    Facts,
    Heading,
    Items,
    Moment,
    Mono,
    Octets,
    Paragraphs,
    Sentence,
    Time,
    Value,
    When,
    Word,
)
from cairn.model.time.told import Anchor, Told

SAY = page.Words("en")


@pytest.mark.parametrize(
    ("block", "html"),
    [
        (Heading("", "W-017 <b>"), "<h3>W-017 &lt;b&gt;</h3>"),
        (Heading("title", "", 2), f"<h2>{SAY('title')}</h2>"),
        (Heading("title", "x"), f"<h3>{SAY('title')}: x</h3>"),
        (Facts([("title", ["a"]), ("clock", [""])]), f"<dl><dt>{SAY('title')}</dt><dd>a</dd></dl>"),
        (
            Facts([("title", ["a"]), ("clock", ["b"])]),
            f"<dl><dt>{SAY('title')}</dt><dd>a</dd><dt>{SAY('clock')}</dt><dd>b</dd></dl>",
        ),
        (Sentence(["a", "<"]), "<p>a&lt;</p>"),
        (Paragraphs("a\nb"), '<p class="text">a\nb</p>'),
        (Paragraphs("a", "title", faint=True), f'<h3>{SAY("title")}</h3>\n<p class="text faint">a</p>'),
        (Entry(["a"]), '<div class="note"><p class="text">a</p></div>'),
        (
            Entry(["a", "b", "c"], ["me"]),
            '<div class="note"><p class=faint>me</p><p class="text">a</p>'
            + "".join(f'<p class="text faint">{each}</p>' for each in "bc")
            + "</div>",
        ),
        (
            Entry(["a"], ["me"], below=True),
            '<div class="note"><p class="text">a</p><p class=faint>me</p></div>',
        ),
        (Items([["a"], ["<", "b"]]), "<ul><li>a</li><li>&lt;b</li></ul>"),
        (Items([]), "<ul></ul>"),
    ],
)
def test_each_block_has_its_form(block: Block, html: str) -> None:
    assert page.blocks_html(SAY, [block]) == html
    assert page.blocks_html(SAY, [block, Sentence(["z"])]) == html + "\n<p>z</p>"


@pytest.mark.parametrize(
    ("value", "html"),
    [
        ("a & b", "a &amp; b"),
        ("\"a\" 'b'", "&quot;a&quot; &#x27;b&#x27;"),
        (Moment(65_000), "0:01:05"),
        (When("2026-11-22T03:04:05Z"), "2026-11-22 03:04:05 UTC"),
        (Time(Told("98년 <봄>", "1998-21")), "98년 &lt;봄&gt; · spring 1998 · 1 March 1998 to 31 May 1998"),
        (Time(Told("1998", "1998")), "1998 · 1 January 1998 to 31 December 1998"),
        (Time(Told("that winter", anchor=Anchor("event"))), "that winter · counted from: …"),
        (Time(Told("1998년 3월 14일")), "1998년 3월 14일"),
        (Time(Told()), ""),
        (Octets(0), "0 B"),
        (Octets(1023), "1023 B"),
        (Octets(1024), "1.0 KiB"),
        (Octets(1536 << 20), "1.5 GiB"),
        (Mono("a<b"), "<code>a&lt;b</code>"),
        (Mono(""), ""),
        (Coded("use", "no<such"), "no&lt;such"),
        (Word("no-such<word"), "no-such&lt;word"),
    ],
)
def test_each_value_has_its_form(value: Value, html: str) -> None:
    assert page.line_html(SAY, [value]) == html
    assert page.line_html(SAY, ["x", value, "y"]) == f"x{html}y"


def test_words_of_a_language_and_of_none() -> None:
    page._table.cache_clear()
    korean = page.Words("ko")
    assert (SAY.language, korean.language) == ("en", "ko") and korean("title") != SAY("title")
    for unknown in ("xx", "", "../en", "../readme/en", "EN", "english", "e", "en/", "en\n"):
        other = page.Words(unknown)
        assert other.language == "en" and other("title") == SAY("title")
        assert page._table(unknown) == {}
    assert page._table("ko")["title"] != page._table("en")["title"]
    assert SAY("use-courts") == "Use by courts and prosecutors" == SAY.code("use", "courts")


def test_places_are_filled_with_html_and_an_empty_one_shows() -> None:
    key = next(key for key, text in page._table("en").items() if "{" in text)
    text = page.escaped(page._table("en")[key])
    place = page._PLACE.findall(text)[0]
    assert "<b>" in SAY(key, **{place: "<b>"}) and SAY(key) == page._PLACE.sub("…", text)


def test_what_a_language_lacks_is_said_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    known = page._table
    monkeypatch.setattr(
        page, "_table", lambda language: {"title": "Titel"} if language == "de" else known(language)
    )
    german = page.Words("de")
    assert (german("title"), german("intro")) == ("Titel", SAY("intro"))


def test_a_code_with_a_word_of_its_kind_is_told_in_words() -> None:
    assert page.Words("en").code("value.removed", "yes") == "yes"
    assert page.Words("ko").code("value.removed", "yes") != "yes"
    assert page.Words("en").code("value.removed", "of-the-future") == "of-the-future"
