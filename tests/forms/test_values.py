"""The form in which a value of a type is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.forms.values import TYPES, cast, fits, type_of


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        ("int", "4.5", "4"), ("int", "-0.5", "0"), ("int", "2147483648", ""), ("int", "-2147483648", "-2147483648"),
        ("int", "ten", ""), ("int", "1e3", "1000"), ("decimal", "23", "23.0"), ("decimal", ".5", "0.5"),
        ("decimal", "1e-7", "0.0000001"), ("decimal", "inf", ""), ("decimal", "1e999", ""),
        ("date", "2024-02-29", "2024-02-29"), ("date", "2023-02-29", ""), ("date", "2025-12-21T14:30:00", "2025-12-21"),
        ("time", "22:02:00", "22:02:00"), ("time", "22:02", ""), ("time", "24:00:00", ""),
        ("dateTime", "2026-04-22T14:30:00Z", "2026-04-22T14:30:00Z"), ("dateTime", "2026-04-31T14:30:00Z", ""),
        ("boolean", "true", "1"), ("geopoint", "1 2", "1.0 2.0"), ("geopoint", "91 2", ""), ("geopoint", "0 0 0 0", ""),
        ("geotrace", "0 1 0 0; 0 2 0 0", "0.0 1.0 0.0 0.0;0.0 2.0 0.0 0.0"), ("geotrace", "0 1 0 0", ""),
        ("string", " as it is ", " as it is "), ("something-new", "kept", "kept"),
    ],
)  # fmt: skip
def test_a_value_is_kept_in_one_form(kind: str, text: str, kept: str) -> None:
    assert cast(kind, text) == kept
    assert fits(kind, text) is (kept != "")


@given(st.sampled_from(sorted(TYPES)), st.text(max_size=40))
def test_what_is_kept_is_kept_again(kind: str, text: str) -> None:
    once = cast(kind, text)
    assert cast(kind, once) == once


@given(st.sampled_from(sorted(TYPES)), st.from_regex(r"[-+0-9.eT:Z; ]{0,30}", fullmatch=True))
def test_figures_never_end_in_a_fault(kind: str, text: str) -> None:
    once = cast(kind, text)
    assert cast(kind, once) == once


def test_types_have_one_name() -> None:
    assert [type_of(name) for name in ("xsd:int", "integer", "odk:rank", "xsd:dateTime", "", "select1")] == [
        "int", "int", "string", "dateTime", "string", "string",
    ]  # fmt: skip
