"""Merging: what may become current, what waits for a person, what is refused."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.crypto.device import DeviceKeys
from cairn.errors import InputError, IntegrityError
from cairn.intake.merge import plan_merge
from cairn.model.exchange import IncomingRevision, Stub
from cairn.model.ids import new_id
from cairn.model.records import Attachment, Consent, Interview, Note
from intake.vaults import KNOWN, OFFICE, A, B, MemoryVault, made, stub


def _outcomes(plan: object) -> list[str]:
    return [action.outcome for action in plan.actions]  # type: ignore[attr-defined]


def _interview(keys: DeviceKeys, title: str = "W-1", **more: object) -> IncomingRevision:
    return made(keys, "interview", Interview(title=title, **more), interview=new_id())  # type: ignore[arg-type]


def _next(
    keys: DeviceKeys, *after: IncomingRevision, title: str = "W-1b", **more: object
) -> IncomingRevision:
    body = Interview(title=title, **more)  # type: ignore[arg-type]
    return made(keys, "interview", body, interview=after[0].envelope.interview, after=after)


class TestOwnDevice:
    def test_new_then_the_same_again(self) -> None:
        vault = MemoryVault()
        first = _interview(A)
        note = made(A, "note", Note("n"), interview=first.envelope.id)
        plan = vault.take_in(A, [note, first])
        assert _outcomes(plan) == ["add", "add"] and plan.changes and plan.count("add") == 2
        assert vault.current(first.envelope.id) == {first.sha256}
        again = vault.take_in(A, [first, note])
        assert _outcomes(again) == ["already", "already"] and not again.changes and not again.problems

    def test_forward(self) -> None:
        vault = MemoryVault()
        first = _interview(A)
        vault.take_in(A, [first])
        second = _next(A, first)
        plan = vault.take_in(A, [second])
        assert _outcomes(plan) == ["forward"] and plan.actions[0].replaces == (first.sha256,)
        assert vault.current(first.envelope.id) == {second.sha256}

    def test_whole_history_at_once_in_any_order(self) -> None:
        first = _interview(A)
        second = _next(A, first)
        third = _next(A, second)
        for order in ([third, first, second], [second, third, first]):
            vault = MemoryVault()
            assert _outcomes(vault.take_in(A, order)) == ["add", "forward", "forward"]
            assert vault.current(first.envelope.id) == {third.sha256}

    def test_forward_over_versions_that_did_not_travel(self) -> None:
        vault = MemoryVault()
        first = _interview(A)
        vault.take_in(A, [first])
        second = _next(A, first)
        third = _next(A, second)
        plan = vault.take_in(A, [third], [stub(first), stub(second)])
        assert _outcomes(plan) == ["forward"]
        assert [each.sha256 for each in plan.stubs] == [second.sha256]
        assert vault.current(first.envelope.id) == {third.sha256}
        # The one in between arrives late: it fills the history.
        late = vault.take_in(A, [second])
        assert _outcomes(late) == ["history"]
        assert vault.current(first.envelope.id) == {third.sha256} and not vault.proposed(first.envelope.id)

    def test_an_old_bundle_late(self) -> None:
        vault = MemoryVault()
        first = _interview(A)
        second = _next(A, first)
        vault.take_in(A, [second], [stub(first)])
        plan = vault.take_in(A, [first])
        assert _outcomes(plan) == ["history"]
        assert vault.current(first.envelope.id) == {second.sha256}

    def test_unknown_parent_without_a_stub_is_a_second_head(self) -> None:
        """Nothing shows that it follows what is here, so nothing here moves."""
        vault = MemoryVault()
        first = _interview(A)
        vault.take_in(A, [first])
        third = _next(A, _next(A, first))
        plan = vault.take_in(A, [third])
        assert _outcomes(plan) == ["conflict"] and plan.actions[0].why == "diverged"
        assert plan.stubs[0].sha256 == third.envelope.parents[0]

    def test_diverged_on_the_own_device(self) -> None:
        """A restored backup went another way."""
        vault = MemoryVault()
        first = _interview(A)
        vault.take_in(A, [first, _next(A, first, title="one")])
        plan = vault.take_in(A, [_next(A, first, title="two")])
        assert _outcomes(plan) == ["conflict"]
        assert len(vault.current(first.envelope.id)) == len(vault.proposed(first.envelope.id)) == 1

    def test_amended_at_the_office_meanwhile(self) -> None:
        """What a person at the office settled is not moved by what the device writes without knowing it."""
        vault = MemoryVault()
        first = _interview(A)
        vault.take_in(A, [first])
        vault.write(amended := _next(OFFICE, first, title="corrected"))
        plan = vault.take_in(A, [_next(A, first)])
        assert _outcomes(plan) == ["conflict"]
        assert vault.current(first.envelope.id) == {amended.sha256}

    def test_a_settled_conflict_comes_back(self) -> None:
        vault = MemoryVault()
        first = _interview(A)
        one, two = _next(A, first, title="one"), _next(A, first, title="two")
        vault.take_in(A, [first, one, two])
        settled = _next(A, one, two, title="both")
        assert _outcomes(vault.take_in(A, [settled])) == ["forward"]
        assert vault.current(first.envelope.id) == {settled.sha256}
        assert not vault.proposed(first.envelope.id)

    def test_a_sealed_interview_stays_sealed(self) -> None:
        vault = MemoryVault()
        first = _interview(A, sealed=True)
        vault.take_in(A, [first])
        plan = vault.take_in(A, [_next(A, first)])
        assert _outcomes(plan) == ["conflict"] and plan.actions[0].why == "unsealed"
        assert [each.code for each in plan.problems] == ["intake.unfinalised"]
        both = MemoryVault()
        assert _outcomes(both.take_in(A, [first, _next(A, first)])) == ["add", "conflict"]
        amended = _next(A, first, sealed=True, title="amended")
        assert _outcomes(vault.take_in(A, [amended])) == ["forward"]


class TestOtherDevice:
    def _held(self) -> tuple[MemoryVault, IncomingRevision, IncomingRevision]:
        vault = MemoryVault()
        first = _interview(A)
        consent = made(A, "consent", Consent(choice="keep"), interview=first.envelope.id)
        vault.take_in(A, [first, consent])
        return vault, first, consent

    def test_amending(self) -> None:
        vault, first, _ = self._held()
        theirs = _next(B, first, title="rewritten")
        plan = vault.take_in(B, [theirs])
        assert _outcomes(plan) == ["conflict"] and plan.actions[0].why == "foreign"
        assert vault.current(first.envelope.id) == {first.sha256}
        assert vault.proposed(first.envelope.id) == {theirs.sha256}

    def test_widening_consent(self) -> None:
        vault, _, consent = self._held()
        wider = made(
            B, "consent", Consent(choice="share"), interview=consent.envelope.interview, after=[consent]
        )
        vault.take_in(B, [wider])
        assert vault.current(consent.envelope.id) == {consent.sha256}
        assert vault.proposed(consent.envelope.id) == {wider.sha256}

    def test_a_second_consent_record(self) -> None:
        """Nor by a record of its own, that follows nothing."""
        vault, first, _ = self._held()
        wider = made(B, "consent", Consent(choice="share"), interview=first.envelope.id)
        plan = vault.take_in(B, [wider])
        assert _outcomes(plan) == ["conflict"]
        assert not vault.current(wider.envelope.id) and vault.proposed(wider.envelope.id)

    @pytest.mark.parametrize("kind", ["note", "attachment"])
    def test_adding_to_it(self, kind: str) -> None:
        vault, first, _ = self._held()
        body = Note("x") if kind == "note" else Attachment(name="x", removed=True)
        plan = vault.take_in(B, [made(B, kind, body, interview=first.envelope.id)])
        assert _outcomes(plan) == ["conflict"]

    def test_a_proposal_goes_on(self) -> None:
        """A second proposal of the same device takes the first one's place, and of no other device's."""
        vault, first, _ = self._held()
        one = _next(B, first, title="one")
        mine = _next(OFFICE, first, title="office")
        vault.take_in(B, [one])
        vault.take_in(OFFICE, [mine])
        two = _next(B, one, mine, title="two")
        plan = vault.take_in(B, [two])
        assert plan.actions[0].replaces == (one.sha256,)
        assert vault.proposed(first.envelope.id) == {two.sha256, mine.sha256}

    def test_adopted_by_its_own_device(self) -> None:
        vault, first, _ = self._held()
        theirs = _next(B, first, title="theirs")
        vault.take_in(B, [theirs])
        adopted = _next(A, theirs, title="adopted")
        assert _outcomes(vault.take_in(A, [adopted])) == ["forward"]
        assert vault.current(first.envelope.id) == {adopted.sha256} and not vault.proposed(first.envelope.id)

    def test_the_owner_cannot_rewrite_a_note_of_the_office(self) -> None:
        vault, first, _ = self._held()
        note = made(OFFICE, "note", Note("ours"), interview=first.envelope.id)
        vault.write(note)
        theirs = made(A, "note", Note("theirs"), interview=first.envelope.id, after=[note])
        assert _outcomes(vault.take_in(A, [theirs])) == ["conflict"]
        assert vault.current(note.envelope.id) == {note.sha256}

    def test_taking_an_interview_over_by_its_id(self) -> None:
        """A root of one's own under the id of another's interview changes nothing."""
        vault, first, _ = self._held()
        usurped = made(B, "interview", Interview(title="mine"), interview=first.envelope.id)
        assert _outcomes(vault.take_in(B, [usurped])) == ["conflict"]
        note = made(B, "note", Note("n"), interview=first.envelope.id)
        assert _outcomes(vault.take_in(B, [usurped, note])) == ["already", "conflict"]

    def test_passing_on(self) -> None:
        """An interview may come from someone else than its device: its own signature counts."""
        vault = MemoryVault()
        first = _interview(A)
        assert _outcomes(vault.take_in(B, [first])) == ["add"]
        assert _outcomes(vault.take_in(A, [_next(A, first)])) == ["forward"]

    def test_an_invented_history(self) -> None:
        """B passes on A's older consent and claims that what it follows came after the newest."""
        vault = MemoryVault()
        first = _interview(A)
        narrow = made(A, "consent", Consent(choice="keep"), interview=first.envelope.id)
        wide = made(A, "consent", Consent(choice="share"), interview=first.envelope.id, after=[narrow])
        between = made(
            A, "consent", Consent(choice="share", given="x"), interview=first.envelope.id, after=[narrow]
        )
        older = made(A, "consent", Consent(choice="share"), interview=first.envelope.id, after=[between])
        vault.take_in(A, [first, narrow])
        newest = made(A, "consent", Consent(choice="nothing"), interview=first.envelope.id, after=[narrow])
        vault.take_in(A, [newest])
        invented = Stub(between.envelope.id, between.sha256, "consent", [newest.sha256])
        plan = vault.take_in(B, [older], [invented])
        assert _outcomes(plan) == ["conflict"]
        assert vault.current(narrow.envelope.id) == {newest.sha256}
        assert [each.parents for each in plan.stubs] == [[]]
        assert wide.sha256 not in vault.kept

    def test_a_stub_cannot_change_what_is_held(self) -> None:
        vault, first, _ = self._held()
        theirs = _next(B, first)
        liar = Stub(first.envelope.id, first.sha256, "interview", [theirs.sha256])
        vault.take_in(B, [theirs], [liar])
        assert vault.current(first.envelope.id) == {first.sha256}
        assert vault.proposed(first.envelope.id) == {theirs.sha256}


