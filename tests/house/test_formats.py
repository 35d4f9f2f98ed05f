"""Every number that a FORMAT.md states is the program's: the sentence is made of the program's own and looked for."""

from __future__ import annotations

import json
import re
import sqlite3
import typing
from pathlib import Path
from typing import Any

import msgspec
import pytest

import begun
import cairn
from app.forging import stranger
from cairn.audio import journal, replay
from cairn.bundle import bag, card_mail, cards, manifest, outside, tar
from cairn.crypto import openings, passphrase
from cairn.custody import checkpoint, excerpt, line, payload
from cairn.decode import form_sheets
from cairn.errors import InputError
from cairn.forms import answers as form_answers
from cairn.forms import body as form_body
from cairn.forms import limits as form_limits
from cairn.forms import markup
from cairn.forms import reading as form_reading
from cairn.forms.xpath import limits as xpath
from cairn.model import agreement, limits, values
from cairn.model.kinds import envelope, identity, registry
from cairn.model.kinds.note import Note
from cairn.model.places import told as places
from cairn.model.terms import MAX_ID
from cairn.model.time import edtf, lunar, terms, told
from cairn.vault import backup, header, reserve
from cairn.vault import manifest as backup_list
from cairn.vocab import reading

HOUSE = Path(cairn.__file__).parent
ROOT = Path(__file__).parents[2]
KIB, MIB = 1024, 1024 * 1024

SAYS: dict[str, list[str]] = {
    "bundle": [
        f"there are 1 to {limits.STANZAS.most}.",
        f"A writer makes at least {outside.PAD_TO}:",
        f"A file of 8 GiB (2^{tar.MAX_USTAR_SIZE.bit_length()}) or more has three blocks",
        f"the cards it is for, 1 to {limits.RECIPIENTS.most}.",
        "a number from 1 to 999,999 without leading zeros",
        f"without line feeds, at most {envelope.MAX_REVISION_BYTES // MIB} MiB)",
        f"at most {envelope.MAX_ABOUT:,} distinct ones: the interviews",
        f"the revisions that it follows, at most {envelope.MAX_PARENTS} distinct ones",
        f"`kind` 1 to {envelope.MAX_KIND} characters.",
        (
            f"a whole number from 0 to 2^{values.MAX_MS.bit_length() - 1}, each `size` one from 0 to"
            f" 2^{values.MAX_SIZE.bit_length() - 1}."
        ),
        (
            f"padded with spaces to a multiple of {openings.BLOCK:,} bytes"
            f" (at most {(openings.MAX_BYTES - openings.SALT_BYTES) // KIB} KiB)"
        ),
        f"a salt and 1 to {(openings.MAX_BYTES - openings.SALT_BYTES) // openings.BLOCK} blocks.",
        (
            f"at most {identity.MAX_NAMES} names, {identity.MAX_NAMES} contacts and {identity.MAX_NAMES} questions,"
            f" each text has at most {identity.MAX_TEXT:,} characters."
        ),
        f"of more than {agreement.MAX_ROWS} rows or of more than {agreement.MAX_CODES:,} codes",
        f"A text of at most {cards.MAX_BYTES // KIB} KiB, `NAME.contact`",
        f"together at most {card_mail.MAX_BYTES // KIB} KiB)",
        f"`label` has 1 to {cards.MAX_LABEL} characters in NFC",
    ],
    "custody": [
        f"SEQ number of the line: 1 to {line.MAX_SEQ}, decimal",
        f"A payload is at most {payload.MAX_PAYLOAD_BYTES // MIB} MiB.",
        f"its **salt**: {payload.SALT_BYTES} bytes",
        f"and every {checkpoint.EVERY} entries,",
        f"At most {excerpt.MAX_SENT_HEADS} heads that the recipient was sent",
        f"each power of two from 2^0 to 2^{excerpt.MAX_EARLIER - 1}",
        f"with {excerpt.MAX_HEADS} earlier sizes takes",
    ],
    "audio": [
        f"LENGTH of what follows: 16 to {journal.MAX_FRAME:,}",
        f"A reader MAY stop at {replay.MOST_MARKS:,} marks;",
    ],
    "vault": [
        f"UTF-8 JSON, at most {header.MAX_BYTES:,} bytes,",
        f"1 to {header.MAX_SLOTS} slots, at most {header.MAX_PASSPHRASE_SLOTS} of kind `passphrase`.",
        (
            f"a memory outside {passphrase.FLOOR_KIB:,} to {passphrase.CEILING_KIB:,} KiB,"
            f" passes `t` outside 1 to {passphrase.MAX_PASSES}, lanes `p` outside 1 to {passphrase.MAX_LANES}."
        ),
        f"| `vault.reserve` | {reserve.SIZE // MIB} MiB of zeros",
        f"at most {backup_list.MAX_BYTES // MIB} MiB |",
        f"at least {backup.LEAST_READ // MIB} MiB and at least an eighth of their bytes",
        f"`key` BLOB ({openings.WRAPPED_BYTES} bytes)",
    ],
    "model/time": [
        f"never changed; at most {told.MAX_WORDS} characters",
        f"An expression has at most {edtf.MAX_LENGTH} characters and a set at most {edtf.MAX_MEMBERS} members.",
        f"lunar years {lunar.FIRST_YEAR} to {lunar.LAST_YEAR}, in `lunar.py`.",
        f"of one that comes within {terms.UNSURE.seconds} seconds of midnight both days are given.",
    ],
    "model/places": [
        f"never changed; at most {places.MAX_WORDS} characters",
        f"or empty; at most {places.MAX_PLACE} characters",
    ],
    "forms": [
        f"a file of {form_sheets.MAX_FILE // MIB} MB; {form_sheets.MAX_ROWS:,} rows and {form_sheets.MAX_COLUMNS} columns of a sheet;",
        f"{form_sheets.MAX_CELL:,} characters of a cell; {form_sheets.MAX_UNPACKED // MIB} MB unpacked of a workbook;",
        f"{markup.MAX_DEPTH} levels and {markup.MAX_MARKS:,} elements; {form_reading.MAX_EXPRESSIONS:,} expressions;",
        f"{form_body.MAX_REPEATS_WITHIN} repeats in one another.",
        f"is worked out {form_limits.ROUNDS} times and then stands",
        f"at most {form_limits.REPEATS:,};",
        f"At most {form_answers.MAX_BYTES // MIB} MB.",
    ],
    "forms/xpath": [
        f"An expression has at most {xpath.LENGTH:,} characters and is nested at most {xpath.DEPTH} deep",
        f"looks at no more than {xpath.VISITS:,} nodes and makes no text of more than {xpath.TEXT:,} characters;",
        f"`uuid(n)` makes at most {xpath.TOKEN:,}.",
        f"A pattern has at most {xpath.PATTERN:,} characters and {xpath.PATTERN_SECONDS * 1000:.0f} milliseconds.",
        f"`round` goes to {xpath.DIGITS} places either way.",
    ],
    "vocab": [
        f"A file has at most {reading.MAX_SIZE // MIB} MiB and {reading.MAX_TERMS:,} terms.",
        f"unique over all files, at most {MAX_ID} characters.",
    ],
}


