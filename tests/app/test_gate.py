"""The consent gate: every reason to stay has its code, and nothing ever widens what leaves."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cairn.app.consent.gate import HELD, Decision, GateFacts, Item, may_leave
from cairn.app.kernel import sentences
from cairn.model.consent import Grid, Part, Recipient, Row, Use, Way, preset
from cairn.model.contacts import Trust

NOW = "2026-11-30T12:00:00Z"
ALICE = Recipient("SHA256:alice", Trust.VERIFIED)
SHARE = preset("share")
ROOT = Item("interview", "r", "W-1", parts=frozenset({"account"}), root=True)
NOTE = Item("note", "n", "a note", parts=frozenset({"notes"}))
TERMS = Item("consent", "c")
ALL = (ROOT, NOTE, TERMS)


def facts(*consents: Grid | None, to: tuple[Recipient, ...] = (ALICE,), use: Use = Use.STORE) -> GateFacts:
    return GateFacts(Way.SEAL, NOW, consents, to, use)


def yes(*parts: str) -> Grid:
    return (Row("yes", ("store",), parts, ("verified",)),)


def test_what_was_agreed_to_leaves() -> None:
    assert may_leave(facts(SHARE), ALL) == Decision(ALL, (), None)
    assert may_leave(facts(SHARE), ()) == Decision((), (), None)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (facts(), "gate.not-asked"),
        (facts(()), "gate.nothing"),
        (facts(None), "gate.consent-newer"),
        (facts(preset("keep")), "gate.keep-only"),
        (facts(SHARE, to=()), "gate.no-recipient"),
        (facts(SHARE, use=Use.COURTS), "gate.use-withheld"),
    ],
)
def test_a_whole_refusal_holds_everything_back_for_one_reason(asked: GateFacts, code: str) -> None:
    assert may_leave(asked, ALL) == Decision((), tuple((item, code) for item in ALL), code)


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        ({"removed": True}, "gate.removed"),
        ({"settled": False}, "gate.not-settled"),
        ({"known": False}, "gate.newer"),
        ({"off_record": True}, "gate.off-record"),
        ({"recording_open": True}, "gate.recording-open"),
        ({"present": False}, "gate.not-here"),
        ({"parts": frozenset({"diary"})}, "gate.newer"),
        ({"stands": False}, "gate.quote-changed"),
        ({"sources": frozenset({"elsewhere"})}, "gate.source-gone"),
    ],
)
def test_each_item_stays_for_its_own_reason(fact: dict[str, object], code: str) -> None:
    held = replace(NOTE, record="h", **fact)  # type: ignore[arg-type]
    decision = may_leave(facts(SHARE), [ROOT, held, NOTE, TERMS])
    assert decision == Decision((ROOT, NOTE, TERMS), ((held, code),), None)
    for language in ("en", "ko"):
        assert sentences.known(code, language)


def test_what_the_person_said_is_told_first() -> None:
    refused = (*SHARE, Row("no", ("store",), ("notes",), ("verified",)))
    for fact in (
        {"removed": True},
        {"settled": False},
        {"known": False},
        {"off_record": True},
        {"present": False},
    ):
        assert may_leave(facts(refused), [ROOT, replace(NOTE, **fact)]).stays[0][1] == "gate.refused"


def test_the_first_of_several_reasons_is_told() -> None:
    order = ["removed", "settled", "known", "off_record", "recording_open", "present"]
    wrong = {name: name not in ("settled", "known", "present") for name in order}
    codes = []
    for start in range(len(order)):
        held = replace(NOTE, **{name: wrong[name] for name in order[start:]})  # type: ignore[arg-type]
        codes.append(may_leave(facts(SHARE), [held]).stays[0][1])
    assert codes == [
        "gate.removed", "gate.not-settled", "gate.newer", "gate.off-record", "gate.recording-open", "gate.not-here",
    ]  # fmt: skip


def test_an_item_needs_all_its_parts() -> None:
    picture = Item("attachment", "p", parts=frozenset({"attachments", "faces"}))
    assert may_leave(facts(yes("account", "attachments", "faces")), [ROOT, picture]).leaves == (ROOT, picture)
    for grid in (yes("account", "attachments"), yes("account", "faces")):
        assert may_leave(facts(grid), [ROOT, picture]).stays == ((picture, "gate.part-withheld"),)


def test_a_long_chain_of_quotes_is_followed_link_by_link() -> None:
    chain = [
        Item(
            "passage",
            f"p{n}",
            parts=frozenset({"acts"}),
            sources=frozenset({f"p{n + 1}" if n < 3999 else "n"}),
        )
        for n in range(4000)
    ]
    decision = may_leave(facts(yes("account", "acts")), [ROOT, *chain, NOTE])
    assert decision.leaves == (ROOT,)
    assert {code for item, code in decision.stays if item is not NOTE} == {"gate.source-stays"}
    assert may_leave(facts(SHARE), [ROOT, *chain, NOTE]).stays == ()


def test_what_quotes_another_record_goes_with_it_alone() -> None:
    quote = Item("passage", "p", parts=frozenset({"acts"}), sources=frozenset({"n"}))
    again = Item("passage", "q", parts=frozenset({"acts"}), sources=frozenset({"p", "r"}))
    assert may_leave(facts(SHARE), [ROOT, again, quote, NOTE]).stays == ()
    # Its own part is asked, too.
    decision = may_leave(facts(yes("account", "notes")), [ROOT, quote, NOTE])
    assert decision.stays == ((quote, "gate.part-withheld"),)
    # Whatever keeps the source keeps the quote, and what quotes that in turn; in whatever order they stand.
    for items in ([ROOT, again, quote, NOTE], [NOTE, quote, again, ROOT]):
        decision = may_leave(facts(yes("account", "acts")), items)
        assert decision.leaves == (ROOT,) and dict(decision.stays) == {
            NOTE: "gate.part-withheld", quote: "gate.source-stays", again: "gate.source-stays",
        }  # fmt: skip
    for fact in ({"removed": True}, {"off_record": True}, {"settled": False}, {"known": False}):
        decision = may_leave(facts(SHARE), [ROOT, quote, replace(NOTE, **fact)])  # type: ignore[arg-type]
        assert (quote, "gate.source-stays") in decision.stays
    held = replace(facts(SHARE), held=frozenset({"n"}))
    assert may_leave(held, [ROOT, quote, NOTE]).stays == ((quote, "gate.source-stays"), (NOTE, HELD))
    # What quotes itself, or two that quote each other, must stand for themselves; a source that is not here is none.
    gone = replace(quote, sources=frozenset({"n", "x"}))
    assert may_leave(facts(SHARE), [ROOT, gone, NOTE]).stays == ((gone, "gate.source-gone"),)
    # A proposal beside what stands of the source takes nothing away.
    proposed = replace(NOTE, settled=False)
    assert may_leave(facts(SHARE), [ROOT, quote, NOTE, proposed]).stays == ((proposed, "gate.not-settled"),)


def test_nothing_goes_without_its_root() -> None:
    decision = may_leave(facts(yes("notes")), ALL)
    assert decision.leaves == ()
    assert decision.stays == (
        (ROOT, "gate.part-withheld"), (NOTE, "gate.root-stays"), (TERMS, "gate.part-withheld"),
    )  # fmt: skip
    assert decision.refused == "gate.part-withheld"
    # A reason that is not the person's holds the rest back too, and is not told as theirs.
    held = replace(ROOT, known=False)
    decision = may_leave(facts(SHARE), [NOTE, held, TERMS])
    assert decision.stays == ((NOTE, "gate.root-stays"), (held, "gate.newer"), (TERMS, "gate.newer"))
    assert decision.refused is None


@pytest.mark.parametrize(
    ("trust", "overridden", "code"),
    [
        (Trust.VERIFIED, False, ""),
        (Trust.UNVERIFIED, False, "gate.recipient-unverified"),
        (Trust.UNVERIFIED, True, ""),
        (Trust.EXPIRED, True, "gate.recipient-expired"),
        (Trust.REVOKED, True, "gate.recipient-revoked"),
    ],
)
def test_what_no_consent_is_asked_for_is_sealed_to_whom_is_trusted(
    trust: Trust, overridden: bool, code: str
) -> None:
    leaflet = Item("leaflet", "l", root=True)
    to = replace(ALICE, trust=trust, overridden=overridden)
    decision = may_leave(GateFacts(Way.SEAL, NOW, (), (ALICE, to)), [leaflet])
    assert decision == Decision((), ((leaflet, code),), code) if code else Decision((leaflet,), (), None)
    assert may_leave(GateFacts(Way.SEAL, NOW, ()), [leaflet]).refused == "gate.no-recipient"
    # A plain copy is for whoever finds it.
    assert may_leave(GateFacts(Way.COPY_OUT, NOW, (), (to,)), [leaflet]).leaves == (leaflet,)


def test_what_is_held_back_by_hand_stays_and_is_told_last() -> None:
    asked = replace(facts(SHARE), held=frozenset({"n", "c", "gone"}))
    # What goes with the interview because whoever has that must know it can't be held back alone.
    assert may_leave(asked, ALL) == Decision((ROOT, TERMS), ((NOTE, HELD),), None)
    removed = replace(NOTE, removed=True)
    assert may_leave(asked, [ROOT, removed]).stays == ((removed, "gate.removed"),)
    whole = may_leave(replace(asked, held=frozenset({"r"})), ALL)
    assert whole == Decision((), ((ROOT, HELD), (NOTE, "gate.root-stays"), (TERMS, HELD)), None)
    leaflet = Item("leaflet", "l", root=True)
    assert may_leave(replace(asked, held=frozenset({"l"})), [leaflet]).stays == ((leaflet, HELD),)
    assert [each.can_be_held for each in (ROOT, NOTE, TERMS, leaflet)] == [True, True, False, True]


def test_what_is_shown_of_an_item() -> None:
    item = Item("recording", "x", "talk", 7, True, "audio/ogg", 3000, frozenset({"sound", "faces"}))
    assert item.facts == {
        "kind": "recording", "record": "x", "name": "talk", "size": 7, "has_bytes": True, "type": "audio/ogg",
        "length": 3000, "of_people": True, "can_be_held": True,
    }  # fmt: skip
    assert not NOTE.of_people and not NOTE.facts["of_people"] and not TERMS.facts["can_be_held"]


def test_a_single_record_is_asked_about_without_its_root() -> None:
    asked = GateFacts(Way.COPY_OUT, NOW, (SHARE,))
    assert may_leave(asked, [NOTE]) == Decision((NOTE,), (), None)
    named = GateFacts(Way.COPY_OUT, NOW, (preset("share", [ALICE.fingerprint]),), (ALICE,))
    assert may_leave(named, [NOTE]).stays == ((NOTE, "gate.copy-named-only"),)


def test_time_is_that_of_the_facts() -> None:
    grid = tuple(msgspec.structs.replace(row, until="2026-11-30") for row in SHARE)
    assert may_leave(facts(grid), [NOTE]).leaves == (NOTE,)
    assert may_leave(replace(facts(grid), now="2026-12-01T00:00:00Z"), [NOTE]).stays == (
        (NOTE, "gate.ended"),
    )


_codes = st.sampled_from
grids = _codes(
    [(), None, SHARE, preset("keep"), preset("share", ["SHA256:a"]), yes("account"), yes("account", "notes"),
     (*SHARE, Row("no", (), ("notes",), ())), (*yes("account"), Row("ask", ("store",), ("notes",), ("verified",)))]
)  # fmt: skip
people = st.builds(Recipient, _codes(["SHA256:a", "SHA256:b"]), _codes(list(Trust)), overridden=st.booleans())
flags = {
    name: st.booleans() for name in ("removed", "present", "settled", "known", "off_record", "recording_open")
}
items = st.builds(
    Item,
    _codes(["note", "recording"]),
    st.uuids().map(str),
    parts=st.frozensets(_codes([*Part, "newer"]), max_size=2),
    **flags,
)
quickly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


# On a busy machine drawing examples can be slow; that says nothing about the gate.
@quickly
@given(
    _codes(list(Way)),
    st.lists(items),
    st.lists(grids, min_size=1),
    st.lists(people, min_size=1),
    grids,
    people,
    st.booleans(),
)
def test_one_more_consent_or_recipient_or_reason_never_widens(
    way, some, consents, to, more, other, rooted
) -> None:
    some = [*some, ROOT] if rooted else some
    asked = GateFacts(way, NOW, tuple(consents), tuple(to))
    before = may_leave(asked, some)
    assert len(before.leaves) + len(before.stays) == len(some)
    assert {*before.leaves, *(item for item, _ in before.stays)} == set(some)
    for after in (
        may_leave(replace(asked, consents=(*consents, more)), some),
        may_leave(replace(asked, recipients=(*to, other)), some),
        may_leave(asked, [replace(item, root=False) for item in some] + [replace(ROOT, off_record=True)]),
    ):
        assert {item.record for item in after.leaves} <= {item.record for item in before.leaves}
    for item in before.leaves:
        assert not (item.removed or item.off_record or item.recording_open)
        assert item.present and item.settled and item.known
        assert "newer" not in item.parts
    if rooted and before.leaves:
        assert ROOT in before.leaves
