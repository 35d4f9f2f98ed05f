"""Pictures inside documents without what cameras and programs left in them: pixels stay as they are, bit for bit.

A JPEG loses its segments of metadata and whatever stands behind its end; a PNG keeps what its pixels need. What is no
picture of these kinds is refused: nobody here could say what it tells. Runs in the child only.
"""

from __future__ import annotations

import re
import struct
import zlib

from lxml import etree

from cairn.decode.refusal import Refused

_JPEG_KEPT = frozenset({0xE0, 0xEE})
"""JFIF, and Adobe's, which says how colours are meant. A colour profile (E2) is kept by its mark."""
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_PNG_KEPT = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs",
})  # fmt: skip
_LOADS = re.compile(r"@import|url\(\s*['\"]?\s*(?!['\"#\s])", re.IGNORECASE)
"""In the style of a drawing: something outside of it."""
_EMF = b"\x01\x00\x00\x00"


def bare(data: bytes) -> bytes:
    """The same picture and nothing else. Raises Refused `damaged`, `holds-more` for what it can't do that with."""
    try:
        if data[:3] == b"\xff\xd8\xff":
            return _jpeg(data)
        if data[:8] == b"\x89PNG\r\n\x1a\n":
            return _png(data)
        if data[:6] in (b"GIF87a", b"GIF89a"):
            return _gif(data)
        if data[:4] == _EMF and data[40:44] == b" EMF":
            return _emf(data)
        if data[:2] == b"BM":
            return _bmp(data)
        if data[:4] == b"\xd7\xcd\xc6\x9a":
            return data  # it has no place for words
        if data.lstrip()[:1] == b"<":
            return _svg(data)
    except (IndexError, struct.error, etree.XMLSyntaxError, ValueError) as error:
        raise Refused("damaged") from error
    raise Refused("holds-more")


def _jpeg(data: bytes) -> bytes:
    out, at = bytearray(b"\xff\xd8"), 2
    while True:
        if data[at] != 0xFF:
            raise ValueError
        kind = data[at + 1]
        if kind == 0xFF:  # a byte that fills
            at += 1
            continue
        if kind == 0xD9:
            return bytes(out + b"\xff\xd9")
        if kind in _ALONE:
            out += data[at : at + 2]
            at += 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise ValueError
        segment = data[at:end]
        says = 0xE0 <= kind <= 0xEF or kind == 0xFE
        profile = kind == 0xE2 and segment[4:16] == b"ICC_PROFILE\0"
        if kind == 0xE0:
            # A JFIF head may hold a small picture: its first sixteen bytes hold none.
            segment = b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0" if segment[4:9] == b"JFIF\0" and length >= 16 else b""  # fmt: skip
        if kind == 0xEE:
            # Adobe's is as long as this; there is room for anything behind it.
            segment = (
                b"\xff\xee\x00\x0e" + segment[4:16] if segment[4:9] == b"Adobe" and length >= 14 else b""
            )
        if not says or profile or kind in _JPEG_KEPT:
            out += segment
        at = end
        if kind == 0xDA:
            # The pixels go on to the next mark that is neither a stuffed byte nor a restart.
            start = at
            while not (data[at] == 0xFF and data[at + 1] not in (0, *range(0xD0, 0xD8))):
                at = data.index(b"\xff", at + 1)
            out += data[start:at]


def _png(data: bytes) -> bytes:
    out, at = bytearray(data[:8]), 8
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise ValueError
        if kind in _PNG_KEPT:
            out += data[at:end]
        if kind == b"iCCP":
            # The name of a profile is a text; the profile stays.
            del out[-(12 + length) :]
            body = data[at + 8 : end - 4]
            body = b"ICC\0" + body[body.index(b"\0") + 1 :]
            out += struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        at = end
        if kind == b"IEND":
            return bytes(out)


def _gif(data: bytes) -> bytes:
    """Without comments, texts and blocks of programs, but for the one that says how often it is played."""
    flags = data[10]
    at = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    out = bytearray(data[:at])
    while data[at] != 0x3B:
        start = at
        if data[at] == 0x2C:
            flags = data[at + 9]
            at += 10 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0) + 1
            keep = True
        elif data[at] == 0x21:
            keep = data[at + 1] == 0xF9 or (data[at + 1] == 0xFF and data[at + 3 : at + 14] == b"NETSCAPE2.0")
            at += 2
        else:
            raise ValueError
        while data[at]:
            at += 1 + data[at]
        at += 1
        if at > len(data):
            raise ValueError
        if keep:
            out += data[start:at]
    return bytes(out + b";")


def _bmp(data: bytes) -> bytes:
    """Up to its end: the file may go on behind that."""
    (size,) = struct.unpack_from("<I", data, 2)
    if not 26 <= size <= len(data):
        raise Refused("holds-more")
    return data[:size]


def _emf(data: bytes) -> bytes:
    """A drawing of Windows, without the name of what drew it."""
    length, place = struct.unpack_from("<II", data, 60)
    blank = bytearray(data)
    if length and place + 2 * length <= len(data):
        blank[place : place + 2 * length] = bytes(2 * length)
    return bytes(blank)


def _svg(data: bytes) -> bytes:
    """A drawing without metadata, comments and what editors keep in it for themselves."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    tree = etree.fromstring(data, parser)
    if etree.QName(tree).localname != "svg":
        raise Refused("holds-more")
    own = (
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
        "http://www.w3.org/XML/1998/namespace",
    )
    for each in list(tree.iter()):
        name = etree.QName(each)
        if name.namespace not in own or name.localname in ("metadata", "title", "desc", "script"):
            if each.getparent() is not None:
                each.getparent().remove(each)
            continue
        if any(
            _LOADS.search(said)
            for said in (each.text or "", each.tail or "", *map(str, each.attrib.values()))
        ):
            raise Refused("holds-more")
        for attribute in list(each.attrib):
            # A picture inside the drawing could tell what any picture tells.
            if "}" in attribute and attribute[1:].split("}")[0] not in own:
                del each.attrib[attribute]
            elif attribute.endswith("href") and not str(each.attrib[attribute]).startswith("#"):
                raise Refused("holds-more")
    text: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
    return text
