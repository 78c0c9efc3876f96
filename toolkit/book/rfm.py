"""RFM: how recent, how often, how much; named groups that can be compared between dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.calendar import year_before
from toolkit.book.shares import share
from toolkit.frames import frame, scalar

GROUPS = (
    "champions",
    "loyal",
    "promising",
    "new",
    "need_attention",
    "about_to_sleep",
    "at_risk",
    "hibernating",
    "lost_loyal",
    "lost",
)
SCORES = (1, 2, 3, 4, 5)
VISITS = (2, 3, 5, 10)  # fewest visits for a frequency of 2, 3, 4 and 5


def day_lines(lapse_days: int) -> tuple[int, int, int, int]:
    """Days of silence from which on the recency is 4, 3, 2 and 1: a quarter, half, one and two
    lapse lines, rounded half up. Our rule: so 2 and 1 are exactly the lapsed.
    """
    shares = (Decimal("0.25"), Decimal("0.5"), Decimal(1), Decimal(2))
    one, two, three, four = (
        int((lapse_days * share).quantize(Decimal(1), ROUND_HALF_UP)) for share in shares
    )
    return one, two, three, four


def amount_lines(customers: ir.Table) -> tuple[int, ...] | None:
    """Money to date at the 20th, 40th, 60th and 80th percentile (nearest rank), minor units.

    The highest amount of the scores 1 to 4. None without customers or without amounts.
    """
    n = scalar(customers.amount.count())
    if not n:
        return None
    order = ibis.window(order_by="amount")  # which of equals stands first changes no line
    ranked = customers.select("amount").mutate(at=ibis.row_number().over(order))
    wanted = [-(-k * n // 5) - 1 for k in (1, 2, 3, 4)]  # position ceil(k n / 5), from 0
    found = frame(ranked.filter(ranked["at"].isin(wanted)).select("at", "amount"))
    by = found.set_index("at")["amount"]
    return tuple(int(by[position]) for position in wanted)


def group_of(recency: int, frequency: int) -> str:
    """The named group of a recency and a frequency. Our rule; the names are those commonly used."""
    often = frequency >= 3
    if recency >= 4:
        return ("new", "promising", "loyal", "champions", "champions")[frequency - 1]
    if recency == 3:
        return "need_attention" if often else "about_to_sleep"
    if recency == 2:
        return "at_risk" if often else "hibernating"
    return "lost_loyal" if often else "lost"


def rfm_scored(
    customers: ir.Table, lapse_days: int, amounts: tuple[int, ...] | None = None
) -> ir.Table:
    """Customers with their scores and their group.

    The columns of `customers` (at least gap_days, n_visits, amount) and recency, frequency,
    monetary (1 to 5, 5 the best; monetary null without `amounts`, see `amount_lines`), group
    (`group_of`). Source: definitions, "RFM"; the cut-offs are our rules.
    """
    recency, frequency = _scores(customers, lapse_days)
    monetary = ibis.null("int64")
    if amounts is not None:
        monetary = 1 + _passed(customers.amount, [line + 1 for line in amounts])
    pairs = [(10 * r + f, group_of(r, f)) for r in SCORES for f in SCORES]
    return customers.mutate(
        recency=recency,
        frequency=frequency,
        monetary=monetary,
        group=(10 * recency + frequency).cases(*pairs),
    )


def _scores(customers: ir.Table, lapse_days: int) -> tuple[ir.IntegerValue, ir.IntegerValue]:
    recency = 5 - _passed(customers.gap_days, day_lines(lapse_days))
    return recency, 1 + _passed(customers.n_visits, VISITS)


def _passed(value: ir.IntegerValue, lines) -> ir.IntegerValue:
    """How many of the lines a value has reached."""
    reached = [(value >= line).cast("int64") for line in lines]
    return sum(reached[1:], reached[0])


def compared_dates(first: dt.date, closing: dt.date) -> list[dt.date]:
    """The closing date, the same day a month before and a year before, as far as the file goes.

    A day the month before does not have becomes its last one (31 March -> 28 February).
    """
    month = (pd.Timestamp(closing) - pd.DateOffset(months=1)).date()
    return [day for day in (closing, month, year_before(closing)) if day >= first]


def rfm_groups(known: Mapping[dt.date, ir.Table], lapse_days: int) -> pd.DataFrame:
    """The named groups on each of some dates.

    `known` has the customers as they were known on each (`customers.customers_at`). One row per
    date and group, all ten, in the order given. Columns: date, group (`group_of`), customers,
    share (of all customers of the date, 0..1; null below 5 of them), amount (net money to that
    date, minor units). The groups partition the customers of each date. Source: definitions,
    "Concentration and RFM"; which scores make a group is our rule.
    """
    parts = [
        _cells(customers, lapse_days).mutate(date=ibis.literal(day))
        for day, customers in known.items()
    ]
    table = frame(ibis.union(*parts) if len(parts) > 1 else parts[0])
    scores = zip(table.recency, table.frequency, strict=True)
    table = table.assign(group=[group_of(*pair) for pair in scores])
    sums = table.groupby(["date", "group"])[["customers", "amount"]].sum()
    every = pd.MultiIndex.from_product([list(known), GROUPS], names=["date", "group"])
    table = sums.reindex(every, fill_value=0).reset_index()
    there = table.groupby("date").customers.transform("sum")
    table["share"] = share(table.customers, there)
    return table[["date", "group", "customers", "share", "amount"]]


def _cells(customers: ir.Table, lapse_days: int) -> ir.Table:
    """Customers and their money to date (minor units) by recency and frequency."""
    recency, frequency = _scores(customers, lapse_days)
    return customers.group_by(recency=recency, frequency=frequency).agg(
        customers=customers.count(), amount=customers.amount.sum().fill_null(0).cast("int64")
    )


def rfm_grid(customers: ir.Table, lapse_days: int) -> pd.DataFrame:
    """Customers by recency and frequency: one row per pair, all 25, best first.

    Columns: recency, frequency (5 to 1), customers, mean_amount (money to date per customer,
    minor units, float; null for an empty pair). Source: definitions, "Concentration and RFM".
    """
    best = SCORES[::-1]
    every = pd.MultiIndex.from_product([best, best], names=["recency", "frequency"])
    cells = frame(_cells(customers, lapse_days)).set_index(["recency", "frequency"])
    table = cells.reindex(every, fill_value=0).reset_index()
    mean = (table.amount / table.customers).where(table.customers > 0)
    return table.drop(columns="amount").assign(mean_amount=mean)


def rfm_scores(customers: ir.Table, lapse_days: int) -> pd.DataFrame:
    """The cut-offs in force, and how many customers have each score.

    One row per letter (R, F, M) and score, 5 to 1; no M without amounts. Columns: letter, score,
    from, to (both inclusive; days since the last visit for R, visits for F, money to date in
    minor units for M; null where open, both null for a score nobody can have), customers. The
    cut-offs are our rules (definitions, "Concentration and RFM").
    """
    amounts = amount_lines(customers)
    scored = rfm_scored(customers, lapse_days, amounts)
    tables = [
        _ranges("R", [0, *day_lines(lapse_days)], best_first=True),
        _ranges("F", [1, *VISITS]),
    ]
    if amounts is not None:
        tables.append(_ranges("M", [None, *(line + 1 for line in amounts)]))
    names = {"R": "recency", "F": "frequency", "M": "monetary"}
    counts = [
        scored.group_by(score=scored[names[letter]])
        .agg(customers=scored.count())
        .mutate(letter=ibis.literal(letter))
        for letter in ("R", "F", "M")[: len(tables)]
    ]
    found = frame(ibis.union(*counts)).set_index(["letter", "score"])["customers"]
    table = pd.concat(tables, ignore_index=True)
    keys = pd.MultiIndex.from_frame(table[["letter", "score"]])
    n = found.reindex(keys, fill_value=0).to_numpy()
    return table.assign(customers=n.astype("int64"))


def _ranges(letter: str, starts: list[int | None], best_first: bool = False) -> pd.DataFrame:
    """Scores 5 to 1 with the values they cover; `starts` ascending by value."""
    ends = [start - 1 for start in starts[1:]] + [None]
    scores = SCORES[::-1] if best_first else SCORES
    rows = [
        (letter, score, *((None, None) if _empty(start, end) else (start, end)))
        for score, start, end in zip(scores, starts, ends, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["letter", "score", "from", "to"])
    table = table.astype({"from": "Int64", "to": "Int64"})
    return table.sort_values("score", ascending=False)


def _empty(start: int | None, end: int | None) -> bool:
    return start is not None and end is not None and end < start
