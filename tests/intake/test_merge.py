"""Merging: what may become current, what waits for a person, what is refused."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import begun
from cairn.crypto.device import DeviceKeys
from cairn.errors import InputError, IntegrityError
from cairn.intake.merge import MergePlan, check_alone, plan_merge
from cairn.model import limits
from cairn.model.agreement import agreed_to
from cairn.model.exchange import IncomingRevision, Stub
from cairn.model.kinds import registry
from cairn.model.kinds.attachment import Attachment
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.kind import Kind, Scope
from cairn.model.kinds.note import Note
from intake.vaults import KNOWN, OFFICE, A, B, MemoryVault, made, stub


def _outcomes(plan: object) -> list[str]:
    return [action.outcome for action in plan.actions]  # type: ignore[attr-defined]


def _interview(keys: DeviceKeys, title: str = "W-1", *, final: bool = False) -> IncomingRevision:
    return made(keys, Interview(title=title), final=final)


def _next(
    keys: DeviceKeys, *after: IncomingRevision, title: str = "W-1b", final: bool = False, v: int = 0
) -> IncomingRevision:
    return made(keys, Interview(title=title), after=after, final=final, v=v)


class TestOwnDevice:
    def test_new_then_the_same_again(self) -> None:
        vault = MemoryVault()
        first = _interview(A)
        note = made(A, Note("n"), root=first.envelope.id)
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
            plan = vault.take_in(A, order)
            assert _outcomes(plan) == ["add", "forward", "forward"] and plan.stubs == ()
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
        assert plan.actions[0].ancestors == (second.sha256, first.sha256)
        assert vault.current(first.envelope.id) == {third.sha256}
        again = vault.take_in(A, [third], [stub(first), stub(second)])
        assert _outcomes(again) == ["already"] and again.actions[0].ancestors == ()
        # The one in between arrives late: it fills the history.
        late = vault.take_in(A, [second])
        assert _outcomes(late) == ["history"]
        assert vault.current(first.envelope.id) == {third.sha256} and not vault.proposed(first.envelope.id)

    def test_what_neither_travelled_nor_is_here_is_remembered_as_far_back_as_it_is_told(self) -> None:
        first = _interview(A)
        second = _next(A, first)
        third = _next(A, second)
        plan = MemoryVault().take_in(A, [third], [stub(second), stub(first)])
        assert plan.stubs == (stub(second), stub(first))
        # A stub of a record of which nothing else came is nobody's.
        other = _interview(A)
        assert MemoryVault().take_in(A, [first], [stub(other)]).stubs == ()

    def test_some_parents_are_here_and_others_are_not(self) -> None:
        first = _interview(A)
        gone, there = _next(A, first, title="gone"), _next(A, first, title="there")
        for parents in ([gone, there], [there, gone]):
            vault = MemoryVault()
            vault.take_in(A, [first, there])
            plan = vault.take_in(A, [_next(A, *parents)])
            assert [each.sha256 for each in plan.stubs] == [gone.sha256]

    def test_what_is_told_of_in_a_circle_is_remembered_once(self) -> None:
        first = _interview(A)
        one, two = _next(A, first, title="one"), _next(A, first, title="two")
        told = [stub(one, [two.sha256]), stub(two, [one.sha256])]
        plan = MemoryVault().take_in(A, [_next(A, one, two)], told)
        assert {each.sha256 for each in plan.stubs} == {one.sha256, two.sha256} and len(plan.stubs) == 2

    def test_a_plan_that_only_remembers_ancestors_changes_something(self) -> None:
        vault = MemoryVault()
        first = _interview(A)
        second = _next(A, first)
        vault.write(second)
        plan = vault.take_in(A, [second], [stub(first)])
        assert _outcomes(plan) == ["already"] and plan.changes and plan.stubs == (stub(first),)

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

    @pytest.mark.parametrize("v", [1, 99])
    def test_what_is_final_stays_final(self, v: int) -> None:
        """Whatever version of its kind says otherwise: what is final stands in the envelope."""
        vault = MemoryVault()
        first = _interview(A, final=True)
        vault.take_in(A, [first])
        open_again = _next(A, first, v=v)
        plan = vault.take_in(A, [open_again])
        assert _outcomes(plan) == ["conflict"] and plan.actions[0].why == "unfinalised"
        assert [each.code for each in plan.problems] == ["intake.unfinalised"]
        assert vault.current(first.envelope.id) == {first.sha256}
        assert vault.proposed(first.envelope.id) == {open_again.sha256}
        both = MemoryVault()
        assert _outcomes(both.take_in(A, [first, open_again])) == ["add", "conflict"]
        amended = _next(A, first, final=True, title="amended", v=v)
        assert _outcomes(vault.take_in(A, [amended])) == ["forward"]

    def test_finalising(self) -> None:
        vault = MemoryVault()
        first = _interview(A)
        vault.take_in(A, [first])
        assert _outcomes(vault.take_in(A, [_next(A, first, final=True)])) == ["forward"]


class TestOtherDevice:
    def _held(self) -> tuple[MemoryVault, IncomingRevision, IncomingRevision]:
        vault = MemoryVault()
        first = _interview(A)
        consent = made(A, agreed_to(choice="keep"), root=first.envelope.id)
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
        wider = made(B, agreed_to(choice="share"), after=[consent])
        vault.take_in(B, [wider])
        assert vault.current(consent.envelope.id) == {consent.sha256}
        assert vault.proposed(consent.envelope.id) == {wider.sha256}

    def test_a_second_consent_record(self) -> None:
        """Nor by a record of its own, that follows nothing."""
        vault, first, _ = self._held()
        wider = made(B, agreed_to(choice="share"), root=first.envelope.id)
        plan = vault.take_in(B, [wider])
        assert _outcomes(plan) == ["conflict"]
        assert not vault.current(wider.envelope.id) and vault.proposed(wider.envelope.id)

    @pytest.mark.parametrize("kind", ["note", "attachment"])
    def test_adding_to_it(self, kind: str) -> None:
        vault, first, _ = self._held()
        body = Note("x") if kind == "note" else Attachment(name="x", removed=True)
        plan = vault.take_in(B, [made(B, body, root=first.envelope.id)])
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

    def test_a_note_that_only_waits_is_adopted_by_the_owner(self) -> None:
        """Nothing of it ever held here, so nobody's word is displaced."""
        vault, first, _ = self._held()
        theirs = made(B, Note("theirs"), root=first.envelope.id)
        vault.take_in(B, [theirs])
        plan = vault.take_in(A, [made(A, Note("adopted"), after=[theirs])])
        assert _outcomes(plan) == ["add"] and plan.actions[0].replaces == (theirs.sha256,)
        assert not vault.proposed(theirs.envelope.id)

    def test_the_owner_cannot_rewrite_a_note_of_the_office(self) -> None:
        vault, first, _ = self._held()
        note = made(OFFICE, Note("ours"), root=first.envelope.id)
        vault.write(note)
        theirs = made(A, Note("theirs"), after=[note])
        assert _outcomes(vault.take_in(A, [theirs])) == ["conflict"]
        assert vault.current(note.envelope.id) == {note.sha256}

    def test_taking_an_interview_over_by_its_id(self) -> None:
        """A root of one's own under the id of another's interview changes nothing."""
        vault, first, _ = self._held()
        usurped = made(B, Interview(title="mine"), root=first.envelope.id)
        assert _outcomes(vault.take_in(B, [usurped])) == ["conflict"]
        note = made(B, Note("n"), root=first.envelope.id)
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
        narrow = made(A, agreed_to(choice="keep"), root=first.envelope.id)
        wide = made(A, agreed_to(choice="share"), after=[narrow])
        between = made(A, agreed_to(choice="share", given="x"), after=[narrow])
        older = made(A, agreed_to(choice="share"), after=[between])
        vault.take_in(A, [first, narrow])
        newest = made(A, agreed_to(choice="nothing"), after=[narrow])
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


