"""Which competitor is used: the best, or a simpler one that cannot be told from it."""

from __future__ import annotations

import numpy as np
import pandas as pd

LEVEL = 95


def lead(estimates: np.ndarray, deviations: np.ndarray) -> pd.DataFrame:
    """How far the best is ahead of everyone, higher estimates being better.

    `deviations` are draws x competitors (`bootstrap.resampled`). One row per competitor, in the
    order given. Columns: behind (best - own), behind_low and behind_high (its 95 % bootstrap
    interval, percentiles; 0 for the best), tied (whether the interval includes 0).
    """
    best = int(np.argmax(estimates))
    behind = estimates[best] - estimates
    drawn = behind + deviations[:, [best]] - deviations
    low, high = np.percentile(drawn, [(100 - LEVEL) / 2, (100 + LEVEL) / 2], axis=0)
    return pd.DataFrame(
        {"behind": behind, "behind_low": low, "behind_high": high, "tied": low <= 0}
    )


def winner(names: list[str], tied: np.ndarray, *further: np.ndarray | None) -> str:
    """The first of `names`, which go from the simplest on, that is tied with the best.

    `further` say who else passes: each narrows those left, in turn, if any is left by it (our
    rule; None asks nothing).
    """
    left = tied
    for passes in further:
        if passes is not None and (left & passes).any():
            left = left & passes
    return names[int(np.argmax(left))]


def sums_off(biases: np.ndarray, deviations: np.ndarray) -> pd.DataFrame:
    """How far sums may be off: bias_low and bias_high (95 % bootstrap interval of the bias,
    percentiles), one row per competitor; `deviations` as in `lead`."""
    low, high = np.percentile(biases + deviations, [(100 - LEVEL) / 2, (100 + LEVEL) / 2], axis=0)
    return pd.DataFrame({"bias_low": low, "bias_high": high})
