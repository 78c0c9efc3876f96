"""Shops whose behaviour is known and does not change, for years before the file and after it.

Not the model turned round: customers have rates of their own (gamma) and regular or irregular
rhythms (Erlang), leave for good at a time of their own or at once, some wake up much later, and
months are busier or slower for everybody. The file begins when the shop has traded for years, so
old customers look new.
"""

import datetime as dt
from typing import NamedTuple

import numpy as np
import pandas as pd

from toolkit.foresight.ahead.history import NEVER, History
from toolkit.foresight.ahead.kinds import begun_days, kind_of
from toolkit.foresight.ahead.months import months_to

FIRST = dt.date(2020, 1, 1).toordinal()
BEFORE, MONTH = 9 * 365, 30.4375  # days of trade before the file, days of a month


class Shop(NamedTuple):
    """visits: c, d (day number), amount, nth, tenure, next (NaN for the last), up to 12 months
    after the closing date."""

    visits: pd.DataFrame
    closing: int
    lapse_days: int


def make_shop(seed):
    draw = np.random.default_rng(seed)
    closing = months_to(FIRST - 1, int(draw.integers(18, 49)))
    days = months_to(closing, 12) - (FIRST - BEFORE) + 1
    line = int(draw.choice([45, 60, 90, 120, 180]))
    month = (np.arange(days) // MONTH).astype(int)
    busy, popular = (
        np.exp(draw.normal(0, spread, month[-1] + 1) - spread**2 / 2)
        for spread in (draw.choice([0, 0.05, 0.1, 0.2]), draw.choice([0, 0.1, 0.2, 0.3]))
    )
    begun = np.repeat(np.arange(days), draw.poisson(draw.uniform(0.5, 5) * popular[month]))
    who, day = customers(draw, begun, days, line, busy[month])
    visits = pd.DataFrame({"c": who, "d": day + FIRST - BEFORE})
    visits = visits[visits.d >= FIRST].drop_duplicates().sort_values(["c", "d"], ignore_index=True)
    usual = draw.lognormal(8, 0.5, len(begun))[visits.c]
    visits["amount"] = np.round(usual * draw.lognormal(0, draw.uniform(0.2, 0.8), len(visits)))
    by = visits.groupby("c").d
    visits["nth"], visits["next"] = by.cumcount() + 1, by.shift(-1)
    visits["tenure"] = visits.d - by.transform("min")
    return Shop(visits, closing, line)


def customers(draw, begun, days, line, busy):
    """Customer and day of every visit of those who begin on these days."""
    n, top, shape = len(begun), busy.max(), draw.choice([1, 1, 2, 3])
    spread, typical = draw.uniform(0.5, 2), line * draw.uniform(0.12, 0.6)
    pace = np.maximum(draw.gamma(spread, 1 / spread, n) / typical * top, 1e-6)
    life, once, wake = line * draw.uniform(1, 8), draw.uniform(0.2, 0.6), draw.uniform(0, 0.5)
    now = begun.astype(float)
    gone = now + np.where(draw.random(n) < once, 0, draw.exponential(life, n))
    who, when, there = [np.arange(n)], [now.copy()], np.arange(n)
    while len(there):
        at = now[there] + np.maximum(1, draw.gamma(shape, 1 / (shape * pace[there])))
        over = at > gone[there]
        woken = over & (draw.random(len(there)) < wake)
        late = now[there] + line * (1 + draw.exponential(1.5, len(there)))
        at = np.where(woken, late, at)
        gone[there] = np.where(woken, at + draw.exponential(life, len(there)), gone[there])
        stays = (at < days) & (~over | woken)
        there, at = there[stays], at[stays]
        now[there] = at
        comes = draw.random(len(there)) < busy[at.astype(int)] / top
        who.append(there[comes])
        when.append(at[comes])
    return np.concatenate(who), np.concatenate(when).astype(int)


def monthly_subscribers(seed, days=1000, line=90):
    """Everybody orders on the same day of every month until one in twelve leaves after an order."""
    draw = np.random.default_rng(seed)
    rows = []
    for who in range(1500):
        begun = dt.date.fromordinal(FIRST + int(draw.integers(-1000, days + 366)))
        months = begun.year * 12 + begun.month - 1 + np.arange(draw.geometric(1 / 12))
        on = min(begun.day, 28)
        rows += [(who, dt.date(m // 12, m % 12 + 1, on).toordinal()) for m in months.tolist()]
    return _shop(pd.DataFrame(rows, columns=["c", "d"]).assign(amount=3000.0), days, line)


def heavy_leavers(seed, days, line=90):
    """A shop six years old when the file begins, in which each customer has a chance of their own
    to leave after a visit (MBG/NBD: gamma rates, beta chances)."""
    draw = np.random.default_rng(seed)
    n, end = 6000, days + 400
    rate, leaving = draw.gamma(0.9, 1 / 30, n), draw.beta(0.5, 2.5, n)
    now = draw.uniform(-2000, end, n)
    there, rows = np.arange(n), []
    while len(there):
        rows.append(np.stack([there, np.floor(now[there]) + FIRST]))
        there = there[draw.random(len(there)) >= leaving[there]]
        now[there] += draw.exponential(1 / rate[there])
        there = there[now[there] < end]
    who, day = np.concatenate(rows, axis=1).astype(int)
    return _shop(pd.DataFrame({"c": who, "d": day, "amount": 1000.0}), days, line)


def leaving_with_time(seed, days, line=90, season=False):
    """A shop six years old when the file begins, in which customers of rates of their own leave as
    time passes (exponential, 700 days), and those who come often spend more; with a season visits
    go by a cosine of half the mean, highest in mid November."""
    draw = np.random.default_rng(seed)
    n, end = 7000, days + 400
    often = draw.gamma(0.9, 1 / 0.9, n)
    rate, now = often / 60, draw.uniform(-2000, end, n)
    gone = now + draw.exponential(700, n)
    usual = draw.lognormal(5.5, 0.8, n) * (0.3 + often)
    there, rows, most = np.arange(n), [], 1.5 if season else 1.0
    while len(there):
        wave = 1 + 0.5 * season * np.cos(2 * np.pi * (now[there] / 365 - 0.87))
        comes = there[draw.random(len(there)) < wave / most]
        rows.append(np.stack([comes, np.floor(now[comes]) + FIRST]))
        now[there] += draw.exponential(1 / (rate[there] * most))
        there = there[(now[there] < end) & (now[there] < gone[there])]
    who, day = np.concatenate(rows, axis=1).astype(int)
    amount = np.round(usual[who] * draw.lognormal(0, 0.5, len(who)))
    return _shop(pd.DataFrame({"c": who, "d": day, "amount": amount}), days, line)


def _shop(visits, days, line):
    """A shop from days of visits, of which the file shows those from `FIRST` on."""
    visits = visits[visits.d >= FIRST].drop_duplicates(["c", "d"])
    visits = visits.sort_values(["c", "d"], ignore_index=True)
    by = visits.groupby("c").d
    nth, after, tenure = by.cumcount() + 1, by.shift(-1), visits.d - by.transform("min")
    return Shop(visits.assign(nth=nth, next=after, tenure=tenure), FIRST + days, line)


def history_at(shop, closing=None):
    """What the file shows up to a day."""
    closing = shop.closing if closing is None else closing
    known = shop.visits[shop.visits.d <= closing]
    after = known.next.where(known.next <= closing).fillna(NEVER).astype(int)
    old = known.d - known.tenure < FIRST + begun_days(shop.lapse_days)
    kind = kind_of(known.nth, known.tenure, shop.lapse_days, old)
    later = kind_of(known.nth + 1, known.tenure + after - known.d, shop.lapse_days, old)
    rows = pd.DataFrame({"start": known.d, "next": after, "kind": kind, "customers": 1})
    rows["leads"] = np.where(after < NEVER, later, kind)
    rows["amount"], rows["squares"] = known.amount, known.amount**2
    keys = ["start", "next", "kind", "leads"]
    silences = rows.groupby(keys, as_index=False).sum()
    sales = known.groupby("d").amount.sum()
    return History(silences, sales, FIRST, closing, shop.lapse_days)


def came(shop, months=12):
    """What the months after the closing date brought: one row per month, one column per measure."""
    v, line = shop.visits, shop.lapse_days
    after, out = v.next.fillna(NEVER), v.d + line
    marks = [months_to(shop.closing, k) for k in range(months + 1)]
    gap, rows = v.d - v.groupby("c").d.shift(), []
    for since, until in zip(marks[:-1], marks[1:], strict=True):
        within = (v.d > since) & (v.d <= until)
        rows.append(
            {
                "active": ((v.d <= until) & (after > until) & (until - v.d < line)).sum(),
                "new": (within & (v.nth == 1)).sum(),
                "returned": (within & (gap > line)).sum(),
                "lost": ((out > since) & (out <= until) & (after > out)).sum(),
                "sales": v.amount[within].sum(),
            }
        )
    return pd.DataFrame(rows, index=range(1, months + 1))
