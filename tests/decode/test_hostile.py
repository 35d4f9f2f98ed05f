"""Bad and hostile files end in one code, and the next file is shown all the same."""

from __future__ import annotations

import os
import random
import signal
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cairn.decode import guard, wire
from cairn.decode.host import DecodeHost
from cairn.errors import InputError, MachineError
from decode import files

GOOD = files.picture("PNG")


def refusal(host: DecodeHost, op: str, data: bytes) -> str:
    """The code with which `data` is refused; and then the host still works."""
    with pytest.raises(InputError) as refused:
        if op == "picture":
            host.picture(data, max_px=200)
        elif op == "pdf":
            host.pdf_page(data, 0, width_px=200)
        elif op == "sound":
            host.sound_block(data, 0, 100)
        else:
            host.text(data)
    assert host.picture(GOOD, max_px=10).width == 10
    return refused.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"])
def test_truncated_picture(host: DecodeHost, kind: str) -> None:
    data = files.picture(kind, (400, 300))
    half = data[: len(data) // 2]
    if kind in ("JPEG", "PNG", "BMP"):
        assert host.picture(half, max_px=100).cut_off, "what is there is shown"
    else:
        assert refusal(host, "picture", half) == "decode.damaged"
    assert refusal(host, "picture", data[:1]) == "decode.unsupported"


@pytest.mark.parametrize("op", ["picture", "pdf", "sound"])
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 5000, random.Random(1).randbytes(70_000)], ids=["0", "zero", "noise"]
)
def test_not_what_it_should_be(host: DecodeHost, op: str, data: bytes) -> None:
    assert refusal(host, op, data) in ("decode.unsupported", "decode.damaged")


def test_binary_is_not_text(host: DecodeHost) -> None:
    assert refusal(host, "text", random.Random(1).randbytes(70_000)) == "decode.unsupported"


@pytest.mark.parametrize("side", [20_000, 2**31 - 1])
def test_decompression_bomb_is_refused_by_its_header(host: DecodeHost, side: int) -> None:
    bomb = files.Watched(1 << 20, (0, files.png(side, side, zlib.compress(b"\0" * 1_000_000))))
    with pytest.raises(InputError, match="decode.too-big"):
        host.picture(bomb, max_px=200)


def test_memory_of_the_child_has_a_limit(host: DecodeHost) -> None:
    """A PDF stream that unpacks to more than the child may have."""
    squeezed = zlib.compress(b"0 0 1 1 re f " * 1_000_000, 9)
    for _ in range(2):
        squeezed = zlib.compress(squeezed * 60, 9)
    filters = b"/Filter [/FlateDecode /FlateDecode /FlateDecode]"
    document = files.pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>",
        files.content(squeezed, filters),
    )
    page = None
    try:
        page = host.pdf_page(document, 0, width_px=100)
    except InputError as error:
        assert error.code in ("decode.too-big", "decode.failed", "decode.damaged")
    for pid in host.pids:
        peak = next(
            int(line.split()[1]) * 1024
            for line in Path(f"/proc/{pid}/status").read_text().splitlines()
            if line.startswith("VmPeak")
        )
        assert peak <= guard.MEMORY
    assert page is None or page.width


def test_pdf_nested_deeply(host: DecodeHost) -> None:
    deep = b"[" * 200_000 + b"]" * 200_000
    assert refusal(host, "pdf", files.pdf(deep)) in ("decode.damaged", "decode.failed")
    loop = files.pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1000000 /Parent 2 0 R >>"
    )
    assert refusal(host, "pdf", loop) in ("decode.damaged", "decode.failed", "decode.took-too-long")


def test_pdf_with_a_password_of_its_own(host: DecodeHost) -> None:
    encrypt = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> >> "
        b"/ID [<00> <00>]"
    )
    data = files.pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", trailer=encrypt
    )
    assert refusal(host, "pdf", data) == "decode.locked"


def test_page_that_is_not_there(host: DecodeHost) -> None:
    with pytest.raises(InputError, match="decode.damaged"):
        host.pdf_page(files.pages(2), 2, width_px=100)


@pytest.mark.parametrize("size", [(1, 100_000), (100_000, 1), (0, 0), (14_400, 14_400)])
def test_page_of_strange_shape(host: DecodeHost, size: tuple[int, int]) -> None:
    try:
        page = host.pdf_page(files.pages(1, size), 0, width_px=4096)
    except InputError as error:
        assert error.code in ("decode.damaged", "decode.too-big")
    else:
        assert max(page.width, page.height) <= wire.MAX_EDGE


def test_file_that_never_ends_to_draw_is_stopped() -> None:
    with DecodeHost(seconds=1.0) as host:
        with pytest.raises(InputError, match="decode.took-too-long"):
            host.pdf_page(files.laughing_pdf(), 0, width_px=100)
        assert host.pids == []
        assert host.picture(GOOD, max_px=10).width == 10


def test_crashed_child_is_replaced(host: DecodeHost) -> None:
    text = b"still here"
    assert host.text(text).text == "still here"
    (pid,) = host.pids
    os.kill(pid, signal.SIGSEGV)
    # Not reaped, so that the number stays taken until the host has seen it.
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    with pytest.raises(InputError, match="decode.failed"):
        host.text(text)
    assert host.pids == []
    assert host.text(text).text == "still here"


