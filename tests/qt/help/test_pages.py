"""What stands in the pages: links that lead somewhere, and words that are on the screen."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from cairn import resources
from cairn.app.kernel.sentences import languages
from cairn.qt.base.help_pages import ORDER

LINK = re.compile(r"\[[^\]]*\]\(([^)]*)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
KEY = re.compile(r"((Ctrl|Alt|Shift)\+)+\w+|F\d+|Tab|Esc|Enter|Up|Down|space bar|위|아래|스페이스")


def text(language: str, name: str) -> str:
    return resources.read_text(f"help/{language}/{name}.md")


def bare(words: str) -> str:
    return words.strip().rstrip(" .…:")


def on_the_screen(language: str) -> set[str]:
    """Every text of the window in a language."""
    # The catalogue is our own.
    catalogue = ElementTree.fromstring(resources.read_text("translations/cairn_ko.ts"))  # noqa: S314
    found = set()
    for message in catalogue.iter("message"):
        shown = message.find("source" if language == "en" else "translation")
        found.add(bare("".join(shown.itertext()) if shown is not None else ""))
    return found


@pytest.mark.parametrize("name", ORDER)
def test_links_lead_to_pages_and_to_the_same_ones_in_each_language(name: str) -> None:
    found = {each: LINK.findall(text(each, name)) for each in languages()}
    for each, links in found.items():
        assert set(links) <= set(ORDER), each
        assert links == found["en"], each
        assert name not in links


def test_the_first_hour_leads_to_what_it_names_and_counts_right() -> None:
    page = text("en", "your-first-hour")
    assert set(LINK.findall(page)) >= {
        "preparing-the-laptop",
        "installing",
        "first-vault",
        "first-interview",
        "limits",
    }
    minutes = [int(number) for number in re.findall(r"\| (\d+) \|", page)]
    assert len(minutes) == 8 and 50 <= sum(minutes) <= 70


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_is_bold_stands_on_the_screen(language: str) -> None:
    """Bold are names of buttons, screens and states, and keys. Renaming a button must reach the help."""
    known = on_the_screen(language)
    wrong = [
        f"{name}: {words}"
        for name in ORDER
        for words in BOLD.findall(text(language, name))
        if bare(words) not in known and not KEY.fullmatch(words)
    ]
    assert not wrong, wrong


@pytest.mark.parametrize("language", languages())
def test_pages_name_no_place_in_a_network(language: str) -> None:
    for name in ORDER:
        page = text(language, name)
        assert not re.search(r"https?:|www\.|\b[\w-]+\.(com|org|net|io|kr)\b", page), name
        assert not re.search(r"[!！]", LINK.sub("", page)), name
