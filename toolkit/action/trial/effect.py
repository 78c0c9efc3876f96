"""What a campaign caused: those contacted against those held out, as they were assigned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import t as student

from toolkit.action.trial.groups import CONTACT, HOLD_OUT

FEWEST = 20  # names in a group below which no effect is told (our rule)
FEWEST_CAME = 5  # who came, below which a group is not normal (our rule)
SURE = 0.975
SURE_NORMAL = 1.959963984540054  # its quantile of the normal law


@dataclass(frozen=True)
class Effect:
    """A difference between the groups, contacted less held out.

    value, low and high (95 % interval): shares for returns, minor units per name for money.
    contacted and held_out: mean of each group; names: how many (contacted, held out). error: the
    standard error.
    """

    value: float
    low: float
    high: float
    contacted: float
    held_out: float
    names: tuple[int, int]
    error: float = 0.0

    @property
    def proven(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def effect_of(names: pd.DataFrame, outcome: str, score: str | None = None) -> Effect | None:
    """The effect of contact on an outcome; None with fewer than 20 names in a group.

    `names`: one row per name as it was assigned, whether or not it was reached: group, the column
    `outcome` (came, 0 or 1, or margin in minor units) and, to sharpen the estimate, `score` (the
    chance without contact, known before). With a score the difference is taken at the same mean
    score, with a slope of its own in each group (Lin 2013, Ann. Appl. Stat. 7(1) 295-318); without
    one it is the plain difference of means. The interval rests on the HC2 variance, which for
    plain means is Welch's, and Student's t with Welch-Satterthwaite's degrees of freedom.
    """
    group = names["group"].to_numpy()
    y = names[outcome].to_numpy(float)
    x = np.zeros(len(names)) if score is None else names[score].to_numpy(float)
    x = x - x.mean() if len(x) else x
    means, variances, sizes = [], [], []
    for each in (CONTACT, HOLD_OUT):
        of = group == each
        if of.sum() < FEWEST:
            return None
        mean, variance = _at_mean(x[of], y[of])
        means.append(mean)
        variances.append(variance)
        sizes.append(int(of.sum()))
    value, variance = means[0] - means[1], sum(variances)
    free = (
        variance**2 / sum(v**2 / (n - 1) for v, n in zip(variances, sizes, strict=True) if v)
        if variance
        else np.inf
    )
    half = float(student.ppf(SURE, free)) * variance**0.5 if variance else 0.0
    raw = [float(y[group == each].mean()) for each in (CONTACT, HOLD_OUT)]
    sizes_of = (sizes[0], sizes[1])
    return Effect(value, value - half, value + half, *raw, sizes_of, float(variance**0.5))


def few_came(names: pd.DataFrame) -> Effect | None:
    """The effect on `came` where too few came for `effect_of`; None where enough did, or there are
    too few names.

    Few is below five of all who came in the smaller group, had they come alike in both: a rule
    that does not look at who came where, so that leaving campaigns out by it favours neither. The
    value is the plain difference, the interval that of Agresti & Caffo (2000, Am. Stat. 54(4)
    280-288): one more who came and one more who did not in each group, and around that difference.
    """
    parts = [names.came[names.group == each] for each in (CONTACT, HOLD_OUT)]
    sizes = (len(parts[0]), len(parts[1]))
    if min(sizes) < FEWEST or names.came.sum() * min(sizes) / sum(sizes) >= FEWEST_CAME:
        return None
    shares = [float(part.mean()) for part in parts]
    eased = [(part.sum() + 1) / (len(part) + 2) for part in parts]
    spread = [p * (1 - p) / (n + 2) for p, n in zip(eased, sizes, strict=True)]
    middle, error = float(eased[0] - eased[1]), float(sum(spread) ** 0.5)
    ends = (middle - SURE_NORMAL * error, middle + SURE_NORMAL * error)
    return Effect(shares[0] - shares[1], *ends, *shares, sizes, error)


def _at_mean(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """A group's outcome at x = 0 by a straight line, and its HC2 variance."""
    columns = [np.ones(len(x))] if x.std() < 1e-12 else [np.ones(len(x)), x]
    design = np.column_stack(columns)
    inverse = np.linalg.inv(design.T @ design)
    fitted = inverse @ (design.T @ y)
    left = y - design @ fitted
    pull = np.einsum("ij,jk,ik->i", design, inverse, design)  # leverage
    weights = left**2 / np.maximum(1 - pull, 1e-12)
    spread = inverse @ (design.T * weights) @ design @ inverse
    return float(fitted[0]), float(spread[0, 0])


def pooled(effects: list[tuple[float, float]]) -> tuple[float, float] | None:
    """Several campaigns put together: (effect, standard error) by inverse variance; None for none.

    One common effect is assumed (fixed effect; Cochran 1954, Biometrics 10(1)).
    """
    told = [(value, error) for value, error in effects if error > 0]
    if not told:
        return None
    weights = np.array([1 / error**2 for _, error in told])
    values = np.array([value for value, _ in told])
    return float(weights @ values / weights.sum()), float(weights.sum() ** -0.5)
