"""リピート率 and リピーター率: two rates of nearly the same name, and not the same thing."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.bucket import filled_from
from toolkit.book.calendar import is_month_end, month_ends, month_number, year_before
from toolkit.book.shares import share
from toolkit.frames import frame, row


def repeat_rates(
    visits: ir.Table, first: dt.date, closing: dt.date, lapse_days: int
) -> pd.DataFrame:
    """Both rates of every month.

    One row per calendar month. Columns: month (YYYY-MM), buyers (customers with a visit in it),
    repeaters (of those, with a visit in it that is not their first), ever (customers with a visit
    up to its end), repeater_rate (リピーター率 = repeaters / buyers), repeat_rate (リピート率 =
    repeaters / ever; both 0..1, null below 5), complete (False for a last month cut by the closing
    date), trusted (as in `bucket.bucket_months`: before, old customers pass for new ones).
    Source: リピーター率 ecnomikata 36172; リピート率 kuroco, uchideno-kozuchi.
    """
    month, following = month_number(visits.date), month_number(visits.next_date)
    last = visits.next_date.isnull() | (following > month)  # the customer's last of the month
    found = visits.select(month=month, nth=visits.nth, last=last).group_by("month")
    found = found.agg(
        buyers=ibis._.last.cast("int64").sum(),
        repeaters=(ibis._.last & (ibis._.nth > 1)).cast("int64").sum(),
        ever=(ibis._.nth == 1).cast("int64").sum(),
    )
    ends = month_ends(first, closing)
    months = [12 * day.year + day.month - 1 for day in ends]
    table = frame(found).set_index("month").reindex(months, fill_value=0).astype("int64")
    table = _with_rates(table.assign(ever=table.ever.cumsum()).reset_index())
    trusted_from = filled_from(first, lapse_days)
    return table.assign(
        month=[f"{day:%Y-%m}" for day in ends],
        complete=[is_month_end(day) for day in ends],
        trusted=[day.replace(day=1) >= trusted_from for day in ends],
    )


def repeat_year(visits: ir.Table, closing: dt.date) -> dict[str, int | float | None]:
    """Both rates of the 12 months to the closing date, as known then.

    Keys: buyers, repeaters, ever (customers), repeater_rate, repeat_rate (0..1, None below 5);
    all as in `repeat_rates`.
    """
    known = visits.filter(visits.date <= ibis.literal(closing))
    last = known.next_date.isnull() | (known.next_date > ibis.literal(closing))
    buyer = last & (known.date > ibis.literal(year_before(closing)))
    n = row(
        known.agg(
            buyers=buyer.cast("int64").sum(),
            repeaters=(buyer & (known.nth > 1)).cast("int64").sum(),
            ever=(known.nth == 1).cast("int64").sum(),
        )
    )
    table = _with_rates(pd.DataFrame([{key: value or 0 for key, value in n.items()}]))
    (rates,) = table.astype(object).to_dict("records")
    return {key: None if pd.isna(value) else value for key, value in rates.items()}


def _with_rates(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(
        repeater_rate=share(table.repeaters, table.buyers),
        repeat_rate=share(table.repeaters, table.ever),
    )
