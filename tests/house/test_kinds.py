"""Every kind of record has its words, in every language, and every field that it shows."""

from __future__ import annotations

import json
import sys

import pytest

from cairn import resources
from cairn.app.kernel import sentences
from cairn.model.kinds import registry
from cairn.model.kinds.described import word_keys
from cairn.model.time.told import MEANING

NAMES = {
    language: json.loads(resources.read_bytes(f"kinds/{language}.json")) for language in sentences.languages()
}


def test_languages_have_the_same_names() -> None:
    assert len({frozenset(names) for names in NAMES.values()}) == 1


@pytest.mark.parametrize("language", sorted(NAMES))
def test_every_kind_and_field_has_a_name(language: str) -> None:
    names = NAMES[language]
    for kind in registry.every():
        assert f"kind.{kind.name}" in names and "{count}" in names[f"kinds.{kind.name}"]
        for field in kind.fields(kind.type()):
            field = field.removesuffix(MEANING)
            assert any(key in names for key in word_keys(kind.name, field)), field
    assert sentences.kind("note", language) == names["kind.note"]
    assert sentences.kinds("note", 3, language) == names["kinds.note"].replace("{count}", "3")
    assert sentences.kind("of-the-future", language) == "of-the-future"
    assert sentences.value("removed", "yes", language) == names["value.removed.yes"]
    assert sentences.value("title", "yes", language) == "yes"


def test_the_schemas_are_what_the_types_say() -> None:
    sys.path.insert(0, str(resources.path("").parent / "packaging"))
    try:
        import schemas

        assert schemas.faults() == []
    finally:
        sys.path.pop(0)
