"""How much a bundle may hold: one table, for whoever writes one and for whoever reads one.

A reader refuses what is beyond, because all of it costs memory or time before anything is trusted. A writer refuses
the same before the first byte is written: a bundle that nobody can open must not come into being. `bundle/FORMAT.md`
prints this table, and a test compares the two.
"""

from __future__ import annotations

from typing import NamedTuple

from cairn.errors import InputError

KIB = 1024
MIB = 1024 * KIB


class Limit(NamedTuple):
    """The greatest amount of something."""

    of: str
    """What it is of, as FORMAT.md says it."""
    most: int
    in_bytes: bool = False

    def allows(self, amount: int) -> bool:
        """Whether this much is allowed."""
        return amount <= self.most

    def require(self, amount: int) -> None:
        """Raises InputError `bundle.too-big` for more."""
        if amount > self.most:
            raise InputError("bundle.too-big")


TAG_FILE = Limit("a tag file not named below", 64 * KIB, True)
MANIFEST = Limit("`bundle.json`; `manifest-sha256.txt`", 16 * MIB, True)
PAYLOAD_FILES = Limit("payload files (those below `data/`)", 100_000)
NUMBER = Limit("`seq`, sizes and their sum", 1 << 53)
RECIPIENTS = Limit("recipients", 64)
STANZAS = Limit("age stanzas", 64)

RECORDS_FILE = Limit("a file of `data/records/` with an interview", 128 * MIB, True)
OPENINGS_INDEX = Limit("`data/identity/openings.jsonl`", 64 * MIB, True)
OPENINGS = Limit("all openings in `data/identity/` together", 256 * MIB, True)
OPENING_FILE = Limit("a file of `data/identity/` with an opening", 256 * KIB, True)
MEDIA_INDEX = Limit("`data/records/media.jsonl`", 64 * MIB, True)
LINES = Limit("lines of one file", 1_000_000)
HEAD_VALUES = Limit("values in `bundle.json` beside one for each payload file that the manifest lists", 1_000)
JSON_VALUES = Limit(
    "values in one JSON text: `bundle.json`, a line of a file of lines, a custody payload", 250_000
)
JSON_DEPTH = Limit("arrays and objects inside one another in such a text", 64)
REVISION = Limit("a revision, and any line of a file of lines", 8 * MIB, True)
VERSIONS = Limit("revisions of one record that travel whole", 64)
STUBS = Limit("stubs of one record", 10_000)
STUB_PARENTS = Limit("parents in one stub", 64)

CUSTODY_LINES = Limit("`data/custody/lines.jsonl`", 128 * MIB, True)
CUSTODY_PAYLOADS = Limit("`data/custody/payloads.jsonl`", 128 * MIB, True)
CUSTODY_PAYLOAD = Limit("a custody payload", 4 * MIB, True)
CUSTODY_HEADS = Limit("lines of `data/custody/heads.txt`", 64)
CUSTODY_PROOF = Limit("`data/custody/proof.bin`", 128 * MIB, True)
CHECKPOINT = Limit("`checkpoint.txt`; each of its signatures", 64 * KIB, True)

TABLE = (
    TAG_FILE,
    MANIFEST,
    PAYLOAD_FILES,
    NUMBER,
    RECIPIENTS,
    STANZAS,
    RECORDS_FILE,
    OPENINGS_INDEX,
    OPENINGS,
    OPENING_FILE,
    MEDIA_INDEX,
    LINES,
    HEAD_VALUES,
    JSON_VALUES,
    JSON_DEPTH,
    REVISION,
    VERSIONS,
    STUBS,
    STUB_PARENTS,
    CUSTODY_LINES,
    CUSTODY_PAYLOADS,
    CUSTODY_PAYLOAD,
    CUSTODY_HEADS,
    CUSTODY_PROOF,
    CHECKPOINT,
)


def printed() -> str:
    """The table as it stands in FORMAT.md."""
    rows = [f"| {limit.of} | {_amount(limit)} |" for limit in TABLE]
    return "\n".join(["| Of | At most |", "|---|---|", *rows]) + "\n"


def _amount(limit: Limit) -> str:
    if limit.in_bytes:
        whole = f"{limit.most // MIB} MiB" if limit.most % MIB == 0 else f"{limit.most // KIB} KiB"
        return f"{whole} ({limit.most:,} bytes)"
    return "2^53" if limit is NUMBER else f"{limit.most:,}"
