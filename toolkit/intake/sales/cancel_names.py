"""Names of columns that speak of cancelling: marks, reasons, money, or something near it."""

from __future__ import annotations

import re
from functools import cache

from toolkit.intake.names import aliases, plain
from toolkit.intake.sales.wishes import UNDO

STATES = ("状態", "状況", "ステータス", "status")  # what a name of a state ends in


def names_marks(name: str) -> bool:
    """Whether a name is a word for cancelled or taken back with nothing beside it but words for a
    mark or an order (受注キャンセル済フラグ, is_order_cancelled): nothing of customers, products,
    subscriptions or what may be cancelled. Our rule."""
    return bool(_mark("flag_core").fullmatch(bare(name))) or names_returns(name)


def names_returns(name: str) -> bool:
    """Whether a name is such a one of what was taken back (返品済, 返品区分)."""
    return bool(_mark("return_core").fullmatch(bare(name)))


def names_states(name: str) -> bool:
    """Whether a name is one of how far a cancellation is, and of nothing else (キャンセル状態,
    キャンセル申請状況)."""
    words, ends = aliases(), "|".join(STATES)
    asks = "|".join(map(re.escape, words["wishes"]["asks"]))
    own = re.sub(f"({asks})?({ends})$", "", bare(name))
    return own != bare(name) and bool(_mark("flag_core").fullmatch(own))


def names_reasons(name: str) -> bool:
    """Whether a name is one of why or by whom an order was cancelled (キャンセル理由, 取消者)."""
    own, words = bare(name, brackets=False), aliases()["status"]
    if any(word in own for word in words["no_reasons"]):
        return False
    told = own.endswith(tuple(words["reason_ends"])) or own.startswith("reasonfor")
    return told and any(part in own for part in words["flag_parts"])


def names_money(name: str) -> bool:
    """Whether a name is one of the money of what was cancelled (キャンセル金額, 取消額)."""
    words = aliases()
    ends = "|".join(map(re.escape, words["refund"]["cancelled_ends"]))
    cores = [core for core in words["status"]["flag_core"] if core not in ("削除", "無効", "del")]
    return bool(re.fullmatch(f"({'|'.join(cores)})({ends})", bare(name, brackets=False)))


def hints(name: str) -> bool:
    """Whether a name has a word of cancelling or taking back in it, and none of what may be
    cancelled, of fees, customers, subscriptions and the like."""
    own, words = bare(name, brackets=False), aliases()["status"]
    rest = re.sub("|".join(map(re.escape, words["told_so"])), "", own)
    if any(word in rest for word in words["no_reasons"]) or _of_else(own):
        return False
    return any(part in own for part in (*words["flag_parts"], *words["undone"]))


def bare(name: str, brackets: bool = True) -> str:
    """A plain name without signs, and without what stands in brackets where that is not asked."""
    own = UNDO.sub("取消", plain(name))
    return re.sub(r"[\W_]", "", own if brackets else re.sub(r"\(.*?\)", "", own) or own)


def _of_else(own: str) -> bool:
    words = aliases()["status"]["no_orders"]
    return any(word in own for word in words) and any(
        part in own for part in ("削除", "無効", "delete", "void")
    )


@cache
def _mark(core: str) -> re.Pattern[str]:
    words = aliases()["status"]
    around, cores = ("|".join(map(re.escape, words[k])) for k in ("flag_around", core))
    return re.compile(f"(?:{around})*(?:{cores})(?:{around})*")
