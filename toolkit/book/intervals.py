"""How sure a share is, given how many it was counted on."""

from __future__ import annotations

import numpy as np
from scipy.stats import norm


def wilson(share, n, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """The Wilson interval (low, high) of shares (0..1) counted on n, element by element.

    n may be broken: an effective number, where not everybody was seen to the end. NaN where the
    share is not known or n is not above zero. low <= share <= high always: low is exactly 0 for
    the share 0 and high exactly 1 for the share 1, which rounding would miss. Source: Wilson
    1927, without continuity correction.
    """
    share, n = np.asarray(share, float), np.asarray(n, float)
    n = np.where(n > 0, n, np.nan)
    z2 = norm.ppf((1 + level) / 2) ** 2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = np.sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    low, high = np.clip(middle - half, 0, share), np.clip(middle + half, share, 1)
    return np.where(share == 0, 0.0 * n, low), np.where(share == 1, 1.0 + 0.0 * n, high)
