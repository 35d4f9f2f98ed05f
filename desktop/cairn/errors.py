"""Errors, typed by whose fault they are.

An error carries a code and values, never prose: the words are chosen in one place
(`resources/words/`, read by `cairn.app.kernel.sentences`) and can be translated. Its text form is the code
alone, so that a log line or a traceback holds no names and no content.

Anything that is not a `CairnError` is a bug of ours and is allowed to surface as one.
"""

from __future__ import annotations

import errno
from typing import ClassVar

Value = str | int


class CairnError(Exception):
    """Base of every expected failure.

    `code` is `room.what` in lower case with hyphens (`vault.wrong-passphrase`); `values` fill the
    named places of its sentence. Values may be content (a file's name): show them to the person,
    never log them.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, code: str, /, **values: Value) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class InputError(CairnError):
    """What was given can't be used: wrong passphrase, not for this vault, malformed."""

    exit_code = 3


class IntegrityError(CairnError):
    """Something is not what it was signed, hashed or chained to be."""

    exit_code = 4


class MachineError(CairnError):
    """The machine can't do it now: disk full, folder gone, in use by another program."""

    exit_code = 5


class Cancelled(CairnError):
    """The person stopped a long job. Nothing half-done remains."""

    exit_code = 5

    def __init__(self) -> None:
        super().__init__("machine.cancelled")


_BY_ERRNO = {
    errno.ENOSPC: "machine.disk-full",
    errno.EDQUOT: "machine.disk-full",
    errno.EFBIG: "machine.file-too-big",
    errno.EROFS: "machine.read-only",
    errno.EACCES: "machine.not-allowed",
    errno.EPERM: "machine.not-allowed",
    errno.ENOENT: "machine.gone",
    errno.ENOTDIR: "machine.gone",
    errno.ENODEV: "machine.gone",
    errno.ENXIO: "machine.gone",
    errno.ESTALE: "machine.gone",
    errno.EIO: "machine.disk-failing",
    errno.EISDIR: "machine.is-folder",
    errno.EEXIST: "machine.exists",
    errno.ENOTEMPTY: "machine.exists",
    errno.ENAMETOOLONG: "machine.name-too-long",
}


_WRITE_PROTECT = 19
"""Windows' own number for a medium that is locked; its errno is that of a permission."""


def from_os(error: OSError) -> MachineError:
    """The MachineError that says what the operating system refused. The path is not kept."""
    if getattr(error, "winerror", 0) == _WRITE_PROTECT:
        return MachineError("machine.read-only")
    return MachineError(_BY_ERRNO.get(error.errno or 0, "machine.refused"))
