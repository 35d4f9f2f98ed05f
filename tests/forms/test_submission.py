"""What is handed in: XML that ODK's programs read, without what is not relevant, and with the id of what it replaces."""

from __future__ import annotations

from lxml import etree

from cairn.forms import preload
from cairn.forms.session import Session
from cairn.forms.submission import edit, named_media, submission
from forms.making import begun, form

META = "{http://openrosa.org/xforms}"


def parsed(session: Session) -> etree._Element:
    return etree.fromstring(submission(session).encode())


def instance_id(tree: etree._Element, name: str = "instanceID") -> str:
    found = [each for each in tree.iter() if etree.QName(each).localname == name]
    assert len(found) == 1
    return found[0].text or ""


def test_what_is_not_relevant_stays_out_and_ids_follow_each_other() -> None:
    session = begun(
        """type | name | label | relevant
        text | a | A |
        text | b | B | ${a} = 'yes'
        begin repeat | r | R |
        text | c | C |
        end repeat | | |
        image | face | Face |""",
        settings="form_id | version\n f | 3",
    )
    session.answer("/data/a", '<no> & "no"')
    session.add("/data/r")
    session.answer("/data/face", "face.jpg")
    tree = parsed(session)
    assert tree.attrib["id"] == "f"
    assert tree.attrib["version"] == "3"
    assert [etree.QName(each).localname for each in tree] == ["a", "r", "r", "face", "meta"]
    assert tree[0].text == '<no> & "no"'
    assert named_media(session) == ["face.jpg"]
    first = instance_id(tree)
    assert first.startswith("uuid:")
    edit(session)
    again = parsed(session)
    assert instance_id(again, "deprecatedID") == first
    assert instance_id(again) not in ("", first)
    edit(session)
    assert instance_id(parsed(session), "deprecatedID") == instance_id(again)


def test_a_question_left_out_says_so_where_others_pass_over_it() -> None:
    session = begun("type | name | label\n text | a | A")
    session.skip("/data/a", "refused")
    tree = parsed(session)
    assert tree[0].attrib == {"{urn:cairn:forms:1}skip": "refused"}
    assert not tree[0].text


def test_when_it_was_finished_is_filled_in_then() -> None:
    session = Session(form("type | name\n start | start\n end | end"))
    session.begin()
    assert session.node("/data/end").text == ""
    preload.end(session)
    assert session.node("/data/end").text >= session.node("/data/start").text != ""


def test_text_is_written_in_one_form_of_unicode() -> None:
    session = begun("type | name | label\n text | a | A")
    session.answer("/data/a", "e\u0301")
    assert parsed(session)[0].text == "\u00e9"
