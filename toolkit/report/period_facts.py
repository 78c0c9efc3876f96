"""Facts of the periods: where the level settles, what a year's customers spend, who moved sales."""

from __future__ import annotations

import pandas as pd

from toolkit.book import MONTHS_NEEDED, Book
from toolkit.report.facts import (
    CUSTOMERS,
    MONTHS,
    Fact,
    count,
    money,
    rate,
)

SPENDS = ("kept", "new", "revived")
LEAST_LOST = 30  # losses in a year from which the level is told: an error of a fifth (our rule)


def period_facts(book: Book) -> list[Fact]:
    """The facts `level.*`, and with amounts `ltv.*` and, over two years, `change.*`."""
    facts = _level(book)
    if book.has_money:
        facts += _spends(book)
        facts += _changes(book) if book.two_years else []
    return facts


def _level(book: Book) -> list[Fact]:
    """Where the bucket settles; not from fewer than thirty losses, on which it would hang."""
    found, source = book.settling_level(), "level.settling_level"
    names = dict.fromkeys(("active", "settles", "inflow", "inflow_year"), CUSTOMERS)
    names |= {"half_way": MONTHS}
    why = _no_level(book, found)
    if why:
        facts = [count(f"level.{name}", None, unit, source, why) for name, unit in names.items()]
        return [*facts, rate("level.hole", None, source, why)]
    months = max(1, _whole(found["half_way_months"]))
    inflow = (_whole(found["inflow"]), _whole(MONTHS_NEEDED * found["inflow"]))
    values = (found["active"], _whole(found["level"]), *inflow, months)
    facts = [
        count(f"level.{name}", value, unit, source)
        for (name, unit), value in zip(names.items(), values, strict=True)
    ]
    return [*facts, rate("level.hole", (found["lost"], found["opening"]), source)]


def _no_level(book: Book, found: dict | None) -> str | None:
    """Why there is no level; None where there is one."""
    if found is None or found["lost"] < LEAST_LOST:
        return "file_too_short" if _months(book) < MONTHS_NEEDED else "too_few"
    return "lost_within_a_month" if found["level"] is None else None


def _months(book: Book) -> int:
    months = book.bucket_statement("month")
    return int((months.complete & months.trusted).sum())


def _whole(value: float) -> int:
    return int(value + 0.5)


def _spends(book: Book) -> list[Fact]:
    """What a customer of the year spent on average (年間LTV), and those kept, new and revived."""
    history, code = book.year_history(), book.settings.currency
    last, before = (history.iloc[-n] if len(history) >= n else None for n in (1, 2))
    facts = [
        _mean("ltv.year", last, "sales_per_active", code, "file_too_short"),
        _mean("ltv.previous", before, "sales_per_active", code, "needs_two_years"),
    ]
    why = "needs_two_years" if before is None else "zero_denominator"
    return facts + [_mean(f"ltv.{name}", last, f"{name}_spend", code, why) for name in SPENDS]


def _mean(key: str, year: pd.Series | None, column: str, code: str, why: str) -> Fact:
    value = None if year is None or pd.isna(year[column]) else float(year[column])
    return money(key, value, code, "years.year_history", why)


def _changes(book: Book) -> list[Fact]:
    """The change in sales by who bought; `change.other` is what has no such cause."""
    groups, code = book.sales_groups().set_index("group"), book.settings.currency
    kept = groups.loc["kept"]
    values = {
        "new": groups.at["new", "people"],
        "revived": groups.at["revived", "people"],
        "kept": kept.frequency + kept.price,
        "frequency": kept.frequency,
        "price": kept.price,
        "lost": groups.at["lost", "people"],
        "other": groups.other.sum(),
    }
    source = "sales_groups.sales_groups"
    return [money(f"change.{name}", int(v), code, source) for name, v in values.items()]
