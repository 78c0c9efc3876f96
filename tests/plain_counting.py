"""The plainest model of how often customers come, for tests of what stands on such counts.

A customer comes as often as all do in the mean, the more so the more often they came, and less
the longer they have been silent: (1 + repeats) / (1 / rate + age) a day x 2^-(silence / 180).
"""

import numpy as np

HALVES = 180.0


class PlainModel:
    """Expected visits from the mean rate of a shop (repeat visits a day)."""

    def __init__(self, rate):
        self.rate = rate

    def expected_visits(self, rows, horizon_days):
        silent = (rows["age_days"] - rows["last_days"]).to_numpy(float)
        daily = (1 + rows["repeats"]) / (1 / self.rate + rows["age_days"])
        return daily.to_numpy(float) * horizon_days * 0.5 ** (silent / HALVES)


def fit_plainly(rows):
    """In place of `counts.fit_counts`."""
    days = float(np.dot(rows["age_days"], rows["customers"]))
    repeats = float(np.dot(rows["repeats"], rows["customers"]))
    return PlainModel((repeats + 1) / (days + 365))
