"""Subscription orders: their share, who comes to them, who leaves, and the layers without them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.calendar import add_days, year_before
from toolkit.book.course import LAYERS, STATES
from toolkit.book.customers import customers_at
from toolkit.book.cutoffs import Cutoffs
from toolkit.book.intervals import wilson
from toolkit.book.kept import kept
from toolkit.book.shares import share
from toolkit.book.visits import keep_days
from toolkit.frames import frame, row, scalar

UPGRADE_DAYS = 365


@dataclass(frozen=True, eq=False)
class Subscriptions:
    """The subscription orders of a book up to its closing date.

    A marked visit is a visit day with a marked order (`Ledger.subscriptions`). `orders` are all
    orders, `marked` the marked ones, both with source_row; `days`, `visits` and `customers` are
    the book's own tables. `filled_from`: the first day whose places can be trusted.
    """

    marked: ir.Table
    orders: ir.Table
    days: ir.Table
    visits: ir.Table
    customers: ir.Table
    closing: dt.date
    filled_from: dt.date
    cutoffs: Cutoffs

    def any(self) -> bool:
        """Whether there is a marked visit at all."""
        return bool(scalar(self.marked_visits.count()))

    @kept
    def share(self) -> pd.DataFrame:
        """How much of the last 12 months is subscription.

        One row per measure: customers and visits (with a marked visit), sales (money of the marked
        orders; no row without amounts). Columns: measure, marked, total (customers, visits, minor
        units), share (0..1; null below five, or where total sales are not above zero). A return
        slip that is not marked itself lowers only the total. Our rule.
        """
        start = ibis.literal(year_before(self.closing))
        year = self.visits.filter(self.visits.date > start)
        marked = self.marked_visits.filter(self.marked_visits.date > start)
        n, m = (
            row(t.agg(customers=t.customer_id.nunique(), visits=t.count())) for t in (year, marked)
        )
        rows = [(name, m[name], n[name]) for name in ("customers", "visits")]
        table = pd.DataFrame(rows, columns=["measure", "marked", "total"])
        table["share"] = share(table.marked, table.total)
        if self.cutoffs.amount_line is None:
            return table
        money = [t.filter(t.date > start).amount.sum() for t in (self._orders(), self.days)]
        own, total = (scalar(each) or 0 for each in money)
        part = own / total if total > 0 else float("nan")
        return pd.concat(
            [table, pd.DataFrame([("sales", own, total, part)], columns=table.columns)],
            ignore_index=True,
        )

    @kept
    def upgrade(self) -> tuple[int, int]:
        """From a one-off purchase to a subscription, as (came to it, could have).

        Of the customers whose first visit has no mark and lies at least 365 days before the closing
        date: those with a marked visit within 365 days of it. Our rule.
        """
        first = self.visits.filter(
            (self.visits.nth == 1)
            & (self.visits.date <= ibis.literal(self.closing - dt.timedelta(days=UPGRADE_DAYS)))
        )
        marks = self.marked_visits
        since = marks.group_by("customer_id").agg(since=marks.date.min())
        both = first.left_join(since, "customer_id")
        both = both.filter(both.since.isnull() | (both.since > both.date))
        came = both.since.notnull() & (both.since <= add_days(both.date, UPGRADE_DAYS))
        n = row(both.agg(came=came.cast("int64").sum(), total=both.count()))
        return (n["came"] or 0, n["total"])

    @kept
    def churn(self) -> pd.DataFrame:
        """The hole of the year apart for those last seen on subscription and all others.

        One row per kind: subscription (the last visit a year before the closing date or earlier is
        marked), one_off. Columns: kind, active (customers a year before the closing date), lapsed
        (of those, at the closing date), hole (0..1; null below five), low, high (95 %, Wilson).
        Together they are the hole of the year (definitions, "Bucket"). No rows while the year's
        opening is still filling.
        """
        day = year_before(self.closing)
        columns = ["kind", "active", "lapsed", "hole", "low", "high"]
        if day < self.filled_from:
            return pd.DataFrame(columns=columns)
        at, visits = ibis.literal(day), self.visits
        last = visits.filter(
            (visits.date <= at) & (visits.next_date.isnull() | (visits.next_date > at))
        )
        last = last.filter(at.delta(last.date, unit="day") < self.cutoffs.lapse_days)
        marks = self.marked_visits.mutate(marked=True)
        seen = last.select("customer_id", "date").left_join(marks, ["customer_id", "date"])
        seen = seen.select("customer_id", marked=seen.marked.fill_null(False))
        now = self.customers.select("customer_id", "active")
        seen = seen.inner_join(now, "customer_id")
        table = frame(
            seen.group_by("marked").agg(
                active=seen.count(), lapsed=(~seen.active).cast("int64").sum()
            )
        )
        table = table.set_index("marked").reindex([True, False], fill_value=0).astype("int64")
        table = table.reset_index(drop=True).assign(kind=["subscription", "one_off"])
        table["hole"] = share(table.lapsed, table.active)
        table["low"], table["high"] = wilson(table.hole, table.active)
        return table[columns]

    @kept
    def layers(self) -> pd.DataFrame:
        """The ten places at the closing date, and what they would be without subscription orders.

        One row per layer and state, all ten; no rows without amounts. Columns: layer, state,
        customers, without (customers, the book kept again, by the same cut-offs, as if no marked
        order had ever been placed; who has no other is in none of the ten). Our rule.
        """
        if self.cutoffs.amount_line is None:
            return pd.DataFrame(columns=["layer", "state", "customers", "without"])
        rest = self.orders.anti_join(self.marked, ["source_file", "source_row"])
        without = customers_at(keep_days(rest, self.closing), self.closing, self.cutoffs)
        every = pd.MultiIndex.from_product([LAYERS, STATES], names=["layer", "state"])
        counted = {"customers": _places(self.customers), "without": _places(without)}
        table = pd.DataFrame({k: v.reindex(every, fill_value=0) for k, v in counted.items()})
        return table.astype("int64").reset_index()

    @cached_property
    def marked_visits(self) -> ir.Table:
        """Marked visits, one row each: customer_id, date."""
        days = self._orders().select("customer_id", "date").distinct()
        visits = self.visits.select("customer_id", "date")
        return visits.semi_join(days, ["customer_id", "date"]).cache()

    def _orders(self) -> ir.Table:
        return self.marked.filter(self.marked.date <= ibis.literal(self.closing))


def _places(customers: ir.Table) -> pd.Series:
    counted = frame(customers.group_by(["layer", "active"]).agg(n=customers.count()))
    counted["state"] = counted["active"].map({True: "active", False: "lapsed"})
    return counted.set_index(["layer", "state"])["n"]