class Gate:
    """A file whose reading waits until the test lets it go on."""

    size = 1000

    def __init__(self) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()

    def read_at(self, offset: int, length: int, /) -> bytes:
        self.reached.set()
        self.go_on.wait()
        return b"x" * length


@pytest.mark.parametrize("how", ["crash", "close", "release"])
def test_end_in_the_middle_of_a_request(host: DecodeHost, how: str) -> None:
    gate, codes = Gate(), []

    def ask() -> None:
        try:
            host.text(gate)
        except InputError as error:
            codes.append(error.code)

    asking = threading.Thread(target=ask)
    asking.start()
    gate.reached.wait()
    (pid,) = host.pids
    if how == "crash":
        os.kill(pid, signal.SIGSEGV)
    elif how == "close":
        host.close()
    else:
        host.release(gate)
    gate.go_on.set()
    asking.join()
    assert codes == ["decode.failed"]
    assert host.pids == []
    assert not Path(f"/proc/{pid}").exists()


def test_a_program_that_can_not_be_started_is_the_machines_fault() -> None:
    with DecodeHost(start=["/nowhere/at-all"]) as host, pytest.raises(MachineError, match="machine.gone"):
        host.text(b"")


LIES = {
    "range beyond the end": "w(b'R', struct.pack('>QI', 1 << 40, 10))",
    "range too long": "w(b'R', struct.pack('>QI', 0, 1 << 30))",
    "range empty": "w(b'R', struct.pack('>QI', 0, 0))",
    "half a range": "w(b'R', b'abc')",
    "unknown frame": "w(b'Z', b'')",
    "frame too long": "os.write(1, struct.pack('>cI', b'A', 1 << 31))",
    "not JSON": "w(b'A', b'{')",
    "unknown field": "w(b'A', b'{\"octets\":0,\"shell\":1}')",
    "too many octets": 'w(b\'A\', b\'{"octets":67108864,"width":1,"height":1}\')',
    "negative": "w(b'A', b'{\"octets\":-1}')",
    "size and pixels differ": "w(b'A', b'{\"octets\":4,\"width\":2,\"height\":2}'); os.write(1, b'1234')",
    "no pixels": 'w(b\'A\', b\'{"octets":0,"width":0,"height":0}\')',
    "body cut short": "w(b'A', b'{\"octets\":400,\"width\":10,\"height\":10}'); os.write(1, b'1234')",
    "unknown reason": "w(b'E', b'<b>pwned</b>')",
    "nothing": "pass",
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_child_that_lies_is_not_believed(lie: str) -> None:
    import sys

    code = f"import os, struct\nw = lambda k, d: os.write(1, struct.pack('>cI', k, len(d)) + d)\n{lie}"
    with DecodeHost(start=[sys.executable, "-I", "-c", code]) as host:
        with pytest.raises(InputError, match="decode.failed"):
            host.picture(GOOD, max_px=10)
        assert host.pids == []


def test_child_that_asks_forever_is_stopped() -> None:
    import sys

    code = "import os, struct\nwhile True:\n os.write(1, struct.pack('>cIQI', b'R', 12, 0, 1))\n os.read(0, 4096)"
    with (
        DecodeHost(start=[sys.executable, "-I", "-c", code], seconds=0.5) as host,
        pytest.raises(InputError, match=r"decode\.(took-too-long|failed)"),
    ):
        host.picture(GOOD, max_px=10)


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_flipped_bytes_never_do_more_than_refuse(fuzz_host: DecodeHost, data: st.DataObject) -> None:
    kind, original = data.draw(st.sampled_from(FUZZED))
    changed = bytearray(original)
    for _ in range(data.draw(st.integers(1, 6))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    try:
        if kind == "pdf":
            fuzz_host.pdf_page(bytes(changed), 0, width_px=50)
        elif kind == "sound":
            fuzz_host.sound_block(bytes(changed), 10, 100)
        else:
            pixels = fuzz_host.picture(bytes(changed), max_px=50)
            assert len(pixels.rgba) == pixels.width * pixels.height * 4
    except InputError as error:
        assert error.code.startswith("decode.")


FUZZED = [
    ("picture", files.picture("JPEG", (40, 30))),
    ("picture", files.picture("PNG", (40, 30))),
    ("picture", files.picture("GIF", (40, 30))),
    ("picture", files.picture("TIFF", (40, 30), compression="tiff_lzw")),
    ("picture", files.picture("WEBP", (40, 30))),
    ("pdf", files.pages(1)),
    ("sound", files.sound("FLAC", "PCM_16", 2000)),
    ("sound", files.sound("OGG", "OPUS", 4000)),
    ("sound", files.sound("MP3", "MPEG_LAYER_III", 4000)),
    ("sound", files.packed("aac", 4000)),
    ("sound", files.packed("alac", 4000)),
    ("sound", files.adts(files.packed("aac", 4000))),
]


@pytest.fixture(scope="module")
def fuzz_host() -> Iterator[DecodeHost]:
    with DecodeHost() as made:
        yield made


def test_answers_are_parsed_strictly() -> None:
    whole = b'{"octets":4,"width":1,"height":1}'
    assert wire.parse_answer(whole).octets == 4
    for bad in (
        b"",
        b"[]",
        b'{"octets":"4"}',
        b'{"octets":4.5}',
        b'{"pages":99999999}',
        b'{"encoding":"' + b"a" * 99 + b'"}',
    ):
        with pytest.raises(ValueError):
            wire.parse_answer(bad)