class TestSquatter:
    """B repeats the origin and the nonce that A's id is derived from, before A's own has arrived."""

    def test_an_interview(self) -> None:
        vault = MemoryVault()
        true = _interview(A, title="true")
        false = made(B, Interview(title="false"), id=true.envelope.id)
        assert false.envelope.id == true.envelope.id and false.envelope.device == B.fingerprint
        plan = vault.take_in(B, [false])
        assert _outcomes(plan) == ["conflict"] and plan.actions[0].why == "foreign"
        assert not vault.current(true.envelope.id)
        assert _outcomes(vault.take_in(A, [true])) == ["add"]
        assert vault.current(true.envelope.id) == {true.sha256}
        assert vault.proposed(true.envelope.id) == {false.sha256}
        # And goes on as if nobody had been there.
        later = _next(A, true)
        assert _outcomes(vault.take_in(A, [later, made(A, Note("n"), root=true.envelope.id)])) == [
            "forward",
            "add",
        ]

    def test_it_is_named_once_both_are_known(self) -> None:
        """Whichever comes first; alone the false one can't be told from the beginning of a true one."""

        def told(plan: MergePlan) -> list[tuple[str, object]]:
            return [(each.code, each.values) for each in plan.problems]

        true = _interview(A)
        id = true.envelope.id
        false = made(B, Interview(title="false"), id=id)
        squatted = [("intake.squatted", {"record": id, "device": B.fingerprint, "owner": A.fingerprint})]
        first = MemoryVault()
        assert told(first.take_in(B, [false])) == []
        assert told(first.take_in(A, [true])) == squatted
        last = MemoryVault()
        assert told(last.take_in(A, [true])) == []
        assert told(last.take_in(B, [false])) == squatted
        # Who proposes to change it follows a version of it, and an accepted successor may begin it anew.
        honest = MemoryVault()
        honest.take_in(A, [true])
        assert told(honest.take_in(B, [_next(B, true)])) == []
        # Of a version that is not here nobody knows who made it: it may well be the true beginning.
        partly, second = MemoryVault(), _next(A, true)
        assert told(partly.take_in(A, [second], [stub(true)])) == []
        assert told(partly.take_in(A, [_next(A, second)])) == []
        heirs = {A.fingerprint: (B.fingerprint,)}
        assert told(honest.take_in(B, [false], heirs=heirs)) == []
        assert told(honest.take_in(A, [_next(A, true)], heirs=heirs)) == []
        # Of what belongs to it nothing is said: anybody may propose a note.
        parts = MemoryVault()
        note = made(A, Note("n"), root=id)
        parts.take_in(A, [true, note])
        assert told(parts.take_in(B, [made(B, Note("false"), id=note.envelope.id)])) == []

    def test_both_in_one_bundle(self) -> None:
        true = _interview(A)
        false = made(B, Interview(title="false"), id=true.envelope.id)
        for order in ([true, false], [false, true]):
            vault = MemoryVault()
            vault.take_in(B, order)
            assert vault.current(true.envelope.id) == {true.sha256}
            assert vault.proposed(true.envelope.id) == {false.sha256}

    def test_what_belongs_to_it(self) -> None:
        """Under an interview that is here, the consent to it."""
        vault = MemoryVault()
        first = _interview(A)
        vault.take_in(A, [first])
        true = made(A, agreed_to(choice="keep"), root=first.envelope.id)
        false = made(B, agreed_to(choice="share"), id=true.envelope.id)
        assert _outcomes(vault.take_in(B, [false])) == ["conflict"]
        assert _outcomes(vault.take_in(A, [true])) == ["add"]
        assert vault.current(true.envelope.id) == {true.sha256}
        assert vault.proposed(true.envelope.id) == {false.sha256}

    def test_a_name_that_is_announced(self) -> None:
        """Nor does it help to name the true one as what the false one follows."""
        vault = MemoryVault()
        true = _interview(A)
        false = made(B, Interview(title="false"), id=true.envelope.id, after=[true])
        vault.take_in(B, [false], [stub(true)])
        assert _outcomes(vault.take_in(A, [true])) == ["add"]
        assert vault.current(true.envelope.id) == {true.sha256}

    def test_settled_here_for_the_squatter(self) -> None:
        """What a person made of it here is not moved on by whoever it is of: the next one is a person's too."""
        vault = MemoryVault()
        true = _interview(A)
        false = made(B, Interview(title="false"), id=true.envelope.id)
        vault.take_in(B, [false])
        vault.write(settled := made(OFFICE, Interview(title="false"), after=[false]))
        plan = vault.take_in(A, [true])
        assert _outcomes(plan) == ["conflict"] and plan.actions[0].why == "foreign"
        assert vault.current(true.envelope.id) == {settled.sha256}


