"""Each customer's own rhythm: as seen, and as far as so few gaps can be believed."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.frames import frame

LEAST_WEIGHT = 1e-6  # of the shop: enough for those without a gap of their own
FINE = 1000  # logarithms of days in thousandths: whole numbers add up alike on every engine


def own_rhythm(visits: ir.Table) -> ir.Table:
    """Median days between a customer's visits.

    One row per customer with two visits or more. Columns: customer_id, rhythm_days (float).
    """
    gaps = visits.filter(visits.previous_date.notnull())
    gaps = gaps.mutate(gap=gaps.date.delta(gaps.previous_date, unit="day"))
    return gaps.group_by("customer_id").agg(rhythm_days=gaps.gap.median().cast("float64"))


@dataclass(frozen=True)
class ShopRhythm:
    """How far a customer's own gaps are believed.

    usual: mean logarithm of the days between visits of a customer of the shop. weight: with so
    many gaps (a broken number) a customer's own mean counts half; None where customers do not
    differ, or nobody has two gaps, so that everybody has the shop's. None of it with no gap at all.
    """

    usual: float
    weight: float | None

    def log_days(self, gaps: ir.Column, total: ir.Column) -> ir.FloatingValue:
        """The logarithm of a customer's usual gap, in days, from `gaps` gaps that sum to `total`
        (logarithms in thousandths)."""
        if self.weight is None:
            return ibis.literal(self.usual) + 0.0 * gaps
        return (total / FINE + self.weight * self.usual) / (gaps + self.weight)


def running_gaps(visits: ir.Table) -> ir.Table:
    """The visits with the gaps between them so far.

    Further columns: gaps (visits before it of the customer), total (sum of the logarithms of
    these gaps in days, in thousandths, a whole number). Nothing of a later visit is in them.
    """
    log = _log_gap(visits)
    so_far = ibis.window(preceding=None, following=0, group_by="customer_id", order_by="date")
    return visits.mutate(gaps=visits.nth - 1, total=log.sum().over(so_far).cast("int64"))


def _log_gap(visits: ir.Table) -> ir.IntegerValue:
    gap = visits.date.delta(visits.previous_date, unit="day").cast("float64")
    return (gap.ln() * FINE).round().cast("int64").fill_null(0)


def shop_rhythm(visits: ir.Table) -> ShopRhythm | None:
    """The shop's rhythm out of the gaps of all its customers; None where nobody came twice.

    Source: Buhlmann & Straub 1970, on the logarithms of the gaps, which are skewed: weight =
    variance within customers / variance between them, usual = mean of the customers' means, each
    with the weight gaps / (gaps + weight). Gaps still open are not in it, so it is biased short.
    """
    logs = visits.select("customer_id", "previous_date", log=_log_gap(visits))
    logs = logs.filter(logs.previous_date.notnull())
    per = logs.group_by("customer_id").agg(
        n=logs.count(), total=logs.log.sum().cast("int64"), squares=(logs.log * logs.log).sum()
    )
    square = per.total.cast("float64") * per.total.cast("float64")
    sums = per.group_by("n").agg(
        customers=per.count(),
        total=per.total.sum().cast("int64"),
        total_squared=square.sum(),
        squares=per.squares.sum().cast("int64"),
    )
    found = frame(sums.order_by("n"))
    return _credibility(found) if len(found) else None


def _credibility(sums: pd.DataFrame) -> ShopRhythm:
    """From customers by their number of gaps; figures to nine digits, since the engine adds
    fractions in no fixed order and the same file has to give the same list."""
    n = sums.n.to_numpy(float)
    customers, gaps = sums.customers.sum(), float((sums.n * sums.customers).sum())
    mean = sums.total.sum() / gaps
    by_customer = float((sums.total_squared / n).sum())
    weight = None
    if gaps > customers > 1:
        within = max(float(sums.squares.sum()) - by_customer, 0.0) / (gaps - customers)
        spread = gaps - float((n * n * sums.customers).sum()) / gaps
        between = (by_customer - mean * mean * gaps - (customers - 1) * within) / spread
        differ = between > 1e-6 * within
        weight = max(float(f"{within / between:.9g}"), LEAST_WEIGHT) if differ else None
    if weight is not None:
        mean = float((sums.total / (n + weight)).sum() / (n * sums.customers / (n + weight)).sum())
    return ShopRhythm(float(f"{mean / FINE:.9g}"), weight)
