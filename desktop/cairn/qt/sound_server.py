"""Whether Qt still has a sound server to talk to. Where it has not, nothing may be opened.

Qt keeps a connection to PulseAudio for its devices and one for its streams, each with a thread of its own.
When the server goes away it drops both, looks for it once more after three seconds, and if it is not there
then, never again in this process. Opening a stream without a connection is an assertion in libpulse: the
whole program would be gone, with whatever is typed or recorded in it. Qt has nothing that tells of this,
but the threads live exactly as long as the connections, and they end only while the window's thread handles
events: what is asked in that thread holds until it returns there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

THREAD = "QPulseAudioEngi"
"""How Qt names the threads of its connections."""
GIVEN_UP_SECONDS = 6.0
"""A connection that is not back by then does not come back in this process."""


class SoundServer:
    """Watches the connections of this process. Ask in the window's thread only."""

    def __init__(
        self, threads: Path = Path("/proc/self/task"), now: Callable[[], float] = time.monotonic
    ) -> None:
        self._threads = threads
        self._now = now
        self._most = 0
        self._gone: float | None = None

    def there(self) -> bool:
        """Whether a stream can be opened without harm. True where sound does not go through PulseAudio."""
        count = self._connections()
        self._most = max(self._most, count)
        if count >= self._most:
            self._gone = None
            return True
        if self._gone is None:
            self._gone = self._now()
        return False

    @property
    def pulse(self) -> bool:
        """Whether sound has gone through PulseAudio in this process."""
        return self._most > 0

    def given_up(self) -> bool:
        """Whether it has been away for so long that only a new start of the program finds it again."""
        return not self.there() and self._gone is not None and self._now() - self._gone > GIVEN_UP_SECONDS

    def _connections(self) -> int:
        try:
            found = list(self._threads.iterdir())
        except OSError:
            return 0
        return sum(_name(one) == THREAD for one in found)


def _name(thread: Path) -> str:
    try:
        return (thread / "comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        # It ended since it was listed.
        return ""


server = SoundServer()
"""The one of this process."""
