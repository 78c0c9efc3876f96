"""The four cut-offs (fledgling, amount line, prime, lapse) and where each comes from."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import ibis
import ibis.expr.types as ir

from toolkit import currency
from toolkit.frames import scalar
from toolkit.problems import InputProblem
from toolkit.settings import Settings

CLASSIC = {"fledgling_days": 90, "amount_line": Decimal(70_000), "prime_days": 210}
CLASSIC_LAPSE = 240
ENOUGH_CUSTOMERS = 100  # customers seen for a year before the rhythm is read from them alone


@dataclass(frozen=True)
class Cutoffs:
    """The cut-offs in force.

    `amount_line` is in minor units (None where the file has no amounts), the others in days.
    `origin` says per cut-off where it comes from: `given` by hand, `classic` (published: 90 days,
    70,000 JPY, 210 days, 240 days, used at Yazuya), `auto` (measured in this file), `scaled`
    (in proportion to the lapse line) or `no_gap` (nothing to measure, classic value used).
    """

    fledgling_days: int
    amount_line: int | None
    prime_days: int
    lapse_days: int
    origin: dict[str, str]
    profile: str


def find_cutoffs(visits: ir.Table, days: ir.Table, closing: dt.date, settings: Settings) -> Cutoffs:
    """The cut-offs for these visits: each as given by hand, else by the profile.

    The profile is `classic` for JPY and `auto` for any other currency unless chosen. Auto:
    lapse = 90th percentile (nearest rank) of the observed gaps, rounded up to 30 days, within
    30..730; fledgling and prime = 90/240 and 210/240 of it; amount line = 70th percentile of
    money to date among customers with two visits or more, rounded to one leading digit or half.
    Source: definitions, "Classic and auto profile".
    """
    profile = settings.profile or ("classic" if settings.currency == "JPY" else "auto")
    found, origin = (
        _classic() if profile == "classic" else _auto(visits, days, closing, settings.currency)
    )
    if profile == "auto" and settings.lapse_days is not None:
        found |= _scaled(settings.lapse_days)
    for name in ("fledgling_days", "amount_line", "prime_days", "lapse_days"):
        given = getattr(settings, name)
        if given is not None:
            found[name], origin[name] = given, "given"
    if found["prime_days"] < found["fledgling_days"]:
        told = {"prime": found["prime_days"], "fledgling": found["fledgling_days"]}
        raise InputProblem("cutoff_order", **told).in_language(settings.language)
    line = None if settings.no_amount else found["amount_line"]
    minor = None if line is None else math.ceil(_exact_minor(line, settings.currency))
    return Cutoffs(
        found["fledgling_days"], minor, found["prime_days"], found["lapse_days"], origin, profile
    )


def _exact_minor(line: Decimal, code: str) -> Decimal:
    return Decimal(line).scaleb(currency.decimals(code))


def _classic() -> tuple[dict, dict[str, str]]:
    found = CLASSIC | {"lapse_days": CLASSIC_LAPSE}
    return found, dict.fromkeys(found, "classic")


def _auto(
    visits: ir.Table, days: ir.Table, closing: dt.date, code: str
) -> tuple[dict, dict[str, str]]:
    lapse = measured_lapse(visits, closing)
    found = {"lapse_days": lapse or CLASSIC_LAPSE, **_scaled(lapse or CLASSIC_LAPSE)}
    line = measured_amount_line(days)
    found["amount_line"] = currency.major(line, code) if line else CLASSIC["amount_line"]
    origin = dict.fromkeys(("fledgling_days", "prime_days"), "scaled") | {
        "lapse_days": "auto" if lapse else "no_gap",
        "amount_line": "auto" if line else "no_gap",
    }
    return found, origin


def _scaled(lapse: int) -> dict[str, int]:
    """Tenure lines in the classic proportion to the lapse line, rounded half up."""
    return {
        name: int((Decimal(lapse) * n / 240).quantize(Decimal(1), ROUND_HALF_UP))
        for name, n in (("fledgling_days", 90), ("prime_days", 210))
    }


def measured_lapse(visits: ir.Table, closing: dt.date) -> int | None:
    """90th percentile of the days between successive visits, rounded up to 30, within 30..730.

    Only customers first seen at least 365 days before the closing date count, all if those are
    fewer than 100. None when nobody came twice. Gaps still open are not seen, so it is biased
    short.
    """
    first = visits.date.min().over(ibis.window(group_by="customer_id"))
    gaps = visits.mutate(first_date=first).filter(visits.next_date.notnull())
    gaps = gaps.mutate(gap=gaps.next_date.delta(gaps.date, unit="day"))
    early = gaps.filter(gaps.first_date <= closing - dt.timedelta(days=365))
    if scalar(early.customer_id.nunique()) >= ENOUGH_CUSTOMERS:
        gaps = early
    gap = nearest_rank(gaps, "gap", 0.9)
    return None if gap is None else min(max(math.ceil(gap / 30) * 30, 30), 730)


def measured_amount_line(days: ir.Table) -> int | None:
    """70th percentile (nearest rank) of money to date of customers with two visits or more.

    In minor units, rounded to one leading digit or half (1, 1.5, 2, ...). None without any.
    """
    per = days.group_by("customer_id").agg(
        n=days.is_visit.cast("int64").sum(), amount=days.amount.sum().cast("int64")
    )
    line = nearest_rank(per.filter(per.n >= 2), "amount", 0.7)
    return None if line is None or line <= 0 else int(_leading(Decimal(int(line))))


def _leading(value: Decimal) -> Decimal:
    half = Decimal(5).scaleb(value.adjusted() - 1)
    return (value / half).quantize(Decimal(1), ROUND_HALF_UP) * half


def nearest_rank(table: ir.Table, column: str, share: float) -> float | None:
    """The value at position ceil(share x n) of the column in ascending order; None when empty."""
    n = scalar(table.count())
    if n == 0:
        return None
    rank = ibis.row_number().over(ibis.window(order_by=column))
    ranked = table.select(column).mutate(rank=rank)
    at = ranked.filter(ranked["rank"] == math.ceil(share * n) - 1)
    return scalar(at[column].max())
