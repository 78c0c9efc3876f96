"""Columns that say by their name what a mark, a date, a reason or a kind of slip in them means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import numpy as np
import pyarrow as pa

from toolkit.intake.names import aliases, plain
from toolkit.intake.sales.cancel_names import STATES, hints, names_marks, names_reasons
from toolkit.intake.tables.coded import Coded

DATED = re.compile(r"\d\D+\d|\d{5}")
NO_DATE = re.compile(r"[0:/.\-\sT]*|(0001|1899|1900|1970|9999)\D.*|(1900|9999)\d{4}.*")
DATES_END = ("日", "日付", "日時", "時刻", "年月日", "at", "date", "datetime", "time")


def sort_of(name: str, texts: pa.StringArray | None = None) -> str:
    """What a status column is by its name: `mark`, `date` or `reason` of a cancellation, `kind` of
    slip (also by what stands in it, `names_kinds`), `paid` or `valid` where marks say that an order
    is, else `word` of a status. What only may be one of these (キャンセル種別, 返品理由) is a
    `reason` where nothing in it is a mark of yes but some cells say no or nothing."""
    sort = _by_name(name, texts)
    own, words = plain(name), aliases()["status"]
    listed = any(own in words[each] for each in ("names", "more_names", "flags", "returned_flags"))
    if texts is None or listed or sort not in ("mark", "word") or not hints(name):
        return sort
    if own.endswith(DATES_END):
        return "date"
    if own.endswith(STATES):
        return sort
    if marks(texts):
        return "mark"
    none = {plain(text) for text in texts.to_pylist()} & set(words["no"])
    return "reason" if none else sort


def _by_name(name: str, texts: pa.StringArray | None) -> str:
    own, words = plain(name), aliases()["status"]
    if own in words["returned_flags"] or own in words["test_flags"]:
        return "mark"
    if own in words["returned_dates"]:
        return "date"
    if any(part in own for part in words["flag_parts"]):
        if own in words["dates"] or own.endswith(DATES_END):
            return "date"
        return "reason" if names_reasons(name) else "mark"
    listed = {"kind": "kinds", "paid": "paid_flags", "valid": "valid_flags"}
    sort = next((sort for sort, names in listed.items() if own in words[names]), "word")
    kinds = sort == "word" and texts is not None and names_kinds(name, texts)
    if sort == "word" and not kinds and names_marks(name) and own not in words["names"]:
        return "mark"
    return "kind" if kinds else sort


def marks(texts: pa.StringArray) -> frozenset[str]:
    """The plain texts of a column of marks that say yes (1, ○, 全部), or the only sign beside those
    that say no (9, C, *); none where nothing in it says no, since then 1 and 2 are two kinds of
    something."""
    words = aliases()["status"]
    found = {plain(text) for text in texts.to_pylist()}
    none = found & set(words["no"])
    told = found & {*words["yes"], *words["whole"]} or _only_sign(found - none)
    return frozenset(told if none else ())


def _only_sign(found: set[str]) -> set[str]:
    signs = {text for text in found if len(text) == 1 and (text == "9" or not text.isdecimal())}
    return found if len(found) == 1 and signs else set()


def tells_marks(name: str, column: Coded) -> bool:
    """Whether a column whose name is one of marks of cancelled orders says so of some orders and
    not of most: a mark of yes stands in up to half of the rows."""
    if not names_marks(name) or sort_of(name, column.texts) != "mark":
        return False
    yes = marks(column.texts)
    told = [plain(text) in yes for text in column.texts.to_pylist()]
    n = int(column.look_up(np.array(told, bool)).sum())
    return 0 < 2 * n <= len(column.codes)


def lacks(texts: pa.StringArray) -> frozenset[str]:
    """The plain texts that say no in a column of marks of paid or valid orders; none where nothing
    in it says yes, or where it has anything but marks: it is no such column then."""
    words = aliases()["status"]
    found = {plain(text) for text in texts.to_pylist()} - {""}
    none = found & set(words["lacking"])
    return frozenset(none if found > none and found - none <= set(words["yes"]) else ())


def tells_dates(name: str, column: Coded) -> bool:
    """Whether a column whose name has a word of cancelling and ends in one for a date says when
    some orders were cancelled: most rows have no date, and all that stands there are dates."""
    words, own = aliases()["status"], plain(name)
    if any(word in own for word in words["no_dates"]) or sort_of(name) != "date":
        return False
    some = [text for text in column.texts.to_pylist() if not NO_DATE.fullmatch(text.strip())]
    none = column.look_up(np.array([not dated(t) for t in column.texts.to_pylist()], bool))
    return bool(some) and all(map(dated, some)) and 2 * int(none.sum()) >= len(none)


def reasoned(text: str) -> bool:
    """Whether something stands in a column of reasons, and no word or sign for nothing."""
    own, words = re.sub(r"\W", "", plain(text)), aliases()["status"]
    if not re.search(r"[^\W\d]|[1-9]", own):
        return False
    return own not in words["no"] and own not in words["unreasoned"]


def lends(texts: pa.StringArray) -> bool:
    """Whether a column of statuses is of things lent: some are out, or on their way back."""
    words = aliases()["status"]["lent"]
    return any(word in plain(text) for text in texts.to_pylist() for word in words)


def dated(text: str) -> bool:
    """Whether a text is a date, and none that stands for no date."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return bool(DATED.search(folded)) and not NO_DATE.fullmatch(folded)


