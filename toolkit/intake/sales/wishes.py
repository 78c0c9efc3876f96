"""Texts that ask that an order be cancelled or taken back, and what became of it."""

from __future__ import annotations

import re
from functools import cache

from toolkit.intake.names import aliases, plain

UNDO = re.compile("取り?消し?")


def without(status: str) -> tuple[str, str]:
    """A plain status without a wish in it, and what became of that: `granted`, `withdrawn` (or
    refused), `open`, or "" where it has none.

    キャンセル申請(承認済) is granted, キャンセル申請取り下げ withdrawn, キャンセル承認待ち open.
    Our rule.
    """
    bare = re.sub(r"[\W_]", "", UNDO.sub("取消", plain(status)))
    found = _pattern("asked").search(bare)
    if found is None:
        return status, ""
    rest = bare[found.end() :]
    for outcome in ("withdrawn", "granted"):
        told = _pattern(outcome).match(rest)
        if told is not None:
            return bare[: found.start()] + rest[told.end() :], outcome
    return bare[: found.start()] + rest, "open"


@cache
def _pattern(sort: str) -> re.Pattern[str]:
    """asked: what to undo and a word for a wish, or the other way round; the others: what may
    follow it."""
    words = aliases()["wishes"]
    any_of = {key: _any(listed) for key, listed in words.items()}
    undo, link = any_of["undo"], f"(?:{any_of['between']})*"
    if sort == "asked":
        one = f"(?:{undo})+{link}(?:{any_of['asks']})"
        return re.compile(f"{one}|(?:{any_of['before']})(?:{undo})")
    if sort == "granted":
        return re.compile(f"{link}(?:{any_of['granted']})(?!{any_of['not_yet']})")
    return re.compile(f"{link}(?:{any_of['withdrawn']})")


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
