"""A form run without a window, step by step: for checking what its logic does, and for tests against other programs.

A step is a line: a word, a place, perhaps a value (`set /data/person[2]/age 41`), or the same as a JSON object, with
`op`, `ref` and `args`. Each gives one short answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from cairn.errors import InputError
from cairn.forms import answers, preload
from cairn.forms.definition import Form
from cairn.forms.session import Device, Session
from cairn.forms.state import of, state
from cairn.forms.submission import edit, submission
from cairn.forms.tree import Node

_LAST = re.compile(r"\[(\d+)\]\Z")
_OTHERS = {"answer": "set", "createNewRepeat": "new", "removeRepeat": "remove", "setLanguage": "language"}
"""Names that recordings of other programs use for the same."""


class Run:
    """One session and the steps that are done in it."""

    def __init__(
        self, form: Form, tables: Mapping[str, Node] | None = None, device: Device | None = None
    ) -> None:
        self.session = Session(form, tables, device)
        self._tables, self._device = tables, device
        self.session.begin()

    def step(self, line: str) -> str:
        """Do one step; its answer. Raises InputError, `form.no-such-step` where it is none."""
        word, ref, value = _parsed(line)
        do = _STEPS.get(word)
        if do is None:
            raise InputError("form.no-such-step", step=word[:40])
        return do(self, ref, value)

    def troubles(self) -> list[dict[str, str]]:
        """What could not be worked out."""
        return [
            {"path": path, "where": kind, "code": code}
            for (path, kind), code in self.session.worker.troubles.items()
        ]

    def state(self) -> list[dict[str, Any]]:
        """The state of everything."""
        return state(self.session)

    def _set(self, ref: str, value: str) -> str:
        self.session.answer(ref, value)
        return "ok"

    def _clear(self, ref: str, _value: str) -> str:
        self.session.answer(ref, "")
        return "ok"

    def _skip(self, ref: str, value: str) -> str:
        self.session.skip(ref, value)
        return "ok"

    def _new(self, ref: str, _value: str) -> str:
        number = _LAST.search(ref)
        bare = _LAST.sub("", ref)
        if number is not None and int(number[1]) != len(self.session.instances(bare)) + 1:
            raise InputError("form.no-such-question", ref=ref[:200])
        return self.session.ref(self.session.add(bare))

    def _remove(self, ref: str, _value: str) -> str:
        self.session.remove(ref)
        return "ok"

    def _try(self, ref: str, value: str) -> str:
        return "refused" if self.session.wrong(self.session.node(ref), value) else "allowed"

    def _get(self, ref: str, _value: str) -> str:
        return self.session.node(ref).value

    def _rel(self, ref: str, _value: str) -> str:
        return "shown" if self.session.node(ref).relevant else "hidden"

    def _look(self, ref: str, _value: str) -> str:
        return json.dumps(of(self.session, self.session.node(ref)), ensure_ascii=False)

    def _message(self, ref: str, _value: str) -> str:
        return self.session.message(self.session.node(ref)) or ""

    def _language(self, ref: str, value: str) -> str:
        self.session.speak(f"{ref} {value}".strip())
        return "ok"

    def _answers(self, _ref: str, _value: str) -> str:
        return answers.dumps(answers.taken(self.session)).decode()

    def _reopen(self, _ref: str, _value: str) -> str:
        """Keep the answers as a draft does, and go on with them."""
        kept = answers.loads(answers.dumps(answers.taken(self.session)))
        self.session = answers.restore(self.session.form, kept, self._tables, self._device)
        return "ok"

    def _submission(self, _ref: str, _value: str) -> str:
        preload.end(self.session)
        return submission(self.session)

    def _edit(self, _ref: str, _value: str) -> str:
        edit(self.session)
        return "ok"

    def _state(self, _ref: str, _value: str) -> str:
        return json.dumps(self.state(), ensure_ascii=False)


_STEPS: dict[str, Callable[[Run, str, str], str]] = {
    "set": Run._set,
    "clear": Run._clear,
    "skip": Run._skip,
    "new": Run._new,
    "remove": Run._remove,
    "try": Run._try,
    "get": Run._get,
    "rel": Run._rel,
    "look": Run._look,
    "message": Run._message,
    "language": Run._language,
    "answers": Run._answers,
    "reopen": Run._reopen,
    "submission": Run._submission,
    "edit": Run._edit,
    "state": Run._state,
}


def _parsed(line: str) -> tuple[str, str, str]:
    if line.lstrip().startswith("{"):
        try:
            given = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError("form.no-such-step", step=line[:40]) from error
        word = str(given.get("op", ""))
        ref, args = str(given.get("ref") or ""), given.get("args") or []
        some = list(args) if isinstance(args, list) else [args]
        if some and some[0] == ref:
            some = some[1:]
        if word == "createNewRepeat":
            ref, some = _LAST.sub("", ref), []
        if word == "removeRepeat" and some:
            ref, some = str(some[0]), []
        if word == "setLanguage":
            ref = ""
        return _OTHERS.get(word, word), ref, " ".join(map(plain, some))
    word, _, rest = line.strip().partition(" ")
    if word == "language":
        return word, "", rest
    ref, _, value = rest.partition(" ")
    return word, ref, value


def plain(value: object) -> str:
    """A value of JSON as it is typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
