"""What is wrong with vocabularies beyond their form: what makes a term one that can be chosen, told from its neighbours and counted.

After HRDAG a controlled vocabulary is mutually exclusive (each violation names its neighbours under `out`), exhaustive (one rest
term a branch), distinguished (definition, in, out), exemplified and countable. `./dev check` asks for all shipped files
(`packaging/vocabularies.py`). Each fault has its file and line and says what to do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from cairn.errors import CairnError, InputError
from cairn.model.terms import LANGUAGES, Said
from cairn.vocab import reading
from cairn.vocab.term import Term, Vocabulary

FITS = frozenset(("exact", "close", "broad", "narrow"))
SCHEMES = ("coi", "rome", "gbv", "ilo")
MOST_SENTENCES = 2

_ID = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
_HANGUL = re.compile("[가-힣]")
_HAN = re.compile("[\u4e00-\u9fff]")
_SENTENCE_END = re.compile(r"[.!?](?=\s|\Z)|[。！？]")
_TABLE = re.compile(r"^\s*\[\[\s*term\s*\]\]", re.MULTILINE)
_MARK = re.compile(r"^\s*review\s*=", re.MULTILINE)
_WHEN = re.compile(r"(?:(\d{4})(?:-(\d{2}))?(?:-\d{2})?[~?]?)?")


class _File(NamedTuple):
    name: str
    text: str
    vocabulary: Vocabulary
    blocks: tuple[str, ...]
    """The lines of each term, as they are written."""

    def fault(self, code: str, term: int | None = None, key: str = "", **values: str | int) -> InputError:
        path = key if term is None else f"term[{term}].{key}" if key else f"term[{term}]"
        id_ = "" if term is None else self.vocabulary.term[term].id
        return InputError(code, file=self.name, line=reading.line_of(self.text, path), term=id_, **values)


def faults(files: Mapping[str, bytes]) -> list[CairnError]:
    """Everything that is wrong with these files, by name; they are all that there is, since terms name each other."""
    found: list[CairnError] = []
    read: list[_File] = []
    for name, data in sorted(files.items()):
        try:
            read.append(_read(name, data))
        except InputError as error:
            found.append(error)
    known: dict[str, tuple[_File, Term]] = {}
    for file in read:
        found += _head(file)
        for number, term in enumerate(file.vocabulary.term):
            if not _ID.fullmatch(term.id):
                found.append(file.fault("vocab.bad-id", number, "id"))
            elif term.id in known:
                found.append(file.fault("vocab.same-id", number, "id", other=known[term.id][0].name))
            else:
                known[term.id] = (file, term)
    for file in read:
        for number, term in enumerate(file.vocabulary.term):
            found += _term(file, number, term, known)
        found += _labels(file)
        if file.vocabulary.id == "violations":
            found += _violations(file, known)
    return found


@lru_cache(64)
def _read(name: str, data: bytes) -> _File:
    text = data.decode("utf-8", "replace")
    return _File(name, text, reading.vocabulary(name, data), tuple(_TABLE.split(text)[1:]))


def _head(file: _File) -> Iterator[InputError]:
    head = file.vocabulary
    if f"{head.id}.toml" != file.name:
        yield file.fault("vocab.not-its-name", key="id")
    if not head.term:
        yield file.fault("vocab.no-terms")
    yield from _languages(file, None, "title", head.title)
    for rule in head.rule:
        yield from _languages(file, None, "rule", rule.text)


def _term(
    file: _File, number: int, term: Term, known: Mapping[str, tuple[_File, Term]]
) -> Iterator[InputError]:
    yield from _languages(file, number, "label", term.labels)
    for key in ("definition", "include", "example", "several_victims", "repeated", "continuous"):
        said: Said = getattr(term, key)
        if said:
            yield from _languages(file, number, key, said)
    if not _MARK.search(file.blocks[number]) and file.vocabulary.id != "crosswalk_targets":
        yield file.fault("vocab.no-review-mark", number)
    yield from _parent(file, number, term, known)
    for key in ("generic", "inverse", "inverse_m", "inverse_f", "relation", "agency"):
        value = getattr(term, key)
        for each in value if isinstance(value, tuple) else (value,):
            if each and each not in known:
                yield file.fault("vocab.no-such-term", number, key, other=each)
    yield from _crosswalk(file, number, term, known)
    yield from _of_kind(file, number, term)


def _parent(
    file: _File, number: int, term: Term, known: Mapping[str, tuple[_File, Term]]
) -> Iterator[InputError]:
    seen, at = {term.id}, term.parent
    while at:
        if at not in known or known[at][0] is not file:
            yield file.fault("vocab.no-such-term", number, "parent", other=at)
            return
        if at in seen:
            yield file.fault("vocab.circle", number, "parent")
            return
        seen.add(at)
        at = known[at][1].parent


def _of_kind(file: _File, number: int, term: Term) -> Iterator[InputError]:
    """What single vocabularies ask of their terms."""
    name = file.vocabulary.id
    if name == "counting":
        for key in ("several_victims", "repeated", "continuous"):
            yield from _languages(file, number, key, getattr(term, key))
    if name == "basis" and term.first_hand is None:
        yield file.fault("vocab.term-lacks", number, key_="first_hand")
    if name in ("basis", "degrees") and not term.definition and not term.id.endswith((".other", ".unknown")):
        yield file.fault("vocab.term-lacks", number, key_="definition")
    if name == "relations":
        for key in ("generic", "inverse", "inverse_m", "inverse_f", "sex"):
            if not getattr(term, key):
                yield file.fault("vocab.term-lacks", number, key_=key)
    if name == "kin_terms":
        for key in ("relation", "speaker", "side"):
            if not getattr(term, key):
                yield file.fault("vocab.term-lacks", number, key_=key)
    if name == "agencies":
        if not term.name:
            yield file.fault("vocab.term-lacks", number, key_="name")
        for each in term.name:
            starts = _WHEN.fullmatch(each.start)
            ends = _WHEN.fullmatch("" if each.end == ".." else each.end)
            if starts is None or ends is None or (starts[1] and ends[1] and starts[1] > ends[1]):
                yield file.fault("vocab.bad-time", number, "name")


def _crosswalk(
    file: _File, number: int, term: Term, known: Mapping[str, tuple[_File, Term]]
) -> Iterator[InputError]:
    for code in term.crosswalk.huridocs or ():
        if code.fit not in FITS or not (code.code.isdigit() and len(code.code) == 14):
            yield file.fault("vocab.bad-code", number, "crosswalk.huridocs", other=code.code)
    for scheme in SCHEMES:
        for each in getattr(term.crosswalk, scheme) or ():
            if (known.get(f"{scheme}.{each}") or (None, term))[1].scheme != scheme:
                yield file.fault("vocab.bad-code", number, f"crosswalk.{scheme}", other=each)


def _labels(file: _File) -> Iterator[InputError]:
    """No two terms that are called the same, where a person must tell them apart by that."""
    if file.vocabulary.id in ("agencies", "name_kinds"):
        return
    seen: set[tuple[str, ...]] = set()
    for number, term in enumerate(file.vocabulary.term):
        for language in LANGUAGES:
            label = getattr(term.labels, language).casefold()
            key = (term.group, term.scheme, language, label)
            if label and key in seen:
                yield file.fault("vocab.same-label", number, "label")
            seen.add(key)


def _violations(file: _File, known: Mapping[str, tuple[_File, Term]]) -> Iterator[InputError]:
    terms = file.vocabulary.term
    leaves = {term.id: term for term in terms if term.codable}
    rests = Counter(term.parent for term in leaves.values() if term.rest and not term.retired)
    examples: set[str] = set()
    for number, term in enumerate(terms):
        if not term.codable:
            if not term.definition:
                yield file.fault("vocab.term-lacks", number, key_="definition")
            if term.parent:
                yield file.fault("vocab.two-levels", number, "parent")
            if rests[term.id] != 1:
                yield file.fault("vocab.rest", number, count=rests[term.id])
            continue
        if not term.parent or term.parent in leaves or not term.id.startswith(f"{term.parent}."):
            yield file.fault("vocab.two-levels", number, "parent")
        for key in ("definition", "include", "out", "example", "count", "sensitivity"):
            if not getattr(term, key):
                yield file.fault("vocab.term-lacks", number, key_=key)
        if term.count.pattern not in known or not term.count.pattern.startswith("count."):
            yield file.fault("vocab.term-lacks", number, "count", key_="count.pattern")
        yield from _languages(file, number, "count.one", term.count.one)
        for language in LANGUAGES:
            count = len(_SENTENCE_END.findall(getattr(term.definition, language)))
            if term.definition and not 1 <= count <= MOST_SENTENCES:
                yield file.fault("vocab.sentences", number, f"definition.{language}", count=count)
        for near in term.out:
            if near.see not in leaves or near.see == term.id:
                yield file.fault("vocab.no-such-term", number, "out", other=near.see)
            yield from _languages(file, number, "out", near.said)
        if term.example.en and term.example.en in examples:
            yield file.fault("vocab.same-example", number, "example")
        examples.add(term.example.en)
        for scheme in ("huridocs", *SCHEMES):
            if getattr(term.crosswalk, scheme) is None:
                yield file.fault("vocab.term-lacks", number, key_=f"crosswalk.{scheme}")


def _languages(file: _File, number: int | None, key: str, said: Said) -> Iterator[InputError]:
    """A text in each of the languages, each in its own script."""
    for language in LANGUAGES:
        text: str = getattr(said, language)
        if not text.strip():
            yield file.fault("vocab.no-text", number, key, key_=key, language=language)
        elif (
            text != text.strip()
            or (language == "ko" and not _HANGUL.search(text))
            or (language == "zh" and (_HANGUL.search(text) or not _HAN.search(text)))
            or (language == "en" and _HAN.search(text))
        ):
            yield file.fault(
                "vocab.not-its-language", number, f"{key}.{language}", key_=key, language=language
            )