def page(room: str) -> str:
    return " ".join((HOUSE / room / "FORMAT.md").read_text("utf-8").split())


@pytest.mark.parametrize(("room", "sentence"), [(room, each) for room in SAYS for each in SAYS[room]])
def test_the_page_states_the_programs_number(room: str, sentence: str) -> None:
    assert sentence in page(room)


def test_every_page_is_looked_at() -> None:
    assert {each.parent.relative_to(HOUSE).as_posix() for each in HOUSE.glob("**/FORMAT.md")} == set(SAYS)


def _changed(**fields: object) -> bytes:
    keys = stranger("Field 9").keys
    made = begun.envelope(Note(text="n"), keys=keys, root=begun.root(keys))
    told = msgspec.json.decode(envelope.encode(made))
    body = {name.removeprefix("body_"): fields.pop(name) for name in list(fields) if name.startswith("body_")}
    return msgspec.json.encode(told | fields | {"body": told["body"] | body})


@pytest.mark.parametrize(
    "fields",
    [
        {"v": 0},
        {"v": "1"},
        {"kind": ""},
        {"kind": "k" * (envelope.MAX_KIND + 1)},
        {"parents": ["a" * 64] * 2},
        {"parents": [f"{n:064x}" for n in range(envelope.MAX_PARENTS + 1)]},
        {"salt": "00"},
        {"final": True},
        {"about": ["432e5705-58d7-4cd4-8b9d-19c274669af3"]},
        {"body_text": 1},
        {"body_at": -1},
        {"body_at": values.MAX_MS + 1},
        {"body_removed": "yes"},
    ],
)
def test_what_the_page_forbids_in_a_revision_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(InputError, match=r"record\.malformed"):
        envelope.decode(_changed(**fields))


def test_what_the_page_allows_in_a_revision_is_read() -> None:
    """Names that the version doesn't have, text that nobody relies on, and the greatest of each."""
    allowed = _changed(
        author="", created="yesterday", reason="…", more=[1], body_more={}, body_at=values.MAX_MS,
        parents=[f"{n:064x}" for n in range(envelope.MAX_PARENTS)],
    )  # fmt: skip
    assert envelope.read(envelope.decode(allowed)) == Note(text="n", at=values.MomentMs(values.MAX_MS))
    for end in (b"\n", b"\r"):
        with pytest.raises(InputError, match=r"record\.malformed"):
            envelope.decode(allowed + end)


