"""A stand-in for the libraries of Windows at the border of ctypes: it keeps books of what is taken and given.

It knows the arguments' order and meaning as Microsoft documents them; that the real ones agree is not shown.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

SID = "S-1-5-21-1004336348-1177238915-682003330-512"
TOKEN, PROCESS = 0x88, -1


class Windows:
    """`library` stands for `cairn.paths.system.windows_library`. Set `refuse` to make calls fail, by name."""

    def __init__(self) -> None:
        self.refuse: set[str] = set()
        self.system, self.flags = "NTFS", 0x8 | 0x10
        self.lists: dict[object, str] = {}
        """Who was given which access list, as SDDL."""
        self.held: dict[int, Any] = {}
        self.open_tokens = 0
        self.error_mode = 0x8000
        self.heap_in_reports = True
        self.library_folder: str | None = None
        self.job: dict[int, Any] = {}
        self.in_job = False
        self.affinity: dict[int, int] = {}
        self.sessions: list[int] = []
        self.titles: dict[int, str] = {}
        self.may_come_forward: list[int] = []
        self.deliver: Callable[[int, int, int], tuple[bool, int]] = lambda *_: (False, 0)
        """Where a message to a window goes: window, message, address of its second parameter."""
        self.drive = 3
        """What kind of drive everything lies on: DRIVE_FIXED."""
        calls = [name for name in dir(self) if name[0].isupper()]
        self._all = SimpleNamespace(**{name: self._counted(name) for name in calls})

    def library(self, _name: str) -> Any:
        return self._all

    def _counted(self, name: str) -> Any:
        call = getattr(self, name)

        def called(*given: Any) -> Any:
            if name in self.refuse:
                return 5 if name in ("SetNamedSecurityInfoW", "SetSecurityInfo", "WerSetFlags") else 0
            return call(*given)

        return called

    def _keep(self, thing: Any) -> int:
        address = ctypes.addressof(thing)
        self.held[address] = thing
        return address

    # kernel32

    def GetCurrentProcess(self) -> int:
        return PROCESS

    def CloseHandle(self, handle: Any) -> int:
        assert handle.value == TOKEN
        self.open_tokens -= 1
        return 1

    def LocalFree(self, memory: Any) -> None:
        del self.held[memory.value]

    def GetVolumePathNameW(self, _path: str, root: Any, _room: int) -> int:
        root.value = "C:\\"
        return 1

    def GetVolumeInformationW(self, root: str, *given: Any) -> int:
        assert root == "C:\\" and len(given) == 7
        given[4]._obj.value = self.flags
        given[5].value = self.system
        assert given[6] == 64
        return 1

    def SetErrorMode(self, mode: int) -> int:
        before, self.error_mode = self.error_mode, mode
        return before

    def WerSetFlags(self, flags: int) -> int:
        self.heap_in_reports = not flags & 1
        return 0

    def SetDllDirectoryW(self, folder: str) -> int:
        self.library_folder = folder
        return 1

    def CreateJobObjectW(self, rights: Any, name: Any) -> int:
        assert rights is None and name is None
        return 0x99

    def SetInformationJobObject(self, job: int, kind: int, what: Any, size: int) -> int:
        assert job == 0x99 and size == ctypes.sizeof(what._obj)
        self.job[kind] = what._obj
        return 1

    def AssignProcessToJobObject(self, job: int, process: int) -> int:
        assert (job, process) == (0x99, PROCESS)
        self.in_job = True
        return 1

    def GetDriveTypeW(self, root: str) -> int:
        assert root == "C:\\"
        return self.drive

    # advapi32

    def OpenProcessToken(self, process: Any, access: int, token: Any) -> int:
        assert process.value == ctypes.c_void_p(PROCESS).value and access == 8
        token._obj.value = TOKEN
        self.open_tokens += 1
        return 1

    def GetTokenInformation(self, token: Any, kind: int, into: Any, room: int, size: Any) -> int:
        assert token.value == TOKEN and kind == 1 and room >= 16 + 68
        into[0] = ctypes.addressof(into) + 16
        size._obj.value = 16 + 28
        return 1

    def ConvertSidToStringSidW(self, sid: int, text: Any) -> int:
        assert sid
        text._obj.value = self._keep(ctypes.create_unicode_buffer(SID))
        return 1

    def ConvertStringSecurityDescriptorToSecurityDescriptorW(
        self, text: str, revision: int, into: Any, size: Any
    ) -> int:
        assert revision == 1 and size is None
        into._obj.value = self._keep(ctypes.create_unicode_buffer(text))
        return 1

    def GetSecurityDescriptorDacl(self, described: Any, present: Any, made: Any, by_default: Any) -> int:
        assert by_default._obj.value == 0
        present._obj.value, made._obj.value = 1, described.value
        return 1

    def SetNamedSecurityInfoW(self, path: str, kind: int, what: int, *lists: Any) -> int:
        assert kind == 1
        return self._set(path, what, *lists)

    def SetSecurityInfo(self, handle: Any, kind: int, what: int, *lists: Any) -> int:
        assert kind == 6
        return self._set(ctypes.c_ssize_t(handle.value).value, what, *lists)

    def _set(self, whose: object, what: int, owner: Any, group: Any, rights: Any, audit: Any) -> int:
        assert what == 0x80000004 and (owner, group, audit) == (None, None, None)
        self.lists[whose] = self.held[rights.value].value
        return 0

    # user32, wtsapi32

    def SetWindowTextW(self, window: int, title: str) -> int:
        self.titles[window] = title
        return 1

    def FindWindowW(self, kind: Any, title: str) -> int | None:
        assert kind is None
        return next((window for window, called in self.titles.items() if called == title), None)

    def GetWindowThreadProcessId(self, window: int, process: Any) -> int:
        process._obj.value = 4711
        return 1 if window in self.titles else 0

    def AllowSetForegroundWindow(self, process: int) -> int:
        self.may_come_forward.append(process)
        return 1

    def SendMessageTimeoutW(self, window: int, message: int, first: Any, *given: Any) -> int:
        second, flags, wait, answer = given
        assert first is None and flags == 0x2 and 0 < wait <= 5000 and window in self.titles
        taken, answer._obj.value = self.deliver(window, message, ctypes.addressof(second._obj))
        return int(taken)

    def SetWindowDisplayAffinity(self, window: int, affinity: int) -> int:
        self.affinity[window] = affinity
        return 1

    def WTSRegisterSessionNotification(self, window: int, whose: int) -> int:
        assert whose == 0
        self.sessions.append(window)
        return 1

    def WTSUnRegisterSessionNotification(self, window: int) -> int:
        self.sessions.remove(window)
        return 1
