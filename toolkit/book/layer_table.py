"""The ten places month by month: people, money, visits, and people a year earlier."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.balances import layer_months
from toolkit.book.calendar import is_month_end, year_before
from toolkit.book.course import LAYERS, OUTSIDE, STATES, layer_of
from toolkit.book.cutoffs import Cutoffs
from toolkit.book.moves import places_at
from toolkit.book.shares import share
from toolkit.frames import frame

PLACES = len(LAYERS) * len(STATES)


def layer_table(
    days: ir.Table, moves: ir.Table, first: dt.date, closing: dt.date, cut: Cutoffs
) -> pd.DataFrame:
    """Who stood in each place at every month end, and what they bought in that month.

    One row per month end, layer and state, ten per month end, oldest first. Columns: month_end
    (date; the last one is the closing date), layer, state (active, lapsed), customers, share (of
    all customers then, 0..1; null below 5), sales (net money of the month of those who stand
    there at its end, minor units), visits (theirs in the month), sales_per_head (minor units) and
    visits_per_head (both per customer standing there; null for an empty place), year_ago
    (customers twelve rows of the place earlier; at a last row that is no month end, on the same
    day a year before; null with fewer rows before it). Money of customers still outside is in no
    place. People are the balance of the moves (`balances.layer_months`). Source: definitions,
    "Bucket" and `tables/layers.csv`.
    """
    people = layer_months(moves, first, closing)
    people["year_ago"] = _year_ago(people, moves, closing)
    money = month_money(days, closing, cut)
    table = people.merge(money, how="left", on=["month_end", "layer", "state"])
    table = table.fillna({"sales": 0, "visits": 0}).astype({"sales": "int64", "visits": "int64"})
    everyone = table.groupby("month_end").customers.transform("sum")
    there = table.customers.where(table.customers > 0)
    table = table.assign(
        share=share(table.customers, everyone),
        sales_per_head=table.sales / there,
        visits_per_head=table.visits / there,
    )
    heads = ["month_end", "layer", "state", "customers", "share", "sales", "visits"]
    return table[[*heads, "sales_per_head", "visits_per_head", "year_ago"]]


def month_money(days: ir.Table, closing: dt.date, cut: Cutoffs) -> pd.DataFrame:
    """Money and visits of every month by the place in which its customers end the month.

    One row per month end and place of somebody with a day in the month. Columns: month_end (date,
    the last one the closing date), layer, state, sales (net, minor units), visits. A customer's
    last day of the month (`visits.keep_days`) has the layer; whether the lapse line has passed
    since is seen at the month end.
    """
    tenure = days.last_date.delta(days.first_date, unit="day").fill_null(0)
    steps = days.select(
        "customer_id",
        "date",
        "amount",
        "last_date",
        month=days.date.truncate("M"),
        visit=days.is_visit.cast("int64"),
        layer=layer_of(days.n, tenure, days.amount_to_date, cut),
    )
    onwards = ibis.window(
        group_by=["customer_id", "month"], order_by="date", preceding=0, following=None
    )
    steps = steps.mutate(
        layer=steps.layer.last().over(onwards), seen=steps.last_date.last().over(onwards)
    )
    sums = steps.filter(steps.layer != OUTSIDE).group_by(["month", "layer", "seen"])
    found = frame(sums.agg(sales=ibis._.amount.sum().cast("int64"), visits=ibis._.visit.sum()))
    ends = pd.PeriodIndex(found.month, freq="M").end_time.date
    found["month_end"] = pd.Series(ends, index=found.index, dtype=object).clip(upper=closing)
    gap = pd.to_datetime(found.month_end) - pd.to_datetime(found.seen)
    active = gap < dt.timedelta(days=cut.lapse_days)
    found["state"] = active.map({True: "active", False: "lapsed"})
    keys = ["month_end", "layer", "state"]
    return found.groupby(keys, as_index=False)[["sales", "visits"]].sum()


def _year_ago(people: pd.DataFrame, moves: ir.Table, closing: dt.date) -> pd.Series:
    """Customers of the same place a year earlier, for every row."""
    ago = people.customers.shift(12 * PLACES).astype("Int64")
    if is_month_end(closing) or len(people) <= 12 * PLACES:
        return ago
    there = places_at(moves, year_before(closing))
    held = frame(there.group_by(["layer", "active"]).agg(n=there.count()))
    n = held.set_index(["layer", "active"])["n"]
    last = people.tail(PLACES)
    places = zip(last.layer, last.state == "active", strict=True)
    known = [int(n.get(place, 0)) for place in places]
    return pd.concat([ago.iloc[:-PLACES], pd.Series(known, index=last.index, dtype="Int64")])
