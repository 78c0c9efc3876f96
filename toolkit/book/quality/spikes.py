"""Days far above what is usual: an import, a fair, a day to which old customers were moved."""

from __future__ import annotations

import numpy as np
import pandas as pd

LEAST_DAYS = 28  # of file
LEAST_VISITS = 20
TIMES = 5  # the usual
OVER_FIFTH = 2  # times the fifth busiest other day
WEEKS, HALF_YEAR = 6, 183


def spikes(by_day: pd.DataFrame) -> pd.DataFrame:
    """Days with visits or sales far above what is usual around them.

    One row per day, oldest first. Columns: date, visits, usual_visits, new (first visits), sales,
    usual_sales (minor units), in_visits, in_sales (which of the two is far above). A day counts
    from twenty visits on, when it has five times the usual and twice the fifth busiest other day
    within half a year: so a shop with a busy day every month has none. Usual is the median of the
    same weekday six weeks before and after or of all days with any in these weeks, whichever is
    more. Sales are compared without the day's largest customer, who is told of as such
    (`outliers`, `buyers`). Files of under 28 days have no rows. Our rule. `by_day` is
    `daily.daily`.
    """
    table = by_day[["date", "visits", "new", "sales"]].copy()
    own = {"visits": by_day.visits, "sales": by_day.sales - by_day.largest}
    busy = np.flatnonzero(by_day.visits >= LEAST_VISITS) if len(by_day) >= LEAST_DAYS else ()
    for name, figures in own.items():
        others = by_day[name].to_numpy(np.float64)
        usual, far = np.zeros(len(others)), np.zeros(len(others), bool)
        for day in busy:
            usual[day] = _usual(others, day)
            least = max(TIMES * max(usual[day], 1), OVER_FIFTH * _fifth(others, day))
            far[day] = figures.iloc[day] >= least
        table[f"usual_{name}"], table[f"in_{name}"] = usual, far
    columns = ["date", "visits", "usual_visits", "new", "sales", "usual_sales"]
    found = table[table.in_visits | table.in_sales]
    return found[[*columns, "in_visits", "in_sales"]].reset_index(drop=True)


def _usual(figures: np.ndarray, day: int) -> float:
    """The median of the same weekday, or of the days with any, in the weeks around a day."""
    span = 7 * WEEKS
    around = np.arange(max(0, day - span), min(len(figures), day + span + 1))
    around = around[around != day]
    alike = figures[around[(around - day) % 7 == 0]]
    some = figures[around][figures[around] > 0]
    return max((float(np.median(each)) for each in (alike, some) if len(each)), default=0.0)


def _fifth(figures: np.ndarray, day: int) -> float:
    """The fifth highest of the other days within half a year."""
    near = np.r_[figures[max(0, day - HALF_YEAR) : day], figures[day + 1 : day + HALF_YEAR + 1]]
    return float(np.sort(near)[-5])
