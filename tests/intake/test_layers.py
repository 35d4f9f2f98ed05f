"""Layers: what each device writes beside the others', attributed, without asking and without changing theirs."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

import begun
from cairn.crypto.device import DeviceKeys
from cairn.model.agreement import agreed_to
from cairn.model.exchange import IncomingRevision, Stub
from cairn.model.kinds import registry
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.kind import Authority, Kind
from cairn.model.kinds.note import Note
from intake.vaults import OFFICE, A, B, MemoryVault, made, stub

MANY = 2000


class Code(msgspec.Struct):
    """The body of a kind that exists for these tests."""

    text: str = ""


LAYER = Kind(
    name="code",
    type=Code,
    version=1,
    authority=Authority.LAYER,
    freezes=False,
    part="none",
    fields=lambda body: {"text": body.text},
)


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    with registry.with_kind(LAYER):
        yield


def _held(*, final: bool = False) -> tuple[MemoryVault, IncomingRevision, IncomingRevision]:
    """A vault with an interview of A's device and the consent to it."""
    vault = MemoryVault()
    first = made(A, Interview(title="W-1"), final=final)
    consent = made(A, agreed_to(choice="keep"), root=first.envelope.id)
    vault.take_in(A, [first, consent])
    return vault, first, consent


def _code(keys: DeviceKeys, root: IncomingRevision, text: str = "c") -> IncomingRevision:
    return made(keys, Code(text), root=root.envelope.id)


def _outcome(plan: object) -> tuple[str, str]:
    (action,) = plan.actions  # type: ignore[attr-defined]
    return action.outcome, action.why


def test_thousands_of_a_verified_device_stand_at_once() -> None:
    """Also under an interview of another device that is final: coding never waits."""
    vault, first, consent = _held(final=True)
    codes = [_code(B, first, str(n)) for n in range(MANY)]
    plan = vault.take_in(B, codes, verified=[B])
    assert plan.count("add") == len(plan.actions) == MANY and not plan.problems
    for each in codes:
        assert vault.current(each.envelope.id) == {each.sha256} and not vault.proposed(each.envelope.id)
    # What others wrote is as it was.
    assert vault.current(first.envelope.id) == {first.sha256} and not vault.proposed(first.envelope.id)
    assert vault.current(consent.envelope.id) == {consent.sha256}
    again = vault.take_in(B, codes, verified=[B])
    assert again.count("already") == MANY and not again.changes


def test_of_a_device_that_nobody_verified_it_is_proposed() -> None:
    vault, first, _ = _held()
    code = _code(B, first)
    assert _outcome(vault.take_in(B, [code], verified=[A, OFFICE])) == ("conflict", "unverified")
    assert not vault.current(code.envelope.id) and vault.proposed(code.envelope.id) == {code.sha256}
    # Once it is verified, what it writes next stands, and takes the place of what waited.
    later = made(B, Code("d"), after=[code])
    assert _outcome(vault.take_in(B, [later], verified=[B])) == ("add", "")
    assert vault.current(code.envelope.id) == {later.sha256} and not vault.proposed(code.envelope.id)


def test_why_it_waits_is_its_own_reason_also_where_somebody_here_moved_it() -> None:
    vault, first, _ = _held()
    code = _code(B, first)
    vault.take_in(B, [code])
    vault.write(made(OFFICE, Code("settled"), after=[code]))
    later = made(B, Code("d"), after=[code])
    assert _outcome(vault.take_in(B, [later])) == ("conflict", "unverified")
    assert _outcome(vault.take_in(B, [made(B, Code("e"), after=[later])], verified=[B])) == (
        "conflict",
        "foreign",
    )


def test_verified_is_who_made_it_and_not_who_brings_it() -> None:
    vault, first, _ = _held()
    assert _outcome(vault.take_in(A, [_code(B, first)], verified=[A])) == ("conflict", "unverified")
    assert _outcome(vault.take_in(A, [_code(B, first)], verified=[B])) == ("add", "")


def test_it_goes_on_by_its_own_device() -> None:
    vault, first, _ = _held()
    code = _code(B, first)
    vault.take_in(B, [code], verified=[B])
    between = made(B, Code("d"), after=[code])
    later = made(B, Code("e"), after=[between])
    plan = vault.take_in(B, [later], [stub(code), stub(between)], verified=[B])
    assert _outcome(plan) == ("forward", "")
    assert vault.current(code.envelope.id) == {later.sha256}
    assert [each.sha256 for each in plan.stubs] == [between.sha256]


