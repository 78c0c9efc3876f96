"""Old customers who look new: those whose last visit lies before the file begins."""

from __future__ import annotations

import numpy as np

from toolkit.foresight.ahead.kinds import cell_of

ENDLESS = 12  # lapse lines


def looking_new(
    hazard: np.ndarray, begun_per_day: np.ndarray, days: int, lapse_days: int
) -> np.ndarray:
    """First sightings of old customers per day, by the age of the file: [age], 0 to days - 1.

    In a shop that has long traded, silences of each kind begin at a steady rate, and whoever comes
    after more days than the file is old is seen for the first time: rate x (chance that a silence
    lasts longer than that - chance that it never ends). hazard: [kind, d - 1], the last of which
    goes on; begun_per_day: [kind]. What lasts twice as long as the longest silence that has a
    chance of its own counts as never ending. Renewal theory (Cox 1962), our application.
    """
    wanted = hazard[:, cell_of(np.arange(ENDLESS * lapse_days), lapse_days)]
    lasts = np.cumprod(np.hstack([np.ones((len(hazard), 1)), 1 - wanted]), axis=1)
    rate = begun_per_day @ (lasts - lasts[:, -1:])
    return np.pad(rate, (0, max(days - len(rate), 0)))[:days]


def share_unseen(new: np.ndarray, days: np.ndarray, due: np.ndarray) -> float:
    """How much of the old customers due to look new really did: 0 (the shop opened with the file)
    to 1 (it had long traded), by least squares.

    new = rate x days + share x due, over all whole months of the file, each weighed by one over
    what would be expected of it. Our rule.
    """
    if len(new) < 3 or due.sum() <= 0:
        return 0.0
    weight = 1 / np.sqrt(np.maximum(new.mean() * days / days.mean() + due, 1))
    columns = np.stack([days, due], axis=1) * weight[:, None]
    _, share = np.linalg.lstsq(columns, new * weight, rcond=None)[0]
    return float(np.clip(share, 0, 1))
