"""What a form does while it is answered: relevance, calculations, repeats, choices, defaults, actions, messages."""

from __future__ import annotations

import pytest

from cairn.errors import InputError
from cairn.forms.session import Session
from cairn.forms.tree import Node
from forms.making import begun, values, xform

HEAD = "type | name | label | relevant | calculation | constraint | required"


def of_xform(instance: str, binds: str = "", body: str = "", model: str = "") -> Session:
    session = Session(xform(instance, binds, body, model))
    session.begin()
    return session


def test_what_is_not_relevant_is_empty_and_comes_back() -> None:
    session = begun(f"""{HEAD}
        integer | age | Age | | | |
        begin group | adult | Adult | ${{age}} > 17 | | |
        text | work | Work | | | |
        end group | | | | | |
        calculate | said | | | concat('<', ${{work}}, '>') | |""")
    assert not session.node("/data/adult/work").relevant
    session.answer("/data/age", "30")
    session.answer("/data/adult/work", "mason")
    assert session.node("/data/said").value == "<mason>"
    session.answer("/data/age", "9")
    assert session.node("/data/said").value == "<>"
    session.answer("/data/age", "30")
    assert session.node("/data/said").value == "<mason>"


def test_calculations_follow_each_other_whatever_their_order() -> None:
    session = begun(f"""{HEAD}
        calculate | c | | | ${{b}} * 2 | |
        calculate | b | | | ${{a}} + 1 | |
        integer | a | A | | | |""")
    session.answer("/data/a", "4")
    assert values(session)["/data/b"] == "5"
    assert values(session)["/data/c"] == "10"


def test_a_circle_ends_and_is_told() -> None:
    session = of_xform(
        "<a/><b/><c/>",
        '<bind nodeset="/data/a" calculate="coalesce(/data/b, 0) + /data/c"/><bind nodeset="/data/b" calculate="/data/a + 1"/>',
    )
    session.answer("/data/c", "1")
    assert ("/data/a", "calculate") in session.worker.troubles or (
        "/data/b",
        "calculate",
    ) in session.worker.troubles
    assert "form.cycle" in session.worker.troubles.values()


def test_repeats_are_added_and_removed_and_sums_follow() -> None:
    session = begun(f"""{HEAD}
        begin repeat | p | Person | | | |
        integer | n | N | | | |
        calculate | twice | | | ${{n}} * 2 | |
        calculate | at | | | position(..) | |
        end repeat | | | | | |
        calculate | total | | | sum(${{twice}}) | |
        calculate | many | | | count(${{p}}) | |""")
    for number in (2, 3):
        session.add("/data/p")
        session.answer(f"/data/p[{number}]/n", str(number))
    session.answer("/data/p[1]/n", "1")
    assert values(session)["/data/total"] == "12"
    assert values(session)["/data/many"] == "3"
    session.changes.clear()
    session.remove("/data/p[2]")
    assert values(session)["/data/total"] == "8"
    assert values(session)["/data/p[2]/n"] == "3"
    assert values(session)["/data/p[2]/at"] == "2"
    assert ("/data/p[2]/n", "2", "", "removed") in [
        (c.ref, c.before, c.after, c.writer) for c in session.changes
    ]


def test_the_first_instance_of_a_repeat_can_go_too() -> None:
    session = begun(f"""{HEAD}
        begin repeat | p | Person | | | |
        text | n | N | | | |
        end repeat | | | | | |""")
    session.remove("/data/p[1]")
    assert session.instances("/data/p") == []
    assert session.ref(session.add("/data/p")) == "/data/p[1]"


