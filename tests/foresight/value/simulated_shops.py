"""Shops whose customers come at their own rates while the shop's level drifts, in arrays.

Small and quick: two hundred of them are foreseen by a plain method at several days, so that it can
be counted how often intervals hold what came.
"""

import datetime as dt

import numpy as np
import pandas as pd

from toolkit.foresight.value.intervals import with_intervals
from toolkit.foresight.value.record import windows

OPENING = dt.date(2020, 1, 1)
LAPSE, QUARTER, YEAR = 240, 90, 365
PLACES = ["layer", "state"]


def drawn_shop(chance, days, drift):
    """Customer, day and amount of every visit up to a year after `days`."""
    n, quarters = int(chance.integers(150, 500)), (days + YEAR) // QUARTER + 1
    rate, start = chance.gamma(1.2, 1 / 180, n), chance.integers(0, days - 30, n)
    mean, level = chance.lognormal(8, 0.5, n), np.exp(np.cumsum(chance.normal(0, drift, quarters)))
    who, when = [np.arange(n)], [start]
    for quarter in range(quarters):
        since = np.clip(start, quarter * QUARTER, (quarter + 1) * QUARTER)
        left = (quarter + 1) * QUARTER - since
        visits = chance.poisson(rate * level[quarter] * left)
        who.append(np.repeat(np.arange(n), visits))
        when.append(since[who[-1]] + 1 + (chance.random(visits.sum()) * left[who[-1]]).astype(int))
    who = np.concatenate(who)
    return n, who, np.concatenate(when), np.round(mean[who] * chance.gamma(5, 0.2, len(who)))


def places_at(shop, origin, days):
    """Sales foreseen at a day by each customer's own rate, and what came, by place."""
    n, who, when, amount = shop
    past, later = when <= origin, (when > origin) & (when <= origin + days)
    visits = np.bincount(who[past], minlength=n)
    money = np.bincount(who[past], amount[past], n)
    came = np.bincount(who[later], amount[later], n)
    first, last = np.full(n, np.iinfo(int).max), np.zeros(n, int)
    np.minimum.at(first, who[past], when[past])
    np.maximum.at(last, who[past], when[past])
    known = visits > 0
    visits, money, came, first, last = (x[known] for x in (visits, money, came, first, last))
    age = origin - first
    daily = visits / (age.sum() / max((visits - 1).sum(), 1) + age)
    foreseen = np.round(daily * days * (money + 2 * money.sum() / visits.sum()) / (visits + 2))
    table = pd.DataFrame(
        {
            "layer": np.select([visits == 1, visits < 4], ["first", "steady"], "prime"),
            "state": np.where(origin - last < LAPSE, "active", "lapsed"),
            "customers": 1,
            "foreseen": foreseen,
            "came": came,
            "squares": (came - foreseen) ** 2,
        }
    )
    return table.groupby(PLACES, as_index=False).sum()


def held(shops, years, drift, seed):
    """Of every place and of all together, whether the interval held what came; one row each."""
    chance, days, found = np.random.default_rng(seed), YEAR * years, []
    for _ in range(shops):
        shop = drawn_shop(chance, days, drift)
        window, origins = windows(OPENING, OPENING + dt.timedelta(days=days), YEAR)
        record = pd.concat(
            places_at(shop, (origin - OPENING).days, window).assign(origin=origin)
            for origin in origins
        )
        now = places_at(shop, days, YEAR)
        whole = now.sum(numeric_only=True).to_frame().T.assign(layer="all", state="all")
        groups = pd.concat([now, whole], ignore_index=True)
        ends = with_intervals(groups, "foreseen", record, YEAR / window)
        found.append(ends.assign(held=ends.came.between(ends.low, ends.high)))
    return pd.concat(found)
