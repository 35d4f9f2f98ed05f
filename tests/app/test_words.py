"""Words: every code has a sentence in each language, with the same places; nothing in them is looked up twice."""

from __future__ import annotations

from cairn.app.kernel import sentences
from cairn.errors import InputError


def test_every_language_has_every_sentence_with_the_same_places() -> None:
    assert sentences.faults() == []
    assert {"en", "ko"} <= set(sentences.languages())


def test_a_value_is_never_taken_for_a_place() -> None:
    assert sentences.fill("{name} and {size}", {"name": "{size}", "size": 3}) == "{size} and 3"
    assert sentences.fill("{name}", {}) == "…"


def test_a_code_without_a_sentence_still_says_something() -> None:
    error = InputError("gate.removed", name="Mrs Smith")
    error.code = "gate.no-such-code"
    for language in ("en", "ko", "xx"):
        text = sentences.sentence(error, language=language)
        assert "gate.no-such-code" in text and "Smith" not in text


def test_a_language_without_words_falls_back_to_english() -> None:
    assert sentences.sentence("gate.removed", language="fr") == sentences.sentence("gate.removed")
    assert sentences.sentence("gate.removed", language="../../etc") == sentences.sentence("gate.removed")
