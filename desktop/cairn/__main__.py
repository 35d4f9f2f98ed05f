"""Where the program begins: chooses between the window, the command line and the decoder's child.

`cairn` alone opens the window, `cairn --practice` the window on the practice vault while there is no
other, `cairn FILE` the window at a bundle or a contact card; everything else is the command line. The window's rooms are imported only when it is wanted, so
that a command starts without Qt.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cairn import paths
from cairn.errors import CairnError, InputError

if TYPE_CHECKING:
    from cairn.app.program.selftest import Window

PRACTICE = "--practice"
DECODE_CHILD = "--decode-child"


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
    from cairn.cli import open_file

    if files := open_file.files(given):
        return window(files=files)
    from cairn.app.program import selftest
    from cairn.cli.main import main as command_line
    from cairn.vault import process

    process.harden()
    selftest.bring(_window_checks)
    return command_line(given)


def _window_checks() -> Window:
    """What the self-test asks of Qt. Raises ImportError where the system lacks a library for it."""
    from cairn.qt.media import selftest

    return selftest.Outside()


def window(*, practice: bool = False, files: Sequence[Path] = ()) -> int:
    """Open the window, at `files` if there are any. Returns the exit code."""
    from cairn.qt.base import display

    try:
        _require_files(files)
        display.require()
    except CairnError as error:
        from cairn.cli.main import refuse

        return refuse(error)
    from cairn.qt import application
    from cairn.vault import process

    process.harden()
    paths.restrict_umask()
    return application.run(practice=practice, files=files)


def _require_files(files: Sequence[Path]) -> None:
    for path in files:
        if not path.is_file():
            raise InputError("cli.no-such-file", name=str(path))


if __name__ == "__main__":
    sys.exit(main())
