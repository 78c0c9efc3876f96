"""The recency rule: the chance of returning read off the length of the silence alone."""

from __future__ import annotations

import math
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

BANDS = 6


@dataclass(frozen=True)
class RecencyRule:
    """Chance of coming by band of silence: `upto[i]` days or fewer has chance `rates[i]`."""

    upto: tuple[int, ...]
    rates: tuple[float, ...]

    def chance(self, features: pd.DataFrame) -> np.ndarray:
        """Chance of a visit within the horizon (0..1), one per row of features."""
        band = np.searchsorted(self.upto[:-1], features["recency_days"].to_numpy())
        return np.asarray(self.rates)[band]

    def order(self, features: pd.DataFrame) -> np.ndarray:
        """The silence itself, which is finer than its bands: the shorter, the higher."""
        return -features["recency_days"].to_numpy(float)

    def chance_expression(self, features: ir.Table) -> ir.FloatingValue:
        """The same chance as an expression over a feature table."""
        # By way of the odds: a bare fraction is an exact decimal to the engine, and a few of those
        # multiplied have more digits than it can hold.
        odds = [math.log(rate / (1 - rate)) for rate in self.rates]
        steps = zip(self.upto[:-1], odds[:-1], strict=True)
        cases = [(features.recency_days <= upto, told) for upto, told in steps]
        last = ibis.literal(odds[-1])
        told = ibis.cases(*cases, else_=last) if cases else last
        return 1 / (1 + (-told).exp())


def fit_recency(features: pd.DataFrame) -> RecencyRule:
    """The rule from features with their outcome `came`: up to six bands of equal size.

    The rate of a band is (came + base rate) / (customers + 1), so that an empty-handed band is
    not told "never" (our rule). Where everybody came, or nobody, the base rate is half a customer
    in n + 1 away from it, so that nobody is told "always" either: subscribers all come.
    """
    edges = features["recency_days"].quantile(np.arange(1, BANDS + 1) / BANDS, "higher")
    upto = tuple(sorted({int(edge) for edge in edges}))
    band = np.searchsorted(upto[:-1], features["recency_days"].to_numpy())
    least = 0.5 / (len(features) + 1)
    base = float(np.clip(features["came"].mean(), least, 1 - least))
    by = features["came"].groupby(band)
    rates = ((by.sum() + base) / (by.count() + 1)).reindex(range(len(upto)), fill_value=base)
    return RecencyRule(upto, tuple(rates.astype(float)))
