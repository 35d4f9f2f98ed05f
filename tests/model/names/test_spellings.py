"""Names from one script and system into another: by rule where there is one, and otherwise as choices."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.model.names import han, hangul, sounds, spelled
from cairn.model.names.heard import MOST_TEXT, Called, heard
from cairn.model.names.proposing import propose
from cairn.model.names.romanise import spelled as romanised
from cairn.model.names.weighing import name_points

SYLLABLES = st.sampled_from(hangul.GIVEN)
FAMILIES = st.sampled_from([*hangul.SHARES, *hangul.COMPOUND])
ANY_TEXT = st.one_of(
    st.text(st.characters(), max_size=60),
    st.text(st.sampled_from("김리박용철명순 朴金红美kgchoeuyngŏŭ'-.,1\ud800\u0306\u1100"), max_size=60),
)
"""Unpaired surrogates, marks that stand alone, jamo, digits and every script are among them."""


@pytest.mark.parametrize(
    ("family", "given_name", "dprk", "rr", "mr"),
    [
        ("리", "용철", "Ri Yong Chol", "I Yongcheol", "Yi Yongch'ŏl"),
        ("김", "학길", "Kim Hak Kil", "Gim Hakgil", "Kim Hakkil"),
        ("박", "춘경", "Pak Chun Gyong", "Bak Chungyeong", "Pak Ch'un'gyŏng"),
        ("정", "국만", "Jong Kuk Man", "Jeong Gukman", "Chŏng Kungman"),
        ("최", "철호", "Choe Chol Ho", "Choe Cheolho", "Ch'oe Ch'ŏrho"),
        ("류", "금복", "Ryu Kum Bok", "Yu Geumbok", "Yu Kŭmbok"),
        ("한", "은란", "Han Un Ran", "Han Eunran", "Han Ŭllan"),
        ("남궁", "명순", "Namgung Myong Sun", "Namgung Myeongsun", "Namgung Myŏngsun"),
    ],
)
def test_a_name_is_spelled_by_three_systems(
    family: str, given_name: str, dprk: str, rr: str, mr: str
) -> None:
    assert [romanised(family, given_name, system) for system in ("dprk", "rr", "mr")] == [dprk, rr, mr]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("김영철", ("김", "영철")),
        ("남궁명순", ("남궁", "명순")),
        ("선우영", ("선우", "영")),
        ("류진", ("류", "진")),
        ("영숙이", ("", "영숙")),
        ("순화", ("", "순화")),
        ("김", ("김", "")),
    ],
)
def test_family_and_given_name_are_told_apart(name: str, first: tuple[str, str]) -> None:
    assert hangul.splits(name)[0] == first


def test_a_name_that_may_be_two_things_is_both() -> None:
    assert hangul.splits("명수") == [("명", "수"), ("", "명수")]
    assert ("", "성옥") in hangul.splits("성옥이") and ("성", "옥이") in hangul.splits("성옥이")


@pytest.mark.parametrize(("one", "other"), ["리이", "림임", "류유", "로노", "량양", "려여", "라나", "렴염"])
def test_the_two_halves_of_korea_write_one_family_name_in_two_ways(one: str, other: str) -> None:
    points, code = name_points(Called(one + "명철"), Called(other + "명철"))
    assert code == "match.name-sound" and points >= 80
    assert hangul.share(one) == hangul.share(other)
    assert hangul.southern(one) == other


@pytest.mark.parametrize(
    "written",
    [
        *("리용철", "이용철", "리 용철", "Ri Yong Chol", "RI Yong-chol", "Lee Yong-chul", "Yi, Yongch'ŏl", "Yongcheol Lee"),
        *("Rhee Yongchul", "I Yongcheol", "李勇哲", "李龍鐵", "YI Yong Chol", "Lee, Yong Cheol", "Li Yongchol", "리용처ㄹ"),
        *("Ri Yogn-chol", "Li Yongzhe", "Ｒｉ　Ｙｏｎｇ　Ｃｈｏｌ", "Ri Yo\u0306ngch'o\u0306l", "리용철 (Ri Yong Chol)"),
    ],
)  # fmt: skip
def test_one_name_is_heard_in_every_spelling(written: str) -> None:
    points, code = name_points(Called("리용철"), Called(written))
    assert points >= 50, code


@pytest.mark.parametrize(
    "written", ["박용철", "리미란", "Kim Yong Chol", "Ri Sun Ok", "Wang Yuli", "朴美蘭", "", "?", "15"]
)
def test_another_name_is_another(written: str) -> None:
    assert (
        name_points(Called("리용철"), Called(written))[0]
        < name_points(Called("리용철"), Called("Ri Yogn-chol"))[0]
    )


def test_initials_tell_a_little() -> None:
    whole = Called("최철옥")
    right, wrong = (name_points(whole, Called(each))[0] for each in ("Choe C.O.", "Choe M.S."))
    assert 20 < right < name_points(whole, Called("Choe Chol Ok"))[0]
    assert wrong < 0


def test_a_name_of_a_household_is_no_korean_name_however_it_sounds() -> None:
    own, hers = Called("장미화"), Called("张美花", "household_cn")
    assert name_points(own, hers) == (0, "match.name-unknown")
    assert name_points(own, Called("张美花"))[0] > 80
    assert heard(hers).ways == () and heard(hers).chinese == "meihua zhang"
    assert name_points(Called("Meihua Zhang", "household_cn"), hers) == (80, "match.name-pinyin")
    assert [each.system for each in propose(hers.text, kind=hers.kind)] == ["pinyin"]


def test_surnames_are_read_as_surnames() -> None:
    read = {
        name: han.in_latin(han.split(name))
        for name in ("朴美花", "单丽", "解红", "仇玉", "欧阳娜", "吕红", "尹锦爱")
    }
    assert list(read.values()) == [
        "Piao Meihua", "Shan Li", "Xie Hong", "Qiu Yu", "Ouyang Na", "Lü Hong", "Yin Jin'ai",
    ]  # fmt: skip


def test_characters_are_read_as_an_independent_library_reads_them() -> None:
    from pypinyin import Style, pinyin

    for each in "美丽红玉香花明英秀兰春梅雪霞燕芳娟敏静凤云莲真环荣爱妹琴素洁翠雅芝萍娥玲芬艳瑞凡佳嘉琼勤珍贞莉桂娣叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希宁欣飘育滢馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可姬舒影荔枝思丽":
        expected = pinyin(each, style=Style.NORMAL, v_to_u=True)[0][0]
        assert han.pinyin(han.Written("", each))[1] == [expected], each


def test_proposals_are_named_by_their_system_and_say_whether_they_follow_by_rule() -> None:
    found = {each.system: each for each in propose("이영희")}
    assert found["north"].text == "리영희" and not found["north"].sure
    assert found["dprk"].text == "Ri Yong Hui" and found["dprk"].sure
    assert [each.text for each in propose("Ri Yong Chol")][:2] == ["리영철", "리용철"]
    assert not any(each.sure for each in propose("Lee Young-chul"))
    assert propose("15") == propose("") == propose("Camp 15") == []


@given(FAMILIES, SYLLABLES, SYLLABLES, st.sampled_from(["dprk", "rr", "mr"]))
def test_what_a_system_writes_is_heard_as_the_name(family: str, one: str, two: str, system: str) -> None:
    written = romanised(family, one + two, system)  # type: ignore[arg-type]
    points, code = name_points(Called(family + one + two), Called(written))
    assert points >= 40, (written, points, code)


@settings(deadline=None)
@given(
    ANY_TEXT, st.sampled_from(["birth", "household_cn", "alias", ""]), st.sampled_from(["", "pinyin", "mr"])
)
def test_no_text_raises_and_every_answer_is_bounded(text: str, kind: str, system: str) -> None:
    said = heard(Called(text, kind, "", system))
    assert len(said.ways) <= 6 and all(len(way.given) <= 3 for way in said.ways)
    for each in propose(text, kind=kind):
        each.text.encode()
    points, _ = name_points(Called(text, kind, "", system), Called("리용철"))
    assert -100 <= points <= 150


@pytest.mark.parametrize(
    "piece", ["ka", "yong ", "김", "金", "ŏ", "'", "aeiou", "C. ", "1", "\ud800", "zz", "ㄱ", "-"]
)
def test_a_name_of_any_length_takes_the_time_of_a_bounded_one(piece: str) -> None:
    long = piece * (200_000 // len(piece))
    assert heard(Called(long)) == heard(Called(long[:MOST_TEXT]))
    propose(long)
    assert all(len(word) <= spelled.LONGEST for word in spelled.words(long))


def test_points_are_the_same_from_both_sides() -> None:
    names = ["리용철", "Ri Yong Chol", "李勇哲", "Cho C.O.", "영숙이", "Sonok Lee", "Kim Sun", "김순"]
    for one in names:
        for other in names:
            assert name_points(Called(one), Called(other))[0] == name_points(Called(other), Called(one))[0]


def test_syllables_that_are_near_are_nearer_than_others() -> None:
    def points(one: str, other: str) -> int:
        return sounds.between(sounds.of_hangul(one), sounds.of_hangul(other))

    assert points("영", "영") > points("영", "용") > points("영", "미")
    assert points("룡", "용") > points("룡", "공")