class TestRefused:
    def test_unknown_author(self) -> None:
        nobody = DeviceKeys.generate()[0]
        with pytest.raises(IntegrityError, match=r"intake\.foreign-author"):
            MemoryVault().take_in(A, [_interview(A), _interview(nobody)])

    def test_claimed_author(self) -> None:
        """B writes a revision that says it is of A's device."""
        forged = _interview(A)
        forged = msgspec.structs.replace(forged, signature=B.sign_revision(bytes.fromhex(forged.sha256)))
        with pytest.raises(IntegrityError, match=r"intake\.signature-wrong"):
            MemoryVault().take_in(B, [forged])
        with pytest.raises(IntegrityError, match=r"intake\.signature-wrong"):
            MemoryVault().take_in(A, [msgspec.structs.replace(forged, signature=b"")])

    def test_signature_of_another_revision(self) -> None:
        one, two = _interview(A), _interview(A)
        with pytest.raises(IntegrityError, match=r"intake\.signature-wrong"):
            MemoryVault().take_in(A, [msgspec.structs.replace(one, signature=two.signature)])

    @pytest.mark.parametrize("how", ["kind", "interview"])
    def test_record_that_moves(self, how: str) -> None:
        vault = MemoryVault()
        one, two = _interview(A), _interview(A)
        note = made(A, "note", Note("n"), interview=one.envelope.id)
        vault.take_in(A, [one, two, note])
        if how == "kind":
            bad = made(A, "consent", Consent(choice="share"), interview=one.envelope.id, id=note.envelope.id)
        else:
            bad = made(A, "note", Note("n"), interview=two.envelope.id, id=note.envelope.id)
        with pytest.raises(IntegrityError, match=r"intake\.record-moved"):
            vault.take_in(A, [bad])
        with pytest.raises(IntegrityError, match=r"intake\.record-moved"):
            MemoryVault().take_in(A, [one, two, note, bad])
        wrong = Stub(note.envelope.id, "ab" * 32, "consent")
        with pytest.raises(IntegrityError, match=r"intake\.record-moved"):
            MemoryVault().take_in(A, [one, note], [wrong])

    def test_parent_of_another_record(self) -> None:
        one = _interview(A)
        note = made(A, "note", Note("n"), interview=one.envelope.id)
        other = made(A, "note", Note("o"), interview=one.envelope.id, id=new_id(), after=[note])
        for held in ([one, note, other], [one, other]):
            vault = MemoryVault()
            vault.write(one, note)
            with pytest.raises(IntegrityError, match=r"intake\.parent-foreign"):
                vault.take_in(A, held)

    def test_no_interview(self) -> None:
        note = made(A, "note", Note("n"), interview=new_id())
        with pytest.raises(InputError, match=r"intake\.interview-missing"):
            MemoryVault().take_in(A, [note])