@pytest.mark.parametrize("keys", [A, OFFICE], ids=["the interview's device", "another"])
def test_nobody_elses_word_moves_it(keys: DeviceKeys) -> None:
    """Not even that of the device whose interview it lies upon."""
    vault, first, _ = _held()
    code = _code(B, first)
    vault.take_in(B, [code], verified=[B])
    theirs = made(keys, Code("theirs"), after=[code])
    assert _outcome(vault.take_in(keys, [theirs], verified=[A, B, OFFICE])) == ("conflict", "foreign")
    assert vault.current(code.envelope.id) == {code.sha256}
    assert vault.proposed(code.envelope.id) == {theirs.sha256}


def test_a_squatter_does_not_hold_it_up() -> None:
    vault, first, _ = _held()
    true = _code(B, first)
    false = made(A, Code("false"), id=true.envelope.id)
    assert _outcome(vault.take_in(A, [false], verified=[A, B])) == ("conflict", "foreign")
    assert _outcome(vault.take_in(B, [true], verified=[A, B])) == ("add", "")
    assert vault.current(true.envelope.id) == {true.sha256}
    assert vault.proposed(true.envelope.id) == {false.sha256}


def test_nobody_else_invents_its_history() -> None:
    """The interview's device passes B's older code on, and claims that it came after the newest."""
    vault, first, _ = _held()
    code = _code(B, first)
    between = made(B, Code("between"), after=[code])
    older = made(B, Code("older"), after=[between])
    newest = made(B, Code("newest"), after=[code])
    vault.take_in(B, [code, newest], verified=[A, B])
    invented = Stub(between.envelope.id, between.sha256, "code", [newest.sha256])
    plan = vault.take_in(A, [older], [invented], verified=[A, B])
    assert _outcome(plan) == ("conflict", "diverged")
    assert vault.current(code.envelope.id) == {newest.sha256}
    assert [each.parents for each in plan.stubs] == [[]]


def test_an_owners_records_are_as_before() -> None:
    """Being verified gives no word over what isn't a layer."""
    vault, first, consent = _held()
    told = [
        made(B, Interview(title="mine"), after=[first]),
        made(B, agreed_to(choice="share"), after=[consent]),
        made(B, agreed_to(choice="share"), root=first.envelope.id),
        made(B, Note("n"), root=first.envelope.id),
    ]
    plan = vault.take_in(B, told, verified=[A, B])
    assert {(each.outcome, each.why) for each in plan.actions} == {("conflict", "foreign")}
    assert vault.current(first.envelope.id) == {first.sha256}
    assert vault.current(consent.envelope.id) == {consent.sha256}


def test_the_interviews_device_needs_to_be_verified_for_its_layers_too() -> None:
    vault, first, _ = _held()
    assert _outcome(vault.take_in(A, [_code(A, first)])) == ("conflict", "unverified")
    assert _outcome(vault.take_in(A, [_code(A, first)], verified=[A])) == ("add", "")


def test_a_successor_goes_on() -> None:
    vault, first, _ = _held()
    code = _code(B, first)
    vault.take_in(B, [code], verified=[B])
    heirs = {B.fingerprint: (OFFICE.fingerprint,)}
    later = made(OFFICE, Code("later"), after=[code])
    assert _outcome(vault.take_in(OFFICE, [later], verified=[OFFICE], heirs=heirs)) == ("forward", "")


def test_what_no_longer_is_known_is_the_owners() -> None:
    """A kind of a newer program: the stricter of the two, until it is known here."""
    vault, first, _ = _held()
    mine, theirs = _code(A, first), _code(B, first)
    del registry._KINDS["code"]
    try:
        assert _outcome(vault.take_in(B, [theirs], verified=[A, B])) == ("conflict", "foreign")
        assert _outcome(vault.take_in(A, [mine], verified=[])) == ("add", "")
    finally:
        registry._KINDS["code"] = LAYER


def test_under_an_erased_interview_and_under_none() -> None:
    vault, first, _ = _held()
    vault.erase(first.envelope.id)
    plan = vault.take_in(B, [_code(B, first)], verified=[B])
    assert _outcome(plan) == ("erased", "") and not plan.changes
    lost = made(B, Code("c"), root=begun.root(A))
    with pytest.raises(Exception, match=r"intake\.root-missing"):
        vault.take_in(B, [lost], verified=[B])
