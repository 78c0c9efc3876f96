"""What the name of a file or sheet says that it lists: returns, cancelled orders, quotes ..."""

from __future__ import annotations

import itertools
import re
import unicodedata
from pathlib import PurePath

from toolkit.intake.names import aliases

KINDS = BACK, CANCELLED, NO_SALES = "back", "cancelled", "no_sales"
_WORDS = re.compile(r"[a-z]+|[\u3040-\u30ff\u4e00-\u9fff々]+")
_BEFORE = r"(年度?|月度?|日|期|度|分|の|別)*(\w*店)?"
_LIST = (
    "一覧|リスト|データ|明細|表|台帳|履歴|記録|伝票|票|書|処理|管理|のみ|だけ|情報|ファイル|シート"
    "|年度?|月度?"
)
_AFTER = f"({_LIST})*"
_AFTER_IT = f"({_LIST}|分|実績)*"  # 返品分; 請求分 and 予約実績 are sales as well


def kind_of_name(name: str, sheet: str | None = None) -> tuple[str, str]:
    """What a file lists by its name, a key of `lists` in `aliases.toml`, and the word that says
    so; ("", "") for one that may list sales.

    The name of the sheet goes before that of the file. The word is one of its own in the name
    (返品2024, 2024年_返品一覧, not 返品除く売上), and the name has no word of sales (売上・返品)
    beside it. Our rule.
    """
    if sheet:
        kind, word = _kind(sheet)
        if kind or _of_sales(words_of(sheet)):
            return kind, word
    return _kind(PurePath(name).name.rsplit(".", 1)[0])


def _kind(name: str) -> tuple[str, str]:
    words, lists = words_of(name), aliases()["lists"]
    planned = next((word for word in words if says_planned(word)), None)
    if planned and all(says_planned(word) or _is_said(words, i) for i, word in enumerate(words)):
        return NO_SALES, planned
    joined = [one + other for one, other in itertools.pairwise(words)]  # purchase orders
    if _of_sales(words) or any(word in lists["not"] for word in words):
        return "", ""
    if not all(_is_quiet(words, i) for i in range(len(words))):
        return "", ""
    orders = any(word in said for said in words for word in lists["orders"])
    sure = not orders or any(said in lists[NO_SALES] for said in joined)
    for kind in KINDS if sure else (BACK, CANCELLED):
        said = next((each for each in (*joined, *words) if _says(each, kind)), None)
        if said:
            return kind, said
    return "", ""


def _is_quiet(words: list[str], at: int) -> bool:
    """Whether a word of a name is what the name lists or says nothing beside it: of a list, a
    period or a shop, orders right behind it (cancelled orders) or one before it (order refunds)."""
    word, before, behind = words[at], "".join(words[at - 1 : at]), "".join(words[at + 1 : at + 2])
    if word in aliases()["lists"]["neutral"] or re.fullmatch(_BEFORE + _AFTER, word):
        return True
    if any(_says(each, kind) for each in (word, before + word, word + behind) for kind in KINDS):
        return True
    beside = {"order": (before, behind), "orders": (before,)}.get(word, ())
    return any(_says(each, kind) for each in beside for kind in KINDS)


def _says(said: str, kind: str) -> bool:
    """Whether a word says that a name lists this kind."""
    lists = aliases()["lists"]
    if said.isascii() or said in lists[kind]:
        return said in lists[kind]
    words = "|".join(word for word in lists[kind] if not word.isascii())
    of = "" if kind == NO_SALES else f"({'|'.join(lists['of'])})?"
    after = _AFTER if kind == NO_SALES else _AFTER_IT
    return bool(re.fullmatch(f"{_BEFORE}{of}({words}){of}{after}", said))


def _is_said(words: list[str], at: int) -> bool:
    """Whether a word of a name is one of sales or orders, or says nothing (`_is_quiet`)."""
    return (
        says_sales(words[at]) or words[at] in aliases()["lists"]["orders"] or _is_quiet(words, at)
    )


def says_planned(said: str) -> bool:
    """Whether a word says that a name lists what was planned, an example or what was discarded."""
    lists = aliases()["lists"]
    if said.isascii():
        return said in lists["planned"]
    words = "|".join(word for word in lists["planned"] if not word.isascii())
    before = "|".join((*lists["sales"], *lists["orders"], *lists["periods"]))
    return bool(re.fullmatch(f"{_BEFORE}({before}|の)*({words}){_AFTER}", said))


def _of_sales(words: list[str]) -> bool:
    return any(map(says_sales, words))


def says_sales(name: str) -> bool:
    """Whether a name has a word of sales."""
    return any(word in name for word in aliases()["lists"]["sales"])


def words_of(name: str) -> list[str]:
    """The words of a name: runs of Latin letters, and of kana and kanji."""
    return _WORDS.findall(unicodedata.normalize("NFKC", name).lower())
