"""The left edge: how many "new" customers of the first months are old ones coming back."""

from __future__ import annotations

import datetime as dt

import ibis.expr.types as ir
import numpy as np
import pandas as pd
from scipy.stats import t as student_t

from toolkit.book.bucket import filled_from
from toolkit.book.calendar import is_month_end, month_ends
from toolkit.book.replay import MEMORY, TAILS, Monthly, expect_hidden, usual_new
from toolkit.book.shares import FEW
from toolkit.frames import frame

QUANTILES = (0.05, 0.5, 0.95)
FEWEST_MONTHS = 3  # whole months without which there is nothing to replay
FEWEST_RETURNS = 20  # returns seen without which there are no rates
HARDLY = 20  # new customers later are fewer than one in so many of the early ones
STEPS = 101
NOISE = student_t.ppf(np.arange(0.05, 1, 0.1), TAILS)  # a month's own luck, in ten steps
ODDS_OPENED = np.log(1 / 3)  # logarithm of the odds that a shop opened with its file


def month_gaps(visits: ir.Table) -> pd.DataFrame:
    """Customers by month of visit and month of their last visit before that month.

    One row per pair. Columns: month, before (months since year 0; before is -1 for a customer not
    seen earlier in the file), customers. A customer counts once a month.
    """
    month = visits.date.year() * 12 + visits.date.month()
    before = visits.previous_date.year() * 12 + visits.previous_date.month()
    pairs = visits.select(month=month, before=before.fill_null(-1))
    pairs = pairs.filter(pairs.before != pairs.month)
    counts = pairs.group_by(["month", "before"]).agg(customers=pairs.count())
    return frame(counts.order_by(["month", "before"]))


def left_edge(
    visits: ir.Table, first: dt.date, closing: dt.date, lapse_days: int
) -> tuple[pd.DataFrame, dict]:
    """How many of the early months' new customers are probably returning old ones.

    (months, total). months: one row per calendar month from the file's first to the one before
    the first trusted one (which begins at first date + lapse_days or later). Columns: month
    (YYYY-MM), new (customers first seen), share (estimated share of old ones among them, 0..1),
    low, high (90 % interval), returning (share x new, customers). total: the same of all those
    months together (new, share, low, high, returning) with `trusted_from` (first day of the first
    trusted month, None when there is none yet), `opened` (chance, 0..1, that the shop opened with
    the file) and `why`.

    Source: our rule. Old customers coming back are expected from the file's own return rates
    (`replay.expect_hidden`), new ones from its later months (`replay.usual_new`); both levels are
    weighed by how well together they explain the new customers of each month, with long tails, so
    that a campaign month says little. The interval comes from the spread of replays of the file
    started later. It assumes that the shop traded before the file began. Where the months are
    better explained without old customers (a shop that opened with the file, or a file of one
    group of customers), `why` is `opened` and the shares are null; a smaller chance of that
    widens the interval down to 0. Null too: fewer than 3 whole months (`too_short`), 20 returns
    (`few_returns`), hardly anybody new later (`none_new`); a month with fewer than 5 new customers.
    """
    starts = [day.replace(day=1) for day in month_ends(first, closing)]
    filled = filled_from(first, lapse_days)
    early = [day for day in starts if day < filled]
    monthly = monthly_of(month_gaps(visits), first, closing)
    new = monthly.fresh[: len(early)].astype("int64")
    why, opened = unknown(monthly), None
    shares, total = np.full((len(early), 3), np.nan), [None, None, None]
    if why is None:
        found, together, opened = estimate(monthly, len(early))
        why = "opened" if opened >= 0.5 else "none_new" if none_new(monthly, len(early)) else None
    if why is None:
        shares, total = np.where(new[:, None] < FEW, np.nan, found), together.tolist()
    months = pd.DataFrame({"month": [f"{day:%Y-%m}" for day in early], "new": new})
    months = months.assign(share=shares[:, 1], low=shares[:, 0], high=shares[:, 2])
    months["returning"] = (months.share * months.new).round().astype("Int64")
    low, share, high = total
    returning = None if share is None else round(share * int(new.sum()))
    known = {"new": int(new.sum()), "share": share, "low": low, "high": high}
    trusted = starts[len(early)] if len(early) < len(starts) else None
    more = {"returning": returning, "trusted_from": trusted, "opened": opened, "why": why}
    return months, known | more


