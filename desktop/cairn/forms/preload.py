"""What a form takes by itself when it is begun: an identifier, the day, the time; of the device nothing that isn't given.

Source: ODK XForms specification, "Preload Attributes".
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from cairn.crypto.hashes import random_bytes
from cairn.forms.tree import Node
from cairn.forms.values import cast
from cairn.forms.xpath import moments

if TYPE_CHECKING:
    from cairn.forms.session import Session


def begin(session: Session) -> None:
    """Fill in what is preloaded at the first load."""
    for node in session.document.inner():
        if node.bind is not None and node.bind.preload:
            text = _given(session, node.bind.preload, node.bind.preload_what)
            if text is not None:
                node.text, node.writer = cast(node.bind.type, text), "preload"
    identify(session)


def end(session: Session) -> None:
    """Fill in when the answers were finished."""
    for node in session.document.inner():
        if node.bind is not None and node.bind.preload == "timestamp" and node.bind.preload_what == "end":
            session.worker.write(node, cast(node.bind.type, stamp(session)), "preload")
    session.worker.run()


def identify(session: Session) -> None:
    """Give the answers an id of their own where the form has no place for one."""
    node = instance_id(session)
    if node is not None and not node.text and node.writer == "added":
        node.text, node.writer = new_id(session), "preload"


def instance_id(session: Session) -> Node | None:
    """`meta/instanceID`."""
    meta = next((each for each in session.root.all_children if each.name == "meta"), None)
    return next(iter(meta.every("instanceID")), None) if meta is not None else None


def new_id(session: Session) -> str:
    """`uuid:` and a random identifier."""
    entropy = session.device.entropy or random_bytes
    return f"uuid:{uuid.UUID(bytes=entropy(16), version=4)}"


def stamp(session: Session) -> str:
    """Now, as it is written."""
    return moments.written(session.environment.now())


def _given(session: Session, kind: str, what: str) -> str | None:
    if kind == "uid":
        return new_id(session)
    if kind == "date" and what == "today":
        return session.environment.now().date().isoformat()
    if kind == "timestamp":
        return stamp(session) if what == "start" else None
    if kind == "property":
        return session.device.properties.get(what)
    return None
