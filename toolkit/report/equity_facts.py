"""Facts on what the customers are worth: in all, by place, one kept, one who comes back."""

from __future__ import annotations

import pandas as pd

from toolkit.book import FEW, LAYERS, STATES, Book
from toolkit.foresight import Equity
from toolkit.report.facts import CUSTOMERS, Fact, Facts, count, in_major, money

MONTHS = (12, 36)
SOURCE = "equity.foresee_value"


def equity_facts(book: Book, found: Equity) -> Facts:
    """Expected margin (major units) within 12 and 36 months, with 80 % intervals; none without
    amounts.

    Ids: equity.customers, equity.margin_<months>, equity.<layer>.<state>.margin_<months>,
    equity.kept_<months> (one active customer kept) and equity.second_<months> (per lapsed
    customer who comes back).
    """
    if not book.has_money:
        return Facts([])
    if found.groups is None:
        whys = [f"equity.margin_{months}" for months in MONTHS]
        return Facts(money(key, None, book.settings.currency, SOURCE, found.why) for key in whys)
    total, lapsed = found.total(), found.total("lapsed")
    facts = [count("equity.customers", total["customers"], CUSTOMERS, SOURCE)]
    for months in MONTHS:
        facts.append(_margin("equity", total, months, book))
        for layer in LAYERS:
            for state in STATES:
                row = found.total(state, layer)
                facts.append(_margin(f"equity.{layer}.{state}", row, months, book))
        head = lapsed[f"second_head_{months}"] if lapsed["customers"] >= FEW else None
        code = book.settings.currency
        kept = found.kept_value(months)
        facts.append(money(f"equity.kept_{months}", kept, code, SOURCE, "too_few"))
        facts.append(money(f"equity.second_{months}", head, code, SOURCE, "too_few"))
    return Facts(facts)


def _margin(prefix: str, row: dict, months: int, book: Book) -> Fact:
    code, ends = book.settings.currency, [row[f"{end}_{months}"] for end in ("low", "high")]
    interval = None if pd.isna(ends[0]) else tuple(in_major(round(x), code) for x in ends)
    key = f"{prefix}.margin_{months}"
    return money(key, int(row[f"margin_{months}"]), code, SOURCE, interval=interval)
