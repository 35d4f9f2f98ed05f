"""One interpreter that has imported the command line, and forks a process for each command.

Starting Python takes longer than most commands. What is run is the same: a process of its own with its own
arguments, environment, folder and streams, from the program's entry to the interpreter's end.
`python -m cli.warm`, with a socket as standard input, is the side that forks.
"""

from __future__ import annotations

import array
import gc
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

SWITCHES = ["-X", "dev", "-W", "error"]
_HEAD = 4


class Warm:
    """The side of the tests: has commands run, one after the other."""

    def __init__(self) -> None:
        here, there = socket.socketpair()
        source = Path(__file__).resolve().parents[2]
        self._socket = here
        self._process = subprocess.Popen(
            [sys.executable, *SWITCHES, "-m", "cli.warm"],
            stdin=there,
            stdout=subprocess.DEVNULL,
            env={
                "PATH": os.environ["PATH"],
                "LC_ALL": "C.UTF-8",
                "PYTHONPATH": f"{source / 'desktop'}:{source / 'tests'}",
            },
        )
        there.close()

    def run(
        self, words: Sequence[str], environment: Mapping[str, str], stdin: bytes, timeout: float
    ) -> tuple[int, bytes, bytes]:
        """Run one command; its exit code as `subprocess` gives it, standard output and standard error.

        Raises TimeoutError.
        """
        streams = [os.memfd_create(name) for name in ("in", "out", "err")]
        try:
            os.write(streams[0], stdin)
            os.lseek(streams[0], 0, os.SEEK_SET)
            self._socket.settimeout(timeout)
            _send(self._socket, [list(words), dict(environment), str(Path.cwd())], streams)
            code = _receive(self._socket)[0]
            assert isinstance(code, int)
            return code, _whole(streams[1]), _whole(streams[2])
        finally:
            for stream in streams:
                os.close(stream)

    def close(self) -> None:
        """The interpreter ends, as its socket does."""
        self._socket.close()
        self._process.wait(20)


def _whole(stream: int) -> bytes:
    with open(stream, "rb", closefd=False) as file:
        file.seek(0)
        return file.read()


def _send(way: socket.socket, what: object, streams: Sequence[int] = ()) -> None:
    text = json.dumps(what).encode()
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", streams))] if streams else []
    way.sendmsg([len(text).to_bytes(_HEAD, "big")], rights)
    way.sendall(text)


def _receive(way: socket.socket) -> tuple[Any, list[int]]:
    """What was sent, and the streams that came with it. Raises EOFError when the other side has gone."""
    streams = array.array("i")
    head, rights, _, _ = way.recvmsg(_HEAD, socket.CMSG_SPACE(3 * streams.itemsize))
    if len(head) < _HEAD:
        raise EOFError
    for _level, _kind, data in rights:
        streams.frombytes(data)
    left, parts = int.from_bytes(head, "big"), []
    while left and (part := way.recv(left)):
        parts.append(part)
        left -= len(part)
    return json.loads(b"".join(parts)), list(streams)


def _serve(way: socket.socket) -> None:
    """Fork for each command, until the tests go. In the fork it returns, to be the command."""
    while True:
        try:
            (words, environment, folder), streams = _receive(way)
        except EOFError:
            way.close()
            sys.exit(0)
        child = os.fork()
        if child == 0:
            way.close()
            for target, stream in enumerate(streams):
                os.dup2(stream, target)
                os.close(stream)
            os.environ.clear()
            os.environ.update(environment)
            os.chdir(folder)
            sys.argv = ["cairn", *words]
            return
        for stream in streams:
            os.close(stream)
        _send(way, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _main() -> None:
    import cairn.app.program.selftest
    import cairn.cli.main
    import cairn.vault.process  # noqa: F401
    from cairn.__main__ import main

    gc.freeze()
    _serve(socket.socket(fileno=os.dup(0)))
    sys.exit(main())


if __name__ == "__main__":
    _main()
