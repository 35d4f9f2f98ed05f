"""Ids of records. UUID version 4, because a time-ordered id would tell when something was written."""

from __future__ import annotations

import re
import uuid

_ID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
_SHA256 = re.compile(r"^[0-9a-f]{64}$")


def new_id() -> str:
    """A fresh random record id."""
    return str(uuid.uuid4())


def is_id(text: str) -> bool:
    """Whether `text` has the exact form of a record id."""
    return bool(_ID.fullmatch(text))


def is_sha256(text: str) -> bool:
    """Whether `text` is a SHA-256 in lower-case hex: the name of a revision or of a file's bytes."""
    return bool(_SHA256.fullmatch(text))
