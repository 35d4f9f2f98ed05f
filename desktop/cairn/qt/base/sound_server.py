"""Which sound server Qt talks to, and whether it still has it. Where it has not, nothing may be opened.

Cairn wants PulseAudio's protocol, which PipeWire speaks too (pipewire-pulse). Qt of itself would choose PipeWire's
own, and that keeps nothing for a program that the computer does not let run for a moment: measured with PipeWire
1.4.2 and Qt 6.12, a stop of 4 s cost 4 s of what was said; through pipewire-pulse one of 20 s cost nothing.

Qt keeps a connection to PulseAudio for its devices and one for its streams, each with a thread of its own.
When the server goes away it drops both, looks for it once more after three seconds, and if it is not there
then, never again in this process. Opening a stream without a connection is an assertion in libpulse: the
whole program would be gone, with whatever is typed or recorded in it. Qt has nothing that tells of this,
but the threads live exactly as long as the connections, and they end only while the window's thread handles
events: what is asked in that thread holds until it returns there.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, MutableMapping
from pathlib import Path

THREAD = "QPulseAudioEngi"
"""How Qt names the threads of its connections."""
GIVEN_UP_SECONDS = 6.0
"""A connection that is not back by then does not come back in this process."""

_BACKEND = "QT_AUDIO_BACKEND"
_PULSE_LATENCY = "PULSE_LATENCY_MSEC"
_LATENCY_MS = "40"
_SYSTEM_WIDE = "/run/pulse/native"


def prepare(environment: MutableMapping[str, str] = os.environ) -> None:
    """Say which server shall be used, and that it keeps what is not fetched. Before QtMultimedia is loaded.

    What the person has set in the environment themselves stays. PipeWire without its PulseAudio half is left to Qt.
    """
    # Of itself Qt lets the server keep half a second: a computer that is busy for longer loses words. With
    # a latency named here, libpulse asks for as much as the server keeps for anybody, forty seconds.
    environment.setdefault(_PULSE_LATENCY, _LATENCY_MS)
    if not _only_pipewire(environment):
        environment.setdefault(_BACKEND, "pulseaudio")


def _only_pipewire(environment: MutableMapping[str, str]) -> bool:
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    if environment.get("PULSE_SERVER") or not os.path.exists(f"{runtime}/pipewire-0"):
        return False
    folder = environment.get("PULSE_RUNTIME_PATH") or f"{runtime}/pulse"
    return not any(os.path.exists(place) for place in (f"{folder}/native", _SYSTEM_WIDE))


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
