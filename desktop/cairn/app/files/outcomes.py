"""What became of each file that was handed over: told by its name, one by one, whether it came in or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from cairn import paths
from cairn.app.kernel.views import Problem
from cairn.errors import CairnError, Cancelled
from cairn.model.ids import NO_RECORD, RecordId

SOUND, FILE, NOTHING = "sound", "file", "nothing"

S = TypeVar("S")


@dataclass(frozen=True)
class Outcome:
    """One file: what it became."""

    name: str
    became: str
    """`sound` (a recording), `file` (an attachment), `nothing`: then it is where it was."""
    record: RecordId = NO_RECORD
    """Id of the recording or the attachment; of nothing there is none."""
    why: CairnError | None = None
    """Of a file that was handed over as sound: why it is none. Of nothing: why it was not taken in."""
    left: int = 0
    """Of a sound: bytes of the file that are no part of what is heard."""
    unclosed: bool = False
    """Of a sound: its recorder never wrote how long it is."""

    @property
    def told(self) -> bool:
        """Whether there is more to say than that it was taken in."""
        return self.why is not None or self.left > 0 or self.unclosed

    def problems(self) -> list[Problem]:
        """What a person must know of it, its name in each sentence."""
        name = {"name": self.name}
        if self.why is not None:
            code = "file.kept-as-file" if self.became == FILE else "file.not-taken"
            return [Problem(code, name), Problem(self.why.code, self.why.values)]
        found = [Problem("recording.unclosed", name)] if self.unclosed else []
        return found + ([Problem("recording.bytes-left", name | {"size": self.left})] if self.left else [])


def each(sources: Iterable[S], name: Callable[[S], str], add: Callable[[S], Outcome]) -> list[Outcome]:
    """Take in all of them: one that can't be read must not keep the others out. Raises Cancelled."""
    found = []
    for source in sources:
        try:
            found.append(add(source))
        except Cancelled:
            raise
        except CairnError as error:
            found.append(Outcome(paths.readable_name(name(source)), NOTHING, why=error))
    return found
