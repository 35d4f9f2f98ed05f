"""Markdown, as the help writes it, as the source of a man page (man(7)).

Knows headings, paragraphs, lists, tables, bold, italic, code, links and code blocks: what `resources/help`
uses. A table becomes a list: a line of a terminal is too short for columns of sentences.
"""

from __future__ import annotations

import re
import unicodedata

_BULLET = re.compile(r"^[-*] +(.*)$")
_NUMBER = re.compile(r"^(\d+)\. +(.*)$")
_HEADING = re.compile(r"^(#{1,4}) +(.*)$")
_INLINE = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<bold>.+?)\*\*|\*(?P<italic>[^*]+)\*|\[(?P<link>[^\]]+)\]\([^)]*\)|<(?P<url>https?:[^>]+)>"
)


def escape(text: str, *, exact: bool = False) -> str:
    """Plain text with nothing left that means something to roff. `exact` keeps every hyphen a minus sign."""
    text = text.replace("\\", "\\e")
    if exact:
        text = text.replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga").replace("^", "\\(ha")
        text = text.replace("~", "\\(ti").replace('"', "\\(dq")
    # A line that begins with one of these is a request.
    return "\\&" + text if text.startswith((".", "'")) else text


def inline(text: str) -> str:
    """One paragraph's text with its bold, italic and code parts. Links keep their words alone."""
    parts, last = [], 0
    for found in _INLINE.finditer(text):
        parts.append(_plain(text[last : found.start()]))
        kind = found.lastgroup or ""
        inner = found[kind]
        if kind == "code":
            parts.append(f"\\fB{escape(inner, exact=True)}\\fR")
        elif kind == "bold":
            parts.append(f"\\fB{_plain(inner)}\\fR")
        elif kind == "italic":
            parts.append(f"\\fI{_plain(inner)}\\fR")
        else:
            parts.append(inline(inner) if kind == "link" else _plain(inner))
        last = found.end()
    parts.append(_plain(text[last:]))
    line = "".join(parts)
    return "\\&" + line if line.startswith((".", "'")) else line


def _plain(text: str) -> str:
    # Hyphens within text stay hyphens; one before an option is a minus sign that can be copied.
    return re.sub(r"(?<![\w)])-(?=[-\w])", r"\\-", text.replace("\\", "\\e"))


def lines(text: str) -> str:
    """Sentences on lines of their own, as roff wants them, none of them beginning with a request."""
    apart = re.sub(r"(?<=[.!?:;]) +(?=\S)", "\n", text)
    return "\n".join("\\&" + one if one.startswith((".", "'")) else one for one in apart.split("\n"))


def convert(markdown: str, *, title: str = "") -> str:
    """A page of the help as a section. The first heading becomes the section's, unless `title` is given."""
    out: list[str] = []
    paragraph: list[str] = []
    code = False
    # Which list is open, and whether its last item is.
    item = False
    heads: list[str] = []

    def flush() -> None:
        nonlocal paragraph
        if paragraph:
            out.append(lines(inline(" ".join(paragraph))))
            paragraph = []

    for raw in markdown.strip().splitlines():
        line = unicodedata.normalize("NFC", raw.rstrip())
        if line.lstrip().startswith("```"):
            flush()
            out.extend([".fi", ".RE"] if code else [".PP", ".RS 4", ".nf"])
            code = not code
        elif code:
            out.append(escape(line, exact=True) or "\\&")
        elif line.startswith("|"):
            flush()
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not heads:
                heads = cells
            elif set(line) - set("|-: "):
                rest = [
                    f"{head}: {cell}" if head else cell
                    for head, cell in zip(heads[1:], cells[1:], strict=False)
                ]
                out.extend([".IP \\(bu 3", lines(inline("; ".join([cells[0], *rest])))])
        elif not line.strip():
            flush()
            heads = []
        elif heading := _HEADING.match(line):
            flush()
            item = False
            if len(heading[1]) == 1:
                out.append(f".SH {quoted(title or heading[2])}")
            else:
                out.append(f".SS {quoted(heading[2])}")
        elif found := _BULLET.match(line.strip()):
            flush()
            out.append(".IP \\(bu 3")
            paragraph, item = [found[1]], True
        elif found := _NUMBER.match(line.strip()):
            flush()
            out.append(f".IP {found[1]}. 4")
            paragraph, item = [found[2]], True
        else:
            if not paragraph:
                if item and not raw.startswith(" "):
                    item = False
                if not item and not (out and out[-1].startswith((".SH", ".SS"))):
                    out.append(".PP")
            paragraph.append(line.strip())
    flush()
    return "\n".join(out) + "\n"


def quoted(text: str) -> str:
    """A heading or another argument of a request."""
    plain = re.sub(r"[`*]", "", text)
    return '"' + plain.replace("\\", "\\e").replace('"', "\\(dq") + '"'
