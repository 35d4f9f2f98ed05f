"""Where the program begins: chooses between the window, the command line and the decoder's child.

`cairn` alone opens the window, `cairn --practice` the window on the practice vault while there is no
other; everything else is the command line. The window's rooms are imported only when it is wanted, so
that a command starts without Qt.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cairn import paths
from cairn.errors import MachineError

if TYPE_CHECKING:
    from cairn.app.selftest import Window

PRACTICE = "--practice"
DECODE_CHILD = "--decode-child"
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""One of these says where a window can be shown."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with `arguments` (the process's own when None) and return its exit code."""
    paths.keep_to_the_stick()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == [DECODE_CHILD]:
        # The frozen program is its own interpreter: it starts itself as the keyless child.
        from cairn.decode import child

        child.main()
        return 0
    if not given or given == [PRACTICE]:
        return window(practice=PRACTICE in given)
    from cairn.app import selftest
    from cairn.cli.main import main as command_line
    from cairn.vault import process

    process.harden()
    selftest.bring(_window_checks)
    return command_line(given)


def _window_checks() -> Window:
    """What the self-test asks of Qt. Raises ImportError where the system lacks a library for it."""
    from cairn.qt import selftest

    return selftest.Outside()


def window(*, practice: bool = False) -> int:
    """Open the window. Returns the exit code."""
    if sys.platform == "linux" and not any(os.environ.get(name) for name in SCREENS):
        # Qt would end the process with a message of its own.
        from cairn.cli.main import refuse

        return refuse(MachineError("machine.no-display"))
    from cairn.qt import application
    from cairn.vault import process

    process.harden()
    paths.restrict_umask()
    return application.run(practice=practice)


if __name__ == "__main__":
    sys.exit(main())
