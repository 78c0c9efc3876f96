"""How sure a difference between groups of customers is."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import gammainc
from scipy.stats import binom, false_discovery_control, t

LEAST = 20  # smaller groups are not shown (our rule)
FALSE_RATE = 0.05  # of the differences claimed, at most this part is chance (expected)


def differs(k, n, expected) -> np.ndarray:
    """Chance (0..1) of so few or so many as k of n where `expected` are to be expected.

    Binomial, element by element, two-sided by doubling the smaller tail. Where each of the n has
    a chance of their own, the binomial of the same mean errs on the safe side (Hoeffding 1956).
    """
    k, n = np.asarray(k), np.asarray(n)
    chance = np.clip(np.asarray(expected, float) / np.maximum(n, 1), 0, 1)
    return np.minimum(1.0, 2 * np.minimum(binom.cdf(k, n, chance), binom.sf(k - 1, n, chance)))


def expected_of(groups: pd.DataFrame, whole: pd.DataFrame, counted: str) -> pd.Series:
    """How many of each group's customers are to be expected, from others with as many products.

    Per number: the sum over steps of the group's customers x `counted` / customers of the whole.
    `groups` has number, step and customers, `whole` has step, customers and `counted`. Source:
    indirect standardisation; our choice of what to hold equal, because whoever buys much is among
    the buyers of everything.
    """
    rate = whole.set_index("step").pipe(lambda w: w[counted] / w.customers)
    return (groups.customers * groups.step.map(rate)).groupby(groups.number).sum()


def exceeds(k, expected, effective) -> np.ndarray:
    """Chance (0..1) of at least k where `expected` are to be expected, element by element.

    Poisson, on the effective number of customers: a customer who does the same thing often is
    not as many witnesses. Source: Rao & Scott 1981 with Kish's effective number.
    """
    k, effective = np.asarray(k, float), np.asarray(effective, float)
    return gammainc(effective, np.asarray(expected, float) * effective / k)


def discoveries(p) -> np.ndarray:
    """Which of these chances to believe, so that at most one in twenty of them is luck.

    Source: Benjamini & Hochberg 1995, at 5 %.
    """
    p = np.asarray(p, float)
    return false_discovery_control(p) <= FALSE_RATE if len(p) else np.zeros(0, bool)


def mean_interval(mean, deviation, n) -> tuple[np.ndarray, np.ndarray]:
    """The 95 % t-interval (low, high) of means by standard deviation and number, by element."""
    mean, n = np.asarray(mean, float), np.asarray(n, float)
    half = t.ppf(0.975, n - 1) * np.asarray(deviation, float) / np.sqrt(n)
    return mean - half, mean + half
