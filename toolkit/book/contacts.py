"""The contact log beside the book: who was contacted, who was forgotten, who came after."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.course import STATES
from toolkit.book.kept import kept
from toolkit.book.shares import share
from toolkit.frames import frame

LAG_DAYS = (7, 14, 30, 60, 90)


@dataclass(frozen=True, eq=False)
class Contacts:
    """The contacts made with customers up to the closing date.

    `made`: customer_id, date and what else the log tells; `visits` and `customers` are the book's
    own tables, `layers` the layers of its customers. `months`: months back in which a contact
    counts in `by_place`.
    """

    made: ir.Table
    visits: ir.Table
    customers: ir.Table
    layers: tuple[str, ...]
    closing: dt.date
    months: int

    @kept
    def by_place(self) -> pd.DataFrame:
        """How many of each place were contacted lately.

        One row per layer and state, all of them. Columns: layer, state, customers (at the closing
        date), contacted (of those, with any contact in the last `months` months to it), share
        (0..1; null below five). Our rule.
        """
        recent = self._up_to_closing()
        recent = recent.filter(recent.date > ibis.literal(months_before(self.closing, self.months)))
        reached = recent.select("customer_id").distinct().mutate(reached=True)
        both = self.customers.left_join(reached, "customer_id")
        counted = frame(
            both.group_by(["layer", "active"]).agg(
                customers=both.count(),
                contacted=both.reached.fill_null(False).cast("int64").sum(),
            )
        )
        counted["state"] = counted.pop("active").map({True: "active", False: "lapsed"})
        every = pd.MultiIndex.from_product([self.layers, STATES], names=["layer", "state"])
        table = counted.set_index(["layer", "state"]).reindex(every, fill_value=0)
        table = table.astype("int64").reset_index()
        return table.assign(share=share(table.contacted, table.customers))

    @kept
    def forgotten(self) -> pd.DataFrame:
        """Lapsed customers whom nobody contacted after their last visit ("sold and forgotten").

        One row per layer and a last one for all (layer null). Columns: layer, lapsed (customers at
        the closing date), forgotten (of those, without a contact on a later day than their last
        visit), share (0..1; null below five). Our rule.
        """
        made = self._up_to_closing()
        last = made.group_by("customer_id").agg(contact=made.date.max())
        gone = self.customers.filter(~self.customers.active).left_join(last, "customer_id")
        later = (gone.contact > gone.last_date).fill_null(False)
        counted = frame(
            gone.group_by("layer").agg(lapsed=gone.count(), forgotten=(~later).cast("int64").sum())
        )
        table = counted.set_index("layer").reindex(list(self.layers), fill_value=0)
        table = table.astype("int64").reset_index().astype({"layer": "object"})
        table.loc[len(table)] = [None, *table[["lapsed", "forgotten"]].sum()]
        return table.assign(share=share(table.forgotten, table.lapsed))

    @kept
    def lag(self) -> pd.DataFrame:
        """How many contacts were followed by a visit soon after.

        One row per within_days in 7, 14, 30, 60, 90. Columns: within_days, contacts (with people
        who were customers on that day, one a customer and day, made at least so many days before
        the closing date), followed (by a visit on one of the next so many days; the day of the
        contact itself does not count, for thanks go out on the day of a visit), share (0..1; null
        below five). Not an effect: who is contacted is seldom chosen by lot, and some would have
        come anyway. Our rule.
        """
        made = self._up_to_closing().select("customer_id", day="date").distinct()
        visits = self.visits.select("customer_id", "date", "next_date")
        met = made.inner_join(visits, "customer_id")
        met = met.filter(
            (met.date <= met.day) & (met.next_date.isnull() | (met.next_date > met.day))
        )
        most = LAG_DAYS[-1]
        waited = met.next_date.delta(met.day, unit="day").fill_null(most + 1)
        age = ibis.literal(self.closing).delta(met.day, unit="day")
        met = met.select(waited=ibis.least(waited, most + 1), age=ibis.least(age, most))
        counted = frame(met.group_by(["waited", "age"]).agg(n=met.count()))
        rows = []
        for days in LAG_DAYS:
            old = counted[counted.age >= days]
            rows.append((days, int(old.n.sum()), int(old.n[old.waited <= days].sum())))
        table = pd.DataFrame(rows, columns=["within_days", "contacts", "followed"])
        return table.assign(share=share(table.followed, table.contacts))

    def _up_to_closing(self) -> ir.Table:
        return self.made.filter(self.made.date <= ibis.literal(self.closing))


def months_before(day: dt.date, months: int) -> dt.date:
    """The same calendar day so many months earlier; where there is none, the month's last day."""
    return (pd.Timestamp(day) - pd.DateOffset(months=months)).date()
