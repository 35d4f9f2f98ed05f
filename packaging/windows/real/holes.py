"""What Wine 10 lacks of what Cairn's libraries ask of a Windows, filled in a copy of Wine.

- `ucrtbase.dll` ends the program at `crealf`, `cimagf`, `cimag`, `creall`, `cimagl`: numpy asks for them as it starts.
- `mscms.dll` does the same at `WcsCreateIccProfile`: Qt would see no screen. It answers "none" here.
- There is no `icuuc.dll`, which Qt6Core is linked with: `icuuc.c` says that it knows no encoding.

Nothing of it is near the product: it makes a stand-in for Windows more like Windows.
"""

from __future__ import annotations

import struct
import subprocess
from pathlib import Path

HOLES = {
    "ucrtbase.dll": {
        "crealf": "660f6ec1c3",  # movd xmm0, ecx; ret
        "cimagf": "48c1e920660f6ec1c3",  # shr rcx, 32; movd xmm0, ecx; ret
        "cimag": "f20f104108c3",  # movsd xmm0, [rcx+8]; ret
        "creall": "f20f1001c3",  # movsd xmm0, [rcx]; ret
        "cimagl": "f20f104108c3",
    },
    "mscms.dll": {"WcsCreateIccProfile": "31c0c3", "WcsOpenColorProfileW": "31c0c3"},  # xor eax, eax; ret
}
_STUB = (bytes.fromhex("4883ec28488d0d"), bytes.fromhex("488d15"), 0xE8)
"""How a stub of Wine begins: sub rsp; lea rcx, name; lea rdx, name; call."""
LONGEST = 24


def fill(folder: Path) -> list[str]:
    """Write code over the stubs in the DLLs of `folder`; the names that were filled. What is no stub stays."""
    filled = []
    for name, codes in HOLES.items():
        path = folder / name
        data = bytearray(path.read_bytes())
        places = exports(data)
        for function, code in codes.items():
            at = places.get(function)
            if at is not None and is_stub(bytes(data[at : at + LONGEST])):
                new = bytes.fromhex(code)
                data[at : at + len(new)] = new
                filled.append(function)
        path.write_bytes(data)
    return filled


def is_stub(code: bytes) -> bool:
    """Whether these bytes begin one of Wine's stubs."""
    first, second, call = _STUB
    return code[:7] == first and code[11:14] == second and code[18:19] == bytes([call])


def exports(data: bytes | bytearray) -> dict[str, int]:
    """Names that a PE32+ file exports, and where in the file their code begins."""

    def number(kind: str, at: int) -> int:
        return int(struct.unpack_from(kind, data, at)[0])

    header = number("<I", 0x3C)
    optional = header + 24
    sections = optional + number("<H", header + 20)
    spans = [
        struct.unpack_from("<4I", data, sections + 40 * each + 8) for each in range(number("<H", header + 6))
    ]

    def place(address: int) -> int:
        for size, start, stored, offset in spans:
            if start <= address < start + max(size, stored):
                return offset + address - start
        raise ValueError("an address outside of the file")

    table = place(number("<I", optional + 112))
    count, functions, names, numbers = (number("<I", table + at) for at in (24, 28, 32, 36))
    found = {}
    for each in range(count):
        name = place(number("<I", place(names) + 4 * each))
        which = number("<H", place(numbers) + 2 * each)
        address = number("<I", place(functions) + 4 * which)
        if address:
            found[bytes(data[name : data.index(0, name)]).decode("ascii")] = place(address)
    return found


def icu(into: Path) -> Path:
    """The missing `icuuc.dll`, compiled into the folder."""
    made = into / "icuuc.dll"
    source = Path(__file__).with_name("icuuc.c")
    words = ["-shared", "-O1", "-s", "-nostdlib", "-Wl,-e,0", "-o", str(made), str(source)]
    subprocess.run(["x86_64-w64-mingw32-gcc-win32", *words], check=True)
    return made