def test_a_repeat_inside_a_repeat_counts_for_itself() -> None:
    session = begun("""type | name | label | calculation | repeat_count
        begin repeat | house | House | |
        integer | rooms | Rooms | |
        begin repeat | room | Room | | ${rooms}
        text | use | Use | |
        end repeat | | | |
        end repeat | | | |""")
    session.add("/data/house")
    session.answer("/data/house[1]/rooms", "2")
    session.answer("/data/house[2]/rooms", "3")
    assert len(session.instances("/data/house[1]/room")) == 2
    assert len(session.instances("/data/house[2]/room")) == 3
    session.answer("/data/house[2]/rooms", "1")
    assert len(session.instances("/data/house[2]/room")) == 1
    with pytest.raises(InputError, match="form.repeat-fixed"):
        session.add("/data/house[1]/room")


def test_too_many_repeats_are_capped_and_told() -> None:
    session = begun("""type | name | label | repeat_count
        integer | many | Many |
        begin repeat | r | R | ${many}
        text | a | A |
        end repeat | | |""")
    session.answer("/data/many", "1000000000")
    assert len(session.instances("/data/r")) == 5000
    assert session.worker.troubles["/data/r", "count"] == "form.too-many-repeats"


def test_choices_narrow_and_a_choice_comes_back_with_its_offer() -> None:
    session = begun(
        """type | name | label | choice_filter
        select_one land | land | Land |
        select_one town | town | Town | land=${land}""",
        """list_name | name | label | land
        land | a | A |
        land | b | B |
        town | a1 | A1 | a
        town | b1 | B1 | b""",
    )
    town = session.node("/data/town")
    session.answer("/data/land", "a")
    assert [each.value for each in session.choices.of(town)] == ["a1"]
    session.answer("/data/town", "a1")
    session.answer("/data/land", "b")
    assert town.value == ""
    session.answer("/data/land", "a")
    assert town.value == "a1"


def test_what_is_no_choice_is_no_answer() -> None:
    session = begun(
        """type | name | label
        select_one yn | one | One
        select_multiple yn | many | Many""",
        """list_name | name | label
        yn | yes | Yes
        yn | no | No""",
    )
    assert session.answer("/data/one", "perhaps").value == ""
    assert session.answer("/data/many", "no perhaps yes").value == "yes no"


def test_an_order_is_of_all_choices() -> None:
    session = begun(
        """type | name | label
        rank yn | r | R""",
        """list_name | name | label
        yn | a | A
        yn | b | B""",
    )
    with pytest.raises(InputError, match="form.rank-incomplete"):
        session.answer("/data/r", "b")
    assert session.answer("/data/r", "b a").value == "b a"


def test_required_and_constraint_with_the_form_s_own_words() -> None:
    session = begun("""type | name | label | required | required_message | constraint | constraint_message
        integer | age | Age | yes | Say it | . < 121 | Too old""")
    age = session.node("/data/age")
    assert (session.wrong(age), session.message(age)) == ("required", "Say it")
    session.answer("/data/age", "400")
    assert (session.wrong(age), session.message(age)) == ("constraint", "Too old")
    assert list(session.unanswered()) == [age]
    session.answer("/data/age", "40")
    assert session.wrong(age) == ""
    assert session.wrong(age, "400") == "constraint"
    assert age.text == "40"


def test_a_question_left_out_needs_no_answer_and_says_why() -> None:
    session = begun("""type | name | label | required
        text | a | A | yes""")
    session.answer("/data/a", "x")
    session.skip("/data/a", "distress")
    node = session.node("/data/a")
    assert (node.text, session.wrong(node), session.skipped[node]) == ("", "", "distress")
    session.answer("/data/a", "y")
    assert node not in session.skipped
    with pytest.raises(InputError, match="form.no-such-skip"):
        session.skip("/data/a", "because")


def test_what_is_read_only_takes_no_answer_also_inside() -> None:
    session = of_xform(
        "<g><a/></g>",
        '<bind nodeset="/data/g" readonly="true()"/>',
        '<group ref="/data/g"><input ref="/data/g/a"/></group>',
    )
    with pytest.raises(InputError, match="form.read-only"):
        session.answer("/data/g/a", "x")


