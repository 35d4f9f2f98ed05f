"""A copy of a document (.docx, .xlsx, .pptx, .odt, .ods, .odp) with what is on its pages and nothing of who made it.

It is written anew, part by part: only parts that the document itself names, without its properties, thumbnail, comments,
tracked changes, custom data and signatures; times and leftovers of the ZIP do not come along. A document with
something inside that can't be looked into (a file of another program, a macro, a control, a film) is refused, not
copied half clean. Sources: ECMA-376 parts 1 and 2, OpenDocument 1.3. Runs in the child only.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile  # noqa: TID251 - written in memory only, in the child
from collections.abc import Callable
from typing import BinaryIO

from lxml import etree

from cairn.decode import bare_marks, wire
from cairn.decode.archives import BAD_FILE, Archive, local
from cairn.decode.bare_marks import Tree
from cairn.decode.bare_pictures import bare
from cairn.decode.refusal import Refused

MAX_PART = 16 << 20
"""Most bytes of one XML part: it stands as a tree in the child's memory, at some twenty times its size."""
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_PICTURE = re.compile(r"\.(jpe?g|png|gif|bmp|emf|wmf|svg)$", re.IGNORECASE)
_FONT = re.compile(r"\.(odttf|fntdata|ttf|otf)$", re.IGNORECASE)
_XML = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)
_LEFT_OUT = re.compile(
    r"(^docProps/|^customXml/|(^|/)comments|(^|/)threadedComments?|(^|/)persons?/|(^|/)people\.xml$|commentAuthors|"
    r"(^|/)authors\.xml$|_xmlsignatures/|printerSettings|(^|/)revisions/|(^|/)usernames\.xml$|(^|/)tags/|revisionInfo|"
    r"changesInfos?/|(^|/)userCustomization/|(^|/)attachedToolbars|(^|/)glossary/|(^|/)webextensions/|(^|/)docMetadata/|"
    r"(^|/)documenttasks?/|(^|/)recipients\.xml$)",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"(embeddings/|vbaProject|vbaData|activeX/|(^|/)ctrlProps/|macrosheets/|dialogsheets/|(^|/)connections\.xml$|"
    r"queryTables/|ObjectReplacements/|^Object [^/]*/|^Basic/|^Scripts/|^Dialogs/|customUI/|(^|/)model/|afchunk|"
    r"externalLinks/|pivotCache/)",
    re.IGNORECASE,
)
_ODF_LEFT_OUT = re.compile(
    r"((^|/)meta\.xml$|^Thumbnails/|^META-INF/(?!manifest\.xml$)|^Configurations2/|^layout-cache$|^Versions/|^VersionList\.xml$|"
    r"^manifest\.rdf$|/$)"
)
_ESCAPED = re.compile(r"%([0-7][0-9A-Fa-f])")
_STILL = (1980, 1, 1, 0, 0, 0)