def goes_back(text: str) -> bool:
    """Whether a kind of slip is a return, or ends in the word for one (掛返品)."""
    return _is_kind(plain(text), "money_back")


def backs(name: str, texts: pa.StringArray) -> Callable[[str], bool]:
    """Which texts of a column of kinds of slips are returns; of one of red slips, marks too."""
    reds = red_marks(name, texts)
    return lambda text: goes_back(text) or plain(text) in reds


def red_marks(name: str, texts: pa.StringArray) -> frozenset[str]:
    """The plain texts that mark a red slip, where the column is one of red ones by its name."""
    return marks(texts) if aliases()["status"]["red"] in plain(name) else frozenset()


def _is_kind(kind: str, sort: str) -> bool:
    words = aliases()["status"]
    return kind in words[sort] or (
        kind.endswith(tuple(words[f"{sort}_ends"])) and not kind.startswith("未")
    )


def no_sales(column: Coded) -> frozenset[str]:
    """The plain kinds of a column that are no sale; none where it has no other kind but returns,
    since then they are the sales (payment)."""
    found = {plain(text) for text in column.texts.to_pylist()} - {""}
    none = {kind for kind in found if _is_kind(kind, "no_sale")}
    sales = {kind for kind in found - none if not _is_kind(kind, "money_back")}
    return frozenset(none if sales else ())


def tells_kinds(column: Coded) -> bool:
    """Whether a column of any name has the words of kinds of slips: of a return, of what is no
    sale, or of a cancellation beside one of a sale."""
    words = aliases()["status"]
    found = {plain(text) for text in column.texts.to_pylist()}
    if found & set(words["tickets"]):
        return False
    if any(_is_kind(kind, sort) for kind in found for sort in ("money_back", "no_sale")):
        return True
    return bool(found & set(words["void"]) and found & set(words["sale"]))


def names_kinds(name: str, texts: pa.StringArray) -> bool:
    """Whether a column whose name ends in a word for kinds (区分, 種別 ...) has a kind of slip that
    is a sale by its word (掛売上) and one that is a return or no sale. Our rule."""
    words = aliases()["status"]
    if not plain(name).endswith(tuple(words["kinds_end"])):
        return False
    found = {plain(text) for text in texts.to_pylist()}
    told = [kind for kind in found if any(_is_kind(kind, s) for s in ("money_back", "no_sale"))]
    return bool(told) and any(
        kind.endswith(tuple(words["sale_ends"])) for kind in found.difference(told)
    )
