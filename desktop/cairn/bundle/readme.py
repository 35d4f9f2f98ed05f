"""`data/README.html`: the content of a bundle for a person with a browser and nothing else.

Made from the same bytes that travel as records, so it can't say anything else than they do. Everything
is escaped, there is no script, and the page's own policy forbids to load anything. Attachments and
recordings are named, not linked: a browser would guess what an unknown file is, and might run it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cairn.bundle.cards import card_keys
from cairn.bundle.page import Words, blocks_html, escaped, facts_html, when
from cairn.crypto.hashes import sha256_hex
from cairn.crypto.ssh import allowed_signers_line
from cairn.model.contacts import Card
from cairn.model.exchange import MediaEntry
from cairn.model.ids import RecordId
from cairn.model.kinds import registry
from cairn.model.kinds.envelope import Envelope, decode, read
from cairn.model.kinds.kind import Body, Kind
from cairn.model.kinds.page import Block, Facts, Heading, Line, Surroundings, Time
from cairn.model.time import told

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root{color-scheme:light dark;--ink:#1d2327;--paper:#fff;--soft:#f3f4f2;--line:#d8dcd8;--faint:#5b656b;--accent:#2f6f6a}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8e6;--paper:#171b1d;--soft:#1f2527;--line:#343c3f;--faint:#9aa5a9;--accent:#7cc0b8}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);
font:17px/1.65 system-ui,"Noto Sans","Noto Sans KR","Malgun Gothic","Apple SD Gothic Neo",sans-serif}
main{max-width:46rem;margin:0 auto;padding:2.5rem 1.25rem 5rem}h1{font-size:1.7rem;line-height:1.3;margin:0 0 .5rem}
h2{font-size:1.35rem;line-height:1.35;margin:3.5rem 0 .5rem;padding-top:1.5rem;border-top:1px solid var(--line)}
h3{font-size:1rem;margin:1.75rem 0 .35rem;color:var(--accent)}p{margin:.5rem 0}
.text{white-space:pre-wrap;overflow-wrap:anywhere}.faint{color:var(--faint);font-size:.9rem}
dl{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.25rem 1.25rem;margin:.75rem 0}
dt{color:var(--faint)}dd{margin:0;overflow-wrap:anywhere}
.box{background:var(--soft);border:1px solid var(--line);border-radius:10px;padding:.5rem 1.25rem;margin:1rem 0}
.note{border-left:3px solid var(--line);padding-left:1rem;margin:.75rem 0}
ul{padding-left:1.2rem}li{margin:.35rem 0}
code,pre{font:14px/1.5 ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace}
pre{background:var(--soft);border:1px solid var(--line);border-radius:10px;padding:1rem;white-space:pre-wrap;overflow-wrap:anywhere}
code{overflow-wrap:anywhere}@media print{body{font-size:11pt}h2{break-before:page}pre{white-space:pre-wrap}}
"""
COMMANDS = """\
age -d -i office.key -o bundle.tar FILE.age || rm -f bundle.tar
mkdir opened && tar -xf bundle.tar -C opened && cd opened/bundle
ssh-keygen -Y verify -f ../../allowed_signers -I {principal} -n bundle@cairn -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt
sha256sum --strict -c tagmanifest-sha256.txt && sha256sum --strict -c manifest-sha256.txt
test "$(find data -type f | wc -l)" -eq "$(wc -l < manifest-sha256.txt)" && echo complete
"""


def render(
    *,
    card: Card,
    created: str,
    bundle_id: str,
    roots: Sequence[Sequence[bytes]],
    media: Sequence[MediaEntry],
    language: str = "en",
) -> bytes:
    """The page. `roots` has for each the exact bytes of the revisions that travel."""
    say = Words(language)
    files = {entry.record: entry.file for entry in media}
    parts = [_head_part(say, card, created, bundle_id, _interviews(roots))]
    parts += [_root(say, revisions, files) for revisions in roots]
    parts.append(_verify_part(say, card))
    page = (
        f'<!doctype html>\n<html lang="{escaped(say.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{say("title")}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(parts)
        + "\n</main>\n</body>\n</html>\n"
    )
    return page.encode()


