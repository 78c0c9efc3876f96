"""What the name of a file or sheet says that it lists: returns, cancelled orders, quotes ..."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from toolkit.intake.names import aliases

BACK, CANCELLED, NO_SALES = "back", "cancelled", "no_sales"
_WORDS = re.compile(r"[a-z]+|[\u3040-\u30ff\u4e00-\u9fff々]+")
_BEFORE = r"(年度?|月度?|日|期|度|分|の|別)*(\w*店)?"
_AFTER = (
    r"(一覧|リスト|データ|明細|分|表|台帳|履歴|記録|伝票|票|書|処理|管理|実績|のみ|だけ|情報|ファイル|シート"
    r"|年度?|月度?)*"
)


def kind_of_name(name: str, sheet: str | None = None) -> tuple[str, str]:
    """What a file lists by its name, a key of `lists` in `aliases.toml`, and the word that says
    so; ("", "") for one that may list sales.

    The name of the sheet goes before that of the file. The word is one of its own in the name
    (返品2024, 2024年_返品一覧, not 返品除く売上), and the name has no word of sales (売上・返品)
    beside it. Our rule.
    """
    if sheet:
        kind, word = _kind(sheet)
        if kind or _of_sales(_words(sheet)):
            return kind, word
    return _kind(PurePath(name).name.rsplit(".", 1)[0])


def _kind(name: str) -> tuple[str, str]:
    words, lists = _words(name), aliases()["lists"]
    if _of_sales(words) or any(word in lists["not"] for word in words):
        return "", ""
    joined = [a + b for a, b in zip(words, words[1:], strict=False)]  # purchase orders
    found = {}
    for said in (*joined, *words):
        for kind in (BACK, CANCELLED, NO_SALES):
            if said in lists[kind] or _is_list(said, kind):
                found.setdefault(kind, said)
    if not all(_beside(words, i, found) for i in range(len(words))):
        return "", ""
    orders = any(word in said for said in words for word in lists["orders"])
    if orders and not any(said in lists[NO_SALES] for said in joined):
        found.pop(NO_SALES, None)
    return next(
        iter((kind, found[kind]) for kind in (BACK, CANCELLED, NO_SALES) if kind in found), ("", "")
    )


def _beside(words: list[str], at: int, found: dict[str, str]) -> bool:
    """Whether a word of a name is the one found or one that says nothing beside it: of a list, a
    period or a shop. Orders stand right behind it (cancelled orders), a single one before it."""
    word, lists = words[at], aliases()["lists"]
    said = [each for kind in (BACK, CANCELLED, NO_SALES) for each in lists[kind]]
    if not found or word in found.values() or word in said or word in lists["neutral"]:
        return True
    before, behind = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    if word.isascii():
        joined = {before + word, word + behind} & set(said)
        after = word in ("order", "orders") and before in said
        return bool(joined) or after or (word == "order" and behind in said)
    return bool(re.fullmatch(_BEFORE + _AFTER, word)) or any(
        _is_list(word, kind) for kind in (BACK, CANCELLED, NO_SALES)
    )


def _is_list(said: str, kind: str) -> bool:
    words, lists = [w for w in aliases()["lists"][kind] if not w.isascii()], aliases()["lists"]
    of = f"({'|'.join(lists['of'])})?" if kind != NO_SALES else ""
    after = _AFTER.replace("|分", "").replace("|実績", "") if kind == NO_SALES else _AFTER
    return bool(re.fullmatch(f"{_BEFORE}{of}({'|'.join(words)}){of}{after}", said))


def _of_sales(words: list[str]) -> bool:
    return any(word in said for said in words for word in aliases()["lists"]["sales"])


def _words(name: str) -> list[str]:
    return _WORDS.findall(unicodedata.normalize("NFKC", name).lower())
