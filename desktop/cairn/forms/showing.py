"""The words of a form as they are shown now: in a language, with the answers that stand in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cairn.forms.definition import Wording
from cairn.forms.tree import Node
from cairn.forms.wordings import ABSENT
from cairn.forms.xpath.context import Context
from cairn.forms.xpath.errors import XPathError
from cairn.forms.xpath.expression import Expression

if TYPE_CHECKING:
    from cairn.forms.session import Session


class Showing:
    """Words for one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._texts = session.form.texts
        languages = session.form.languages
        self.language = languages[0] if languages else ""

    def wording(self, name: str, form: str = "") -> Wording | None:
        """The text of this id in the language, or in another where that lacks it."""
        languages = self._session.form.languages
        for language in dict.fromkeys([self.language, *languages]):
            found = self._texts.get(language, {}).get(name, {}).get(form)
            if found is not None and found.pieces not in ([], [ABSENT]):
                return found
        return None

    def text(self, wording: Wording | None, node: Node, form: str = "") -> str | None:
        """What is said, or beside it (`image`, `audio`, `video`, `guidance`); None where nothing is."""
        if wording is None:
            return None
        if wording.ref is not None:
            return None if form else self._string(wording.ref, node)
        name = wording.id or (self._string(wording.id_of, node) if wording.id_of else "")
        if not name:
            return None if form or not wording.pieces else self.pieces(wording, node)
        found = self.wording(name, form)
        if found is None and not form:
            found = self.wording(name, "long") or self.wording(name, "short")
        return None if found is None else self.pieces(found, node)

    def of_id(self, name: str, node: Node) -> str | None:
        """`jr:itext`."""
        found = self.wording(name)
        return None if found is None else self.pieces(found, node)

    def pieces(self, wording: Wording, node: Node) -> str:
        """Words and answers put together."""
        found = []
        for piece in wording.pieces:
            text = piece if isinstance(piece, str) else self._string(piece, node)
            found.append(text if text and (text != "NaN" or piece == text) else "")
        return "".join(found)

    def _string(self, expression: Expression, node: Node) -> str | None:
        try:
            return expression.string(Context(self._session.environment, node))
        except XPathError as error:
            self._session.troubled(node.path, "label", error.code)
            return None
