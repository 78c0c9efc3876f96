"""What the headline figures would be without some of the customers."""

from __future__ import annotations

import datetime as dt

import ibis.expr.types as ir
import pandas as pd

from toolkit.book import bucket, year
from toolkit.book.balances import movement
from toolkit.frames import scalar

ALL, WITHOUT = "all", "without"


def influence(
    some: ir.Table, places: tuple[ir.Table, ir.Table], recent: ir.Table, closing: dt.date
) -> pd.DataFrame:
    """The headline figures of all customers and of all but `some`.

    Two rows. Columns: who (all, without), active (at the closing date), hole_lost and hole_of (of
    those active a year before, the lapsed), customers (with a visit in the last 12 months), sales
    (net, minor units, of these months), kept and previous (of those with a visit in the 12 months
    before, how many came again). All with the cut-offs in force, as `bucket.hole`,
    `year.year_counts` and `recent.recent_years` count them. `places`: where customers stand a year
    before the closing date, and on it. Source: definitions, "Business or gift buyers" (our rule).
    """
    parts = (*places, recent)
    rest = tuple(table.anti_join(some, "customer_id") for table in parts)
    rows = [_figures(*each, closing) for each in (parts, rest)]
    return pd.DataFrame(rows).assign(who=[ALL, WITHOUT]).set_index("who").reset_index()


def _figures(before: ir.Table, now: ir.Table, recent: ir.Table, closing: dt.date) -> dict[str, int]:
    lost, of = bucket.hole(movement(before, now)) or (0, 0)
    ever = scalar(now.count())
    counts = year.year_counts(year.groups_of(recent, ever, closing), two_years=True)
    return {
        "active": scalar(now.active.cast("int64").sum()) or 0,
        "hole_lost": lost,
        "hole_of": of,
        "customers": counts["active"],
        "sales": scalar(recent.sales.sum().cast("int64")) or 0,
        "kept": counts["kept"],
        "previous": counts["previous"],
    }
