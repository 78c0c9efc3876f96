"""The fan's record on the client's own past, and how much wider it has to be."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.foresight.ahead.fan import (
    COUNTED,
    MEASURES,
    MONTHS_AHEAD,
    NOBODY,
    Spread,
    base_course,
    days_ahead,
    fan_table,
    measured,
    spreads,
)
from toolkit.foresight.ahead.history import History
from toolkit.foresight.ahead.rates import FEWEST_MONTHS, MONTHS, Tally, rates_of

EVERY, MOST = 3, 8  # months between origins, and how many of them at most
PRIOR_WEIGHT, ONE_RECORD = 2.0, 3  # records that the fan's own variance is worth, months of one
NARROWEST, UNSEEN_SEASON = 0.6, 4.0
JUDGED = (1, 3, 6, 12)
FEWEST_TRIED, A_LITTLE, MUCH = 4, np.log(1.05), np.log(8 / 7)


def origins(known: Tally) -> list[int]:
    """How many months before the closing date the fan is tried: every third month, at most eight,
    as far back as six trusted months come before."""
    latest = range(EVERY, len(known.new) - FEWEST_MONTHS + 1, EVERY)
    return list(latest)[:MOST]


def past_errors(history: History, known: Tally, lapse_days: int) -> pd.DataFrame:
    """What the same method expected at earlier month ends, and what came.

    One row per origin, measure and month ahead that is over. Columns: back (months before the
    closing date), measure, month (1..12), expected, happened (customers, or minor units).
    Nothing after an origin is used at it.
    """
    happened = happenings(history, known)
    rows = []
    for back in origins(known):
        at = int(known.ends[-1 - back])
        rates = rates_of(known.upto(back), lapse_days)
        months = min(back, MONTHS_AHEAD)
        course = base_course(history.standing(at), rates, days_ahead(rates, at, months))
        for name, values in measured(course, rates).items():
            seen = happened[name][len(known.new) - back :][:months]
            rows.append(
                pd.DataFrame(
                    {
                        "back": back,
                        "measure": name,
                        "month": range(1, months + 1),
                        "expected": values[0],
                        "happened": seen,
                    }
                )
            )
    columns = ["back", "measure", "month", "expected", "happened"]
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=columns)


def one_sided(errors: pd.DataFrame) -> int:
    """Whether the level came out on one side every time the method was tried: 1, more came than
    was expected, -1, fewer, else 0.

    Of each origin the last month that is over; at least four origins, every one off to the same
    side by a twentieth and all by a seventh in the mean (our rule).
    """
    level = errors[errors.measure == "active"]
    last = level[level.month == level.groupby("back").month.transform("max")]
    off = np.log(last.happened.clip(lower=0.5) / last.expected.clip(lower=0.5)).to_numpy(float)
    if len(off) < FEWEST_TRIED or np.abs(off.mean()) < MUCH:
        return 0
    side = np.sign(off.mean())
    return int(side) if (off * side > A_LITTLE).all() else 0


def happenings(history: History, known: Tally) -> dict[str, np.ndarray]:
    """The measures of every trusted month, from the silences themselves."""
    s, line = history.silences, history.lapse_days
    start, after, n = (s[name].to_numpy() for name in ("start", "next", "customers"))
    lapses, came_back = after > start + line, (after > start + line) & (after <= history.closing)

    def by_month(day, which):
        return np.histogram(day[which], known.ends + 0.5, weights=n[which])[0]

    active = [
        n[(start <= end) & (after > end) & (end - start < line)].sum() for end in known.ends[1:]
    ]
    return {
        "active": np.array(active, dtype=float),
        "new": known.new,
        "returned": by_month(after, came_back),
        "lost": by_month(start + line, lapses),
        "sales": known.sales,
    }


def stretches(
    errors: pd.DataFrame, found: dict[str, Spread], months: int = MONTHS
) -> dict[str, float]:
    """By how much the variance of each measure's fan is multiplied.

    Squared errors of the past / what the fan's own variance, at the size of then, would have them,
    averaged over the months of each origin and then over origins, and drawn to 1: the record
    counts for (months since its first origin) / 3, for origins overlap, the fan's own variance for
    2, and it is never narrowed to less than 0.6 of that (our rule, set on simulated shops). No
    month is judged finer than by one customer, or one visit's money: where next to nobody can be
    lost yet, being off by a fraction of one says nothing (our rule). Rates of less than 12 months
    have not seen a season: their own variance counts fourfold (our rule).
    """
    result, own_weight = {}, PRIOR_WEIGHT * (1.0 if months >= MONTHS else UNSEEN_SEASON)
    for name in MEASURES:
        mine = errors[errors.measure == name]
        ratios = []
        for _, part in mine.groupby("back"):
            at = part.month.to_numpy(int) - 1
            one = Spread(
                *(getattr(found[name], k)[at] for k in ("mean", "chance", "shared", "freedom"))
            )
            expected = part.expected.to_numpy(float)
            own = one.scaled(expected)
            off = np.square(part.happened.to_numpy(float) - expected)
            there = own > 0
            if there.any():
                fine = np.maximum(own, _finest(one, name))
                ratios.append(float((off[there] / fine[there]).mean()))
        seen = mine.back.max() / ONE_RECORD if ratios else 0.0
        mean = np.mean(ratios) if ratios else 1.0
        stretch = (own_weight + seen * mean) / (PRIOR_WEIGHT + seen)
        result[name] = float(max(stretch, NARROWEST))
    return result


def _finest(part: Spread, name: str) -> np.ndarray:
    """The variance below which a month is judged no finer: that of one customer or, of sales, of
    one visit (mean square / mean, squared)."""
    if name in COUNTED:
        return np.ones(len(part.mean))
    return (
        np.divide(part.chance, part.mean, out=np.zeros_like(part.mean), where=part.mean > NOBODY)
        ** 2
    )


def rolling_coverage(history: History, known: Tally, months: tuple[int, ...] = JUDGED):
    """Whether the fans drawn at every earlier month end held what came: the whole method, its own
    record and widening included, as it would have been run then.

    One row per origin, measure and month of `months` that is over. Columns: back, measure, month,
    expected, low, high, happened, inside.
    """
    happened, rows = happenings(history, known), []
    for back in range(1, len(known.new) - FEWEST_MONTHS + 1):
        at = int(known.ends[-1 - back])
        table = fan_at(history, known.upto(back), at)
        table = table[table.month.isin([m for m in months if m <= back])]
        for row in table.itertuples():
            seen = float(happened[row.measure][len(known.new) - back + row.month - 1])
            inside = row.low <= seen <= row.high
            rows.append(
                (back, row.measure, row.month, row.expected, row.low, row.high, seen, inside)
            )
    names = ["back", "measure", "month", "expected", "low", "high", "happened", "inside"]
    return pd.DataFrame(rows, columns=names)


def fan_at(history: History, known: Tally, day: int) -> pd.DataFrame:
    """The fan as drawn at the end of a month of the tally (columns: `fan_table`)."""
    rates = rates_of(known, history.lapse_days)
    found = spreads(history.standing(day), rates, day)
    errors = past_errors(history, known, history.lapse_days)
    return fan_table(found, stretches(errors, found, rates.months))
