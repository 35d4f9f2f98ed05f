"""The colours of the house's look, light and dark."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tokens:
    """One set of colours, as #RRGGBB."""

    paper: str
    surface: str
    sunken: str
    line: str
    control_line: str
    ink: str
    ink_soft: str
    accent: str
    on_accent: str
    accent_soft: str
    warn: str
    warn_soft: str
    danger: str
    danger_soft: str
    mark: str
    """A found word."""
    act: str
    act_soft: str
    """Lanes of acts; the soft one lies behind their tags. Each colour is read as text on paper, surface and its own soft one."""
    person: str
    person_soft: str
    """People, their codes everywhere."""
    place: str
    place_soft: str
    """Places."""
    time: str
    time_soft: str
    """Dates."""
    code: str
    code_soft: str
    """Codes of one's own."""


LIGHT = Tokens(
    paper="#F6F5F2", surface="#FFFFFF", sunken="#EFEDE8", line="#DAD6CE", control_line="#8A8478",
    ink="#1F2328", ink_soft="#5B6168", accent="#2F6B5E", on_accent="#FFFFFF", accent_soft="#E3EFEB",
    warn="#8A5A00", warn_soft="#FBF0D9", danger="#A8362A", danger_soft="#F8E7E4",
    mark="#F7E3A1",
    act="#2C64A0", act_soft="#E4EDF6", person="#74489E", person_soft="#EFE8F6", place="#5A6A12", place_soft="#EEF1DE",
    time="#8A4E22", time_soft="#F6EAE1", code="#99356B", code_soft="#F8E6EF",
)  # fmt: skip
DARK = Tokens(
    paper="#17191B", surface="#1F2225", sunken="#121415", line="#363B40", control_line="#737A82",
    ink="#ECEDEE", ink_soft="#A5ABB1", accent="#7DBBA9", on_accent="#10201B", accent_soft="#22332E",
    warn="#E3B45C", warn_soft="#33291A", danger="#E58A7F", danger_soft="#3A2220",
    mark="#574718",
    act="#86B4E4", act_soft="#1E2C3B", person="#C2A2E6", person_soft="#2E2639", place="#B4C266", place_soft="#2A2E1A",
    time="#DDA47C", time_soft="#34281F", code="#E596BE", code_soft="#38232F",
)  # fmt: skip
