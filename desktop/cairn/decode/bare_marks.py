"""What is taken out of the XML parts of documents: who changed what and when, comments, names of computers and paths.

Changes that were tracked are accepted: what was inserted stays, what was deleted goes. What is read on the pages stays
as it is, also where somebody's name is typed there. Runs in the child only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import TypeAlias

from lxml import etree

from cairn.decode.archives import local
from cairn.decode.refusal import Refused

Tree: TypeAlias = etree._Element

RELATED = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
WEB = re.compile(r"(https?|mailto):", re.IGNORECASE)
NOWHERE = "about:blank"
"""Where a link leads that led to somebody's computer, or to what would be loaded."""
_PATH = re.compile(r"file:|(?<![A-Za-z])[A-Za-z]:[\\/]|\\\\[^\s\\]|^(/|\.\./)", re.IGNORECASE)
_PICTURE_FILE = re.compile(r"\.(jpe?g|png|gif|bmp|emf|wmf|svg|tiff?|heic|webp)$", re.IGNORECASE)
_LOADS = re.compile(r"\b(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|DDE|DDEAUTO|DATABASE)\b", re.IGNORECASE)
_GONE_OF_WORD = frozenset({
    "del", "moveFrom", "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "rsids", "docVars",
    "attachedTemplate", "mailMerge", "trackRevisions", "docId", "dataBinding", "numberingChange", "cellIns", "cellDel",
    "cellMerge", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
    "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
    "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart",
    "customXmlMoveToRangeEnd", "permStart", "permEnd",
    "vanish", "specVanish",
})  # fmt: skip
_CHANGE = "Change"
"""How the elements end that keep how something looked before: rPrChange, sectPrChange …"""
_KEPT_OF_WORD = frozenset({"ins", "moveTo"})
_SIGNED = frozenset({"author", "date", "initials", "userId", "providerId", "paraId", "textId", "dateUtc"})
_GONE_OF_SHEETS = frozenset({
    "fileSharing", "absPath", "revisionPtr", "webPublishing", "fileRecoveryPr", "customWorkbookViews", "customSheetViews",
    "scenarios", "webPublishItems", "protectedRanges",
})  # fmt: skip
_GONE_OF_SLIDES = frozenset({"custDataLst", "commentRel"})
_GONE_OF_ODF = frozenset({
    "annotation", "annotation-end", "tracked-changes", "change", "change-start", "change-end", "change-track-table-cell",
    "script", "event-listeners", "scenario", "dde-source", "dde-links", "dde-connection-decls",
})  # fmt: skip
_ODF_SETTINGS = (
    "Printer",
    "Rsid",
    "Redline",
    "Database",
    "DataSource",
    "Path",
    "URL",
    "Password",
    "Template",
)
_AUTHORS = frozenset(
    {"initial-creator", "creator", "author-name", "author-initials", "printed-by", "editing-duration"}
)
_WORD = "wordprocessingml"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def _space(element: Tree) -> str:
    return etree.QName(element).namespace or ""


def remove(element: Tree) -> None:
    """Take an element out; the words behind it, which the tree hangs on it, stay."""
    above = element.getparent()
    if above is None:
        raise Refused("damaged")
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            above.text = (above.text or "") + element.tail
    above.remove(element)


def unwrap(element: Tree) -> None:
    """Put what an element holds into its place."""
    above = element.getparent()
    if above is None:
        raise Refused("damaged")
    for child in list(element):
        element.addprevious(child)
    remove(element)


def _each(tree: Tree, work: Callable[[Tree, str], None]) -> None:
    """Call `work` for every element, the innermost first, with its name: it may take it out."""
    for element in reversed(list(tree.iter("{*}*"))):
        if element is not tree:
            work(element, local(element))


def _pictures(tree: Tree) -> None:
    """Programs write the path or the name of a picture's file into the drawing that shows it."""
    for element in tree.iter("{*}*"):
        name = local(element)
        if name in ("cNvPr", "docPr"):
            for key in ("descr", "title", "name"):
                said = element.get(key, "").strip()
                if _PATH.search(said) or _PICTURE_FILE.search(said):
                    if key == "name":
                        element.set(key, "Picture")
                    else:
                        del element.attrib[key]
        elif name in ("imagedata", "fill", "shape"):
            for attribute in list(element.attrib):
                if etree.QName(attribute).localname in ("title", "href", "alt", "src"):
                    del element.attrib[attribute]


