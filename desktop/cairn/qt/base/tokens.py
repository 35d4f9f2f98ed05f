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


LIGHT = Tokens(
    paper="#F6F5F2", surface="#FFFFFF", sunken="#EFEDE8", line="#DAD6CE", control_line="#8A8478",
    ink="#1F2328", ink_soft="#5B6168", accent="#2F6B5E", on_accent="#FFFFFF", accent_soft="#E3EFEB",
    warn="#8A5A00", warn_soft="#FBF0D9", danger="#A8362A", danger_soft="#F8E7E4",
    mark="#F7E3A1",
)  # fmt: skip
DARK = Tokens(
    paper="#17191B", surface="#1F2225", sunken="#121415", line="#363B40", control_line="#737A82",
    ink="#ECEDEE", ink_soft="#A5ABB1", accent="#7DBBA9", on_accent="#10201B", accent_soft="#22332E",
    warn="#E3B45C", warn_soft="#33291A", danger="#E58A7F", danger_soft="#3A2220",
    mark="#574718",
)  # fmt: skip
