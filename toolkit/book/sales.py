"""Sales = price per visit x visits per customer x customers, and what moved them."""

from __future__ import annotations

import datetime as dt
import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from toolkit.frames import row

FACTORS = ("per_visit", "visits_per_customer", "customers")
IN_MONEY = ("total", "per_visit", "no_visit")  # keys of `sales_of` that need amounts


def sales_of(days: ir.Table, after: dt.date, until: dt.date) -> dict[str, int | Fraction | None]:
    """Sales of the days after `after` up to `until`.

    Keys: total (net money, minor units, returns on their own date), visits, customers (with at
    least one visit), per_visit = total / visits (minor units, exact fraction),
    visits_per_customer, no_visit (money of days without a visit, in total). Zero denominators
    give None. Source: definitions, "Sales".
    """
    inside = days.filter((days.date > ibis.literal(after)) & (days.date <= ibis.literal(until)))
    visits = inside.filter(inside.is_visit)
    found = row(inside.agg(total=inside.amount.sum().cast("int64"))) | row(
        visits.agg(
            visit_money=visits.amount.sum().cast("int64"),
            visits=visits.count(),
            customers=visits.customer_id.nunique(),
        )
    )
    total, n, customers = found["total"] or 0, found["visits"], found["customers"]
    return {
        "total": total,
        "visits": n,
        "customers": customers,
        "per_visit": Fraction(total, n) if n else None,
        "visits_per_customer": Fraction(n, customers) if customers else None,
        "no_visit": total - (found["visit_money"] or 0),
    }


def split_change(now: dict, before: dict) -> dict[str, int] | None:
    """The change in sales split among price per visit, visits per customer and customers.

    Minor units; the three add up exactly to the change (the rounding rest goes to the largest).
    Split by the logarithmic mean (Ang 2004, "Decomposition analysis for policymaking in energy",
    LMDI-I): L(T1, T0) x ln(factor1 / factor0), which leaves no rest and treats the factors
    alike. None unless both years have positive sales and visits.
    """
    if min(now["total"], before["total"], now["visits"], before["visits"]) <= 0:
        return None
    t1, t0 = now["total"], before["total"]
    mean = t1 if t1 == t0 else (t1 - t0) / math.log1p((t1 - t0) / t0)
    exact = {f: mean * math.log(float(now[f]) / float(before[f])) for f in FACTORS}
    parts = {f: int(Decimal(v).quantize(Decimal(1), ROUND_HALF_UP)) for f, v in exact.items()}
    largest = max(parts, key=lambda f: abs(parts[f]))
    parts[largest] += (t1 - t0) - sum(parts.values())
    return parts
