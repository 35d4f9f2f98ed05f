"""What a session keeps of its library: the terms and places that it knows, made anew when a record of theirs changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from cairn.model.ids import RevisionHash, RootId

T = TypeVar("T")

State = Sequence[tuple[RootId, RevisionHash]]


class Kept(Generic[T]):
    """One value, for as long as what it was made of is the same."""

    def __init__(self) -> None:
        self._held: tuple[State, T] | None = None

    def get(self, state: State, make: Callable[[], T]) -> T:
        """The value for this state of the records; made where there is none. Any thread."""
        held = self._held
        if held is None or held[0] != state:
            held = self._held = (state, make())
        return held[1]