def _fields(tree: Tree) -> None:
    """Where a field of a part names a file, or loads one, what its fields show stays and their commands go."""
    commands = [element.text or "" for element in tree.iter("{*}instrText")]
    told = "".join(commands) + " " + " ".join(_instruction(each) for each in tree.iter("{*}fldSimple"))
    if not (_LOADS.search(told) or _PATH.search(told)):
        return
    _each(tree, lambda element, name: remove(element) if name in ("instrText", "fldChar") else None)
    _each(tree, lambda element, name: unwrap(element) if name == "fldSimple" else None)


def _instruction(field: Tree) -> str:
    return next((value for key, value in field.attrib.items() if etree.QName(key).localname == "instr"), "")


def word(tree: Tree) -> None:
    """A part of a Word document. What was hidden is shown: nothing leaves unseen."""

    def work(element: Tree, name: str) -> None:
        above = element.getparent()
        if above is None:
            return
        within = local(above)
        if name == "del" and within == "trPr":
            # The whole row was deleted: its mark stands two levels inside of it.
            row = above.getparent()
            if row is not None and row.getparent() is not None:
                remove(row)
        elif name in _KEPT_OF_WORD and len(element) and within not in ("rPr", "trPr", "pPr"):
            unwrap(element)
        elif name in _GONE_OF_WORD or name in _KEPT_OF_WORD or name.endswith(_CHANGE):
            remove(element)

    _each(tree, work)
    _fields(tree)
    _pictures(tree)
    for element in tree.iter("{*}*"):
        for attribute in list(element.attrib):
            name = etree.QName(attribute).localname
            if name.startswith("rsid") or (name in _SIGNED and "}" in attribute):
                del element.attrib[attribute]


def sheet(tree: Tree) -> None:
    """A part of a workbook. What was hidden is shown: nothing leaves unseen."""

    def work(element: Tree, name: str) -> None:
        if name in _GONE_OF_SHEETS or name in ("AlternateContent", "Choice") and not len(element):
            remove(element)

    _each(tree, work)
    _pictures(tree)
    for element in tree.iter("{*}*"):
        for attribute in list(element.attrib):
            if etree.QName(attribute).localname in ("refreshedBy", "refreshedDate", "refreshedDateIso"):
                del element.attrib[attribute]
        if local(element) == "sheet" and "state" in element.attrib:
            del element.attrib["state"]
        if local(element) in ("row", "col") and "hidden" in element.attrib:
            del element.attrib["hidden"]


def slide(tree: Tree) -> None:
    """A part of a presentation. A slide that was hidden is shown."""
    _each(tree, lambda element, name: remove(element) if name in _GONE_OF_SLIDES else None)
    _pictures(tree)
    if local(tree) == "sld" and "show" in tree.attrib:
        del tree.attrib["show"]


def odf(tree: Tree) -> None:
    """A part of an OpenDocument."""

    def work(element: Tree, name: str) -> None:
        space = _space(element)
        if name in _GONE_OF_ODF and space.startswith(_ODF):
            remove(element)
        elif name in _AUTHORS and space == _ODF + "text:1.0":
            unwrap(element)
        elif name == "config-item":
            called = next((value for key, value in element.attrib.items() if key.endswith("}name")), "")
            if any(word_ in called for word_ in _ODF_SETTINGS):
                remove(element)

    _each(tree, work)
    for element in tree.iter("{*}*"):
        for attribute in list(element.attrib):
            name = etree.QName(attribute)
            if name.localname.endswith("rsid") and "openoffice.org" in (name.namespace or ""):
                del element.attrib[attribute]
        for key, value in list(element.attrib.items()):
            name = etree.QName(key)
            # Of a table: what was hidden is shown.
            if (name.localname == "display" and local(element) == "table-properties") or (
                name.localname == "visibility" and name.namespace == _ODF + "table:1.0"
            ):
                del element.attrib[key]
            elif name.localname == "href":
                if _leads_out(value, link=local(element) == "a"):
                    element.set(key, NOWHERE)
            elif "'file:" in value:
                raise Refused("holds-more")  # a formula that reads another file, and what it has read there


def _leads_out(target: str, *, link: bool) -> bool:
    """Whether it leads to somebody's computer, or loads something: a link to a page stays, and what is inside."""
    if target.startswith("#"):
        return False
    if WEB.match(target):
        return not link
    return ":" in target or bool(_PATH.search(target))


def without_related(tree: Tree, ids: Collection[str]) -> None:
    """Take out what names parts that are gone."""
    for element in reversed(list(tree.iter("{*}*"))):
        for space in RELATED:
            named = [
                key
                for key, value in element.attrib.items()
                if key.startswith(f"{{{space}}}") and value in ids
            ]
            if not named or element is tree:
                continue
            if local(element) == "pageSetup":
                for key in named:
                    del element.attrib[key]
            elif element.getparent() is not None:
                remove(element)