class TestSuccessor:
    """B is what A was restored to, and was accepted as that."""

    HEIRS = {A.fingerprint: (B.fingerprint,)}  # noqa: RUF012

    def test_goes_on(self) -> None:
        vault = MemoryVault()
        first = _interview(A)
        note = made(A, Note("n"), root=first.envelope.id)
        vault.take_in(A, [first, note])
        second, added = _next(B, first), made(B, Note("m"), root=first.envelope.id)
        amended = made(B, Note("o"), after=[note])
        plan = vault.take_in(B, [second, added, amended], heirs=self.HEIRS)
        assert _outcomes(plan) == ["forward", "add", "forward"]
        third = _next(B, _next(B, second))
        told = [Stub(first.envelope.id, third.envelope.parents[0], "interview", [second.sha256])]
        assert _outcomes(vault.take_in(B, [third], told, heirs=self.HEIRS)) == ["forward"]
        assert vault.current(first.envelope.id) == {third.sha256}

    def test_takes_a_proposal_up(self) -> None:
        vault = MemoryVault()
        first = _interview(A)
        vault.take_in(A, [first])
        vault.take_in(OFFICE, [theirs := _next(OFFICE, first)])
        adopted = _next(B, theirs)
        assert _outcomes(vault.take_in(B, [adopted], heirs=self.HEIRS)) == ["forward"]
        assert vault.current(first.envelope.id) == {adopted.sha256} and not vault.proposed(first.envelope.id)

    def test_of_nobody_else(self) -> None:
        vault = MemoryVault()
        mine, theirs = _interview(A), _interview(OFFICE)
        vault.take_in(A, [mine, theirs])
        plan = vault.take_in(B, [_next(B, theirs)], heirs=self.HEIRS)
        assert _outcomes(plan) == ["conflict"]
        assert _outcomes(vault.take_in(B, [_next(B, mine)])) == ["conflict"]


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

    def test_an_ancestor_of_another_kind(self) -> None:
        """An id binds its kind, and what doesn't travel has no id that could be derived anew."""
        one = _interview(A)
        note = made(A, Note("n"), root=one.envelope.id)
        wrong = Stub(note.envelope.id, "ab" * 32, "consent")
        with pytest.raises(IntegrityError, match=r"intake\.record-moved"):
            MemoryVault().take_in(A, [one, note], [wrong])

    def test_parent_of_another_record(self) -> None:
        one = _interview(A)
        note = made(A, Note("n"), root=one.envelope.id)
        other = made(A, Note("o"), id=begun.part(A, one.envelope.id, "note"), after=[note])
        for held in ([one, note, other], [one, other]):
            vault = MemoryVault()
            vault.write(one, note)
            with pytest.raises(IntegrityError, match=r"intake\.parent-foreign"):
                vault.take_in(A, held)
        # Nor what is neither here nor in the bundle, and told of as another record's.
        with pytest.raises(IntegrityError, match=r"intake\.parent-foreign"):
            MemoryVault().take_in(A, [one, other], [stub(note)])

    def test_no_root(self) -> None:
        note = made(A, Note("n"), root=begun.root(A))
        with pytest.raises(InputError, match=r"intake\.root-missing"):
            MemoryVault().take_in(A, [note])

    def test_below_what_is_no_root(self) -> None:
        """A record below a note would be in no list, and still be found."""
        vault = MemoryVault()
        first = _interview(A)
        note = made(A, Note("n"), root=first.envelope.id)
        below = made(A, Note("hidden"), root=note.envelope.id)
        with pytest.raises(InputError, match=r"intake\.root-missing"):
            vault.take_in(A, [first, note, below])
        vault.take_in(A, [first, note])
        with pytest.raises(IntegrityError, match=r"intake\.record-moved"):
            vault.take_in(A, [below])

    def test_more_than_any_real_record_has(self) -> None:
        """Versions that travel whole, and ancestors that are named."""
        first = _interview(A)
        id = first.envelope.id
        many = [_next(A, first, title=str(n)) for n in range(limits.VERSIONS.most)]
        MemoryVault().take_in(A, many)
        told = [Stub(id, f"{n:064x}", "interview") for n in range(limits.STUBS.most + 1)]
        for incoming, stubs in (([first, *many], []), ([first], told)):
            with pytest.raises(InputError, match=r"intake\.too-much"):
                MemoryVault().take_in(A, incoming, stubs)


