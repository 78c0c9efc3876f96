"""What the status columns of a file say of its rows: cancelled, not yet paid, no sale at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa

from toolkit.intake.formats import Format, StatusRule
from toolkit.intake.grid import Coded
from toolkit.intake.names import aliases, plain

REASONS = ("cancelled", "pending", "not_a_sale")
Test = Callable[[str], bool]


def told_out(
    statuses: Mapping[str, Coded], known: Format | None, rows: int
) -> dict[str, np.ndarray]:
    """Rows that a status leaves out, by reason (masks): cancelled, pending, not_a_sale.

    `statuses`: the status columns by the file's name. By the rules of a known format, else by
    the words of `aliases.toml`.
    """
    out = {reason: np.zeros(rows, bool) for reason in REASONS}
    for name, column in statuses.items():
        for reason, test in _tests(name, known).items():
            out[reason] |= column.look_up(which(column.texts, test))
    return out


def goods(kinds: Coded | None, known: Format | None, rows: int) -> np.ndarray:
    """Rows that are product lines; all of them where the file does not tell."""
    if kinds is None or known is None or known.line_kinds is None:
        return np.ones(rows, bool)
    return of_kinds(kinds, known.line_kinds.goods)


def of_kinds(kinds: Coded, values: list[str]) -> np.ndarray:
    """Rows of any of these kinds (mask)."""
    wanted = {plain(value) for value in values}
    return kinds.look_up(which(kinds.texts, lambda text: plain(text) in wanted))


def which(texts: pa.StringArray, test: Test) -> np.ndarray:
    """The texts a test holds for (mask)."""
    return np.fromiter((test(text) for text in texts.to_pylist()), bool, len(texts))


def _tests(name: str, known: Format | None) -> dict[str, Test]:
    if known is None:
        return {"cancelled": _voids, "pending": _waits}
    rules = [rule for rule in known.status if plain(rule.column) == plain(name)]
    return {reason: _by_rules(rules, reason) for reason in REASONS}


def _by_rules(rules: list[StatusRule], reason: str) -> Test:
    def test(text: str) -> bool:
        value = plain(text)
        return any(_says(rule, reason, value) for rule in rules)

    return test


def _says(rule: StatusRule, reason: str, value: str) -> bool:
    if rule.filled == reason and value not in ("", "0"):
        return True
    listed = {plain(each) for each in getattr(rule, reason)}
    if value in listed:
        return True
    kept = {plain(each) for each in rule.keep}
    return reason == "not_a_sale" and bool(kept) and value != "" and value not in kept


def _voids(text: str) -> bool:
    status, words = plain(text), aliases()["status"]
    if status in words["not_void"]:
        return False
    return status in words["void"] or status.startswith(tuple(words["void_beginnings"]))


def _waits(text: str) -> bool:
    return plain(text) in aliases()["status"]["pending"]