@pytest.mark.parametrize("number", ["1", "999999"])
def test_a_format_is_a_number_as_the_page_says(number: str) -> None:
    text = b'{"format":"cairn-bundle/%s","whatever' % number.encode()
    if number == "1":
        manifest.require_format(text)
    else:
        with pytest.raises(InputError, match=r"bundle\.newer"):
            manifest.require_format(text)


@pytest.mark.parametrize(
    "text",
    [b"", b' {"format":"cairn-bundle/1"', b'{"format": "cairn-bundle/1"', b'{"format":"cairn-bundle/01"',
     b'{"format":"cairn-bundle/1000000"', b'{"format":"cairn-bundle/0"', b'{"bundle_id":"","format":"cairn-bundle/1"}'],
)  # fmt: skip
def test_another_beginning_is_no_bundle(text: bytes) -> None:
    with pytest.raises(InputError, match=r"bundle\.malformed"):
        manifest.require_format(text)


def _rows(room: str, heading: str) -> list[list[str]]:
    """The cells of the first table behind a heading."""
    text = (HOUSE / room / "FORMAT.md").read_text("utf-8")
    table = text.split(heading, 1)[1].partition("\n|---")[2].partition("\n")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]


def test_the_files_of_a_bag_stand_in_the_pages_order() -> None:
    named = [row[1].strip("`").partition("`")[0] for row in _rows("bundle", "## 3. The bag")]
    many = [bag.records_name(1), bag.OPENINGS, bag.opening_name(1), bag.MEDIA_INDEX, bag.media_name(1)]
    assert named == [*bag.TAGS, *bag.FIXED, *many]


def test_every_field_of_every_body_is_on_the_page() -> None:
    rows = {row[0].strip("`"): " ".join(row[1:]) for row in _rows("bundle", "Kinds and bodies:")}
    page = (HOUSE / "bundle" / "FORMAT.md").read_text("utf-8")
    assert set(rows) == {kind.name for kind in registry.every()}
    for kind in registry.every():
        assert kind.version == 1 or f"`{kind.name}` is of version {kind.version}" in page
        # Those of what it holds, too; of a consent's rows the page says the codes.
        for struct in (kind.type, *_held(kind.type)):
            missing = [name for name in struct.__struct_encode_fields__ if f"`{name}`" not in rows[kind.name]]
            assert missing == []


def _held(struct: Any) -> list[Any]:
    found = []
    for hint in typing.get_type_hints(struct).values():
        found += [each for each in typing.get_args(hint) if hasattr(each, "__struct_fields__")]
    return found


def test_every_act_that_is_written_is_on_the_page() -> None:
    page = {
        act
        for row in _rows("custody", "A reader MUST refuse a payload that names a key twice")
        for act in re.findall(r"`([a-z.-]+)`", row[0])
    }
    said: set[str] = set()
    for file in (ROOT / "resources" / "words" / "en").glob("*.json"):
        said |= {
            code.removeprefix("act.")
            for code in json.loads(file.read_text("utf-8"))
            if code.startswith("act.")
        }
    assert page == said


def test_every_column_that_a_second_reader_needs_is_as_the_page_says() -> None:
    database = sqlite3.connect(":memory:")
    migration = (HOUSE / "storage" / "migrations" / "0001.sql").read_text("utf-8")
    tables = {
        name: [(column, kind) for _, column, kind, *_ in database.execute(f"PRAGMA table_info({name})")]
        for name in _created(database, migration)
    }
    database.close()
    for names, columns in ((row[0], row[1]) for row in _rows("vault", "### Tables")):
        wanted = re.findall(r"`([a-z0-9_]+)` (TEXT|INTEGER|BLOB)\b", columns)
        here = [column for name in re.findall(r"`([a-z_]+)`", names) for column in tables[name]]
        # In order; of some the page says the first ones and leaves the rest to the words behind them.
        rest = iter(here)
        assert wanted and all(each in rest for each in wanted), names


def _created(database: sqlite3.Connection, text: str) -> list[str]:
    made = []
    for found in re.finditer(r"CREATE TABLE ([a-z_]+) \(.*?\) STRICT(?:, WITHOUT ROWID)?;", text, re.DOTALL):
        database.execute(found[0].replace(" STRICT, WITHOUT ROWID", "").replace(" STRICT", ""))
        made.append(found[1])
    return made
