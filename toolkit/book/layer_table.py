"""The ten places month by month: people, money, visits, and people a year earlier."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from toolkit.book.balances import layer_months
from toolkit.book.bucket import filled_from
from toolkit.book.calendar import is_month_end, month_ends, year_before
from toolkit.book.course import LAYERS, OUTSIDE, RANKS, STATES, rank_of, ranks_named
from toolkit.book.customers import customers_at
from toolkit.book.cutoffs import Cutoffs
from toolkit.book.periods import periods
from toolkit.book.shares import share
from toolkit.frames import frame

PLACES = len(LAYERS) * len(STATES)


def layer_table(
    days: ir.Table, daily: pd.DataFrame, first: dt.date, closing: dt.date, cut: Cutoffs
) -> pd.DataFrame:
    """Who stood in each place at every month end, and what they bought in that month.

    One row per month end, layer and state, ten per month end, oldest first. Columns: month_end
    (date; the last one is the closing date), layer, state (active, lapsed), customers, share (of
    all customers then, 0..1; null below 5), sales (net money of the month of those who stand
    there at its end, minor units), visits (theirs in the month), sales_per_head (minor units) and
    visits_per_head (both per customer standing there; null for an empty place), year_ago
    (customers twelve rows of the place earlier; at a last row that is no month end, on the same
    day a year before; null with fewer rows before it, or where that day lies before
    `bucket.filled_from`, as in `Book.places_compared`), complete and trusted (of the month, as in
    `periods.periods`). Money of customers still outside is in no place. People are the balance of
    the moves by day (`moves.moves_by_day`). Source: definitions, "Bucket" and
    `tables/layers.csv`.
    """
    people = layer_months(daily, first, closing)
    ago = _year_ago(people, days, closing, cut)
    people["year_ago"] = ago.where(_day_ago(people, closing) >= filled_from(first, cut.lapse_days))
    money = month_money(days, first, closing, cut)
    keys = ["month_end", "layer", "state"]
    money = money.set_index(keys).reindex(pd.MultiIndex.from_frame(people[keys]), fill_value=0)
    table = people.assign(sales=money.sales.to_numpy(), visits=money.visits.to_numpy())
    everyone = table.groupby("month_end").customers.transform("sum")
    there = table.customers.where(table.customers > 0)
    table = table.assign(
        share=share(table.customers, everyone),
        sales_per_head=table.sales / there,
        visits_per_head=table.visits / there,
    )
    spans = periods(first, closing, cut.lapse_days, "month").set_index("end")
    table = table.join(spans[["complete", "trusted"]], on="month_end")
    heads = ["month_end", "layer", "state", "customers", "share", "sales", "visits"]
    return table[[*heads, "sales_per_head", "visits_per_head", "year_ago", "complete", "trusted"]]


def month_number(day):
    """Months since the year 0, of a date or a date column: cheaper to group by than truncation."""
    if isinstance(day, dt.date):
        return day.year * 12 + day.month
    return day.year() * 12 + day.month()


def month_money(days: ir.Table, first: dt.date, closing: dt.date, cut: Cutoffs) -> pd.DataFrame:
    """Money and visits of every month by the place in which its customers end the month.

    One row per month end and place of somebody with a day in the month. Columns: month_end (date,
    the last one the closing date), layer, state, sales (net, minor units), visits. A customer's
    last day of the month (`visits.keep_days`) has the layer; whether the lapse line has passed
    since is seen at the month end.
    """
    ended = _month_days(days, cut)
    ended = ended.filter(ended["rank"] != RANKS.index(OUTSIDE)).group_by(["month", "rank", "seen"])
    found = frame(ended.agg(sales=_.amount.sum().cast("int64"), visits=_.visit.sum()))
    found["layer"] = ranks_named(found["rank"])
    ends = {month_number(day): day for day in month_ends(first, closing)}
    found["month_end"] = found.month.map(ends)
    gap = pd.to_datetime(found.month_end) - pd.to_datetime(found.seen)
    active = gap < dt.timedelta(days=cut.lapse_days)
    found["state"] = active.map({True: "active", False: "lapsed"})
    keys = ["month_end", "layer", "state"]
    return found.groupby(keys, as_index=False)[["sales", "visits"]].sum()


def _month_days(days: ir.Table, cut: Cutoffs) -> ir.Table:
    """Days, or a customer's days of one month in one row, with the layer at the month's end.

    Columns: month (`month_number`), rank (layer), seen (last visit by then), amount, visit. Most
    customers have one day in a month and need no grouping: only those with more are put together.
    """
    month = month_number(days.date)
    last = (month_number(days.until) > month).fill_null(True)
    first = (month_number(days.previous_date) < month).fill_null(True)
    alone, others = days.filter(last & first), days.filter(~(last & first))
    # `first` looks at visits: after a day that is none, the last day is wanted for its layer only.
    no_visit = days.filter(~days.is_visit & ~last)
    after = no_visit.select("customer_id", date=no_visit.until)
    ends = _steps(alone.semi_join(after, ["customer_id", "date"]), cut)
    ends = ends.mutate(amount=ibis.literal(0, "int64"), visit=ibis.literal(0, "int64"))
    together = ibis.union(_steps(others, cut), ends).group_by(["customer_id", "month"])
    together = together.agg(
        rank=_["rank"].max(where=_["last"]),
        seen=_.seen.max(),
        amount=_.amount.sum().cast("int64"),
        visit=_.visit.sum().cast("int64"),
    )
    columns = ["month", "rank", "seen", "amount", "visit"]
    return ibis.union(_steps(alone, cut).select(columns), together.select(columns))


def _steps(days: ir.Table, cut: Cutoffs) -> ir.Table:
    month = month_number(days.date)
    tenure = days.last_date.delta(days.first_date, unit="day").fill_null(0)
    return days.select(
        "customer_id",
        month=month,
        last=(month_number(days.until) > month).fill_null(True),
        rank=rank_of(days.n, tenure, days.amount_to_date, cut),
        seen=days.last_date,
        amount=days.amount,
        visit=days.is_visit.cast("int64"),
    )


def _day_ago(people: pd.DataFrame, closing: dt.date) -> pd.Series:
    """The day that `_year_ago` looks back to; a day before all others where there is none."""
    ago = people.month_end.shift(12 * PLACES, fill_value=dt.date.min)
    if is_month_end(closing) or len(people) <= 12 * PLACES:
        return ago
    return ago.mask(people.month_end == closing, year_before(closing))


def _year_ago(people: pd.DataFrame, days: ir.Table, closing: dt.date, cut: Cutoffs) -> pd.Series:
    """Customers of the same place a year earlier, for every row."""
    ago = people.customers.shift(12 * PLACES).astype("Int64")
    if is_month_end(closing) or len(people) <= 12 * PLACES:
        return ago
    there = customers_at(days, year_before(closing), cut)
    held = frame(there.group_by(["layer", "active"]).agg(n=there.count()))
    n = held.set_index(["layer", "active"])["n"]
    last = people.tail(PLACES)
    places = zip(last.layer, last.state == "active", strict=True)
    known = [int(n.get(place, 0)) for place in places]
    return pd.concat([ago.iloc[:-PLACES], pd.Series(known, index=last.index, dtype="Int64")])
