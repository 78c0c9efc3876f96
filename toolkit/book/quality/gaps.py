"""Silent weeks inside the file: the shop was closed, or the export lacks them."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

LEAST_DAYS = 7
AROUND = 91  # days before and after
ENOUGH = 28  # of them have to be in the file
CHANCE = 1e-6


def gaps(by_day: pd.DataFrame) -> pd.DataFrame:
    """Runs of a week or more without any order or return, longer than chance would make them.

    One row per gap, oldest first. Columns: first_day, last_day, days, missing_visits,
    missing_sales (minor units): what the weeks around would have brought in the time. A gap counts
    when its chance is below one in a million, were every day silent as often as the days of the 13
    weeks before and after it (Laplace's rule of succession), of which the file has to have 28 days:
    so a shop with few orders has few. A gap longer than these weeks has no figures for what is
    missing. Our rule. `by_day` is `daily.daily`.
    """
    open_days = np.flatnonzero(by_day.customers.to_numpy() > 0)
    found = [
        _gap(by_day, before + 1, after)
        for before, after in zip(open_days[:-1], open_days[1:], strict=True)
        if after - before > LEAST_DAYS and _unlikely(by_day, before, after)
    ]
    columns = ["first_day", "last_day", "days", "missing_visits", "missing_sales"]
    table = pd.DataFrame(found, columns=columns)
    return table.astype({"days": "int64", "missing_visits": "float64", "missing_sales": "float64"})


def _around(by_day: pd.DataFrame, before: int, after: int) -> pd.DataFrame:
    """The weeks on both sides, from the day before the gap back and from the day after it on."""
    return pd.concat(
        [by_day.iloc[max(0, before + 1 - AROUND) : before + 1], by_day.iloc[after : after + AROUND]]
    )


def _unlikely(by_day: pd.DataFrame, before: int, after: int) -> bool:
    around = _around(by_day, before, after)
    if len(around) < ENOUGH:
        return False
    silent = (int((around.customers == 0).sum()) + 1) / (len(around) + 2)
    return (after - before - 1) * math.log(silent) < math.log(CHANCE)


def _gap(by_day: pd.DataFrame, start: int, after: int) -> tuple:
    around = _around(by_day, start - 1, after)
    days = after - start
    known = days <= 2 * AROUND
    missing = [days * float(around[name].mean()) if known else None for name in ("visits", "sales")]
    return (by_day.date.iloc[start], by_day.date.iloc[after - 1], days, *missing)
