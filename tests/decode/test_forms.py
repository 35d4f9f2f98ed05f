"""Questionnaires from outside: what they are, what is brought in order, what is refused, and each time one clear reason."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.app.answers import looking
from cairn.decode.form_tables import Tables
from cairn.decode.host import DecodeHost
from cairn.decode.refusal import Refused
from cairn.errors import InputError
from cairn.forms.check import check
from cairn.forms.findings import Finding, Grade
from cairn.forms.imported import believed
from cairn.forms.markup import Mark, dumps, loads, written
from cairn.forms.reading import read
from forms.making import imported, sheet, xml
from forms.workbooks import Sheets, compound, xls, xlsx

SHEETS: Sheets = {
    "survey": [["type", "name", "label"], ["select_one yn", "a", "나이?"], ["integer", "b", "B"]],
    "choices": [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]],
    "settings": [["form_title", "form_id"], ["Title", "t"]],
}
PLAIN = "type | name | label\n text | a | A"


def codes(data: str | bytes) -> list[str]:
    return [each.code for each in check(imported(data))[1]]


def found(data: str | bytes, code: str) -> Finding:
    return next(each for each in check(imported(data))[1] if each.code == code)


class Large:
    """A file that claims to be long, and must not be read."""

    size = 500 << 20

    def read_at(self, _offset: int, _length: int, /) -> bytes:
        raise AssertionError("read")


# ---- in the child


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("xlsx", xlsx(SHEETS)),
        ("xls", xls(SHEETS)),
        ("md", sheet(PLAIN).encode()),
        ("csv", b'"survey"\n,"type","name","label"\n,"text","a","A"\n'),
        ("xml", xml("<a/>", "", '<input ref="/data/a"/>').encode()),
    ],
)
def test_each_kind_is_known_by_its_bytes_in_a_child_without_keys(
    host: DecodeHost, kind: str, data: bytes
) -> None:
    looked = looking.look(host, data)
    assert (looked.kind, looked.findings, looked.refused) == (kind, [], False)
    assert looked.form is not None
    assert "/data/a" in looked.form.controls


def test_a_table_beside_a_form_is_read_in_a_child(host: DecodeHost) -> None:
    table = host.form_table(b"name,label\na,A\n")
    assert written(table).endswith("<root><item><name>a</name><label>A</label></item></root>")


def test_a_file_of_half_a_gigabyte_is_refused_unread(host: DecodeHost) -> None:
    with pytest.raises(InputError, match="form.file-too-big"):
        looking.look(host, Large())


def test_a_bomb_is_refused_in_the_child(host: DecodeHost) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
        made.writestr("xl/worksheets/sheet1.xml", b"0" * (80 << 20))
    assert len(out.getvalue()) < 200_000
    with pytest.raises(InputError, match="decode.too-big"):
        host.form(out.getvalue())


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + xml("<a>&b;</a>"),
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + xml("<a>&x;</a>"),
        '<!DOCTYPE html SYSTEM "http://example.invalid/x.dtd">' + xml("<a/>"),
    ],
)
def test_entities_are_never_resolved(host: DecodeHost, text: str) -> None:
    with pytest.raises(InputError, match="decode.damaged"):
        host.form(text.encode())


def test_what_a_child_sends_is_not_believed() -> None:
    for body in (
        b"",
        b"[]",
        b'{"kind":"md","document":null,"findings":[]}',
        b'{"kind":"x","document":null,"findings":[]}',
        b"\xff",
    ):
        with pytest.raises(InputError, match="decode.failed"):
            believed(body)
    with pytest.raises(InputError, match="form.damaged"):
        loads(b'["a"]')


# ---- one reason each


def test_what_is_no_questionnaire() -> None:
    assert codes(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n") == ["form.pointer"]
    assert codes(b"  \n") == ["form.empty"]
    assert codes(b"just some words") == ["form.no-sheets"]
    assert codes("<html><body>a page</body></html>") == ["form.not-a-form"]
    assert found("<h:html><broken", "form.not-well-formed").values == {"line": 1}
    assert codes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == ["form.unreadable"]


def test_a_workbook_with_a_password_and_another_kind_of_file() -> None:
    for data, reason in (
        (compound("EncryptedPackage", b"x" * 5000), "locked"),
        (b"\x00\x01\x02\x03" * 99, "unsupported"),
    ):
        with pytest.raises(Refused, match=reason):
            imported(data)


def test_other_encodings_are_read_and_told() -> None:
    data = sheet("type | name | label\n text | a | 이름이 무엇인가요? 어디에 사셨어요?").encode("cp949")
    assert found(data, "form.read-as").values == {"encoding": "cp949"}
    made = imported(data).document
    assert made is not None
    assert "이름이 무엇인가요?" in written(made)


@pytest.mark.parametrize(
    ("survey", "code", "row", "values"),
    [
        ("type | name | label | relevant\n text | a | A | ${b} = 1", "form.undefined", 2, {"wanted": "b", "column": "relevant"}),
        ("type | name | label\n text | a | A\n text | a | A", "form.name-twice", 3, {"other": 2}),
        ("type | name | label\n select_one x | a | A", "form.list-missing", 2, {"list": "x"}),
        ("type | name | label\n begin group | g | G\n text | a | A", "form.begin-unmatched", 2, {"kind": "group"}),
        ("type | name | label\n text | a | A\n end repeat | |", "form.end-unmatched", 3, {"kind": "repeat"}),
        ("type | name | label\n | a | A", "form.typeless", 2, {}),
        ("type | name | label\n geoshape | a | A", "form.type-refused", 2, {"type": "geoshape"}),
        ("type | name | label\n barcode | a | A", "form.type-refused", 2, {"type": "barcode"}),
        ("type | name | label\n background-audio | a | A", "form.type-refused", 2, {"type": "background-audio"}),
        ("type | name | label | appearance\n text | a | A | ex:org.app", "form.appearance-refused", 2, {"appearance": "ex:"}),
        ("type | name | label | appearance\n text | a | A | search('x')", "form.appearance-refused", 2, {"appearance": "search()"}),
        ("type | name | label\n text | 1a | A", "form.name-invalid", 2, None),
        ("type | name | label | calculation\n text | a | A | 1 +", "form.expression", 2, None),
        ("type | name | label\n text | a | <img src='file:///etc/passwd'> A", "form.label-markup", 2, {"column": "label"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_row(
    survey: str, code: str, row: int, values: dict[str, str] | None
) -> None:
    each = found(sheet(survey), code)
    assert (each.row, each.sheet) == (row, "survey")
    if values is not None:
        assert each.values == values


def test_what_is_refused_would_run_and_what_is_broken_would_not() -> None:
    refused = found(sheet("type | name | label\n geoshape | a | A"), "form.type-refused")
    broken = found(sheet("type | name | label\n select_one x | a | A"), "form.list-missing")
    assert (refused.grade, broken.grade) == (Grade.REFUSED, Grade.BROKEN)
    assert refused.stops and broken.stops


def test_everything_is_told_at_once() -> None:
    survey = "type | name | label\n select_one x | a | A\n text | a | ${nobody}\n end group | |"
    assert {"form.list-missing", "form.name-twice", "form.undefined", "form.end-unmatched"} <= set(
        codes(sheet(survey))
    )


def test_choices_of_one_name() -> None:
    survey = "type | name | label\n select_one x | a | A"
    same = sheet(survey, "list_name | name | label\n x | 1 | One\n x | 1 | One")
    other = sheet(survey, "list_name | name | label\n x | 1 | One\n x | 1 | Two")
    assert codes(same) == ["form.choice-again"]
    assert found(other, "form.choice-twice").row == 3
    assert "form.choice-nameless" in codes(
        sheet(survey, "list_name | name | label\n x | | One\n x | 2 | Two")
    )


def test_circles_are_told() -> None:
    each = found(
        sheet("type | name | label | calculation\n calculate | a | | ${b} + 1\n calculate | b | | ${a} + 1"),
        "form.cycle",
    )
    assert each.grade is Grade.WARNING
    assert set(str(each.values["names"]).split(", ")) == {"a", "b"}


def test_what_an_expression_can_t_find_or_do() -> None:
    odd = xml(
        "<a/><b/>",
        '<bind nodeset="/data/a" calculate="/data/c + nothing(1)"/>',
        '<input ref="/data/a"/><input ref="/data/z"/>',
    )
    assert {"form.reads-nothing", "form.function", "form.no-place"} <= set(codes(odd))


def test_files_that_are_not_beside_it() -> None:
    made = imported(
        sheet(
            "type | name | label | media::image::en | label::en\n select_one_from_file t.csv | a | A | p.png | A"
        )
    )
    _, all_missing = check(made, frozenset())
    assert {each.values.get("file") for each in all_missing if each.code == "form.file-missing"} == {
        "t.csv",
        "p.png",
    }
    _, none_missing = check(made, frozenset({"t.csv", "p.png"}))
    assert not [each for each in none_missing if each.code == "form.file-missing"]


# ---- dialects


def test_a_question_called_meta_gets_another_name_everywhere() -> None:
    data = sheet("type | name | label | relevant\n text | meta | M |\n text | b | ${meta} | ${meta} != ''")
    assert codes(data) == ["form.renamed"]
    made = imported(data).document
    assert made is not None and "/data/meta_1" in read(made).controls


def test_types_and_columns_of_other_programs() -> None:
    data = sheet(
        "type | name | label:sw | instance::tag | bind::x:odd | bind::cairn:part\n db:person | a | A | t | o | identity\n tel | b | B | | |"
    )
    assert sorted(codes(data)) == [
        "form.column-left-out",
        "form.column-renamed",
        "form.column-undeclared",
        "form.type-mapped",
        "form.type-mapped",
    ]
    made = imported(data).document
    assert made is not None
    assert read(made).binds["/data/a"].extra == {"{urn:cairn:forms:1}part": "identity"}


# ---- limits


def test_levels_and_numbers_of_elements_are_bounded() -> None:
    deep = "<a>" * 80 + "</a>" * 80
    with pytest.raises(Refused, match="too-big"):
        imported(xml(deep))
    with pytest.raises(InputError, match="form.too-big"):
        loads(b'{"root":["a","",{},[' + b'["b","",{},[' * 70 + b"]]" * 70 + b"]]}")
    with pytest.raises(Refused, match="too-big"):
        imported(sheet("type | name | label\n text | a | " + "x" * 50_000))


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=80)
def test_any_text_ends_in_a_form_or_a_reason(text: str) -> None:
    try:
        made = imported(text)
    except Refused:
        return
    assert made.document is not None or any(each.stops for each in made.findings)


@given(
    st.lists(
        st.tuples(
            *[
                st.sampled_from(
                    [
                        "text",
                        "note",
                        "begin group",
                        "end group",
                        "begin repeat",
                        "end repeat",
                        "calculate",
                        "select_one l",
                        "",
                        "${a}",
                        "a",
                        "b",
                        "1 + 1",
                        "true()",
                    ]
                )
            ]
            * 4
        ),
        max_size=6,
    )
)
@settings(deadline=None, max_examples=80)
def test_any_rows_end_in_a_form_or_a_reason(rows: list[tuple[str, ...]]) -> None:
    survey = "type | name | label | relevant\n" + "\n".join(" | ".join(row) for row in rows)
    made = imported(sheet(survey, "list_name | name | label\n l | x | X"))
    form, findings = check(made)
    assert form is not None or any(each.stops for each in findings)


# ---- tables


def table(data: bytes) -> list[dict[str, str]]:
    root = Tables(io.BytesIO(data))().root
    return [{leaf.name: leaf.text() for leaf in item.marks()} for item in root.marks()]


@pytest.mark.parametrize(
    "data",
    [
        b"name,label\na,A\n",
        b"\xef\xbb\xbfname;label\r\na;A\r\n",
        b"name\tlabel\ra\tA\r",
        'name,label\n"a","A"'.encode("utf-16"),
    ],
)
def test_lists_part_their_columns_as_they_like(data: bytes) -> None:
    assert table(data) == [{"name": "a", "label": "A"}]


def test_columns_have_names_that_expressions_can_hold() -> None:
    assert table(b"1st name,,a:b\nx,y,z\n") == [{"_1st_name": "x", "column_2": "y", "a_b": "z"}]


def test_short_and_long_rows_of_a_list() -> None:
    assert table(b"a,b\n1\n1,2,3\n\n") == [{"a": "1", "b": ""}, {"a": "1", "b": "2"}]


def test_places_of_a_map() -> None:
    features = [
        {"type": "Feature", "id": 7, "properties": {"name": "x", "ok": True, "n": None}, "geometry": {"type": "Point", "coordinates": [127.0, 37.5]}},
        {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}},
        {"type": "Feature", "properties": {}, "geometry": None},
    ]  # fmt: skip
    rows = table(json.dumps({"type": "FeatureCollection", "features": features}).encode())
    assert rows[0] == {"geometry": "37.5 127.0 0 0", "name": "x", "ok": "true", "n": "", "id": "7"}
    assert rows[1]["geometry"] == "2 1 0 0; 4 3 0 0"
    assert rows[2]["geometry"] == ""


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b'{"type":"Feature"}',
        b'{"type":"FeatureCollection","features":[1]}',
        b"<a>",
        b'{"type":"FeatureCollection","features":[{"geometry":{"type":"Point","coordinates":[1]}}]}',
        b"[" * 9 + b"{" * 99_999,
    ],
)
def test_broken_lists_are_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        table(data if data[:1] != b"[" else data[9:])


def test_a_tree_is_written_as_the_same_tree() -> None:
    made = imported(
        xml("<orx:meta><a x='1 &lt; 2'>t &amp; u</a></orx:meta>", "", '<input ref="/data/a"/>')
    ).document
    assert made is not None
    again = imported(written(made)).document
    assert again is not None
    assert again.root == made.root
    assert loads(dumps(made)) == made
    assert isinstance(made.root, Mark)
