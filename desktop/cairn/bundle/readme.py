"""`data/README.html`: the content of a bundle for a person with a browser and nothing else.

Made from the same bytes that travel as records, so it can't say anything else than they do. Everything
is escaped, there is no script, and the page's own policy forbids to load anything. Attachments and
recordings are named, not linked: a browser would guess what an unknown file is, and might run it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import cache

import msgspec

from cairn import resources
from cairn.bundle.cards import card_keys
from cairn.crypto.hashes import sha256_hex
from cairn.crypto.ssh import allowed_signers_line
from cairn.errors import InputError
from cairn.model import spans
from cairn.model.contacts import Card
from cairn.model.exchange import MediaEntry
from cairn.model.records import (
    Attachment,
    Consent,
    Envelope,
    Interview,
    Mark,
    Note,
    Recording,
    Transcript,
    body,
    decode,
)

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
_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")
_PLACE = re.compile(r"\{([a-z_]+)\}")


def render(
    *,
    card: Card,
    created: str,
    bundle_id: str,
    interviews: Sequence[Sequence[bytes]],
    media: Sequence[MediaEntry],
    language: str = "en",
) -> bytes:
    """The page. `interviews` has for each the exact bytes of the revisions that travel."""
    say = _Words(language)
    files = {entry.record: entry.file for entry in media}
    parts = [_head_part(say, card, created, bundle_id, len(interviews))]
    parts += [_interview(say, _current(revisions), files) for revisions in interviews]
    parts.append(_verify_part(say, card))
    page = (
        f'<!doctype html>\n<html lang="{_e(say.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{say("title")}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(parts)
        + "\n</main>\n</body>\n</html>\n"
    )
    return page.encode("utf-8", "replace")


class _Words:
    """The page's fixed words, escaped, with `{named}` places filled by escaped values."""

    def __init__(self, language: str) -> None:
        self.language = language if _table(language) else "en"
        self._table = {**_table("en"), **_table(self.language)}

    def __call__(self, key: str, **values: object) -> str:
        text = self._table.get(key)
        if text is None:
            return _e(key)
        return _PLACE.sub(lambda match: _e(str(values.get(match[1], "…"))), _e(text))

    def code(self, prefix: str, code: str) -> str:
        """The word for a code of a vocabulary; an unknown one is shown as it is."""
        return self(f"{prefix}-{code}") if f"{prefix}-{code}" in self._table else _e(code)


@cache
def _table(language: str) -> dict[str, str]:
    name = f"readme/{language}.json"
    if not re.fullmatch(r"[a-z]{2,3}", language) or not resources.path(name).is_file():
        return {}
    return msgspec.json.decode(resources.read_bytes(name), type=dict[str, str])


def _current(revisions: Sequence[bytes]) -> list[Envelope]:
    """The revisions that no other one here follows."""
    envelopes = [decode(data) for data in revisions]
    followed = {parent for envelope in envelopes for parent in envelope.parents}
    return [e for e, data in zip(envelopes, revisions, strict=True) if sha256_hex(data) not in followed]


def _head_part(say: _Words, card: Card, created: str, bundle_id: str, count: int) -> str:
    facts = [
        (say("sealed-by"), f"{_e(card.label)} · {say.code('role', card.role)}"),
        (say("created"), f"{_e(_when(created))} <span class=faint>{say('clock')}</span>"),
        (say("bundle"), f"<code>{_e(bundle_id)}</code>"),
        (say("fingerprint"), f"<code>{_e(card.fingerprint)}</code>"),
        (say("words"), _e(" ".join(card.words))),
    ]
    heading = say("heading-one") if count == 1 else say("heading-many", count=count)
    return f'<h1>{heading}</h1>\n<p>{say("intro")}</p>\n<div class="box">{_facts(facts)}<p class=faint>{say("trust")}</p></div>'


