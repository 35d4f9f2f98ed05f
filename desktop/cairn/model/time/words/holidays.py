"""Feasts, memorial days and seasons of the farming year, by a name of our own each.

Days of the DPRK, of China and of the traditional year, as their calendars have had them in living memory. The times of
the farming year are those of the north of Korea, and rough.
"""

from __future__ import annotations

from typing import Literal

SOLAR: dict[str, tuple[int, int]] = {
    "new-year": (1, 1), "shining-star": (2, 16), "womens-day": (3, 8), "army-day-april": (4, 25),
    "army-day-february": (2, 8), "sun": (4, 15), "labour-day": (5, 1), "childrens-day": (6, 1),
    "victory-day": (7, 27), "liberation-day": (8, 15), "songun-day": (8, 25), "youth-day-dprk": (8, 28),
    "founding-day": (9, 9), "party-day": (10, 10), "mothers-day-dprk": (11, 16), "constitution-day": (12, 27),
    "christmas": (12, 25), "china-army-day": (8, 1), "china-national-day": (10, 1), "china-youth-day": (5, 4),
    "march-first": (3, 1), "christmas-eve": (12, 24), "new-years-eve": (12, 31), "tree-day": (3, 2),
}  # fmt: skip
LUNAR: dict[str, tuple[int, int]] = {
    "lunar-new-year": (1, 1), "first-full-moon": (1, 15), "double-third": (3, 3), "buddha": (4, 8), "dano": (5, 5),
    "yudu": (6, 15), "double-seventh": (7, 7), "ghosts": (7, 15), "chuseok": (8, 15), "double-ninth": (9, 9),
    "laba": (12, 8), "little-year": (12, 23),
}  # fmt: skip
LAST_NIGHT = "last-night"
"""The last day of a lunar year, said of that lunar year: 97년 섣달그믐."""
NEW_YEARS_EVE = "lunar-eve"
"""The eve of a lunar New Year; which of a year's two is not said: 大年三十."""
HANSIK = "hansik"
EITHER: dict[str, tuple[str, ...]] = {
    # 설 was the solar New Year in the DPRK for decades, and the lunar one elsewhere.
    "seol": ("new-year", "lunar-new-year"),
    "army-day": ("army-day-april", "army-day-february"),
}


def month_of(name: str) -> int:
    """The month of a feast in its own calendar; 0 where it has none, or several."""
    return (SOLAR.get(name) or LUNAR.get(name) or (0, 0))[0]


FARMING: dict[str, tuple[int, int, int, int]] = {
    "manure": (1, 1, 2, 28), "thaw": (3, 1, 3, 31), "azalea": (4, 1, 4, 30), "apricot": (4, 1, 5, 10),
    "barley-hump": (4, 1, 6, 30), "sowing": (4, 1, 5, 15), "planting": (5, 1, 6, 30), "weeding": (6, 10, 7, 31),
    "barley-harvest": (6, 1, 7, 10), "wheat-harvest": (6, 1, 7, 10), "potatoes": (7, 1, 8, 10),
    "rains": (7, 1, 8, 10), "maize-harvest": (8, 20, 9, 30), "harvest": (9, 1, 10, 31), "kimchi": (11, 1, 11, 30),
    "first-snow": (11, 1, 11, 30), "frozen": (12, 1, 2, 28), "first-frost": (10, 1, 10, 31),
    "acacia": (5, 10, 6, 10), "maize-green": (7, 20, 8, 31),
}  # fmt: skip

Kind = Literal["solar", "lunar"]
