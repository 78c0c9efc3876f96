"""Whether frequent customers spend the same per visit as others, as Gamma-Gamma supposes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.foresight.spend.amounts import mean_amounts

MEDIUM = 0.3  # a correlation of medium size (Cohen 1988)
QUANTILE = 1.959964  # of the normal distribution, for 95 %


@dataclass(frozen=True)
class Independence:
    """Correlation of number of visits and mean amount; None where either does not vary.

    pearson and spearman: (estimate, low, high), low and high a 95 % interval. customers: over how
    many.
    """

    customers: int
    pearson: tuple[float, float, float] | None
    spearman: tuple[float, float, float] | None

    @property
    def verdict(self) -> str:
        """`dependent_more`, `dependent_less`: an interval lies beyond 0.3 (frequent customers
        spend more per visit), or beyond -0.3. `mild_more`, `mild_less`: an interval leaves out
        zero. `independent`: neither. Where the two differ in sign, by that of ranks, which single
        amounts do not move. Our rule, sized by what shops show (0.1 and 0.2) and by Cohen's medium
        correlation; by significance alone every large shop would fail."""
        ends = [(low, high) for _, low, high in filter(None, (self.spearman, self.pearson))]
        for name, limit in (("dependent", MEDIUM), ("mild", 0.0)):
            for low, high in ends:
                if low > limit or high < -limit:
                    return f"{name}_more" if low > limit else f"{name}_less"
        return "independent"


def independence(rows: pd.DataFrame) -> Independence:
    """The check on `spend_rows`, of repeat visits as in Fader, Hardie & Lee 2005.

    Intervals by Fisher's z; for Spearman with the variance (1 + r^2 / 2) / (n - 3) (Bonett &
    Wright 2000, Psychometrika 65).
    """
    weight = rows["customers"].to_numpy(float)
    count, mean = rows["visits"].to_numpy(float), mean_amounts(rows).to_numpy(float)
    customers = int(weight.sum())
    pearson = _correlation(count, mean, weight)
    spearman = _correlation(_ranks(count, weight), _ranks(mean, weight), weight)
    return Independence(
        customers,
        _with_ends(pearson, customers, 1.0),
        _with_ends(spearman, customers, 1 + (spearman or 0.0) ** 2 / 2),
    )


def _correlation(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> float | None:
    if weight.sum() <= 3 or len(set(x)) < 2 or len(set(y)) < 2:
        return None
    x, y = x - np.average(x, weights=weight), y - np.average(y, weights=weight)
    return float((weight @ (x * y)) / np.sqrt((weight @ x**2) * (weight @ y**2)))


def _ranks(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The mean rank of the customers of each row; equal values share theirs."""
    _, place = np.unique(values, return_inverse=True)
    sizes = np.bincount(place, weights=weight)
    return (np.cumsum(sizes) - (sizes - 1) / 2)[place]


def _with_ends(r: float | None, n: int, variance: float) -> tuple[float, float, float] | None:
    if r is None:
        return None
    middle, half = np.arctanh(np.clip(r, -0.999999, 0.999999)), QUANTILE * np.sqrt(variance)
    low, high = np.tanh(middle + np.array([-1, 1]) * half / np.sqrt(n - 3))
    return r, float(low), float(high)