def monthly_of(pairs: pd.DataFrame, first: dt.date, closing: dt.date) -> Monthly:
    """The pairs of `month_gaps` as a table of months by gaps."""
    start = first.year * 12 + first.month
    months = closing.year * 12 + closing.month - start + 1
    gaps, fresh = np.zeros((months, max(months, MEMORY + 1))), np.zeros(months)
    at, gap = (pairs.month - start).to_numpy(), (pairs.month - pairs.before).to_numpy()
    known = pairs.before.to_numpy() >= 0
    counts = pairs.customers.to_numpy()
    gaps[at[known], gap[known]] = counts[known]
    fresh[at[~known]] = counts[~known]
    first_part = 1 - (first.day - 1) / pd.Period(first, "M").days_in_month
    whole = 1.0 if is_month_end(closing) else closing.day / pd.Period(closing, "M").days_in_month
    return Monthly(gaps, fresh, first_part, whole)


def unknown(monthly: Monthly) -> str | None:
    """Why nothing can be estimated: `too_short`, `few_returns`, or None."""
    if monthly.whole.stop - monthly.whole.start < FEWEST_MONTHS:
        return "too_short"
    return "few_returns" if monthly.gaps.sum() < FEWEST_RETURNS else None


def none_new(monthly: Monthly, span: int) -> bool:
    """Whether hardly anybody is new in the usual month after the first `span`: one in twenty of
    what came before. Then a shop that takes no more customers looks like one that always had them.
    """
    later = monthly.fresh[span : monthly.whole.stop]
    return bool(len(later) and np.median(later) * HARDLY < monthly.fresh[:span].mean())


def estimate(monthly: Monthly, span: int) -> tuple[np.ndarray, np.ndarray, float]:
    """Shares of returning customers among the new ones of the first `span` months.

    (one row per month: low, middle, high; the same of all together; chance that the shop opened
    with the file, 1 in 4 before looking). Our rule, see `left_edge`.
    """
    hidden = expect_hidden(monthly, span)
    usual = usual_new(monthly, hidden.unseen, span)
    grid = np.linspace(-5, 5, 2 * STEPS - 1)[:, None]
    back = hidden.back * np.exp(hidden.level + hidden.doubt * grid)
    prior = _t(grid, hidden.freedom)
    fresh, parts = monthly.fresh[:span], monthly.parts[:span]
    with_old = prior + _fit(back, fresh, parts, hidden.month_spread, usual)
    without = _fit(np.zeros((1, span)), fresh, parts, hidden.month_spread, usual)
    odds = _log_sum(without) - _log_sum(with_old) + _log_sum(prior) + ODDS_OPENED
    opened = float(1 / (1 + np.exp(-np.clip(odds, -50, 50))))
    weights = np.exp(with_old - with_old.max()).sum(axis=1)
    weights = np.append(weights / weights.sum() * (1 - opened), opened)
    back = np.vstack([back, np.zeros(span)])
    total = np.minimum(back, fresh).sum(axis=1) / max(fresh.sum(), 1)
    each = np.repeat(weights / len(NOISE), len(NOISE))
    rows = []
    for k in range(span):
        noisy = np.outer(back[:, k], np.exp(hidden.month_spread[k] * NOISE)) / max(fresh[k], 1)
        rows.append(_quantiles(np.minimum(noisy, 1).ravel(), each))
    return np.array(rows), _quantiles(total, weights), opened


def _fit(old, fresh, parts, month_spread, usual) -> np.ndarray:
    """How well old customers (levels x months) and the usual new ones explain the months.

    One row per level of old ones, one column per level of new ones: logarithms.
    """
    middle, spread, doubt, freedom = usual
    level = np.linspace(-5, 5, STEPS)[None, :]
    fits = _t(level, freedom)
    for k, count in enumerate(fresh):
        came, new = old[:, k, None], np.exp(middle + doubt * level) * parts[k]
        due = came + new
        wide = ((month_spread[k] * came) ** 2 + (spread * new) ** 2) / due**2
        wide = np.sqrt(wide + 1 / np.maximum(due, 1))
        fits = fits + _t(np.log((count + 0.5) / (due + 0.5)) / wide, TAILS) - np.log(wide)
    return fits


def _quantiles(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    at = np.searchsorted(reached, np.array(QUANTILES) * reached[-1])
    return values[order][np.minimum(at, len(values) - 1)]


def _t(z: np.ndarray, freedom: float) -> np.ndarray:
    """Logarithm of Student's t density, up to a constant."""
    return -(freedom + 1) / 2 * np.log1p(z * z / freedom)


def _log_sum(logs: np.ndarray) -> float:
    return float(logs.max() + np.log(np.exp(logs - logs.max()).sum()))
