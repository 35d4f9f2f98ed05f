"""Forms for tests: from a few lines of Markdown, or an XForm with only what matters written out."""

from __future__ import annotations

import io

from cairn.decode.form_xml import document
from cairn.decode.forms import Forms
from cairn.decode.wire import Request
from cairn.forms.definition import Form
from cairn.forms.imported import Imported, believed
from cairn.forms.reading import read
from cairn.forms.session import Device, Session
from cairn.forms.tree import Node


def imported(data: str | bytes) -> Imported:
    """What the child would send for a file; here without a child."""
    raw = data.encode() if isinstance(data, str) else data
    _, body = Forms(io.BytesIO(raw))(Request("form", len(raw)))
    return believed(bytes(body))


def sheet(survey: str, choices: str = "", settings: str = "") -> str:
    """A Markdown form: rows as `type | name | label | relevant | calculation | more`, with the columns named first."""
    parts = []
    for name, rows in (("survey", survey), ("choices", choices), ("settings", settings)):
        if rows:
            lines = [line.strip() for line in rows.strip().splitlines()]
            parts.append(f"| {name} |\n" + "\n".join(f"| | {line} |" for line in lines))
    return "\n".join(parts) + "\n"


def form(survey: str, choices: str = "", settings: str = "") -> Form:
    """The form of a sheet."""
    made = imported(sheet(survey, choices, settings))
    assert made.document is not None, made.findings
    return read(made.document)


def begun(
    survey: str,
    choices: str = "",
    settings: str = "",
    *,
    tables: dict[str, Node] | None = None,
    device: Device | None = None,
) -> Session:
    """A session at its beginning."""
    session = Session(form(survey, choices, settings), tables, device)
    session.begin()
    return session


def xform(instance: str, binds: str = "", body: str = "", model: str = "") -> Form:
    """An XForm of these parts."""
    return read(document(xml(instance, binds, body, model).encode()))


def xml(instance: str, binds: str = "", body: str = "", model: str = "") -> str:
    """The text of an XForm of these parts."""
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
        'xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms" '
        'xmlns:odk="http://www.opendatakit.org/xforms"><h:head><h:title>T</h:title><model>'
        f"<instance><data id='t' version='1'>{instance}</data></instance>{model}{binds}</model></h:head><h:body>{body}</h:body></h:html>"
    )


def values(session: Session) -> dict[str, str]:
    """What every leaf holds, by where it stands."""
    return {session.ref(node): node.value for node in session.root.walk() if not node.all_children}
