"""What lies beside a form: lists of choices as CSV, XML or GeoJSON, to a tree of plain values. Runs in the child only.

Of a CSV each row becomes an `item` under `root` with a child for each column; of GeoJSON each feature, with `geometry`
as ODK writes it (latitude longitude altitude accuracy). Sources: ODK documentation, "Multiple choice options from
data files"; RFC 4180; RFC 7946.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from cairn.decode.form_xml import Malformed, document
from cairn.decode.refusal import Refused
from cairn.decode.texts import decode
from cairn.forms.markup import MAX_MARKS, Document, Mark

MAX_TABLE = 32 << 20
"""Longest file beside a form, in bytes."""
_NAME = re.compile(r"[^\W\d][\w.\-]*\Z")
_BAD = re.compile(r"[^\w.\-]")


class Tables:
    """One file beside a form."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __call__(self) -> Document:
        """Its tree. Raises Refused `too-big`, `damaged`, `unsupported`."""
        self._file.seek(0)
        data = self._file.read(MAX_TABLE + 1)
        if len(data) > MAX_TABLE:
            raise Refused("too-big")
        head = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
        if head.startswith(b"<"):
            try:
                return document(data)
            except Malformed as error:
                raise Refused("damaged") from error
        text, _ = decode(data)
        rows = _geojson(text) if head.startswith(b"{") else _csv(text)
        items: list[Mark | str] = []
        count = 0
        for row in rows:
            count += 1 + len(row)
            if count > MAX_MARKS - 1:
                raise Refused("too-big")
            items.append(Mark("item", "", {}, [_leaf(name, value) for name, value in row]))
        return Document(Mark("root", "", {}, items), {})


def _leaf(name: str, value: str) -> Mark:
    return Mark(name, "", {}, [value] if value else [])


def column(name: str, number: int) -> str:
    """What a column is called where an expression names it: what no name may hold becomes a low line."""
    plain = _BAD.sub("_", name.strip())
    return plain if _NAME.match(plain) else f"_{plain}" if plain else f"column_{number}"


def _csv(text: str) -> Iterator[list[tuple[str, str]]]:
    text = text.lstrip("\ufeff")
    head, _, _ = text.partition("\n")
    # Spreadsheets of many countries part the columns by semicolons.
    between = max(",;\t", key=lambda sign: (head.count(sign), sign == ","))
    csv.field_size_limit(1 << 20)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=False)
    try:
        names = [column(name, at) for at, name in enumerate(next(reader, []), 1)]
        for row in reader:
            if row:
                yield list(itertools.zip_longest(names, row[: len(names)], fillvalue=""))
    except csv.Error as error:
        raise Refused("damaged") from error


def _geojson(text: str) -> Iterator[list[tuple[str, str]]]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused("damaged") from error
    features = read.get("features") if isinstance(read, dict) else None
    if read.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise Refused("unsupported")
    for feature in features:
        if not isinstance(feature, dict):
            raise Refused("damaged")
        properties = feature.get("properties")
        row = [("geometry", _geometry(feature.get("geometry")))]
        if isinstance(properties, dict):
            row += [
                (column(str(name), at), _plain(value))
                for at, (name, value) in enumerate(properties.items(), 1)
            ]
        if "id" in feature and not any(name == "id" for name, _ in row):
            row.append(("id", _plain(feature["id"])))
        yield row


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False)


def _geometry(geometry: Any) -> str:
    """Points as ODK has them, with `0 0` for altitude and accuracy; of other kinds than three, empty."""
    if not isinstance(geometry, dict):
        return ""
    kind, at = geometry.get("type"), geometry.get("coordinates")
    points: Any = {
        "Point": [at],
        "LineString": at,
        "Polygon": at[0] if isinstance(at, list) and at else [],
    }.get(str(kind), [])
    try:
        return "; ".join(f"{point[1]} {point[0]} 0 0" for point in points)
    except (TypeError, IndexError, KeyError) as error:
        raise Refused("damaged") from error


def looks_like_form(tree: Document) -> bool:
    """Whether XML is a form: a head with a model, and a body."""
    if tree.root.name != "html":
        return False
    head = tree.root.first("head")
    model = (head.first("model") if head is not None else None) or tree.root.first("model")
    return model is not None and tree.root.first("body") is not None
