"""Prospects: who became a customer, how soon, and who is still waiting for a word."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.shares import FEW, share
from toolkit.frames import frame

COUNTS = ("prospects", "already", "converted", "waiting")


@dataclass(frozen=True, eq=False)
class Prospects:
    """A prospect list beside the book; nobody on it enters a table or a count of customers.

    `listed`: customer_id, date, source. `customers`: customer_id, first_date (of the first visit).
    `contacts`: customer_id, date, or None without a contact log. The ids are the client's own.
    """

    listed: ir.Table
    customers: ir.Table
    contacts: ir.Table | None
    closing: dt.date

    def stages(self) -> pd.DataFrame:
        """What has become of the prospects, by source and in total.

        One row per source, most prospects first, and a last one for all (source null). A prospect
        counts once, from the first date on the list and with its source. Columns: source,
        prospects, already (customers before that date), converted (first visit on or after it),
        waiting (no visit), not_followed (waiting, and no contact on or after the date; null
        without a contact log), share (converted / (prospects - already), 0..1; null below five),
        median_days (to the first visit, by Kaplan-Meier: those who wait count for the days they
        have waited; null where half has not been reached, or below five). Our rule.
        """
        counted = frame(self._counted())
        rows = [_stage(source, part) for source, part in counted.groupby("source", sort=True)]
        rows.sort(key=lambda each: -each["prospects"])
        rows.append(_stage(None, counted))
        columns = ["source", *COUNTS, "not_followed", "median_days"]
        table = pd.DataFrame(rows, columns=columns)
        whole = dict.fromkeys([*COUNTS, "not_followed", "median_days"], "Int64")
        table = table.astype(whole | {"source": "object"})
        if self.contacts is None:
            table["not_followed"] = pd.array([pd.NA] * len(table), "Int64")
        table["share"] = share(table.converted, table.prospects - table.already)
        return table[["source", *COUNTS, "not_followed", "share", "median_days"]]

    def _counted(self) -> ir.Table:
        """Prospects (n) by source, stage, days to the first visit or to the closing date, and
        whether there was a contact."""
        listed = self.listed.filter(self.listed.date <= ibis.literal(self.closing))
        first = listed.group_by("customer_id").agg(date=listed.date.min())
        once = listed.inner_join(first, ["customer_id", "date"])
        once = once.group_by(["customer_id", "date"]).agg(source=once.source.min())
        told = once.left_join(self.customers.select("customer_id", "first_date"), "customer_id")
        told = told.select("customer_id", "date", "source", "first_date")
        if self.contacts is None:
            told = told.mutate(last=ibis.null("date"))
        else:
            made = self.contacts.filter(self.contacts.date <= ibis.literal(self.closing))
            last = made.group_by("customer_id").agg(last=made.date.max())
            told = told.left_join(last, "customer_id").drop("customer_id_right")
        stage = ibis.cases(
            (told.first_date.isnull(), "waiting"),
            (told.first_date < told.date, "already"),
            else_="converted",
        )
        end = told.first_date.fill_null(ibis.literal(self.closing))
        told = told.select(
            "source",
            stage=stage,
            days=end.delta(told.date, unit="day"),
            contacted=(told["last"] >= told.date).fill_null(False),
        )
        return told.group_by(["source", "stage", "days", "contacted"]).agg(n=told.count())


def _stage(source: str | None, part: pd.DataFrame) -> dict:
    by = part.groupby("stage")["n"].sum()
    found = {name: int(by.get(name, 0)) for name in COUNTS[1:]}
    forgotten = part[(part.stage == "waiting") & ~part.contacted]
    return {
        "source": source,
        "prospects": int(part.n.sum()),
        **found,
        "not_followed": int(forgotten.n.sum()),
        "median_days": _median_days(part[part.stage != "already"]),
    }


def _median_days(part: pd.DataFrame) -> int | None:
    """The first day by which half have bought, by the product-limit curve; None if not reached."""
    if part.n.sum() < FEW:
        return None
    wide = part.pivot_table(index="days", columns="stage", values="n", aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=["converted", "waiting"], fill_value=0).sort_index()
    at_risk = wide.to_numpy().sum() - wide.sum(axis=1).cumsum().shift(fill_value=0)
    left = (1 - wide.converted / at_risk).cumprod()
    reached = left[left <= 0.5 + 1e-12]
    return int(reached.index[0]) if len(reached) else None