def _interview(say: _Words, envelopes: list[Envelope], files: dict[str, str]) -> str:
    found: dict[str, list[tuple[Envelope, object]]] = {}
    unknown = 0
    for envelope in envelopes:
        try:
            found.setdefault(envelope.kind, []).append((envelope, body(envelope)))
        except InputError:
            unknown += 1
    parts = [_case(say, envelope, each) for envelope, each in found.get("interview", [])]
    parts += [_consent(say, each) for _, each in found.get("consent", [])]
    sounds = {e.id: each for e, each in found.get("recording", []) if isinstance(each, Recording)}
    parts.append(_notes(say, found.get("note", []), sounds))
    parts += [_recording(say, e.id, each, files) for e, each in found.get("recording", [])]
    parts += [_transcript(say, each, sounds) for _, each in found.get("transcript", [])]
    parts.append(_files(say, found.get("attachment", []), files))
    if unknown:
        parts.append(f"<p class=faint>{say('unknown', count=unknown)}</p>")
    return "\n".join(part for part in parts if part)


def _case(say: _Words, envelope: Envelope, interview: object) -> str:
    if not isinstance(interview, Interview):
        return ""
    people = " · ".join(
        _e(person.name) + (f" ({say.code('person', person.role)})" if person.role else "")
        for person in interview.people
    )
    facts = [
        (say("date"), _e(interview.date)),
        (say("place"), _e(interview.place)),
        (say("languages"), _e(", ".join(interview.languages))),
        (say("people"), people),
        (say("author"), _e(envelope.author)),
        (say("saved"), _e(_when(envelope.created)) + (f" · {say('final')}" if interview.sealed else "")),
        (say("reason"), _e(envelope.reason)),
    ]
    parts = [f"<h2>{_e(interview.title) or say('untitled')}</h2>", _facts(facts)]
    for key, text in (("summary", interview.summary), ("account", interview.account)):
        if text:
            parts.append(f'<h3>{say(key)}</h3>\n<p class="text">{_e(text)}</p>')
    return "\n".join(parts)


def _consent(say: _Words, consent: object) -> str:
    if not isinstance(consent, Consent):
        return ""
    words = say.code("consent", consent.choice)
    if consent.choice == "share":
        words += " · " + say.code("share", consent.share_with)
    given = f'<p class="text">{_e(consent.given)}</p>' if consent.given else ""
    return f"<h3>{say('consent')}</h3>\n<p>{words}</p>{given}"


def _notes(say: _Words, notes: list[tuple[Envelope, object]], sounds: dict[str, Recording]) -> str:
    texts = [
        f'<div class="note"><p class="text">{_e(note.text)}</p>'
        f"<p class=faint>{_e(envelope.author)} · {_e(_when(envelope.created))}{_place(say, note, sounds)}</p></div>"
        for envelope, note in notes
        if isinstance(note, Note) and not note.removed
    ]
    return f"<h3>{say('notes')}</h3>\n" + "\n".join(texts) if texts else ""


def _place(say: _Words, note: Note, sounds: dict[str, Recording]) -> str:
    """Where a note was begun, if that was during a recording."""
    if not note.recording:
        return ""
    at, sound = _heard(note.recording, note.at, sounds)
    if sound is None:
        return " · " + say("at", time=_clock(at))
    return " · " + say("at-in", time=_clock(at), name=sound.name)


def _heard(record: str, at: int, sounds: dict[str, Recording]) -> tuple[int, Recording | None]:
    """A moment of a recording in what travels of it: the recording itself, or one made from it."""
    if record in sounds:
        return at, sounds[record]
    for sound in sounds.values():
        moment = spans.moment_from_master(sound.kept, at)
        if sound.of == record and moment is not None:
            return moment, sound
    return at, None


