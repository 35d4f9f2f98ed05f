"""The question of consent: each answer has its code, and nothing that is added ever widens what may be done."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cairn import resources
from cairn.app.consent import wording
from cairn.app.kernel import sentences
from cairn.model import consent
from cairn.model.consent import Answer, Grid, Part, Recipient, Row, To, Use, Way, choice_of, may, preset
from cairn.model.contacts import Trust

NOW = "2026-11-30T12:00:00Z"
ALICE = Recipient("SHA256:alice", Trust.VERIFIED, "field")
BAKER = Recipient("SHA256:baker", Trust.VERIFIED, "office")
SHARE = preset("share")
ALL = tuple(Part)


def row(
    answer: str = "yes", use: str = "store", part: str = "account", to: str = "verified", until: str = ""
) -> Row:
    return Row(answer, (use,), (part,), (to,), until)


def ask(
    *consents: Grid | None,
    to: tuple[Recipient, ...] = (ALICE,),
    way: Way = Way.SEAL,
    use: str = Use.STORE,
    part: str = Part.ACCOUNT,
    now: str = NOW,
) -> str:
    found = may(use, [part], to, way, now, consents)
    assert list(found) == [part]
    return found[part]


def trusted(
    trust: Trust, *, overridden: bool = False, role: str = "", classes: tuple[str, ...] = ()
) -> Recipient:
    return Recipient("SHA256:other", trust, role, overridden, frozenset(classes))


@pytest.mark.parametrize(
    ("consents", "to", "code"),
    [
        ((), (ALICE,), "gate.not-asked"),
        (((),), (ALICE,), "gate.nothing"),
        ((None,), (ALICE,), "gate.consent-newer"),
        ((preset("keep"),), (ALICE,), "gate.keep-only"),
        ((SHARE,), (), "gate.no-recipient"),
        ((SHARE,), (ALICE, trusted(Trust.UNVERIFIED)), "gate.recipient-unverified"),
        ((SHARE,), (trusted(Trust.EXPIRED, overridden=True),), "gate.recipient-expired"),
        ((SHARE,), (trusted(Trust.REVOKED, overridden=True),), "gate.recipient-revoked"),
        ((preset("share", [ALICE.fingerprint]),), (BAKER,), "gate.not-named"),
        ((preset("share", [ALICE.fingerprint]),), (ALICE, BAKER), "gate.not-named"),
        ((preset("share", []),), (ALICE,), "gate.keep-only"),
        ((SHARE, preset("keep")), (ALICE,), "gate.keep-only"),
        ((SHARE, preset("nothing")), (ALICE,), "gate.nothing"),
        ((SHARE, None), (ALICE,), "gate.consent-newer"),
        (((row("ask"),),), (ALICE,), "gate.ask-first"),
        (((row(until="2026-11-29"),),), (ALICE,), "gate.ended"),
        (((row("ask", until="2026-11-29"),),), (ALICE,), "gate.ended"),
        (((row(until="2026-11-29"), row("ask")),), (ALICE,), "gate.ask-first"),
        (((row(until="soon"),),), (ALICE,), "gate.ended"),
        (((row(until="20261201"),),), (ALICE,), "gate.ended"),
        (((row(until="2026-W49-1"),),), (ALICE,), "gate.ended"),
        (((row(use="courts"),),), (ALICE,), "gate.use-withheld"),
        (((row(part="notes"),),), (ALICE,), "gate.part-withheld"),
        (((row(to="office"),),), (ALICE,), "gate.not-named"),
        (((*SHARE, row("no")),), (ALICE,), "gate.refused"),
        (((*SHARE, row("no", until="2026-11-01")),), (ALICE,), "gate.refused"),
        (((*SHARE, row("perhaps")),), (ALICE,), "gate.refused"),
    ],
)  # fmt: skip
def test_each_refusal_has_its_reason(
    consents: tuple[Grid | None, ...], to: tuple[Recipient, ...], code: str
) -> None:
    assert ask(*consents, to=to) == code
    for language in ("en", "ko"):
        assert sentences.known(code, language)


@pytest.mark.parametrize(
    ("consents", "to"),
    [
        ((SHARE,), (ALICE, BAKER)),
        ((SHARE, SHARE), (ALICE,)),
        ((preset("share", [ALICE.fingerprint]),), (ALICE,)),
        ((preset("share", [ALICE.fingerprint, BAKER.fingerprint]), SHARE), (ALICE, BAKER)),
        ((SHARE,), (trusted(Trust.UNVERIFIED, overridden=True),)),
        (((row(until="2026-11-30"),),), (ALICE,)),
        (((row("ask"), row(to=ALICE.fingerprint)),), (ALICE,)),
        (((row(to="office"),),), (BAKER,)),
        (((row(to="partner"),),), (trusted(Trust.VERIFIED, classes=("partner",)),)),
        (((row(until="2026-11-01"), row()),), (ALICE,)),
    ],
)
def test_what_was_agreed_to_may_be_done(consents: tuple[Grid | None, ...], to: tuple[Recipient, ...]) -> None:
    assert ask(*consents, to=to) == ""


def test_an_end_is_the_last_day_on_which_it_holds() -> None:
    grid = (row(until="2026-11-30"),)
    assert ask(grid, now="2026-11-30T23:59:59Z") == ""
    assert ask(grid, now="2026-12-01T00:00:00Z") == "gate.ended"


@pytest.mark.parametrize(
    ("no", "recipient", "code"),
    [
        (row("no", to="SHA256:alice"), ALICE, "gate.refused"),
        (row("no", to="SHA256:alice"), BAKER, ""),
        (row("no", to="office"), BAKER, "gate.refused"),
        (row("no", to="office"), ALICE, ""),
        # A role that nobody has proven is enough for a no, and not for a yes.
        (row("no", to="office"), trusted(Trust.UNVERIFIED, overridden=True, role="office"), "gate.refused"),
        (row("no", to="journalist"), ALICE, ""),
        (row("no", to="journalist"), trusted(Trust.VERIFIED, classes=("journalist",)), "gate.refused"),
        (row("no", to="somebody-newer"), ALICE, "gate.refused"),
        (row("no", use="courts"), ALICE, ""),
        (row("no", use="something-newer"), ALICE, "gate.refused"),
        (row("no", part="notes"), ALICE, ""),
        (row("no", part="something-newer"), ALICE, "gate.refused"),
        (Row("no"), ALICE, "gate.refused"),
        (Row("no", ("courts",)), ALICE, ""),
        (Row("no", (), ("notes",)), ALICE, ""),
        (Row("no", (), (), ("SHA256:baker",)), ALICE, ""),
        (Row("no", ("courts", "store"), ("notes", "account"), ("office", "SHA256:alice")), ALICE, "gate.refused"),
    ],
)  # fmt: skip
def test_a_no_is_about_what_it_names_and_about_what_nobody_understands(
    no: Row, recipient: Recipient, code: str
) -> None:
    assert ask((*SHARE, no), to=(recipient,)) == code


def test_an_unknown_code_covers_nothing_in_a_yes() -> None:
    assert ask((row(use="newer"),), use="newer") == "gate.newer"
    assert ask((row(part="newer"),), part="newer") == "gate.newer"
    newer = trusted(Trust.VERIFIED, classes=("newer",))
    assert ask((row(to="newer"),), to=(newer,)) == "gate.not-named"


@pytest.mark.parametrize("claimed", ["this_vault", "office", "SHA256:baker"])
def test_nobody_is_put_in_a_class_that_has_to_be_shown(claimed: str) -> None:
    assert ask((row(to=claimed),), to=(trusted(Trust.VERIFIED, classes=(claimed,)),)) in (
        "gate.not-named", "gate.keep-only",
    )  # fmt: skip


def test_an_office_is_one_whose_words_were_compared() -> None:
    said = trusted(Trust.UNVERIFIED, overridden=True, role="office")
    assert ask((row(to="office"),), to=(said,)) == "gate.not-named"


def test_a_plain_copy_is_for_whoever_finds_it() -> None:
    named = preset("share", [ALICE.fingerprint])
    for to in ((), (ALICE,)):
        assert ask(SHARE, to=to, way=Way.COPY_OUT) == ""
        assert ask((row(to="public"),), to=to, way=Way.COPY_OUT) == ""
        assert ask(named, to=to, way=Way.COPY_OUT) == "gate.copy-named-only"
        assert ask(SHARE, named, to=to, way=Way.COPY_OUT) == "gate.copy-named-only"
        assert ask(preset("keep"), to=to, way=Way.COPY_OUT) == "gate.keep-only"
        assert ask(to=to, way=Way.COPY_OUT) == "gate.not-asked"
        # Each of those from whom something is kept could find it.
        for other in ("SHA256:somebody", "journalist", "this_vault"):
            assert ask((*SHARE, row("no", to=other)), to=to, way=Way.COPY_OUT) == "gate.refused"
        assert ask((*SHARE, row("no", part="notes", to="journalist")), to=to, way=Way.COPY_OUT) == ""


def test_here_is_a_recipient_of_its_own() -> None:
    for grid in (preset("keep"), SHARE):
        assert ask(grid, to=(), way=Way.HERE) == ""
        assert ask(grid, to=(), way=Way.HERE, use=Use.AUDIO, part=Part.SOUND) == ""
        assert ask(grid, to=(), way=Way.HERE, use=Use.VIDEO, part=Part.VIDEO) == "gate.use-withheld"
        assert ask((*grid, row("no", to="this_vault")), to=(), way=Way.HERE) == "gate.refused"
        assert ask((*grid, row("no", to="office")), to=(), way=Way.HERE) == ""
    assert ask((), to=(), way=Way.HERE) == "gate.nothing"
    assert ask((row(),), to=(), way=Way.HERE) == "gate.nothing"
    assert ask((row(to="this_vault"),), to=(trusted(Trust.REVOKED),), way=Way.HERE) == ""


def test_each_part_is_answered_for_itself() -> None:
    grid = (Row("yes", ("store",), ("account", "notes"), ("verified",)), row("ask", part="sound"))
    found = may(Use.STORE, ["notes", "sound", "identity"], [ALICE], Way.SEAL, NOW, [grid])
    assert found == {"notes": "", "sound": "gate.ask-first", "identity": "gate.part-withheld"}
    assert may(Use.STORE, [], [ALICE], Way.SEAL, NOW, [grid]) == {}


def test_of_several_reasons_the_one_is_told_that_nothing_else_would_change() -> None:
    revoked, expired, unknown = (trusted(each) for each in (Trust.REVOKED, Trust.EXPIRED, Trust.UNVERIFIED))
    order = list(consent._ORDER)
    made = [
        ("gate.not-asked", ask(to=())),
        ("gate.no-recipient", ask(None, to=())),
        ("gate.recipient-revoked", ask(None, to=(unknown, expired, revoked))),
        ("gate.recipient-expired", ask(None, to=(unknown, expired))),
        ("gate.recipient-unverified", ask(None, to=(unknown,))),
        ("gate.consent-newer", ask((), None)),
        ("gate.nothing", ask(preset("keep"), ())),
        ("gate.keep-only", ask(preset("keep"), (row(to="office"),), use="newer")),
        ("gate.newer", ask((row(to="office"),), use="newer")),
        ("gate.not-named", ask((row(to="office"),), (*SHARE, row("no")))),
        ("gate.refused", ask((*SHARE, row("no")), (row(until="2026-01-01"),))),
        ("gate.ended", ask((row(until="2026-01-01"),), (row("ask"),))),
        ("gate.ask-first", ask((row("ask"),), (row(use="courts"),))),
        ("gate.use-withheld", ask((row(use="courts"),), (row(part="notes"),))),
        ("gate.part-withheld", ask((row(part="notes"),))),
    ]
    assert [wanted for wanted, _ in made] == [found for _, found in made]
    assert [found for _, found in made] == [code for code in order if code != "gate.copy-named-only"]
    assert len(order) == len(set(order)) == 16
    copied = ask(preset("share", ["SHA256:a"]), (*SHARE, row("no")), way=Way.COPY_OUT)
    assert copied == "gate.copy-named-only"


def test_what_has_ended_once_is_remembered_by_its_day() -> None:
    grid = (
        row(until="2026-11-01"),
        row(until="2026-10-01"),
        row(until="2027-01-01"),
        row(until="never"),
        row(),
    )
    assert consent.ended([None, grid, ()], NOW) == "2026-11-01"
    assert consent.ended([(row("ask", until="2026-11-29"),)], NOW) == "2026-11-29"
    assert consent.ended([(row("no", until="2026-11-29"), row("maybe", until="2026-11-29"))], NOW) == ""
    assert consent.ended([], NOW) == ""
    assert consent.ended([(row(until="2026-11-30"),)], NOW) == ""
    assert consent.mark("2026-12-31") == "2027-01-01T00:00:00Z"
    assert consent.mark("") == ""
    with pytest.raises(ValueError, match="never"):
        consent.mark("never")
    assert consent.latest("2026-01-01T00:00:00Z", "", NOW) == NOW
    # A clock that jumped by years and is put right closes what ended by then, and nothing agreed to later.
    jumped = consent.mark(consent.ended([(row(until="2027-03-31"),)], "2099-01-01T00:00:00Z"))
    back = consent.latest(NOW, jumped)
    assert ask((row(until="2027-03-31"),), now=back) == "gate.ended"
    assert ask((row(until="2028-03-31"),), now=back) == ""


@pytest.mark.parametrize(
    ("choice", "recipients"),
    [("nothing", ()), ("keep", ()), ("share", ("verified",)), ("share", ("SHA256:a", "SHA256:b"))],
)
def test_presets_are_grids_and_are_known_again(choice: str, recipients: tuple[str, ...]) -> None:
    grid = preset(choice, recipients)
    assert choice_of(grid) == (choice, recipients)
    again = msgspec.json.decode(msgspec.json.encode(grid), type=list[Row])
    assert choice_of(again) == (choice, recipients)
    if recipients == ("verified",):
        assert preset(choice) == grid
    for more in (row(), row("no"), row("ask", to="office")):
        assert choice_of((*grid, more)) == ("custom", ())


def test_what_is_no_preset_is_custom() -> None:
    assert choice_of(preset("share", ["office"])) == ("custom", ())
    assert choice_of(preset("share", ["verified", "SHA256:a"])) == ("custom", ())
    assert choice_of(preset("share")[1:]) == ("custom", ())
    assert choice_of((row(),)) == ("custom", ())
    narrower = (preset("share")[0], msgspec.structs.replace(preset("share")[1], until="2027-01-01"))
    assert choice_of(narrower) == ("custom", ())
    with pytest.raises(ValueError, match="share-more"):
        preset("share-more")


def test_a_preset_says_what_its_words_say() -> None:
    assert preset("keep") == (Row("yes", ("store", "audio"), ALL, ("this_vault",)),)
    assert preset("share")[1] == Row("yes", ("store", "documentation"), ALL, ("verified",))
    assert len(ALL) == 12
    assert {use for use in Use if ask(SHARE, use=use) == ""} == {"store", "documentation"}
    assert all(ask(SHARE, part=part) == "" for part in Part)


# Nothing widens

_codes = st.sampled_from
uses = st.lists(_codes(["store", "courts", "newer"]), max_size=2).map(tuple)
parts_of_row = st.lists(_codes(["account", "notes", "newer"]), max_size=2).map(tuple)
recipients_of_row = st.lists(
    _codes(["verified", "office", "partner", "this_vault", "public", "SHA256:a", "SHA256:b", "newer"]),
    max_size=2,
).map(tuple)


def _end(until: str) -> bool:
    return len(until) == 10


days = _codes(["", "2026-11-29", "2026-11-30", "2027-01-01", "2027-1-1", "newer"])
rows = st.builds(
    Row, _codes([*Answer, "newer"]), uses, parts_of_row, recipients_of_row, days
)  # fmt: skip
open_rows = st.builds(Row, st.just("yes"), uses, parts_of_row, recipients_of_row, days)
grids = st.one_of(
    st.none(),
    st.lists(rows, max_size=3).map(tuple),
    st.lists(open_rows, min_size=1, max_size=4).map(tuple),
    _codes([preset("share"), preset("keep"), preset("share", ["SHA256:a", "SHA256:b"])]),
)
people = st.builds(
    Recipient,
    _codes(["SHA256:a", "SHA256:b", "SHA256:c"]),
    st.one_of(st.just(Trust.VERIFIED), _codes(list(Trust))),
    _codes(["", "field", "office"]),
    st.booleans(),
    st.frozensets(_codes(["partner", "office", "newer", "this_vault", "SHA256:a"]), max_size=2),
)
asked = st.tuples(
    _codes(["store", "courts", "newer"]), _codes(list(Way)), _codes([NOW, "2027-06-01T00:00:00Z"])
)
some_parts = st.lists(_codes(["account", "notes", "sound", "newer"]), min_size=1, unique=True)
quickly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=300)


def allowed(found: dict[str, str]) -> set[str]:
    return {part for part, code in found.items() if not code}


@quickly
@given(
    asked,
    some_parts,
    st.lists(grids, min_size=1, max_size=3),
    st.lists(people, min_size=1, max_size=3),
    grids,
    people,
)
def test_one_more_consent_recipient_or_part_never_widens(how, parts, consents, to, more, other) -> None:
    use, way, now = how
    before = may(use, parts, to, way, now, consents)
    assert allowed(may(use, parts, to, way, now, [*consents, more])) <= allowed(before)
    assert allowed(may(use, parts, [*to, other], way, now, consents)) <= allowed(before)
    wider = may(use, [*parts, "acts"], to, way, now, consents)
    assert {part: wider[part] for part in parts} == before


@quickly
@given(
    asked,
    some_parts,
    st.lists(grids, min_size=1, max_size=2),
    st.lists(people, min_size=1, max_size=2),
    st.data(),
)
def test_an_earlier_end_a_later_clock_and_a_row_of_another_answer_never_widen(
    how, parts, consents, to, data
) -> None:
    use, way, now = how
    before = may(use, parts, to, way, now, consents)
    assert allowed(may(use, parts, to, way, "2030-01-01T00:00:00Z", consents)) <= allowed(before)
    numbers = [number for number, grid in enumerate(consents) if grid]
    if not numbers:
        return
    number = data.draw(_codes(numbers))
    grid = list(consents[number])
    at = data.draw(st.integers(0, len(grid) - 1))

    def instead(changed: list[Row]) -> set[str]:
        return allowed(
            may(use, parts, to, way, now, [*consents[:number], tuple(changed), *consents[number + 1 :]])
        )

    one = grid[at]
    sooner = ["newer"]
    if not one.until or _end(one.until):
        # What is no day ends the row at once: nothing is earlier than that.
        sooner += [each for each in ("2026-11-29", "2026-11-30") if not one.until or each <= one.until]
    for until in sooner:
        assert instead([*grid[:at], msgspec.structs.replace(one, until=until), *grid[at + 1 :]]) <= allowed(
            before
        )
    for answer in ("no", "ask", "newer"):
        assert instead([*grid, msgspec.structs.replace(one, answer=answer)]) <= allowed(before)
    if one.answer == "yes":
        assert instead([*grid[:at], *grid[at + 1 :]]) <= allowed(before)
        for field in ("uses", "parts", "recipients"):
            fewer = msgspec.structs.replace(one, **{field: getattr(one, field)[1:]})
            unknown = msgspec.structs.replace(one, **{field: ("never-heard-of",)})
            for changed in (fewer, unknown):
                assert instead([*grid[:at], changed, *grid[at + 1 :]]) <= allowed(before)


@quickly
@given(
    asked,
    some_parts,
    st.lists(grids, min_size=1, max_size=3),
    st.lists(people, min_size=1, max_size=3),
    st.randoms(),
)
def test_the_order_of_rows_consents_and_recipients_does_not_count(how, parts, consents, to, random) -> None:
    use, way, now = how
    before = may(use, parts, to, way, now, consents)
    mixed = [None if grid is None else tuple(random.sample(grid, len(grid))) for grid in consents]
    random.shuffle(mixed)
    assert may(use, parts, random.sample(to, len(to)), way, now, mixed) == before


@quickly
@given(asked, some_parts, st.lists(grids, max_size=3), st.lists(people, max_size=3))
def test_whatever_may_leave_was_said_yes_to_by_each_consent_for_each_recipient(
    how, parts, consents, to
) -> None:
    use, way, now = how
    for part in allowed(may(use, parts, to, way, now, consents)):
        assert consents
        assert to or way is not Way.SEAL
        for grid in consents:
            assert grid is not None
            yes = [each for each in grid if each.answer == "yes" and use in each.uses and part in each.parts]
            assert yes
            if way is Way.SEAL:
                for each in to:
                    assert each.trust is Trust.VERIFIED or (
                        each.trust is Trust.UNVERIFIED and each.overridden
                    )
                    assert any(
                        each.fingerprint in one.recipients
                        or not {To.VERIFIED, To.OFFICE, *each.classes}.isdisjoint(one.recipients)
                        for one in yes
                    )


@pytest.mark.parametrize("language", ["en", "ko"])
def test_each_code_of_the_grid_has_a_word(language: str) -> None:
    table = resources.table("consent", language)
    codes = [("answer", Answer), ("use", Use), ("part", Part), ("to", To)]
    wanted = {f"{prefix}-{code}".replace("_", "-") for prefix, each in codes for code in each}
    # How the consent of an interview is said in a line of its own.
    said = {f"said-{choice}" for choice in ("not-asked", "nothing", "keep", "share", "share-named")}
    assert set(table) == wanted | said | {"until-day"}
    assert all(table.values())


def test_a_grid_reads_as_lines() -> None:
    grid = (
        Row("yes", ("store", "courts"), ("account",), ("office", "SHA256:a"), "2027-03-31"),
        Row("no", (), ("notes", "newer"), ("journalist",), "2027-03-31"),
    )
    assert wording.lines(grid, {"SHA256:a": "Archive"}) == [
        (
            "Yes: Keep, Use by courts and prosecutors · What you told, as written · Any verified office, Archive"
            " · until 2027-03-31"
        ),
        "No: – · Notes of the interviewer, part-newer · Journalists",
    ]
    assert wording.lines(grid[1:], {}, "ko") == ["아니요: – · 면담자의 메모, part-newer · 기자"]
    assert wording.lines((), {}) == []
    assert wording.word("use-courts", "xx") == "Use by courts and prosecutors"


def test_a_reason_that_has_no_place_among_the_others_is_one_all_the_same() -> None:
    assert consent.first(["", "gate.held-back"]) == "gate.held-back"
    assert consent.first({"gate.held-back", "gate.ended", ""}) == "gate.ended"
    assert consent.first([]) == consent.first([""]) == ""
