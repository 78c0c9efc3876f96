"""How far a sum of expected money may be off, from how far such sums were off before."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import norm
from scipy.stats import t as student

from toolkit.foresight.value.record import GROUP

LEVEL = 0.8
SAMPLING = 0.5  # share of it that is taken off an error seen (our rule, set on simulated shops)
NORMAL = float(norm.ppf((1 + LEVEL) / 2))
FURTHEST = 10.0  # an end of the method further off than this factor tells nothing (our rule)
SHARED_WEIGHT = 2  # origins' worth of what all places together show (our rule)


def with_intervals(
    groups: pd.DataFrame, value: str, record: pd.DataFrame, stretch: float = 1.0, unit: float = 1.0
) -> pd.DataFrame:
    """Low and high of every sum of expected money: an 80 % interval.

    groups: one row per group, with `layer`, `state` (either may be `all`), `customers` and the
    column `value` (foreseen). record: rows of `record_at` over the origins. stretch: horizon /
    length of the record's windows. unit: value per unit of the record's money (the margin).
    Columns added: low and high (floats; null without a record, and where the record cannot tell).

    Two parts, added as squares. Sampling: the variance of a sum is d x (the sum + d), d = what
    single customers were off by (sum of squares) / what was foreseen or came, whichever is more;
    with the normal quantile. Method: e = ln((came + d) / (foreseen + d)) at every origin, its
    square less half the sampling in it, d / (came + d), in the mean over the origins; that of a
    single place is drawn towards that of all places of its state (by money) with the weight of
    two origins, and no part is taken to be surer than the whole. Its ends are foreseen x
    exp(+-q s), s its root and q the quantile of Student's t
    with as many degrees of freedom as there are origins: that errors are zero in the mean is
    supposed, their size is estimated. The mean square grows with `stretch`, and exp(q s) to 10 at
    most. All our rule; coverage is tested on simulated shops.
    """
    if record.empty:
        return groups.assign(low=np.nan, high=np.nan)
    past = _Past(record)
    _, least = past.parts("all", "all")
    quantile = float(student.ppf((1 + LEVEL) / 2, past.many))
    found = []
    for row in groups.to_dict("records"):
        one, off = past.parts(row["layer"], row["state"])
        ends = _ends(row[value] / unit, one, max(off, least), quantile, stretch)
        found.append(ends if row["customers"] else (0.0, 0.0))
    ends = {"low": [low * unit for low, _ in found], "high": [high * unit for _, high in found]}
    return _of_one_place(groups.assign(**ends))


def _of_one_place(groups: pd.DataFrame) -> pd.DataFrame:
    """A sum with the customers of one place alone has the ends of that place."""
    there = groups[groups["customers"] > 0]
    places = there[(there["layer"] != "all") & (there["state"] != "all")]
    for at, row in there.drop(places.index).iterrows():
        mine = places[
            ((places["layer"] == row["layer"]) | (row["layer"] == "all"))
            & ((places["state"] == row["state"]) | (row["state"] == "all"))
        ]
        if len(mine) == 1 and mine["customers"].iloc[0] == row["customers"]:
            groups.loc[at, ["low", "high"]] = mine[["low", "high"]].iloc[0]
    return groups


class _Past:
    """The record as arrays; nothing came where more went back."""

    def __init__(self, record: pd.DataFrame):
        _, self.origin = np.unique(record["origin"].to_numpy(), return_inverse=True)
        self.many = int(self.origin.max()) + 1
        self.layer, self.state = (record[name].to_numpy(object) for name in GROUP)
        self.sums = record[["foreseen", "came", "squares"]].to_numpy(float).T
        self.places = sorted({*zip(self.layer, self.state, strict=True)})
        self.each = {place: self._errors(self._mask(*place)) for place in self.places}

    def parts(self, layer: str, state: str) -> tuple[float, float]:
        """d and the method's mean square error of one group."""
        alike = [self.each[place] for place in self.places if state in ("all", place[1])]
        alike = alike or list(self.each.values())
        methods = np.concatenate([method for _, method, _ in alike])
        weights = np.concatenate([foreseen + one for one, _, foreseen in alike])
        shared = float(np.average(methods, weights=weights))
        mask = self._mask(layer, state)
        if not mask.any():
            return float(np.mean([one for one, _, _ in alike])), max(shared, 0.0)
        one, method, _ = self._errors(mask)
        weight = 0 if "all" in (layer, state) else SHARED_WEIGHT
        return one, max(float((method.sum() + weight * shared) / (len(method) + weight)), 0.0)

    def _mask(self, layer: str, state: str) -> np.ndarray:
        return ((self.layer == layer) | (layer == "all")) & (
            (self.state == state) | (state == "all")
        )

    def _errors(self, mask: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        """d, and by origin e^2 less sampling and what was foreseen."""
        there = np.unique(self.origin[mask])
        foreseen, came, squares = (
            np.bincount(self.origin[mask], sums[mask], self.many)[there] for sums in self.sums
        )
        came = came.clip(min=0)
        one = max(float(squares.sum() / max(np.maximum(foreseen, came).sum(), 1)), 1.0)
        square = np.log((came + one) / (foreseen + one)) ** 2
        return one, square - SAMPLING * one / (came + one), foreseen


def _ends(
    foreseen: float, one: float, off: float, quantile: float, stretch: float
) -> tuple[float, float]:
    factor = _factor(off, quantile, stretch)
    sampling = NORMAL**2 * one * (foreseen + one)
    below = np.hypot(foreseen - foreseen / factor, np.sqrt(sampling))
    above = np.hypot(foreseen * factor - foreseen, np.sqrt(sampling))
    return float(np.maximum(foreseen - below, 0.0)), float(foreseen + above)


def _factor(off: float, quantile: float, stretch: float) -> float:
    """exp(q s); no number where it is over FURTHEST."""
    power = quantile * np.sqrt(off * stretch)
    return float(np.exp(power)) if power <= np.log(FURTHEST) else np.nan
