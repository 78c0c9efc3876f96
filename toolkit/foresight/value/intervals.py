"""How far a sum of expected money may be off, from how far such sums were off before."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import norm, t

from toolkit.foresight.value.record import GROUP

LEVEL = 0.8
SAMPLING = 0.5  # share of it that is taken off an error seen (our rule, set on simulated shops)
NORMAL = float(norm.ppf((1 + LEVEL) / 2))
FURTHEST = 10.0  # the method's part multiplies or divides by this at most (our rule)
SHARED_WEIGHT = 2  # origins' worth of what all places together show (our rule)


def with_intervals(
    groups: pd.DataFrame, value: str, record: pd.DataFrame, stretch: float = 1.0, unit: float = 1.0
) -> pd.DataFrame:
    """Low and high of every sum of expected money: an 80 % interval.

    groups: one row per group, with `layer`, `state` (either may be `all`) and the column `value`
    (foreseen). record: rows of `record_at` over the origins. stretch: horizon / length of the
    record's windows. unit: value per unit of the record's money (the margin). Columns added: low
    and high (floats, null without a record).

    Two parts, added as squares. Sampling: the variance of a sum is d x the sum, d = what single
    customers were off by (sum of squares) / what they brought; with the normal quantile. Method:
    e = ln((came + d) / (foreseen + d)) at every origin, its square less sampling, d / (came + d),
    in the mean over the origins; that of a single place is drawn towards that of all places of
    its state (by money) with the weight of two origins. Its ends are foreseen x exp(+-q s), s its
    root and q the quantile of Student's t with as many degrees of freedom as there are origins:
    that errors are zero in the mean is supposed, their size is estimated. The mean square grows
    with `stretch`, and exp(q s) to 10 at most. All our rule; coverage is tested on simulated shops.
    """
    if record.empty:
        return groups.assign(low=np.nan, high=np.nan)
    quantile = float(t.ppf((1 + LEVEL) / 2, record["origin"].nunique()))
    places = _errors(record, GROUP)
    found = [
        _ends(row[value] / unit, *_parts(record, places, row), quantile, stretch)
        for row in groups.to_dict("records")
    ]
    return groups.assign(low=[low * unit for low, _ in found], high=[up * unit for _, up in found])


def _errors(record: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Sums by origin and `names`, with one (d) and method (e^2 less sampling)."""
    sums = record.groupby(["origin", *names], as_index=False)[["foreseen", "came", "squares"]].sum()
    sums["came"] = sums["came"].clip(lower=0)
    whole = sums[["came", "squares"]].groupby([sums[name] for name in names] or np.zeros(len(sums))).transform("sum")
    anyone = sums["squares"].sum() / max(sums["came"].sum(), 1)
    one = (whole["squares"] / whole["came"].where(whole["came"] > 0)).fillna(anyone).clip(lower=1)
    square = np.log((sums["came"] + one) / (sums["foreseen"] + one)) ** 2
    return sums.assign(one=one, method=square - SAMPLING * one / (sums["came"] + one))


def _parts(record: pd.DataFrame, places: pd.DataFrame, row: dict) -> tuple[float, float]:
    """d and the method's mean square error of one group."""
    names = [name for name in GROUP if row[name] != "all"]
    alike = places if row["state"] == "all" else places[places["state"] == row["state"]]
    alike = alike if len(alike) else places
    shared = float(np.average(alike["method"], weights=alike["foreseen"] + alike["one"]))
    mine = record
    for name in names:
        mine = mine[mine[name] == row[name]]
    if mine.empty:
        return float(alike["one"].mean()), max(shared, 0.0)
    found = _errors(mine, names)
    weight = SHARED_WEIGHT if len(names) == len(GROUP) else 0
    off = (found["method"].sum() + weight * shared) / (len(found) + weight)
    return float(found["one"].iloc[0]), max(float(off), 0.0)


def _ends(
    foreseen: float, one: float, off: float, quantile: float, stretch: float
) -> tuple[float, float]:
    factor = np.exp(min(quantile * np.sqrt(off * stretch), np.log(FURTHEST)))
    sampling = NORMAL**2 * one * foreseen
    below = np.hypot(foreseen - foreseen / factor, np.sqrt(sampling))
    above = np.hypot(foreseen * factor - foreseen, np.sqrt(sampling))
    return max(foreseen - float(below), 0.0), foreseen + float(above)