class TestAlone:
    """What is known to be wrong of a bundle without the vault that it goes to."""

    def test_what_may_be_right_elsewhere_passes(self) -> None:
        first = _interview(A)
        note = made(A, Note("n"), root=first.envelope.id)
        theirs = msgspec.structs.replace(made(B, Note("b"), root=first.envelope.id), signature=b"")
        told = [stub(_next(A, first))]
        # Also a part whose interview is not in it, and a device that is not known here.
        for incoming in ([first, note, theirs], [note], [_next(A, first)], []):
            check_alone(incoming, told, {A.fingerprint: A.public})

    def test_what_is_wrong_everywhere_does_not(self) -> None:
        first = _interview(A)
        note = made(A, Note("n"), root=first.envelope.id)
        other = made(A, Note("o"), id=begun.part(A, first.envelope.id, "note"), after=[note])
        forged = msgspec.structs.replace(first, signature=note.signature)
        many = [_next(A, first, title=str(n)) for n in range(limits.VERSIONS.most + 1)]
        for incoming, stubs, code in (
            ([forged], [], "intake.signature-wrong"),
            ([first, note, other], [], "intake.parent-foreign"),
            ([other], [stub(note)], "intake.parent-foreign"),
            ([note], [Stub(note.envelope.id, "ab" * 32, "consent")], "intake.record-moved"),
            (many, [], "intake.too-much"),
        ):
            with pytest.raises((InputError, IntegrityError)) as caught:
                check_alone(incoming, stubs, {A.fingerprint: A.public})
            assert caught.value.code == code


