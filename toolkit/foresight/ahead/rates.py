"""The client's own rates: how soon the next visit comes, how many new customers, how much money."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from toolkit.foresight.ahead.busy import busy_months
from toolkit.foresight.ahead.chances import PRIOR, chances_of
from toolkit.foresight.ahead.history import NEVER, History
from toolkit.foresight.ahead.kinds import (
    FIRST,
    GAP_CLASSES,
    KINDS,
    OLD,
    cell_starts,
    gap_of,
    grid_ends,
    usual_way,
)
from toolkit.foresight.ahead.noise import Noise, noise_of
from toolkit.foresight.ahead.season import season_of
from toolkit.foresight.ahead.unseen import looking_new, share_unseen

MONTHS = 12  # the rates are those of so many trusted months
FEWEST_MONTHS = 6
MOST_MONTHS = 48
AHEAD_DAYS = 6 * 366


@dataclass(frozen=True, eq=False)
class Tally:
    """What happened in each trusted month, oldest first.

    came, watched: [month, kind, step of `grid_ends`], visits and customer days at risk of one.
    led: [month, kind, gap, kind begun], visits after another. new: [month]. visits, amount,
    squares: [month, kind of the silence begun], of all visits, amounts in minor units. sales:
    [month], net money of all days. ends: [month + 1], day numbers of the month ends with the one
    before the first. all_ends, all_new: the same of all whole months of the file. first: day
    number of the file's first order.
    """

    ends: np.ndarray
    came: np.ndarray
    watched: np.ndarray
    led: np.ndarray
    new: np.ndarray
    visits: np.ndarray
    amount: np.ndarray
    squares: np.ndarray
    sales: np.ndarray
    all_ends: np.ndarray
    all_new: np.ndarray
    first: int

    @property
    def days(self) -> np.ndarray:
        """Length of each month, days."""
        return np.diff(self.ends)

    def upto(self, months: int) -> Tally:
        """The same as it was known so many months before the last one's end."""
        if not months:
            return self
        names = [name for name in self.__dataclass_fields__ if name != "first"]
        return replace(self, **{name: getattr(self, name)[:-months] for name in names})


def tally(history: History) -> Tally:
    """The trusted months of a history, at most `MOST_MONTHS`."""
    ends = history.marks[-MOST_MONTHS - 1 :]
    s = history.silences
    start, after, kind, leads = (s[name].to_numpy() for name in ("start", "next", "kind", "leads"))
    n, amount, squares = (s[name].to_numpy(float) for name in ("customers", "amount", "squares"))
    line = history.lapse_days
    last = grid_ends(line)
    months, steps = len(ends) - 1, len(last) + 1
    came, watched = (np.zeros((months, KINDS, steps)) for _ in range(2))
    led = np.zeros((months, KINDS, GAP_CLASSES, KINDS))
    visits, money, square = (np.zeros((months, KINDS)) for _ in range(3))
    for month in range(months):
        since, until = ends[month], ends[month + 1]
        at = (start <= until) & (after > since)
        low = np.maximum(1, since - start[at] + 1)
        high = np.minimum(after[at], until) - start[at]
        end = (after > since) & (after <= until)
        step = np.searchsorted(last, after[end] - start[end])
        watched[month] = _at_risk(kind[at], n[at], low, high, line)
        np.add.at(came[month], (kind[end], step), n[end])
        classes = gap_of(after[end] - start[end], line)
        np.add.at(led[month], (kind[end], classes, leads[end]), n[end])
        begun = (start > since) & (start <= until)
        for table, values in ((visits, n), (money, amount), (square, squares)):
            table[month] = np.bincount(kind[begun], values[begun], KINDS)
    sales = history.sales.cumsum()
    known = np.searchsorted(sales.index.to_numpy(), ends, side="right")
    total = np.concatenate([[0.0], sales.to_numpy()])[known] if len(sales) else np.zeros(len(ends))
    every = history.all_marks
    firsts = kind % OLD == FIRST
    new, _ = np.histogram(start[firsts], every + 0.5, weights=n[firsts])
    return Tally(
        ends, came, watched, led, visits[:, [FIRST, OLD]].sum(1), visits, money, square,
        np.diff(total), every, new, history.first,
    )  # fmt: skip


def _at_risk(kind, n, low, high, lapse_days: int) -> np.ndarray:
    """[kind, step of the grid]: customer days at risk, of n customers each from one day of silence
    to another, both included."""
    wide = lapse_days + 2
    begin, stop = np.minimum(low, wide - 1), np.minimum(high + 1, wide - 1)
    flat = np.bincount(kind * wide + begin, n, KINDS * wide)
    flat = flat - np.bincount(kind * wide + stop, n, KINDS * wide)
    daily = flat.reshape(KINDS, wide).cumsum(1)[:, 1:-1]
    edges = np.append(grid_ends(lapse_days)[lapse_days - 1 :], NEVER)
    long = high > lapse_days
    kind, n, low, high = kind[long], n[long], low[long], high[long]
    later = [
        np.bincount(
            kind, n * np.maximum(np.minimum(high, b) - np.maximum(low, a + 1) + 1, 0), KINDS
        )
        for a, b in itertools.pairwise(edges)
    ]
    return np.hstack([daily, np.stack(later, axis=1)])


