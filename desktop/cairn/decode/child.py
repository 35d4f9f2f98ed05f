"""The child process: shuts itself in, then decodes one file for as long as it is looked at.

Started by `process.Child`; `main` is also what a frozen build runs for `--decode-child`. It says
nothing on standard error and catches only what decoders are known to raise for bad files. Anything
else ends the process, and that is the right end for it.
"""

from __future__ import annotations

import io
import os
from typing import Protocol

import msgspec

from cairn.decode import guard, wire
from cairn.decode.ranges import Pipe, stream
from cairn.decode.refusal import Refused


class Decoder(Protocol):
    """Decodes one file. Raises Refused."""

    def __call__(self, request: wire.Request) -> tuple[wire.Answer, bytes | memoryview]: ...


def _load(op: str, file: io.BufferedReader) -> Decoder:
    """Import what `op` needs, try it on a harmless sample, and shut the process in.

    The sample makes each library load its tables, fonts and callback code now, while it still can.
    """
    decoder: Decoder
    heic = op.startswith("heic-")
    if heic or op.startswith("picture"):
        from cairn.decode import photos

        photos.warm(heic=heic)
        decoder = photos.Photos(file)
    elif op.startswith("pdf"):
        from cairn.decode import pdf

        pdf.warm()
        decoder = pdf.Pdf(file)
    elif op == "sound-tells":
        from cairn.decode import tells

        tells.warm_sounds()
        decoder = tells.Sounding(file)
    elif op == "document-tells":
        from cairn.decode import tells

        tells.warm_documents()
        decoder = tells.Written(file)
    elif op == "office-copy":
        from cairn.decode import office

        office.warm()
        decoder = office.Office(file)
    elif op in ("sound", "sound-block"):
        from cairn.decode import sounds

        sounds.warm()
        decoder = sounds.Sounds(file)
    elif op.startswith("form"):
        from cairn.decode import forms

        forms.warm()
        decoder = forms.Forms(file)
    elif op.startswith("document"):
        from cairn.decode import documents

        documents.warm()
        decoder = documents.Documents(file)
    else:
        from cairn.decode import texts

        texts.warm()
        decoder = texts.Texts(file)
    # The decoder of HEIC works in a thread of its own, or not at all.
    guard.seal(needs_fonts=op.startswith("pdf"), needs_threads=heic)
    return decoder


def _private_pipe() -> Pipe:
    """Our own copies of the pipes; what a library prints goes nowhere."""
    receive, send = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.close(nothing)
    return Pipe(receive, send)


def main() -> None:
    """Serve requests until the parent goes."""
    guard.limit()
    pipe = _private_pipe()
    decoder: Decoder | None = None
    while True:
        kind, payload = pipe.get()
        if kind != wire.ASK:
            return
        request = msgspec.json.decode(payload, type=wire.Request)
        if decoder is None:
            decoder = _load(request.op, stream(pipe, request.size))
        if request.op == "guards":
            pipe.put(wire.DONE, msgspec.json.encode(wire.Answer(guards=guard.guards)))
            continue
        try:
            answer, body = decoder(request)
        except MemoryError:
            pipe.put(wire.FAILED, b"too-big")
        except Refused as refused:
            pipe.put(wire.FAILED, str(refused).encode("ascii"))
        else:
            pipe.put(wire.DONE, msgspec.json.encode(answer), body)


if __name__ == "__main__":
    main()