class Office:
    """One document."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __call__(self, request: wire.Request) -> tuple[wire.Answer, bytes]:
        """The copy; `encoding` is its ending. Raises Refused, also `holds-more`."""
        self._file.seek(0)
        if self._file.read(4) != b"PK\x03\x04":
            raise Refused("unsupported")
        try:
            archive = Archive(self._file)
            if archive.locked:
                raise Refused("locked")
            ending, parts = _parts(archive)
            data = _written(parts)
        except BAD_FILE as error:
            raise Refused("damaged") from error
        return wire.Answer(octets=len(data), encoding=ending), data


def _parts(archive: Archive) -> tuple[str, dict[str, bytes]]:
    if len({name.lower() for name in archive.names}) != len(archive.names):
        raise Refused("damaged")  # which of two members counts, each program says otherwise
    for name in archive.names:
        if _REFUSED.search(name):
            raise Refused("holds-more")
    for ending, mark, clean in (
        ("docx", "word/document.xml", bare_marks.word),
        ("xlsx", "xl/workbook.xml", bare_marks.sheet),
        ("pptx", "ppt/presentation.xml", bare_marks.slide),
    ):
        if mark in archive.names:
            return ending, _Package(archive, clean).parts()
    if "mimetype" in archive.names and "content.xml" in archive.names:
        kind = archive.read("mimetype").decode("ascii").strip()
        for ending, name in (("odt", "text"), ("ods", "spreadsheet"), ("odp", "presentation")):
            if kind == _OPEN + name:
                return ending, _open_document(archive)
    raise Refused("unsupported")


def _tree(archive: Archive, name: str) -> Tree:
    if archive.size(name) > MAX_PART:
        raise Refused("too-big")
    data = archive.read(name)
    if len(data) > MAX_PART:
        raise Refused("too-big")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    tree = etree.fromstring(data, parser)
    if tree.getroottree().docinfo.doctype:
        raise Refused("damaged")  # neither standard allows one
    return tree


def _text(tree: Tree) -> bytes:
    text: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return text


class _Package:
    """A package of ECMA-376: parts that name each other by relationships, from its root on."""

    def __init__(self, archive: Archive, clean: Callable[[Tree], None]) -> None:
        self._archive = archive
        self._clean = clean
        self._names = {name.lower(): name for name in archive.names}
        self._kept: dict[str, bytes] = {}

    def parts(self) -> dict[str, bytes]:
        """Everything that the main part leads to."""
        rels = self._tree("_rels/.rels")
        for each in list(rels):
            if not each.get("Type", "").endswith("/officeDocument"):
                rels.remove(each)
        waiting = [self._target("", each) for each in rels]
        if not waiting or None in waiting:
            raise Refused("damaged")
        self._kept["_rels/.rels"] = _text(rels)
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name is None or name in seen:
                continue
            seen.add(name)
            waiting += self._keep(name)
        types = self._tree("[Content_Types].xml")
        for each in list(types):
            if local(each) == "Override" and each.get("PartName", "").lstrip("/") not in self._kept:
                types.remove(each)
        # Programs look for it first.
        return {"[Content_Types].xml": _text(types), **self._kept}

    def _keep(self, name: str) -> list[str | None]:
        """Keep one part, clean; what it leads to."""
        if _PICTURE.search(name):
            self._kept[name] = bare(self._archive.read(name))
            return []
        if _FONT.search(name):
            self._kept[name] = self._archive.read(name)
            return []
        if not _XML.search(name):
            raise Refused("holds-more")
        tree = self._tree(name)
        folder, _, file = name.rpartition("/")
        rels_name = self._names.get(f"{folder}/_rels/{file}.rels".lstrip("/").lower())
        leads: list[str | None] = []
        if rels_name is not None:
            rels = self._tree(rels_name)
            gone = set()
            comments = any(
                _LEFT_OUT.search(each.get("Target", "")) and "omment" in each.get("Target", "")
                for each in rels
            )
            for each in list(rels):
                if each.get("TargetMode") == "External":
                    self._outside(each)
                    continue
                target = self._target(name, each)
                # The shapes that show comments of a sheet are no shapes of the sheet.
                notes = comments and each.get("Type", "").endswith("/vmlDrawing") and name.startswith("xl/")
                if target is None or notes or _LEFT_OUT.search(target):
                    gone.add(each.get("Id", ""))
                    rels.remove(each)
                else:
                    leads.append(target)
            bare_marks.without_related(tree, gone)
            if len(rels):
                self._kept[rels_name] = _text(rels)
        self._clean(tree)
        self._kept[name] = _text(tree)
        return leads

    def _outside(self, relation: Tree) -> None:
        """A link to a page stays; a path on somebody's computer, or what would be loaded, leads nowhere."""
        link = relation.get("Type", "").endswith("/hyperlink")
        if not (link and bare_marks.WEB.match(relation.get("Target", ""))):
            relation.set("Target", bare_marks.NOWHERE)

    def _target(self, source: str, relation: Tree) -> str | None:
        """The part that a relationship leads to, by its name in the file; None where there is none."""
        given = _ESCAPED.sub(
            lambda found: chr(int(found[1], 16)), relation.get("Target", "").partition("#")[0]
        )
        whole = (
            given.lstrip("/") if given.startswith("/") else posixpath.join(posixpath.dirname(source), given)
        )
        return self._names.get(posixpath.normpath(whole).lower())

    def _tree(self, name: str) -> Tree:
        return _tree(self._archive, name)


def _open_document(archive: Archive) -> dict[str, bytes]:
    """The parts of an OpenDocument that its manifest names."""
    manifest = _tree(archive, "META-INF/manifest.xml")
    parts = {"mimetype": archive.read("mimetype").strip()}
    named = set()
    for entry in list(manifest):
        path = next((value for key, value in entry.attrib.items() if key.endswith("}full-path")), "")
        if len(entry):
            raise Refused("locked")  # a key or a checksum of an encrypted part
        if path != "/" and (_ODF_LEFT_OUT.search(path) or path not in archive.names):
            manifest.remove(entry)
        named.add(path)
        for key in [key for key in entry.attrib if key.endswith("}preferred-view-mode")]:
            del entry.attrib[key]
    for name in archive.names:
        if name in ("mimetype", "META-INF/manifest.xml") or name not in named or _ODF_LEFT_OUT.search(name):
            continue
        if _XML.search(name):
            tree = _tree(archive, name)
            bare_marks.odf(tree)
            parts[name] = _text(tree)
        elif _PICTURE.search(name) or name.startswith("Pictures/"):
            parts[name] = bare(archive.read(name))
        elif _FONT.search(name):
            parts[name] = archive.read(name)
        else:
            raise Refused("holds-more")
    return {**parts, "META-INF/manifest.xml": _text(manifest)}


def _written(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, _STILL)
            info.create_system, info.external_attr = 0, 0
            # OpenDocument: first, and as it is.
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(info, data)
            if out.tell() > wire.MAX_COPY:
                raise Refused("too-big")
    return out.getvalue()


def warm() -> None:
    """Load what is needed while files can still be opened."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        office = '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>'
        made.writestr("_rels/.rels", office)
        made.writestr(
            "word/document.xml",
            '<w:document xmlns:w="w"><w:p><w:ins><w:t>Cairn</w:t></w:ins></w:p></w:document>',
        )
    Office(io.BytesIO(out.getvalue()))(wire.Request("office-copy", out.getbuffer().nbytes))