@dataclass(frozen=True, eq=False)
class Rates:
    """The rates of the last trusted months, at most `MONTHS`.

    hazard: [kind, cell], chance of a visit on the next day. blind: the same if
    nobody told old customers from new ones. way: [kind, gap, kind], the share of
    the visits out of a kind after a class of gap that begin each kind. new_per_day: customers, but
    for old ones who look new. unseen: [day], those per day after the closing date. price: [kind],
    net money per visit that begins such a silence (minor units), returns spread over all visits.
    price_square: [kind], its mean square. season_new, season_visits: [calendar month], factors
    around 1. counts: [kind, step], visits each chance rests on. noise_new, noise_visits,
    noise_price: how much months scatter beyond chance. months: how many months they rest on.
    """

    hazard: np.ndarray
    blind: np.ndarray
    way: np.ndarray
    new_per_day: float
    unseen: np.ndarray
    price: np.ndarray
    price_square: np.ndarray
    season_new: np.ndarray
    season_visits: np.ndarray
    counts: np.ndarray
    noise_new: Noise
    noise_visits: Noise
    noise_price: Noise
    months: int
    lapse_days: int

    @cached_property
    def has_money(self) -> bool:
        """Whether visits have a price: amounts, of which more was paid than went back."""
        return bool(self.price.any())


def rates_of(known: Tally, lapse_days: int) -> Rates:
    """The rates as of the last month of a tally (chances: `chances.chances_of`)."""
    recent = min(MONTHS, len(known.new))
    came, watched = known.came[-recent:], known.watched[-recent:]
    found = chances_of(came.sum(0), watched.sum(0), lapse_days)
    if not found.sharp:
        even = watched * busy_months(came, watched)[:, None, None]
        found = chances_of(came.sum(0), even.sum(0), lapse_days)
    visited, expected = known.came.sum((1, 2)), found.due(known.watched, lapse_days)
    season_visits = np.ones(12) if found.sharp else season_of(visited, expected, known.ends)
    visits, price, square = _prices(known, recent)
    next_day = cell_starts(lapse_days) + 1
    step = np.searchsorted(grid_ends(lapse_days), next_day)
    hazard = found.rate[:, step]
    begun = visits / known.days[-recent:].sum()
    new_per_day, unseen = _newcomers(known, hazard, begun, recent, lapse_days)
    age = known.ends - known.first + 1  # days the file has at each month's end
    due_new = new_per_day * known.days + np.diff(_up_to(unseen)[age])
    season_new = season_of(known.new, due_new, known.ends)
    return Rates(
        hazard=hazard,
        blind=found.blind[:, step],
        way=_way(known.led[-recent:].sum(0), lapse_days),
        new_per_day=new_per_day,
        unseen=unseen[age[-1] :],
        price=price,
        price_square=square,
        season_new=season_new,
        season_visits=season_visits,
        counts=found.came,
        noise_new=noise_of(known.new, due_new, known.ends, season_new, 0.10),
        noise_visits=noise_of(visited, expected, known.ends, season_visits, 0.05),
        noise_price=_price_noise(known, price, square),
        months=recent,
        lapse_days=lapse_days,
    )


def _newcomers(
    known: Tally, hazard, begun_per_day, recent: int, lapse_days: int
) -> tuple[float, np.ndarray]:
    """New customers per day, and old ones who look new by the age of the file in days."""
    age, every = (ends - known.first + 1 for ends in (known.ends, known.all_ends))
    due = looking_new(hazard, begun_per_day, int(age[-1]) + AHEAD_DAYS, lapse_days)
    total = _up_to(due)
    share = share_unseen(known.all_new, np.diff(every).astype(float), np.diff(total[every]))
    seen, old = known.new[-recent:].sum(), total[age[-1]] - total[age[-recent - 1]]
    share = min(share, seen / old) if old > 0 else 0.0
    return float((seen - share * old) / known.days[-recent:].sum()), share * due


def _way(led: np.ndarray, lapse_days: int) -> np.ndarray:
    """Shares of the visits out of each kind by gap that begin each kind; one visit that goes the
    usual way is added."""
    table = led + usual_way(lapse_days)
    return table / table.sum(2, keepdims=True)


def _up_to(per_day: np.ndarray) -> np.ndarray:
    """The sum of the first 0, 1, 2 ... days."""
    return np.concatenate([[0.0], per_day.cumsum()])


def _prices(known: Tally, recent: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    visits, money, squares = (
        table[-recent:].sum(0) for table in (known.visits, known.amount, known.squares)
    )
    came_in = known.sales[-recent:].sum()
    if not visits.sum() or not money.sum() or came_in <= 0:  # as much went back: no price to go by
        return visits, np.zeros(KINDS), np.zeros(KINDS)
    mean, square = money.sum() / visits.sum(), squares.sum() / visits.sum()
    # Visits of a kind that hardly occurs are priced like all: PRIOR of them are added to it.
    price = (money + PRIOR * mean) / (visits + PRIOR)
    spread = (squares + PRIOR * square) / (visits + PRIOR)
    net = came_in / (visits @ price)
    return visits, price * net, spread * net**2


def _price_noise(known: Tally, price: np.ndarray, square: np.ndarray) -> Noise:
    expected = known.visits @ price
    chance = known.visits @ square
    return noise_of(known.sales, expected, known.ends, np.ones(12), 0.03, chance)
