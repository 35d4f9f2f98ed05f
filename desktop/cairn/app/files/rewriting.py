"""What a file and a recording have in common: a name, whether it was removed, and how a version of it is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from cairn import paths
from cairn.app.interviews.interviews import require_reason
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.errors import InputError
from cairn.model.kinds.attachment import Attachment
from cairn.model.kinds.recording import Recording
from cairn.storage.work import Work

Kept = TypeVar("Kept", Attachment, Recording)
Change = Callable[[Kept], Kept]


def rewrite(
    s: Session,
    work: Work,
    head: revising.Version,
    body: Kept,
    change: Callable[[Kept], Kept],
    reason: str,
    act: str = "record.revise",
) -> None:
    """Make a version of a record whose current one is `head`, where `change` makes another body of `body`.

    Raises InputError `interview.reason-needed`, and what `change` raises.
    """
    changed = change(body)
    if changed == body:
        return
    root, record = head.envelope.root, head.envelope.id
    require_reason(s, work, root, reason, record=record)
    revising.write(s, work, changed, root=root, record=record, parents=[head.sha], reason=reason, act=act)


def named(name: str) -> Callable[[Kept], Kept]:
    """The change that gives another name. Raises InputError `file.name-empty`."""
    clean = clean_name(name)
    # The bytes that the old name came in are that name: they must not go along under the new one.
    return lambda body: (
        body if body.name == clean else msgspec.structs.replace(body, name=clean, name_bytes="")
    )


def removed(reason: str) -> Callable[[Kept], Kept]:
    """The change that removes, always with a reason. Raises InputError `interview.reason-needed`."""
    if not reason.strip():
        raise InputError("interview.reason-needed")
    return lambda body: msgspec.structs.replace(body, removed=True)


def brought_back(body: Kept) -> Kept:
    """The change that brings back what was removed."""
    return msgspec.structs.replace(body, removed=False)


def clean_name(name: str) -> str:
    """A file's name without folders and without characters that turn text round or hide its ending."""
    name = name.strip()
    if not name:
        raise InputError("file.name-empty")
    return paths.safe_name(name.replace("\\", "/").rpartition("/")[2])
