"""How sure the gain of a lever is: the middle 80 % of what it adds after a year."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from toolkit.foresight.ahead.fan import Days, Nudges, edges, nudges, spread_of
from toolkit.foresight.ahead.levers import Case
from toolkit.foresight.ahead.rates import Rates


def gain_ends(
    start: np.ndarray, rates: Rates, days: Days, cases: dict[str, Case], stretch: float
) -> pd.DataFrame:
    """The ends of the middle 80 % of the customers that each case adds to the base case after the
    last month of `days`, its first months alone being looked at.

    One row per case, `base` first with 0 and 0. Columns: lever, more_active_1_low and
    more_active_1_high (whole customers). What moves both the base case and the lever moves their
    difference only by what is left: each of the fan's causes is nudged in both (delta method, as
    `fan.spreads`). Chance is that of as many single customers (Poisson), and the variance is
    widened by `stretch`, that of the level's fan (our rules).
    """
    tried = nudges(start, rates, days)
    base = tried.run(rates, days).closing
    ends = {"base": (0.0, 0.0)}
    for name, case in cases.items():
        if name != "base":
            gain = _changed(tried, case, rates, days).run(rates, days).closing - base
            ends[name] = _ends(gain, rates, days, tried.counts, stretch)
    low, high = np.array(list(ends.values())).T.astype("int64")
    return pd.DataFrame({"lever": list(ends), "more_active_1_low": low, "more_active_1_high": high})


def _changed(tried: Nudges, case: Case, rates: Rates, days: Days) -> Nudges:
    """The same nudges with the lever moved; where it can no longer move so far, without one."""
    usual = case.change(rates.hazard)
    moved = [case.change(hazard) for hazard in tried.hazards]
    hazards = np.stack([usual if one is None else one for one in moved])
    more = np.divide(
        case.new[: len(days.new)], days.new, out=np.ones_like(days.new), where=days.new > 0
    )
    return replace(tried, hazards=hazards, arrivals=tried.arrivals * more)


def _ends(gain: np.ndarray, rates: Rates, days: Days, counts, stretch: float):
    """Of one lever's rows: whole customers inside the range, as in the fan."""
    spread = spread_of(gain, np.abs(gain[0]), rates, days, counts)
    mean, side = spread.mean[-1:], np.sign(spread.mean[-1])
    variance = (spread.chance + spread.shared)[-1:] * stretch
    low, high = edges(np.abs(mean), variance, spread.freedom[-1:])
    low = np.minimum(np.ceil(low), np.floor(np.abs(mean)))
    high = np.maximum(np.floor(high), np.ceil(np.abs(mean)))
    return sorted((float(side * low[0]), float(side * high[0])))