def _current(revisions: Sequence[bytes]) -> list[Envelope]:
    """The revisions that no other one here follows."""
    envelopes = [decode(data) for data in revisions]
    followed = {parent for envelope in envelopes for parent in envelope.parents}
    return [e for e, data in zip(envelopes, revisions, strict=True) if sha256_hex(data) not in followed]


def _interviews(roots: Sequence[Sequence[bytes]]) -> int:
    return sum(any(decode(data).kind == "interview" for data in revisions) for revisions in roots)


def _head_part(say: Words, card: Card, created: str, bundle_id: str, count: int) -> str:
    facts = [
        (say("sealed-by"), f"{escaped(card.label)} · {say.code('role', card.role)}"),
        (say("created"), f"{escaped(when(created))} <span class=faint>{say('clock')}</span>"),
        (say("bundle"), f"<code>{escaped(bundle_id)}</code>"),
        (say("fingerprint"), f"<code>{escaped(card.fingerprint)}</code>"),
        (say("words"), escaped(" ".join(card.words))),
    ]
    heading = say("heading-one") if count == 1 else say("heading-many", count=str(count))
    return f'<h1>{heading}</h1>\n<p>{say("intro")}</p>\n<div class="box">{facts_html(facts)}<p class=faint>{say("trust")}</p></div>'


def _root(say: Words, revisions: Sequence[bytes], files: dict[RecordId, str]) -> str:
    """One root: its records in the order of their kinds, each as its kind says that it reads."""
    known: list[tuple[Envelope, Kind[Any], Body]] = []
    unknown = 0
    for envelope in _current(revisions):
        body = read(envelope)
        if body is None:
            unknown += 1
        else:
            known.append((envelope, registry.of_body(body), body))
    known.sort(key=lambda each: (each[1].order, each[1].name))
    bodies: dict[RecordId, Body] = {envelope.id: body for envelope, _, body in known}
    naming: dict[tuple[str, RecordId], list[Body]] = {}
    for body in bodies.values():
        kind = registry.of_body(body)
        for each in kind.references(body):
            naming.setdefault((kind.name, each.record), []).append(body)
    parts: list[str] = []
    shown: set[str] = set()
    for envelope, kind, body in known:
        if kind.removed(body):
            continue
        around = Surroundings(
            record=envelope.id,
            author=envelope.author,
            created=envelope.created,
            reason=envelope.reason,
            final=envelope.final,
            files=files,
            bodies=bodies,
            naming=naming,
            citable=lambda record, field: _citable(bodies.get(record), field),
            first_of_kind=kind.name not in shown,
        )
        shown.add(kind.name)
        blocks = kind.page(body, around)
        parts.append(blocks_html(say, plain(kind, body, envelope) if blocks is None else blocks))
    if unknown:
        parts.append(f"<p class=faint>{say('unknown', count=str(unknown))}</p>")
    return "\n".join(part for part in parts if part)


def _citable(body: Body | None, field: str) -> str:
    return "" if body is None else registry.of_body(body).citable(body).get(field, "")


def plain(kind: Kind[Any], body: Body, envelope: Envelope) -> list[Block]:
    """The page of a kind that says nothing of its own: its fields, one after the other."""
    fields = kind.fields(body)
    rows: list[tuple[str, Line]] = [
        (
            f"field.{kind.name}.{name}",
            [Time(told.of_fields(name, fields)) if name + told.MEANING in fields else text],
        )
        for name, text in fields.items()
        if not name.endswith(told.MEANING)
    ]
    return [Heading(f"kind.{kind.name}", kind.title(body), level=2 if envelope.is_root else 3), Facts(rows)]


def _verify_part(say: Words, card: Card) -> str:
    keys = card_keys(card)
    line = allowed_signers_line(keys.principal, ("bundle@cairn", "custody@cairn", "card@cairn"), keys.ed25519)
    commands = COMMANDS.format(principal=keys.principal)
    return (
        f"<h2>{say('verify')}</h2>\n<p>{say('verify-intro')}</p>\n<pre>{escaped(commands)}</pre>\n"
        f"<p>{say('verify-signers')}</p>\n<pre>{escaped(line)}</pre>"
    )
