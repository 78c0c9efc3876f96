"""First products: what customers began with, and how loyal they became."""

from __future__ import annotations

import datetime as dt
import math

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.calendar import add_days
from toolkit.book.intervals import wilson
from toolkit.book.products.evidence import (
    LEAST,
    differs,
    discoveries,
    expected_of,
    mean_interval,
)
from toolkit.book.products.purchases import size_step
from toolkit.frames import frame

YEAR_DAYS = 365  # how long each customer's spend is followed


def first_products(
    bought: ir.Table, visits: ir.Table, days: ir.Table, closing: dt.date, window_days: int
) -> pd.DataFrame:
    """What became of customers by a product of their first visit.

    One row per product (number) bought on their first visit day by at least 20 customers who
    have been watched long enough: first visit at least 365 days, and the F2 window, before the
    closing date. A customer counts once for each product of that day. Most customers first; the
    last row, without number, is all of these customers, with or without a product line. Columns:
    number, customers, again (with a second visit within the window), share, low, high (95 %,
    Wilson), expected (0..1, the share among those who began with as many products), p (of so far
    off that by chance, `evidence.differs`), marked (p stands after Benjamini-Hochberg at 5 %),
    spend (mean net money of the first visit and the 365 days after it, minor units), spend_low,
    spend_high (95 %, t), later (of it, after the first day). Money is null without amounts.
    Source: 入口商品 by F2転換率 and 年間LTV; the rest our rule.
    """
    began = _beginnings(visits, days, closing, window_days).cache()
    firsts = bought.filter(bought.nth == 1)
    firsts = firsts.select("customer_id", "number", step=size_step(firsts.size))
    firsts = firsts.inner_join(began, "customer_id").cache()
    groups = _sums(firsts, "number")
    groups = frame(groups.filter(groups.customers >= LEAST))
    groups = groups.sort_values(["customers", "number"], ascending=[False, True])
    whole = firsts.select("customer_id", "step", "again").distinct()
    whole = frame(whole.group_by("step").agg(customers=whole.count(), again=whole.again.sum()))
    by_step = frame(firsts.group_by(["number", "step"]).agg(customers=firsts.count()))
    expected = groups.number.map(expected_of(by_step, whole, "again")).astype(float)
    p = differs(groups.again, groups.customers, expected)
    groups = groups.assign(expected=expected / groups.customers, p=p, marked=discoveries(p))
    everybody = frame(_sums(began.mutate(number=ibis.null("int64")), "number"))
    everybody = everybody[everybody.customers >= LEAST]
    return _rated(groups, everybody.assign(expected=math.nan, p=math.nan, marked=False))


def _beginnings(visits: ir.Table, days: ir.Table, closing: dt.date, window_days: int) -> ir.Table:
    """Per customer long enough watched: again (0 or 1), spend and later (minor units)."""
    watched = dt.timedelta(days=max(YEAR_DAYS, window_days))
    first = visits.filter((visits.nth == 1) & (visits.date <= ibis.literal(closing - watched)))
    gap = first.next_date.delta(first.date, unit="day")
    first = first.select(
        "customer_id",
        first_day=first.date,
        at_first=first.amount,
        again=(first.next_date.notnull() & (gap <= window_days)).cast("int64"),
    )
    money = days.select("customer_id", "date", "amount").inner_join(first, "customer_id")
    money = money.filter(
        (money.date >= money.first_day) & (money.date <= add_days(money.first_day, YEAR_DAYS))
    )
    per_head = money.group_by(["customer_id", "again", "at_first"])
    per_head = per_head.agg(spend=money.amount.sum().cast("int64"))
    return per_head.mutate(later=per_head.spend - per_head.at_first)


def _sums(customers: ir.Table, by: str) -> ir.Table:
    return customers.group_by(by).agg(
        customers=customers.count(),
        again=customers.again.sum(),
        spend=customers.spend.mean(),
        deviation=customers.spend.std(how="sample"),
        later=customers.later.mean(),
    )


def _rated(groups: pd.DataFrame, everybody: pd.DataFrame) -> pd.DataFrame:
    parts = [part.astype({"number": "Int64"}) for part in (groups, everybody)]
    table = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    share = table.again / table.customers
    low, high = wilson(share, table.customers)
    least, most = mean_interval(table.spend, table.deviation, table.customers)
    table = table.assign(share=share, low=low, high=high, spend_low=least, spend_high=most)
    columns = ["number", "customers", "again", "share", "low", "high", "expected", "p", "marked"]
    return table[[*columns, "spend", "spend_low", "spend_high", "later"]]