class TestErased:
    def test_is_not_brought_back(self) -> None:
        vault = MemoryVault()
        first = _interview(A)
        note = made(A, Note("n"), root=first.envelope.id)
        vault.take_in(A, [first, note])
        vault.erase(note.envelope.id)
        plan = vault.take_in(A, [first, note, made(A, Note("m"), after=[note])])
        assert _outcomes(plan) == ["already", "erased", "erased"]
        assert not plan.changes and [each.code for each in plan.problems] == ["intake.was-erased"]

    def test_nor_is_what_it_followed_remembered(self) -> None:
        vault = MemoryVault()
        first = _interview(A)
        note, kept = (made(A, Note(text), root=first.envelope.id) for text in "nk")
        vault.take_in(A, [first, note])
        vault.erase(note.envelope.id)
        # What comes after it in the bundle is looked at all the same.
        late = [made(A, Note("m"), after=[note]), made(A, Note("l"), after=[kept])]
        plan = vault.take_in(A, late)
        assert _outcomes(plan) == ["erased", "add"] and plan.actions[0].ancestors == ()
        assert [each.sha256 for each in plan.stubs] == [kept.sha256]

    def test_nor_a_new_part_of_an_erased_interview(self) -> None:
        vault = MemoryVault()
        first = _interview(A)
        vault.take_in(A, [first])
        vault.erase(first.envelope.id)
        note = made(A, Note("n"), root=first.envelope.id)
        plan = vault.take_in(A, [note], [Stub(note.envelope.id, "ab" * 32, "note")])
        assert _outcomes(plan) == ["erased"] and not plan.changes


