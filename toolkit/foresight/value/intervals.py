"""How far a sum of expected money may be off, from how far such sums were off before."""

from __future__ import annotations

import itertools

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
from scipy.stats import norm
from scipy.stats import t as student

from toolkit.book import LAYERS, STATES
from toolkit.foresight.value.record import GROUP
from toolkit.frames import in_engine

LEVEL = 0.8
SAMPLING = 0.5  # share of it that is taken off an error seen (our rule, set on simulated shops)
NORMAL = float(norm.ppf((1 + LEVEL) / 2))
FURTHEST = 10.0  # the method's part multiplies or divides by this at most (our rule)
SHARED_WEIGHT = 2  # origins' worth of what all places together show (our rule)


def with_intervals(
    groups: pd.DataFrame, value: str, record: pd.DataFrame, stretch: float = 1.0, unit: float = 1.0
) -> pd.DataFrame:
    """Low and high of every sum of expected money: an 80 % interval.

    groups: one row per group, with `layer`, `state` (either may be `all`), `customers` and the
    column `value` (foreseen). record: rows of `record_at` over the origins. stretch: horizon /
    length of the record's windows. unit: value per unit of the record's money (the margin).
    Columns added: low and high (floats, null without a record).

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
    return groups.assign(low=[low * unit for low, _ in found], high=[up * unit for _, up in found])


def customers_ends(
    table: ir.Table, months: int, record: pd.DataFrame, stretch: float = 1.0, unit: float = 1.0
) -> ir.Table:
    """Low and high of every customer's expected money: an 80 % interval, in minor units.

    table: one row per customer (`groups.valued`, with margin_<months>). Columns added:
    low_<months> and high_<months> (int, null without a record). A sum of one customer in
    `with_intervals`, with what customers of the place were off by: whoever comes seldom brings
    nothing or much more than is expected, so it is wide, and begins at 0 for most.
    """
    names = [f"{end}_{months}" for end in ("low", "high")]
    if record.empty:
        return table.mutate(**dict.fromkeys(names, ibis.null("int64")))
    past = _Past(record)
    _, least = past.parts("all", "all")
    quantile = float(student.ppf((1 + LEVEL) / 2, past.many))
    rows = []
    for layer, state in itertools.product(LAYERS, STATES):
        one, off = past.parts(layer, state)
        factor = _factor(max(off, least), quantile, stretch)
        rows.append({"layer": layer, "active": state == "active", "one": one, "factor": factor})
    both = table.join(in_engine(pd.DataFrame(rows)), ["layer", "active"])
    value = both[f"margin_{months}"] / unit
    sampling = NORMAL**2 * both.one * (value + both.one)
    below = ((value - value / both.factor) ** 2 + sampling).sqrt()
    above = ((value * both.factor - value) ** 2 + sampling).sqrt()
    low = ibis.greatest(value - below, 0.0) * unit
    ends = dict(zip(names, (low, (value + above) * unit), strict=True))
    ends = {name: end.round().cast("int64") for name, end in ends.items()}
    return both.select(*table.columns, **ends)


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
    return max(foreseen - float(below), 0.0), foreseen + float(above)


def _factor(off: float, quantile: float, stretch: float) -> float:
    return float(np.exp(min(quantile * np.sqrt(off * stretch), np.log(FURTHEST))))
