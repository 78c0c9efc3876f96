"""How unusual a customer's present silence is, for a customer of that rhythm."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from toolkit.book import product_limit
from toolkit.foresight.rhythm.gaps import LONGEST_LINE, visits_until
from toolkit.foresight.rhythm.own import ShopRhythm, running_gaps, shop_rhythm
from toolkit.frames import frame

STEPS = 20  # of a silence's length against the usual gap: each a twentieth of a logarithm, 5 %
MOST_GAPS = (0, 1, 2, 4)  # customers with none, one, two, three or four gaps, and with more
FEWEST_CAME, FEWEST_WAITING = 20, 30  # visits below which a curve, or its end, is not believed
LATE, UNUSUAL = 0.25, 0.1  # silence_chance from which a silence is late, and unusual (our rule)


def silences(visits: ir.Table, closing: dt.date, since: dt.date | None = None) -> ir.Table:
    """Every customer's rhythm, and how unusual the silence up to the closing date is for it.

    One row per customer with a visit up to `closing`. Columns: customer_id, gaps (between visits
    so far), usual_days (the customer's usual days between visits: geometric mean of the gaps,
    drawn towards the shop's the fewer they are, `own.shop_rhythm`; float), silent_days (since the
    last visit), silence_chance (0..1: of the silences of customers with as many gaps that ended
    in a visit within 730 days, the share that was as long or longer, measured against the usual
    days known then; small is unusual), late_days and unusual_days (the days of silence from which
    that share is at most a quarter, and a tenth, whole numbers). usual_days is null where nobody
    came twice, the others with fewer than 20 such visits.

    Source: our rule, an empirical predictive check. Each past visit is a case: the usual gap from
    what was known at it, the silence after it as a multiple of that, those not ended yet counted
    for the days they have had (Kaplan & Meier 1958); the curve of those who come is (S - S_end) /
    (1 - S_end), S_end its last value with 30 cases. Curves for 0, 1, 2, 3 or 4, and more gaps; one
    with fewer than 20 visits gives way to that of all. Customers with one visit have the shop's
    usual gap, and the curve of first visits of customers first seen on `since` or later.
    """
    known = visits_until(visits, closing)
    shop = shop_rhythm(known)
    last = known.filter(known.next_date.isnull())
    if shop is None:
        nothing = ibis.null("float64")
        days = _silent(last, closing)
        return last.select(
            "customer_id",
            gaps=last.nth - 1,
            usual_days=nothing,
            silent_days=days,
            silence_chance=nothing,
            late_days=ibis.null("int64"),
            unusual_days=ibis.null("int64"),
        )
    cases = _cases(running_gaps(known), shop, closing)
    curves = silence_curves(_counts(cases, since))
    now = cases.filter(cases.next_date.isnull())
    return now.select(
        "customer_id",
        "gaps",
        usual_days=now.log_days.exp(),
        silent_days=_silent(now, closing),
        silence_chance=_chance(now, curves),
        late_days=_days_until(now, curves, LATE),
        unusual_days=_days_until(now, curves, UNUSUAL),
    )


def _silent(visits: ir.Table, closing: dt.date) -> ir.IntegerValue:
    return ibis.literal(closing).delta(visits.date, unit="day").cast("int64")


def _cases(running: ir.Table, shop: ShopRhythm, closing: dt.date) -> ir.Table:
    """Every visit with what was known at it, and the silence after it.

    Further columns: log_days (of the usual gap), came (within 730 days), at (length of the
    silence, up to 730 days, against the usual gap, in steps), group (by number of gaps, 0 to 4).
    """
    end = running.next_date.fill_null(ibis.literal(closing))
    days = end.delta(running.date, unit="day").cast("int64")
    log_days = shop.log_days(running.gaps, running.total)
    silence = ibis.greatest(ibis.least(days, LONGEST_LINE), 1).cast("float64")
    steps = [(running.gaps <= most, group) for group, most in enumerate(MOST_GAPS)]
    return running.mutate(
        log_days=log_days,
        came=running.next_date.notnull() & (days <= LONGEST_LINE),
        at=((silence.ln() - log_days) * STEPS).floor().cast("int64"),
        group=ibis.cases(*steps, else_=len(MOST_GAPS)).cast("int64"),
    )


def _counts(cases: ir.Table, since: dt.date | None) -> pd.DataFrame:
    """Cases by group, length and whether they came; of the first visits only the sure ones."""
    if since is not None:
        cases = cases.filter((cases.gaps > 0) | (cases.first_date >= ibis.literal(since)))
    keys = ["group", "at", "came"]
    return frame(cases.group_by(keys).agg(visits=cases.count()).order_by(keys))


def silence_curves(counts: pd.DataFrame) -> dict[int, pd.Series | None]:
    """For each group, by length, the share of those who come who were silent as long or longer.

    A series by step of length, falling from 1; the group's own or that of all, None where neither
    has 20 visits. `counts`: rows by group, at, came, visits.
    """
    groups = range(len(MOST_GAPS) + 1)
    everybody = _curve(counts)
    own = {group: _curve(counts[counts.group == group]) for group in groups}
    return {group: everybody if own[group] is None else own[group] for group in groups}


def _curve(counts: pd.DataFrame) -> pd.Series | None:
    if counts[counts.came].visits.sum() < FEWEST_CAME:
        return None
    steps = range(int(counts["at"].min()), int(counts["at"].max()) + 1)
    came = counts[counts.came].groupby("at").visits.sum().reindex(steps, fill_value=0)
    every = counts.groupby("at").visits.sum().reindex(steps, fill_value=0)
    waiting = every.sum() - every.cumsum().shift(fill_value=0)
    stay = 1 - product_limit(came, waiting)["share"]
    believed = waiting >= FEWEST_WAITING
    end = float(stay[believed].iloc[-1]) if believed.any() else float(stay.iloc[-1])
    if end >= 1:
        return None
    before = stay.shift(fill_value=1.0)  # those of this very length are as long
    return ((before - end) / (1 - end)).clip(0, 1)


def _chance(now: ir.Table, curves: dict[int, pd.Series | None]) -> ir.FloatingValue:
    """The curves as one expression: steps of a hundredth, in the engine, without a join."""
    groups = [(now.group == group, _steps(now, curve)) for group, curve in curves.items()]
    return ibis.cases(*groups, else_=ibis.null("float64"))


def _days_until(
    now: ir.Table, curves: dict[int, pd.Series | None], share: float
) -> ir.IntegerValue:
    """Days of silence from which a customer's curve is at `share` or below."""
    ends = [
        (now.group == group, step_reached(curve, share))
        for group, curve in curves.items()
        if curve is not None
    ]
    if not ends:
        return ibis.null("int64")
    step = ibis.cases(*ends, else_=ibis.null("int64"))
    days = ibis.greatest((now.log_days + step.fill_null(0) / STEPS).exp().ceil(), 1).cast("int64")
    return step.notnull().ifelse(days, ibis.null("int64"))  # not of a null: engines differ


def step_reached(curve: pd.Series, share: float) -> int:
    """The first step of length at which the curve, in hundredths, is at `share` or below; behind
    its end nobody came any more."""
    below = np.flatnonzero(_hundredths(curve) <= round(100 * share))
    return int(curve.index[below[0]]) if len(below) else int(curve.index[-1]) + 1


def _hundredths(curve: pd.Series) -> np.ndarray:
    return np.ceil(100 * curve.to_numpy() - 1e-9).astype("int64")


def _steps(now: ir.Table, curve: pd.Series | None) -> ir.FloatingValue:
    if curve is None:
        return ibis.null("float64")
    hundredths = _hundredths(curve)
    first = np.flatnonzero(np.diff(hundredths, prepend=101))  # where the curve falls a step
    ends, shares = curve.index[first], hundredths[first] / 100
    cases = [
        (now["at"] < int(end), float(share))
        for end, share in zip(ends[1:], shares[:-1], strict=True)
    ]
    last = ibis.literal(0.0)  # longer than any that ended
    return ibis.cases(*cases, (now["at"] <= int(curve.index[-1]), float(shares[-1])), else_=last)
