"""How much the months of a client scatter beyond chance, and for how long a good one lasts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.foresight.ahead.months import month_of

WEIGHT = 3.0  # months that the assumed spread counts for
LASTING_WEIGHT = 12.0  # and that no lasting counts for
MOST_MONTHS = 24
MOST_LASTING = 0.9


@dataclass(frozen=True)
class Noise:
    """spread: standard deviation of a month's factor around 1, beyond chance; lasting:
    correlation of neighbouring months (0 to 0.9); freedom: months it rests on."""

    spread: float
    lasting: float
    freedom: float

    def covariance(self, known: int, ahead: int) -> np.ndarray:
        """Covariance of the factors of the months ahead, less the mean of the known months.

        The rates are those of the known months together: what scattered then is in them. First
        order autoregression: spread^2 x lasting^|i - j|.
        """
        at = np.arange(known + ahead)
        whole = self.spread**2 * self.lasting ** np.abs(at[:, None] - at[None, :])
        less = np.hstack([np.full((ahead, known), -1.0 / known), np.eye(ahead)])
        return less @ whole @ less.T


def noise_of(
    happened: np.ndarray,
    expected: np.ndarray,
    ends: np.ndarray,
    season: np.ndarray,
    assumed: float,
    chance: np.ndarray | None = None,
) -> Noise:
    """The noise of monthly counts (or sums) around what was expected, of the last 24 months.

    Expected is brought to the total that happened, so that only the scatter counts. Spread^2 =
    (sum of (happened - expected)^2 - chance) / sum of expected^2, at least 0, with degrees of
    freedom n - 1, together with 3 months of the assumed spread; chance is the variance of a month
    with this expectation (Poisson: the expectation). Moment estimate of an overdispersed count
    (McCullagh and Nelder 1989, 6.2); the weights are our rule.
    """
    happened, expected = happened[-MOST_MONTHS:], expected[-MOST_MONTHS:]
    factor = np.array([season[month_of(end)] for end in ends[1:]])[-MOST_MONTHS:]
    expected = expected * factor
    n, total = len(happened), expected.sum()
    if n < 3 or total <= 0 or happened.sum() <= 0:
        return Noise(assumed, 0.0, WEIGHT)
    scale = happened.sum() / total
    expected = expected * scale
    chance = expected if chance is None else chance[-MOST_MONTHS:] * scale**2
    off = happened - expected
    beyond = (off @ off) * n / (n - 1) - chance.sum()
    own = max(beyond / (expected @ expected), 0.0)
    spread2 = ((n - 1) * own + WEIGHT * assumed**2) / (n - 1 + WEIGHT)
    return Noise(float(np.sqrt(spread2)), _lasting(off, expected, spread2), n - 1 + WEIGHT)


def _lasting(off: np.ndarray, expected: np.ndarray, spread2: float) -> float:
    """Lag-one correlation of the factors, drawn to nothing by 12 months of none."""
    factor = np.divide(off, expected, out=np.zeros_like(off), where=expected > 0)
    n = len(factor) - 1
    along = (factor[1:] * factor[:-1]).mean() / spread2 if spread2 > 0 else 0.0
    return float(np.clip(along, 0, MOST_LASTING) * n / (n + LASTING_WEIGHT))
