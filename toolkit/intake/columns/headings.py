"""What the name of a column says of its role: known, told by a word, nothing, or another role."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from toolkit.intake.columns.qualifiers import heading
from toolkit.intake.names import aliases, plain

LISTS = {  # role -> the lists of aliases.toml that name it, most telling first
    "amount": ("total", "line"),
    **{role: (role,) for role in ("order", "date", "customer", "mail", "phone", "name")},
    **{role: (role,) for role in ("postcode", "price", "quantity", "product", "product_name")},
    "status": ("status",),
}
# lists that make a name another role's, beside those above
ELSEWHERE = ("shipping", "fee", "points", "tax", "refund", "discount", "currency", "subscription")
UNNAMED = re.compile(  # names that a program gave for want of any
    r"(f|v|x|c|no|col|column|field|var|item|unnamed:?|項目|列|カラム)?\d*|[a-z]", re.IGNORECASE
)
STATED = re.compile(r"(値引き?|割引|優待)(前|後)の?")  # of an amount, and no discount
SHORT = 4  # letters up to which an English word has to stand alone


def rank(role: str, name: str) -> int | None:
    """The place of a name in the role's lists, 0 the most telling; None where it is in none."""
    listed = _listed(role)
    return listed.get(plain(name), listed.get(plain(heading(name).name)))


def says(role: str, name: str) -> str:
    """What a name says of a role: `known`, `word`, `nothing`, `unnamed`, `other` or `never`.

    `unnamed` are names such as 1, F3, 項目2 and no name at all: they say as little as none. What
    a name says of tax and unit is left out where it says more than that.
    """
    if rank(role, name) is not None:
        return "known"
    name = heading(name).name
    name = STATED.sub("", name) or name
    if UNNAMED.fullmatch(plain(name)):
        return "unnamed"
    words = _words(name)
    hints = _hints()
    if words.has(hints[role].get("part", [])):
        return "never"
    if words.has(hints[role].get("never", [])) and not words.has(hints[role]["for"]):
        return "never"
    if _elsewhere(role, plain(name)) or words.has(hints[role]["against"]):
        return "other"
    beside = hints[role].get("beside")
    if words.has(hints[role]["for"]) and (not beside or words.has(beside)):
        return "word"
    return "other" if words.has(hints["other"]["for"]) else "nothing"


def speaks_against(role: str, name: str) -> bool:
    """Whether a name is known for another role, or has a word against this one."""
    known = any(rank(other, name) is not None for other in LISTS if other != role)
    listed = any(plain(name) in aliases()[each]["names"] for each in ELSEWHERE)
    return known or listed or has_against(role, heading(name).name)


def has_against(role: str, name: str) -> bool:
    """Whether a name has a word in it against a role."""
    return _words(name).has(_hints()[role]["against"])


@cache
def _listed(role: str) -> Mapping[str, int]:
    names = [name for each in LISTS[role] for name in aliases()[each]["names"]]
    return {name: i for i, name in reversed(list(enumerate(names))) if isinstance(name, str)}


@cache
def _elsewhere(role: str, name: str) -> bool:
    others = [name in _listed(other) for other in LISTS if other != role]
    return any(others) or any(name in aliases()[each]["names"] for each in ELSEWHERE)


@cache
def _hints() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("hints.toml").read_text(encoding="utf-8"))


class _Words:
    """A name as a run of signs and as the English words in it."""

    def __init__(self, name: str):
        folded = unicodedata.normalize("NFKC", name)
        apart = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", folded)
        self.whole = plain(name)
        self.english = set(re.findall(r"[a-z]+|#", apart.lower()))

    def has(self, words: list[str]) -> bool:
        """Whether any of the words is in the name."""
        return any(
            word in self.english
            if word.isascii() and len(word) <= SHORT
            else plain(word) in self.whole
            for word in words
        )


@cache
def _words(name: str) -> _Words:
    return _Words(name)
