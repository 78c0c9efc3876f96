"""The plainest way of counting visits, for tests of what stands on such counts.

A customer comes as often as all do in the mean, the more so the more often they came, and less
the longer they have been silent: (1 + repeats) / (1 / rate + age) a day x 2^-(silence / 180).
"""

import ibis
import numpy as np

from toolkit.foresight import Counting
from toolkit.frames import frame

HISTORY = ["repeats", "last_days", "age_days"]
HALVES = 180.0


class PlainModel:
    """Expected visits from the mean rate of a shop (repeat visits a day)."""

    def __init__(self, rate):
        self.rate = rate

    def expected_visits(self, rows, horizon_days):
        silent = (rows["age_days"] - rows["last_days"]).to_numpy(float)
        daily = (1 + rows["repeats"]) / (1 / self.rate + rows["age_days"])
        return daily.to_numpy(float) * horizon_days * 0.5 ** (silent / HALVES)


def histories(visits, origin):
    day = ibis.literal(origin)
    known = visits.filter(visits.date <= day)
    per = known.group_by("customer_id").agg(
        n=known.count(), first=known.date.min(), last=known.date.max()
    )
    return per.select(
        "customer_id",
        repeats=per.n - 1,
        last_days=per["last"].delta(per["first"], unit="day"),
        age_days=day.delta(per["first"], unit="day"),
    )


def compressed(table):
    return frame(table.group_by(HISTORY).agg(customers=table.count()).order_by(HISTORY))


def fit(rows):
    days = float(np.dot(rows["age_days"], rows["customers"]))
    repeats = float(np.dot(rows["repeats"], rows["customers"]))
    return PlainModel((repeats + 1) / (days + 365))


def plain_counting():
    return Counting(histories, compressed, fit)