class TestErased:
    def test_is_not_brought_back(self) -> None:
        vault = MemoryVault()
        first = _interview(A)
        note = made(A, "note", Note("n"), interview=first.envelope.id)
        vault.take_in(A, [first, note])
        vault.erase(note.envelope.id)
        plan = vault.take_in(
            A, [first, note, made(A, "note", Note("m"), interview=first.envelope.id, after=[note])]
        )
        assert _outcomes(plan) == ["already", "erased", "erased"]
        assert not plan.changes and [each.code for each in plan.problems] == ["intake.was-erased"]

    def test_nor_a_new_part_of_an_erased_interview(self) -> None:
        vault = MemoryVault()
        first = _interview(A)
        vault.take_in(A, [first])
        vault.erase(first.envelope.id)
        note = made(A, "note", Note("n"), interview=first.envelope.id)
        plan = vault.take_in(A, [note], [Stub(note.envelope.id, "ab" * 32, "note")])
        assert _outcomes(plan) == ["erased"] and not plan.changes


def test_missing_media_are_told() -> None:
    first = _interview(A)
    attachment = made(
        A, "attachment", Attachment(name="소리.ogg", sha256="ab" * 32), interview=first.envelope.id
    )
    gone = made(
        A, "attachment", Attachment(name="x", sha256="cd" * 32, removed=True), interview=first.envelope.id
    )
    told = [
        plan_merge(
            MemoryVault(), [first, attachment, gone], [], sender=A.fingerprint, devices=KNOWN, media=media
        ).problems
        for media in ([], ["ab" * 32])
    ]
    assert [[(each.code, each.values["name"]) for each in problems] for problems in told] == [
        [("intake.media-missing", "소리.ogg")],
        [],
    ]


