"""The change in sales by who bought: those kept, new, revived, lost, and the rest."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from toolkit.book.sales import split_change

PARTS = ("people", "frequency", "price", "other")


def sales_groups(groups: pd.DataFrame) -> pd.DataFrame:
    """The change from last year's sales to this year's, exact in minor units.

    `groups` has the rows of `year.groups_of`. One row per group. Columns: group, customers (with
    a visit ever), visits, sales, previous_visits, previous_sales, change = sales -
    previous_sales, and its parts people, frequency, price, other, which add up to it. People is
    what those who came (new, revived: their sales) or left (lost: less their last year's sales)
    make; frequency and price are what the kept changed in visits per customer and price per
    visit, split by the logarithmic mean (`sales.split_change`); other is money without such a
    cause: returns in a year without a visit, and kept customers whose sum is not positive in one
    of the years.
    Source: definitions, "Yearly view" and "Sales"; the parts are our rule.
    """
    table = groups.assign(change=groups.sales - groups.previous_sales)
    parts = [_parts(row) for row in table.itertuples()]
    table[list(PARTS)] = pd.DataFrame(parts, columns=PARTS, dtype="int64")
    return table


def _parts(row) -> tuple[int, int, int, int]:
    if row.group in ("new", "revived"):
        return row.sales, 0, 0, row.change - row.sales
    if row.group == "lost":
        return -row.previous_sales, 0, 0, row.change + row.previous_sales
    split = _split(row) if row.group == "kept" else None
    if split is None:
        return 0, 0, 0, row.change
    return 0, split["visits_per_customer"], split["per_visit"], 0


def _split(row) -> dict[str, int] | None:
    """The change of the kept by price and frequency; their number is the same in both years."""
    both = [(row.sales, row.visits), (row.previous_sales, row.previous_visits)]
    now, before = (
        {
            "total": int(total),
            "visits": int(visits),
            "customers": 1,
            "per_visit": Fraction(int(total), int(visits) or 1),
            "visits_per_customer": Fraction(int(visits), int(row.customers) or 1),
        }
        for total, visits in both
    )
    return split_change(now, before)
