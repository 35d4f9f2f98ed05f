"""Which event a phrase hangs on: the one that was chosen, or of several the one that the words name."""

from __future__ import annotations

from cairn.model.time.words.context import Context, Event

_ALIKE = (
    ("붙잡", "잡히", "잡혔", "잡힌", "체포", "arrest", "caught", "taken away", "被抓", "抓", "逮捕", "被捕"),
    ("풀려", "석방", "출소", "나오", "나온", "release", "freed", "let out", "set free", "释放", "放出", "出狱", "出来"),
    ("북송", "송환", "끌려나", "repatriat", "sent back", "遣返", "遣送", "送回"),
    ("태어", "출생", "낳", "해산", "birth", "born", "had her", "had him", "gave birth", "生", "出生"),
    ("돌아가", "죽", "사망", "서거", "세상", "death", "die", "dead", "passed away", "死", "去世", "逝世", "走了"),
    ("결혼", "시집", "장가", "잔치", "혼인", "married", "marri", "wedding", "结婚", "嫁", "成亲"),
    ("제대", "discharg", "demobil", "left the army", "退伍", "复员"), ("입대", "군대", "초모", "enlist", "joined the army", "drafted", "入伍", "参军", "当兵"),
    ("입학", "들어가", "started school", "entered", "enrol", "上学", "入学"), ("졸업", "graduat", "finished school", "毕业"),
    ("도강", "탈북", "넘어", "건너", "넘은", "cross", "escape", "defect", "fled", "left north", "过江", "脱北", "逃", "越境"),
    ("끊기", "끊긴", "중단", "stopped", "cut off", "停", "断"), ("이사", "옮기", "moved", "搬"), ("팔려", "팔린", "sold", "traffick", "被卖", "卖"),
    ("화폐", "돈", "currency", "货币", "redenom"), ("지진", "earthquake", "地震"), ("홍수", "큰물", "flood", "洪水", "水灾"),
)  # fmt: skip
"""Words for the same in talk and in a heading."""


def chosen(text: str, known: Context) -> Event | None:
    """The event that this phrase hangs on; None where there is none, or several and the words name no one of them."""
    if len(known.events) == 1:
        return known.events[0]
    scored = sorted(((alike(text, each.name), each) for each in known.events), key=lambda pair: -pair[0])
    if len(scored) > 1 and scored[0][0] > scored[1][0]:
        return scored[0][1]
    return None


def named(text: str, event: Event) -> bool:
    """Whether the words name the event."""
    return alike(text, event.name) > 0


def alike(text: str, name: str) -> int:
    """How far the words name an event; 0 for not at all."""
    text, name = text.lower(), name.lower()
    score = sum(3 for group in _ALIKE if any(w in text for w in group) and any(w in name for w in group))
    step = 3 if name.isascii() else 2
    parts = {name[n : n + step] for n in range(len(name) - step + 1) if " " not in name[n : n + step]} - {
        "the",
        "and",
    }
    return score + sum(part in text for part in parts)