def test_a_default_that_is_worked_out_and_a_trigger() -> None:
    session = begun("""type | name | label | default | calculation | trigger
        integer | a | A | 1 + 2 | |
        text | b | B | plain | |
        calculate | copy | | | ${a} | ${b}""")
    found = values(session)
    assert (found["/data/a"], found["/data/b"], found["/data/copy"]) == ("3", "plain", "")
    session.answer("/data/a", "9")
    assert values(session)["/data/copy"] == ""
    session.answer("/data/b", "now")
    assert values(session)["/data/copy"] == "9"


def test_labels_hold_answers_in_the_language_that_is_shown() -> None:
    session = begun("""type | name | label::English (en) | label::한국어 (ko) | guidance_hint::English (en)
        text | who | Who? | 누구? | Ask gently
        note | hello | Hello ${who} | - |""")
    control = session.form.controls["/data/hello"]
    node = session.node("/data/hello")
    session.answer("/data/who", "A1")
    assert (session.showing.text(control.label, node) or "").strip() == "Hello A1"
    session.speak("한국어 (ko)")
    who = session.node("/data/who")
    assert session.showing.text(who.control.label if who.control else None, who) == "누구?"
    # A missing translation is written `-`: another language stands in.
    assert (session.showing.text(control.label, node) or "").strip() == "Hello A1"
    with pytest.raises(InputError, match="form.no-such-language"):
        session.speak("Klingon")


def test_an_expression_that_fails_is_told_and_the_rest_goes_on() -> None:
    session = of_xform(
        "<a/><b/><c/>",
        '<bind nodeset="/data/b" calculate="no-such-thing(/data/a)"/><bind nodeset="/data/c" calculate="concat(/data/a, \'!\')"/>',
        '<input ref="/data/a"/>',
    )
    session.answer("/data/a", "x")
    assert values(session)["/data/c"] == "x!"
    assert ("/data/b", "calculate") in session.worker.troubles


def test_a_place_that_is_none_is_refused() -> None:
    session = of_xform("<a/>", "", '<input ref="/data/a"/>')
    for ref in ("", "a", "/data/b", "/data/a[2]", "/data/a[0]", "/data/a[x]", "/", "//a"):
        with pytest.raises(InputError, match="form.no-such-question"):
            session.answer(ref, "x")


def test_only_what_depends_is_worked_out_again() -> None:
    session = begun(f"""{HEAD}
        begin repeat | p | P | | | |
        integer | n | N | | | |
        calculate | c | | | ${{n}} * 2 | |
        end repeat | | | | | |""")
    for _ in range(20):
        session.add("/data/p")
    worked: list[Node] = []
    plain = session.worker._calculate
    session.worker._calculate = lambda rule, node: (worked.append(node), plain(rule, node))[1]  # type: ignore[method-assign]
    session.answer("/data/p[7]/n", "3")
    assert [session.ref(node) for node in worked] == ["/data/p[7]/c"]


def test_what_a_predicate_reads_in_other_instances_is_followed() -> None:
    session = of_xform(
        '<r jr:template=""><x/><y/></r>',
        '<bind nodeset="/data/r/y" calculate="concat(../x, count(/data/r[x = 1]), count(../../r[/data/r/x = 2]))"/>',
        '<repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat>',
    )
    for _ in range(3):
        session.add("/data/r")
    session.answer("/data/r[3]/x", "1")
    assert values(session)["/data/r[1]/y"] == "10"
    session.answer("/data/r[2]/x", "2")
    assert [values(session)[f"/data/r[{number}]/y"] for number in (1, 2, 3)] == ["11", "211", "111"]


def test_nothing_is_taken_from_the_device_unasked() -> None:
    session = begun("""type | name
        deviceid | deviceid
        username | username
        today | today""")
    assert values(session)["/data/deviceid"] == ""
    assert values(session)["/data/username"] == ""
    assert len(values(session)["/data/today"]) == 10
