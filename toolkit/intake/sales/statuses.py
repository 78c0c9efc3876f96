"""What the status columns of a file say of its rows: cancelled, not yet paid, no sale at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa

from toolkit.intake.columns.formats import Format, StatusRule
from toolkit.intake.names import aliases, numberless, plain
from toolkit.intake.sales import flags
from toolkit.intake.sales.cancel_names import names_states
from toolkit.intake.sales.wishes import without
from toolkit.intake.tables.coded import Coded

REASONS = ("cancelled", "pending", "not_a_sale")
Test = Callable[[str], bool]


def told_out(
    statuses: Mapping[str, Coded], known: Format | None, rows: int
) -> dict[str, np.ndarray]:
    """Rows that a status leaves out, by reason (masks): cancelled, pending, not_a_sale.

    `statuses`: the status columns by the file's name. By the rules of a known format; a column
    it has no rule for, and any column of another file, by the words of `aliases.toml`.
    """
    out = {reason: np.zeros(rows, bool) for reason in REASONS}
    for name, column in statuses.items():
        for reason, test in tests_of(name, column, known).items():
            out[reason] |= column.look_up(which(column.texts, test))
    return out


def tests_of(name: str, column: Coded, known: Format | None) -> dict[str, Test]:
    """Reason -> which texts of a status column leave a row out for it."""
    rules = _rules(name, known)
    if rules:
        return {reason: _by_rules(rules, reason) for reason in REASONS}
    sort = flags.sort_of(name, column.texts) if known is None else "word"
    if sort == "kind":
        none, back = flags.no_sales(column), flags.backs(name, column.texts)
        return {
            "cancelled": lambda text: voids(text) and not back(text),
            "pending": waits,
            "not_a_sale": lambda text: plain(text) in none,
        }
    if sort == "date":
        return {"cancelled": lambda text: flags.dated(text) or voids(text)}
    if sort == "reason":
        return {"cancelled": flags.reasoned}
    lent = known is None and flags.lends(column.texts)
    out = {"cancelled": frozenset(aliases()["status"]["void_named"]), "pending": frozenset()}
    if sort == "mark":
        done = aliases()["status"]["done"] if names_states(name) else ()
        out["cancelled"] = flags.marks(column.texts).union(done)
    elif sort in ("paid", "valid"):
        out = {"cancelled": frozenset(), "pending": frozenset()}
        out["pending" if sort == "paid" else "cancelled"] = flags.lacks(column.texts)
    return {
        "cancelled": lambda text: voids(text, lent) or plain(text) in out["cancelled"],
        "pending": lambda text: waits(text) or plain(text) in out["pending"],
    }


def of_dates(name: str, known: Format | None) -> bool:
    """Whether a status column holds dates of cancelling."""
    rules = _rules(name, known)
    return any(rule.filled for rule in rules) or (known is None and flags.sort_of(name) == "date")


def money_back(statuses: Mapping[str, Coded], known: Format | None, rows: int) -> np.ndarray:
    """Rows that a known format's status, or else a kind of slip, calls money going back (mask)."""
    back = np.zeros(rows, bool)
    for name, column in statuses.items():
        if known is None and flags.sort_of(name, column.texts) == "kind":
            back |= column.look_up(which(column.texts, flags.backs(name, column.texts)))
        listed = {_value(each) for rule in _rules(name, known) for each in rule.money_back}
        if listed:
            back |= column.look_up(which(column.texts, lambda text, v=listed: _value(text) in v))
    return back


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


def _rules(name: str, known: Format | None) -> list[StatusRule]:
    names = (plain(name), numberless(plain(name)))
    return [rule for rule in known.status if plain(rule.column) in names] if known else []


def _by_rules(rules: list[StatusRule], reason: str) -> Test:
    def test(text: str) -> bool:
        value = _value(text)
        return any(_says(rule, reason, value) for rule in rules)

    return test


def _says(rule: StatusRule, reason: str, value: str) -> bool:
    if value.strip("0:/.") and rule.filled == reason:  # 0000-00-00 is no date
        return True
    if value in {_value(each) for each in getattr(rule, reason)}:
        return True
    kept = {_value(each) for each in rule.keep}
    return rule.otherwise == reason and bool(kept) and value != "" and value not in kept


def _value(text: str) -> str:
    """A value in its plain form; a number keeps its minus."""
    return re.sub("^[-−]", "minus ", text) if re.fullmatch(r"[-−]\d+", text) else plain(text)


def voids(text: str, lent: bool = False) -> bool:
    """Whether a status is a word for a cancelled, returned or refunded order, or has one in it;
    `lent`: of things that were lent, which come back as a matter of course."""
    status = plain(text)
    for word in aliases()["status"]["given_back"] if lent else ():
        status = status.replace(word, "")
    return _has(status, "void")


def waits(text: str) -> bool:
    """Whether a status is, or has in it, a word for an order not paid or confirmed yet."""
    return _has(plain(text), "pending")


def wishes(text: str) -> bool:
    """Whether a text asks that an order be cancelled (キャンセル希望), and does not say that it
    was, nor that the wish was taken back."""
    return without(text)[1] == "open" and not voids(text)


def surely_voids(text: str) -> bool:
    """Whether a text has a word in it that is said of an order alone (キャンセル, ノーショー)."""
    return voids(text) and any(word in plain(text) for word in aliases()["status"]["strong"])


def surely_told(text: str) -> bool:
    """Whether a text says of an order, and of nothing else, that it is cancelled or not paid."""
    parts = aliases()["status"]["pending_parts"]
    return surely_voids(text) or (waits(text) and any(part in plain(text) for part in parts))


def _has(status: str, meaning: str) -> bool:
    words = aliases()["status"]
    status = status.replace("取り消", "取消")
    if status in words[meaning]:
        return True
    if meaning == "void":
        status, outcome = without(status)
        if outcome == "granted":
            return True
    for each in words[f"not_{meaning}"]:
        status = status.replace(each, "")
    return any(part in status for part in words[f"{meaning}_parts"])
