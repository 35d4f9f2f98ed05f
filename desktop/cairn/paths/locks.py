"""A lock on an open file, taken at once or not at all."""

from __future__ import annotations

import os
import sys

from cairn.paths.system import machine_errors

if sys.platform == "win32":
    import msvcrt

    def try_lock(handle: int) -> bool:
        """Take the lock of an open file at once or not at all; it goes when the file is closed."""
        # The byte locked lies far behind the end: nobody could read it otherwise.
        before = os.lseek(handle, 0, os.SEEK_CUR)
        os.lseek(handle, 1 << 40, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, before, os.SEEK_SET)
        return True

else:
    import fcntl

    def try_lock(handle: int) -> bool:
        """Take the lock of an open file at once or not at all; it goes when the file is closed."""
        with machine_errors():
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        return True