def _history(draw: st.DrawFn) -> list[IncomingRevision]:
    first = _interview(A, title="0")
    found = [first]
    for n in range(draw(st.integers(0, 6))):
        keys = draw(st.sampled_from([A, A, B]))
        parents = draw(st.lists(st.sampled_from(found), min_size=1, max_size=2, unique_by=lambda r: r.sha256))
        found.append(_next(keys, *parents, title=str(n + 1)))
    return found


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[IncomingRevision], list[list[int]]]:
    """A history by two devices, and the batches in which its revisions arrive."""
    found = _history(draw)
    batches = draw(
        st.lists(st.lists(st.integers(0, len(found) - 1), min_size=1, unique=True), min_size=1, max_size=5)
    )
    return found, batches


@given(histories())
@settings(max_examples=150, deadline=None)
def test_whatever_arrives_in_whatever_order(drawn: tuple[list[IncomingRevision], list[list[int]]]) -> None:
    """Nothing is lost, B's never become current in A's interview, and a replay changes nothing."""
    found, batches = drawn
    vault = MemoryVault()
    vault.write(found[0])
    id = found[0].envelope.id
    for batch in batches:
        travelling = [found[n] for n in batch]
        stubs = [stub(each) for each in found if each not in travelling]
        for sender in (A, B):
            vault.take_in(sender, travelling, stubs)
        assert all(each.sha256 in vault.kept for each in travelling)
        assert len(vault.current(id)) == 1
        (current,) = vault.current(id)
        assert vault.kept[current].envelope.device == A.fingerprint
        assert not vault.take_in(A, travelling, stubs).changes
