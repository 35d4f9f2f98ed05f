"""The functions, by what they are about. Importing this room fills the table."""

from cairn.forms.xpath.functions import (  # noqa: F401  (each enters its functions into the table)
    choices,
    dates,
    dialects,
    logic,
    numbers,
    places,
    repeats,
    sets,
    texts,
)
