"""Who may read what Cairn keeps, where the system says so with access lists and not with modes (Windows).

The list is protected (nothing is inherited from the folder above) and names two: the person whose process
this is, and the system itself, without which backups and virus scanners stop working.
Administrators are not named. They can still take ownership, and that leaves a trace.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cairn.paths.system import windows_library
from cairn.paths.volumes import volume

FOLDER_RIGHTS = "D:P(A;OICI;FA;;;{user})(A;OICI;FA;;;SY)"
"""Full access, handed on to files and folders inside. Notation: SDDL."""

_TOKEN_QUERY = 0x0008
_TOKEN_USER = 1
_SDDL_REVISION = 1
_FILE_OBJECT = 1
_KERNEL_OBJECT = 6
_PROTECTED_LIST = 0x80000004  # PROTECTED_DACL_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION
_KEEPS_ACCESS_LISTS = 0x0008


def make_private(folder: Path) -> bool:
    """Shut `folder` and what is inside to everybody else. False where the system can't, as on a FAT stick.

    Raises nothing that a person could act on: what lies there is encrypted without it too.
    """
    if sys.platform != "win32":
        try:
            folder.chmod(0o700)
        except OSError:
            # A stick with a file system that knows no owners: nothing to set there.
            return False
        return True
    return restrict_folder(folder)


def restrict_folder(folder: Path) -> bool:
    """The same with an access list."""
    found = volume(folder)
    if found is None or not found.flags & _KEEPS_ACCESS_LISTS:
        return False
    with _access_list(FOLDER_RIGHTS) as rights:
        if rights is None:
            return False
        setter = windows_library("advapi32").SetNamedSecurityInfoW
        setter.argtypes = [ctypes.c_wchar_p, ctypes.c_int, ctypes.c_uint32, *[ctypes.c_void_p] * 4]
        setter.restype = ctypes.c_uint32
        return bool(setter(str(folder), _FILE_OBJECT, _PROTECTED_LIST, None, None, rights, None) == 0)


def restrict_process(rights: str) -> bool:
    """Give this process the access list `rights` (SDDL; `{user}` is who runs it). False when refused."""
    with _access_list(rights) as made:
        if made is None:
            return False
        setter = windows_library("advapi32").SetSecurityInfo
        setter.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_uint32, *[ctypes.c_void_p] * 4]
        setter.restype = ctypes.c_uint32
        return bool(setter(_this_process(), _KERNEL_OBJECT, _PROTECTED_LIST, None, None, made, None) == 0)


def _this_process() -> ctypes.c_void_p:
    current = windows_library("kernel32").GetCurrentProcess
    current.argtypes, current.restype = [], ctypes.c_void_p
    return ctypes.c_void_p(current())


def _free(memory: ctypes.c_void_p) -> None:
    free = windows_library("kernel32").LocalFree
    free.argtypes, free.restype = [ctypes.c_void_p], ctypes.c_void_p
    free(memory)


def user_sid() -> str | None:
    """Whose process this is, as `S-1-5-…`; None when the system doesn't say.

    The account itself and not "the owner": of what an elevated process makes, the owner is a group.
    """
    advapi = windows_library("advapi32")
    opener = advapi.OpenProcessToken
    opener.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p]
    asker = advapi.GetTokenInformation
    asker.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p]
    teller = advapi.ConvertSidToStringSidW
    teller.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    closer = windows_library("kernel32").CloseHandle
    closer.argtypes = [ctypes.c_void_p]
    token = ctypes.c_void_p()
    if not opener(_this_process(), _TOKEN_QUERY, ctypes.byref(token)):
        return None
    try:
        # TOKEN_USER: a pointer to the SID, its attributes, then the SID itself, 68 bytes at most.
        held = (ctypes.c_void_p * 16)()
        size = ctypes.c_uint32()
        if not asker(token, _TOKEN_USER, held, ctypes.sizeof(held), ctypes.byref(size)):
            return None
        text = ctypes.c_void_p()
        if not teller(held[0], ctypes.byref(text)) or not text.value:
            return None
        try:
            return ctypes.wstring_at(text.value)
        finally:
            _free(text)
    finally:
        closer(token)


@contextmanager
def _access_list(rights: str) -> Iterator[ctypes.c_void_p | None]:
    """The list that `rights` describe, as long as the block lasts; None when the system makes none of it."""
    user = user_sid()
    described = ctypes.c_void_p()
    if user is None or not _describe(rights.format(user=user), described):
        yield None
        return
    try:
        asker = windows_library("advapi32").GetSecurityDescriptorDacl
        asker.argtypes = [ctypes.c_void_p] * 4
        present, by_default, made = ctypes.c_int(), ctypes.c_int(), ctypes.c_void_p()
        done = asker(described, ctypes.byref(present), ctypes.byref(made), ctypes.byref(by_default))
        # No list at all would mean: everything to everybody.
        yield made if done and present.value and made.value else None
    finally:
        _free(described)


def _describe(text: str, into: ctypes.c_void_p) -> bool:
    parser = windows_library("advapi32").ConvertStringSecurityDescriptorToSecurityDescriptorW
    parser.argtypes = [ctypes.c_wchar_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_void_p]
    return bool(parser(text, _SDDL_REVISION, ctypes.byref(into), None))