def _recording(say: _Words, record: str, sound: object, files: dict[str, str]) -> str:
    if not isinstance(sound, Recording) or sound.removed:
        return ""
    kept = ", ".join(f"{_clock(span.start)} – {_clock(span.end)}" for span in sound.kept)
    file = f"<code>{_e(files[record])}</code>" if record in files else say("stays")
    facts = [
        (say("file"), file),
        (
            say("kind"),
            say.code("source", sound.source) + (f" · {say('interrupted')}" if sound.interrupted else ""),
        ),
        (say("length"), f"{_clock(sound.duration)} · {_size(sound.size)} · {_e(sound.type)}"),
        (say("started"), _e(_when(sound.started))),
        ("SHA-256", f"<code>{_e(sound.sha256)}</code>"),
        (say("master"), f"<code>{_e(sound.master)}</code>" if sound.master else ""),
        (say("kept"), _e(kept)),
    ]
    marks = "".join(f"<li>{_mark(say, mark)}</li>" for mark in sound.marks)
    return f"<h3>{say('recording')}: {_e(sound.name)}</h3>\n{_facts(facts)}" + (
        f"<ul>{marks}</ul>" if marks else ""
    )


def _mark(say: _Words, mark: Mark) -> str:
    until = f" – {_clock(mark.until)}" if mark.until else ""
    away = " · " + say("away", time=_clock(mark.away)) if mark.away else ""
    text = f" · {_e(mark.text)}" if mark.text else ""
    return f"{_clock(mark.at)}{until} · {say.code('mark', mark.kind)}{away}{text}"


def _transcript(say: _Words, transcript: object, sounds: dict[str, Recording]) -> str:
    if not isinstance(transcript, Transcript) or transcript.removed:
        return ""
    placed = [(_heard(transcript.recording, each.start, sounds), each) for each in transcript.paragraphs]
    name = next((f": {_e(sound.name)}" for (_, sound), _ in placed if sound is not None), "")
    rows = [
        f'<div class="note"><p class=faint>{_clock(at)}'
        + (f" · {_e(each.speaker)}" if each.speaker else "")
        + f'</p><p class="text">{_e(each.text)}</p>'
        + (f'<p class="text faint">{_e(each.translation)}</p>' if each.translation else "")
        + "</div>"
        for (at, _), each in placed
    ]
    return f"<h3>{say('transcript')}{name}</h3>\n" + "\n".join(rows)


def _files(say: _Words, attachments: list[tuple[Envelope, object]], files: dict[str, str]) -> str:
    rows = [
        f"<li>{_e(each.name)} <span class=faint>{_size(each.size)} · {_e(each.type)}</span><br>"
        + (f"<code>{_e(files[envelope.id])}</code>" if envelope.id in files else say("stays"))
        + f"<br><code class=faint>SHA-256 {_e(each.sha256)}</code></li>"
        for envelope, each in attachments
        if isinstance(each, Attachment) and not each.removed
    ]
    return f"<h3>{say('files')}</h3>\n<ul>\n" + "\n".join(rows) + "\n</ul>" if rows else ""


def _verify_part(say: _Words, card: Card) -> str:
    keys = card_keys(card)
    line = allowed_signers_line(keys.principal, ("bundle@cairn", "custody@cairn", "card@cairn"), keys.ed25519)
    commands = COMMANDS.format(principal=keys.principal)
    return (
        f"<h2>{say('verify')}</h2>\n<p>{say('verify-intro')}</p>\n<pre>{_e(commands)}</pre>\n"
        f"<p>{say('verify-signers')}</p>\n<pre>{_e(line)}</pre>"
    )


def _facts(facts: list[tuple[str, str]]) -> str:
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts if value)
    return f"<dl>{rows}</dl>"


def _when(time: str) -> str:
    return time.replace("T", " ").replace("Z", " UTC")


def _clock(ms: int) -> str:
    seconds = ms // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _size(size: int) -> str:
    amount = float(size)
    for unit in _UNITS:
        if amount < 1024 or unit == _UNITS[-1]:
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1024
    return ""


def _e(text: str) -> str:
    return html.escape(text, quote=True)