class Judgement(msgspec.Struct):
    """The body of an office record."""

    text: str = ""


JUDGEMENT = Kind(
    name="judgement",
    type=Judgement,
    version=1,
    scope=Scope.OFFICE,
    is_root=True,
    part="none",
    fields=lambda body: {"text": body.text},
)


class TestAbout:
    """Office records: roots of their own that name the interviews they are about."""

    def _held(self) -> tuple[MemoryVault, IncomingRevision, IncomingRevision]:
        vault = MemoryVault()
        one, two = _interview(A), _interview(A)
        vault.take_in(A, [one, two])
        return vault, one, two

    def test_taken_in_and_moved_on_by_its_own_device(self) -> None:
        vault, one, two = self._held()
        with registry.with_kind(JUDGEMENT):
            first = made(OFFICE, Judgement("x"), about=[one.envelope.id, two.envelope.id])
            assert _outcomes(vault.take_in(OFFICE, [first])) == ["add"]
            about = first.envelope.about
            assert _outcomes(vault.take_in(A, [made(A, Judgement("y"), after=[first], about=about)])) == [
                "conflict"
            ]
            later = made(OFFICE, Judgement("z"), after=[first], about=about)
            assert _outcomes(vault.take_in(OFFICE, [later])) == ["forward"]

    def test_about_what_was_erased(self) -> None:
        """It would tell of it: neither the record is kept nor what it follows."""
        vault, one, two = self._held()
        vault.erase(two.envelope.id)
        with registry.with_kind(JUDGEMENT):
            before = made(OFFICE, Judgement("w"), about=[one.envelope.id, two.envelope.id])
            first = made(OFFICE, Judgement("x"), after=[before], about=before.envelope.about)
            plan = vault.take_in(OFFICE, [first], [stub(before)])
        assert _outcomes(plan) == ["erased"] and not plan.changes and not plan.stubs
        assert [each.code for each in plan.problems] == ["intake.was-erased"]


def test_missing_media_are_told() -> None:
    first = _interview(A)
    attachment = made(A, Attachment(name="소리.ogg", sha256="ab" * 32), root=first.envelope.id)
    gone = made(A, Attachment(name="x", sha256="cd" * 32, removed=True), root=first.envelope.id)
    # A body that only a newer program reads comes before it.
    newer = made(A, Note("n"), root=first.envelope.id, v=99)
    told = [
        plan_merge(
            MemoryVault(),
            [first, newer, gone, attachment],
            [],
            sender=A.fingerprint,
            devices=KNOWN,
            media=media,
        ).problems
        for media in ([], ["ab" * 32])
    ]
    assert [[(each.code, each.values["name"]) for each in problems] for problems in told] == [
        [("intake.media-missing", "소리.ogg")],
        [],
    ]
    # What is here already has been told of before.
    vault = MemoryVault()
    vault.take_in(A, [first, attachment])
    assert not vault.take_in(A, [first, attachment]).problems


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
