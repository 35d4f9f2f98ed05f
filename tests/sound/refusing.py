"""A sound server that lets nobody in, and what the program says then.

    python -m sound.refusing FOLDER denied|away

tries to record into a vault, with a server that answers every greeting with "access denied", or with none.
Prints a line of JSON. A process of its own, because Qt looks for the sound server only once.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import sys
import threading
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.shared import FLOOR, PASSPHRASE
from sound.silenced import wait

ACCESS = 1
_HEAD = struct.Struct(">IIIII")


class Refusing:
    """Speaks as much of PulseAudio's protocol as it takes to say no."""

    def __init__(self, door: Path) -> None:
        self.asked = 0
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(str(door))
        self._socket.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            client, _ = self._socket.accept()
            with client:
                length = _HEAD.unpack(_all(client, _HEAD.size))[0]
                # A command and a number to answer to, each a letter and four bytes.
                number = _all(client, length)[6:10]
                answer = b"L" + struct.pack(">I", 0) + b"L" + number + b"L" + struct.pack(">I", ACCESS)
                client.sendall(_HEAD.pack(len(answer), 0xFFFFFFFF, 0, 0, 0) + answer)
                self.asked += 1
                client.recv(1)


def _all(client: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        data += client.recv(count - len(data))
    return data


def main() -> None:
    folder, kind = Path(sys.argv[1]), sys.argv[2]
    door = folder / "door"
    server = Refusing(door) if kind == "denied" else None
    os.environ["PULSE_SERVER"] = f"unix:{door}"
    # Qt finds the server when it is loaded.
    from cairn.app.interviews import interviews
    from cairn.app.kernel import session
    from cairn.app.sound import recordings
    from cairn.qt.base import tasks
    from cairn.qt.media.recording.host import RecorderHost

    app = QApplication([])
    vault, _ = session.create_vault(
        folder / "vault", label="Field 7", role="field", passphrase=PASSPHRASE, cost=FLOOR
    )
    host = RecorderHost()
    said: list[str] = []
    host.failed.connect(lambda error: said.append(error.code))
    host.begin(vault, interviews.create(vault, title="Refused"))
    wait(lambda: bool(said))
    wait(lambda: tasks.busy() == 0)
    line = {
        "said": said,
        "state": host.state,
        "asked": server.asked if server else 0,
        "begun": len(recordings.unfinished(vault)),
    }
    tasks.shut_down()
    vault.close()
    app.quit()
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
