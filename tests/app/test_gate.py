"""The consent gate: every refusal has its code, and nothing ever widens what leaves."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cairn.app.consent.gate import Decision, Item, RecipientFacts, Way, may_leave
from cairn.app.kernel import sentences
from cairn.model.contacts import Trust
from cairn.model.kinds.consent import Consent

ALICE = RecipientFacts("SHA256:alice", Trust.VERIFIED)
BAKER = RecipientFacts("SHA256:baker", Trust.VERIFIED)
SHARE = Consent(choice="share")
ITEM = Item("note", "n1", "a note")


def decide(
    consents: list[Consent], recipients: list[RecipientFacts] | None = None, way: Way = Way.SEAL
) -> Decision:
    return may_leave(way, [ITEM], consents, [ALICE] if recipients is None else recipients)


@pytest.mark.parametrize(
    ("consents", "recipients", "code"),
    [
        ([], [ALICE], "gate.not-asked"),
        ([Consent()], [ALICE], "gate.nothing"),
        ([Consent(choice="keep")], [ALICE], "gate.keep-only"),
        ([Consent(choice="share-more")], [ALICE], "gate.nothing"),
        ([Consent(choice="share", share_with="friends")], [ALICE], "gate.nothing"),
        ([SHARE], [], "gate.no-recipient"),
        ([SHARE], [ALICE, RecipientFacts("x", Trust.UNVERIFIED)], "gate.recipient-unverified"),
        ([SHARE], [RecipientFacts("x", Trust.EXPIRED, overridden=True)], "gate.recipient-expired"),
        ([SHARE], [RecipientFacts("x", Trust.REVOKED, overridden=True)], "gate.recipient-revoked"),
        (
            [Consent(choice="share", share_with="named", contacts=[ALICE.fingerprint])],
            [BAKER],
            "gate.not-named",
        ),
        ([Consent(choice="share", share_with="named")], [ALICE], "gate.not-named"),
        ([SHARE, Consent(choice="keep")], [ALICE], "gate.keep-only"),
        ([SHARE, Consent(choice="nothing")], [ALICE], "gate.nothing"),
    ],
)
def test_each_refusal_holds_everything_back_and_says_why(
    consents: list[Consent], recipients: list[RecipientFacts], code: str
) -> None:
    decision = decide(consents, recipients)
    assert decision == Decision((), ((ITEM, code),), code)
    for language in ("en", "ko"):
        assert sentences.known(code, language)


@pytest.mark.parametrize(
    ("consents", "recipients"),
    [
        ([SHARE], [ALICE, BAKER]),
        ([SHARE, SHARE], [ALICE]),
        ([Consent(choice="share", share_with="named", contacts=[ALICE.fingerprint])], [ALICE]),
        ([SHARE], [RecipientFacts("x", Trust.UNVERIFIED, overridden=True)]),
    ],
)
def test_what_is_allowed_leaves(consents: list[Consent], recipients: list[RecipientFacts]) -> None:
    assert decide(consents, recipients) == Decision((ITEM,), (), None)


def test_plain_copies_need_consent_to_share_with_anyone_verified() -> None:
    named = Consent(choice="share", share_with="named", contacts=[ALICE.fingerprint])
    assert decide([SHARE], [], Way.COPY_OUT).leaves == (ITEM,)
    assert decide([named], [ALICE], Way.COPY_OUT).refused == "gate.copy-named-only"
    assert decide([SHARE, named], [ALICE], Way.COPY_OUT).refused == "gate.copy-named-only"
    assert decide([], [], Way.COPY_OUT).refused == "gate.not-asked"


def test_removed_unsettled_and_missing_stay_alone() -> None:
    items = [
        ITEM,
        Item("attachment", "f1", removed=True),
        Item("note", "n2", settled=False),
        Item("attachment", "f2", present=False),
    ]
    decision = may_leave(Way.SEAL, items, [SHARE], [ALICE])
    assert decision.leaves == (ITEM,)
    assert [code for _, code in decision.stays] == ["gate.removed", "gate.not-settled", "gate.not-here"]


consents = st.builds(
    Consent,
    choice=st.sampled_from(["nothing", "keep", "share", "newer"]),
    share_with=st.sampled_from(["verified", "named", "newer"]),
    contacts=st.lists(st.sampled_from(["a", "b", "c"]), max_size=3),
)
facts = st.builds(
    RecipientFacts, st.sampled_from(["a", "b", "c"]), st.sampled_from(list(Trust)), st.booleans()
)
items = st.builds(
    Item,
    st.just("note"),
    st.uuids().map(str),
    removed=st.booleans(),
    present=st.booleans(),
    settled=st.booleans(),
)


# On a busy machine drawing examples can be slow; that says nothing about the gate.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(list(Way)), st.lists(items), st.lists(consents), st.lists(facts), consents, facts)
def test_one_more_consent_or_recipient_never_widens(
    way: Way,
    some: list[Item],
    given_consents: list[Consent],
    recipients: list[RecipientFacts],
    more: Consent,
    other: RecipientFacts,
) -> None:
    before = may_leave(way, some, given_consents, recipients)
    if given_consents:
        after = may_leave(way, some, [*given_consents, more], recipients)
        assert set(after.leaves) <= set(before.leaves)
    if recipients:
        wider = may_leave(way, some, given_consents, [*recipients, other])
        assert set(wider.leaves) <= set(before.leaves)
    assert len(before.leaves) + len(before.stays) == len(some)
    if before.leaves:
        assert given_consents and all(c.choice == "share" for c in given_consents)
        assert way is Way.COPY_OUT or all(
            r.trust is Trust.VERIFIED or (r.trust is Trust.UNVERIFIED and r.overridden) for r in recipients
        )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(consents, min_size=1), st.lists(facts, min_size=1), st.randoms())
def test_the_order_of_consents_does_not_change_what_leaves(given_consents, recipients, random) -> None:
    shuffled = list(given_consents)
    random.shuffle(shuffled)
    one = may_leave(Way.SEAL, [ITEM], given_consents, recipients)
    two = may_leave(Way.SEAL, [ITEM], shuffled, recipients)
    assert one.leaves == two.leaves
