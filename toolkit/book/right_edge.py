"""The right edge: what a later purchase could still change, with the band it will end up in."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
from scipy.stats import t as student_t

from toolkit.book.bucket import FLOWS, filled_from
from toolkit.book.calendar import is_month_end, month_ends
from toolkit.frames import frame

BAND = 0.95  # upper end of a 90 % band
WINDOW_DAYS = 365  # the returns of so many days make the curve: recent, and every season once
MOST_REPLAYS, FEWEST_MONTHS = 24, 6
ASSUMED_SPREAD, ASSUMED_WEIGHT = 0.25, 3.0  # spread of the returns where few replays were possible
OVERLAP = 3.0  # neighbouring replays share most of their days: so many count as one
FEWEST_SEEN = 20  # returns seen without which there is no curve


def last_visit_months(visits: ir.Table, closing: dt.date, lapse_days: int) -> pd.DataFrame:
    """Customers by month of their last visit, and how many of them will have been lost.

    One row per calendar month with a last visit in it, oldest first. Columns: month (YYYY-MM),
    customers (whose last visit lies in it), lost (lapsed at the closing date: final), open (still
    within the line), expected_lost (lost + those of the open expected to pass the line without
    coming), low, high (90 % band; customers), known (nobody is open).

    Source: our rule. The chance of passing the line after g days of silence comes from the
    file's own returns in the 365 days to the closing date (life table: returns after j days /
    visits that had been followed by j days of silence). Band: binomial, plus the spread between
    such expectations and what happened at up to 24 earlier month ends. Null where fewer than 20
    returns or less than a lapse line of history make the curve.
    """
    ends = visit_ends(visits, closing, lapse_days)
    days = Silences.of(ends, lapse_days, closing)
    last = ends[ends.gap.isna()]
    month = (pd.Timestamp(closing) - pd.to_timedelta(last.silent, "D")).dt.strftime("%Y-%m")
    passed = days.passing(days.closing)
    rows = pd.DataFrame({"month": month, "customers": last.visits, "silent": last.silent})
    rows["lost"] = rows.customers.where(rows.silent >= lapse_days, 0)
    rows["open"] = rows.customers - rows.lost
    chance = np.ones(len(rows)) if passed is None else passed[np.minimum(last.silent, lapse_days)]
    rows["due"] = rows.open * chance
    rows["chance_spread"] = rows.open * chance * (1 - chance)
    table = rows.groupby("month").sum().drop(columns="silent").reset_index()
    spread, freedom = days.spread_of_returns() if passed is not None else (np.nan, 1.0)
    back = table.open - table.due
    width = student_t.ppf(BAND, freedom) * np.sqrt(table.chance_spread + (spread * back) ** 2)
    table["expected_lost"] = (table.lost + table.due).where(
        (passed is not None) | (table.open == 0)
    )
    width = width.where(table.open > 0, 0.0)
    table["low"] = (table.expected_lost - width).clip(lower=table.lost)
    table["high"] = (table.expected_lost + width).clip(upper=table.customers)
    table["known"] = table.open == 0
    columns = ["month", "customers", "lost", "open", "expected_lost", "low", "high", "known"]
    return table[columns]


def visit_ends(visits: ir.Table, closing: dt.date, lapse_days: int) -> pd.DataFrame:
    """Visits by day and by days until the next one, no further back than the replays need.

    One row per day and gap. Columns: silent (days from the visit to the closing date), gap (days
    to the next visit, lapse_days + 1 for any longer; null for a customer's last visit), visits.
    Last visits are all there.
    """
    # Counted by the dates as they lie there first: days between them are then worked out once.
    pairs = visits.group_by(["date", "next_date"]).agg(visits=visits.count())
    gap = pairs.next_date.delta(pairs.date, unit="day").cast("int64")
    gap = (gap > lapse_days).ifelse(lapse_days + 1, gap)
    silent = ibis.literal(closing).delta(pairs.date, unit="day").cast("int64")
    wanted = pairs.select(silent=silent, gap=gap, visits=pairs.visits)
    wanted = wanted.filter((wanted.silent < reach(lapse_days)) | wanted.gap.isnull())
    counts = wanted.group_by(["silent", "gap"]).agg(visits=wanted.visits.sum().cast("int64"))
    return frame(counts.order_by(["silent", "gap"]))


def reach(lapse_days: int) -> int:
    """How many days back the oldest replay looks."""
    return WINDOW_DAYS + 2 * lapse_days + 31 * (MOST_REPLAYS + 1)


class Silences:
    """Every silence of the recent past by day of visit and length, and the life tables of it."""

    def __init__(self, lengths: np.ndarray, base: dt.date, first: dt.date, lapse_days: int):
        """lengths[v, g]: visits on day v after `base` with the next one after g days, g up to
        lapse_days; the last column those with none so far or later."""
        self.lapse_days, self.base, self.closing = lapse_days, base, len(lengths) - 1
        self.first = (first - base).days
        self.lengths = lengths
        left = np.cumsum(lengths[:, ::-1], axis=1)[:, ::-1]
        self.silent = left[:, 1:]  # silent[v, g]: followed by more than g days without a visit
        self.came = _by_day(lengths[:, 1:-1])
        self.watched = _by_day(left[:, 1:-1])

    @classmethod
    def of(cls, ends: pd.DataFrame, lapse_days: int, closing: dt.date) -> Silences:
        """From the rows of `visit_ends`."""
        days = reach(lapse_days)
        base = closing - dt.timedelta(days=days - 1)
        at = days - 1 - ends.silent.to_numpy()
        gap = ends.gap.fillna(lapse_days + 1).astype("int64").to_numpy()
        lengths = np.zeros((days, lapse_days + 2))
        inside = at >= 0
        # Days and gaps are unique but for last visits, which join those with a longer gap.
        np.add.at(lengths, (at[inside], gap[inside]), ends.visits.to_numpy()[inside])
        first = closing - dt.timedelta(days=int(ends.silent.max()))
        return cls(lengths, base, first, lapse_days)

    def passing(self, day: int) -> np.ndarray | None:
        """Chance of passing the lapse line after g = 0..lapse_days days of silence, as of a day.

        None with fewer than 20 returns in the 365 days, or less than a lapse line of history.
        """
        since = day - WINDOW_DAYS
        came, watched = (
            table[day] - (table[since] if since >= 0 else 0) for table in (self.came, self.watched)
        )
        if came.sum() < FEWEST_SEEN or day - self.first < self.lapse_days:
            return None
        stay = 1 - came / np.maximum(watched, 1)
        return np.append(np.cumprod(stay[::-1])[::-1], 1.0)

    def spread_of_returns(self) -> tuple[float, float]:
        """(relative spread of the returns beyond chance, degrees of freedom), from replays.

        At earlier month ends that have since been followed by a whole lapse line: returns of the
        open customers of each month of last visit, expected against happened.
        """
        squares, weight, replays = 0.0, 0.0, 0
        for day in self._replay_days():
            passed = self.passing(day)
            if passed is None:
                continue
            visit = np.arange(max(0, day - self.lapse_days + 1), day + 1)
            gap = day - visit
            still = self.silent[visit, gap]
            back = still * (1 - passed[gap])
            error = back - (still - self.silent[visit, self.lapse_days])
            month = self._months(visit)
            by_month = [np.bincount(month, v) for v in (back, error, back * passed[gap])]
            squares += (by_month[1] ** 2 - by_month[2]).sum()
            weight += (by_month[0] ** 2).sum()
            replays += 1
        seen = replays / OVERLAP
        own = max(squares / weight, 0.0) if weight else 0.0
        spread = seen * own + ASSUMED_WEIGHT * ASSUMED_SPREAD**2
        return float(np.sqrt(spread / (seen + ASSUMED_WEIGHT))), seen + ASSUMED_WEIGHT

    def _replay_days(self) -> list[int]:
        latest = self.base + dt.timedelta(days=self.closing - self.lapse_days)
        ends = pd.date_range(end=latest, periods=MOST_REPLAYS, freq="ME")
        return [(end.date() - self.base).days for end in ends]

    def _months(self, days: np.ndarray) -> np.ndarray:
        dates = np.datetime64(self.base, "D") + days
        months = dates.astype("datetime64[M]").astype("int64")
        return months - months.min()


def _by_day(table: np.ndarray) -> np.ndarray:
    """Rows of visit day and length, counted on the day the length is reached, running total."""
    days, lengths = table.shape
    moved = np.zeros((days, lengths))
    for g in range(lengths):  # column 0 is one day of silence
        moved[g + 1 :, g] = table[: days - g - 1, g]
    return moved.cumsum(axis=0)


def open_month(
    daily: pd.DataFrame, first: dt.date, closing: dt.date, lapse_days: int
) -> pd.DataFrame | None:
    """What the incomplete last month will come to; `daily` as of `moves.moves_by_day`.

    One row per flow (new, returned, lost). Columns: flow, so_far (customers up to the closing
    date), expected, low, high (90 % band) for the whole month, months (it rests on). Expected =
    so far + the mean of what came after the same day of the month in the last up to 24 complete
    trusted months; the band is that mean's prediction interval (Student's t). None when the
    month is complete or there are fewer than 6 such months. Source: our rule.
    """
    filled = filled_from(first, lapse_days)
    starts = [day.replace(day=1) for day in month_ends(first, closing)[:-1]]
    before = [f"{day:%Y-%m}" for day in starts if day >= filled][-MOST_REPLAYS:]
    if is_month_end(closing) or len(before) < FEWEST_MONTHS:
        return None
    date, n = pd.to_datetime(daily.date), len(before)
    late, month = date.dt.day > closing.day, date.dt.strftime("%Y-%m")
    rows = []
    for name in FLOWS:
        own = daily.customers[daily.flow == name]
        rest = own[late].groupby(month).sum().reindex(before, fill_value=0).astype(float)
        so_far = int(own[~late & (month == f"{closing:%Y-%m}")].sum())
        width = student_t.ppf(BAND, n - 1) * rest.std(ddof=1) * np.sqrt(1 + 1 / n)
        low, high = so_far + max(rest.mean() - width, 0), so_far + rest.mean() + width
        rows.append((name, so_far, so_far + rest.mean(), low, high, n))
    return pd.DataFrame(rows, columns=["flow", "so_far", "expected", "low", "high", "months"])
