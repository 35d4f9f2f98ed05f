"""Question guides are there in each language, question for question."""

from __future__ import annotations

import pytest

from cairn import resources
from cairn.app.kernel.sentences import languages
from cairn.app.sound import guides


@pytest.mark.parametrize("name", guides.names())
def test_a_guide_has_the_same_questions_in_each_language(name: str) -> None:
    english = guides.load(name, "en")
    assert english.title and english.questions
    for language in languages():
        found = guides.load(name, language)
        assert len(found.questions) == len(english.questions), language
        assert len(set(found.questions)) == len(found.questions), "a question is known by its words"
        if language != "en":
            assert not set(found.questions) & set(english.questions)


def test_no_guide_is_there_in_one_language_only() -> None:
    for language in languages():
        assert resources.names(f"guides/{language}", ".json") == resources.names("guides/en", ".json")


def test_a_language_without_guides_gets_the_english_ones() -> None:
    assert guides.load(guides.FIRST, "xx") == guides.load(guides.FIRST, "en")
