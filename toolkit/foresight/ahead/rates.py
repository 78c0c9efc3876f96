"""The client's own rates: how soon the next visit comes, how many new customers, how much money."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from toolkit.foresight.ahead.history import NEVER, History
from toolkit.foresight.ahead.kinds import (
    FIRST,
    GAP_CLASSES,
    KINDS,
    SECOND,
    band_ends,
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
FADING = 0.7
SHARP = 0.25  # chance on the day of a visit from which a rhythm is that of a calendar
PRIOR = 0.5  # visits that a rate of its own has to outweigh


@dataclass(frozen=True, eq=False)
class Tally:
    """What happened in each trusted month, oldest first.

    came, watched: [month, kind, band], visits and customer days at risk of one. led: [month,
    kind, gap, kind begun], visits after another. new: [month]. visits, amount, squares: [month,
    kind of the silence begun], of all visits, amounts in minor units. sales: [month], net money of
    all days. ends: [month + 1], day numbers of the month ends with the one before the first.
    all_ends, all_new: the same of all whole months of the file. first: day number of the file's
    first order.
    """

    ends: np.ndarray
    came: np.ndarray
    watched: np.ndarray
    late_came: np.ndarray
    late_watched: np.ndarray
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
    line, late = history.lapse_days, s["late"].to_numpy(float)
    last = grid_ends(line)
    months, steps = len(ends) - 1, len(last) + 1
    came, watched, late_came, late_watched = (np.zeros((months, KINDS, steps)) for _ in range(4))
    led = np.zeros((months, KINDS, GAP_CLASSES, KINDS))
    visits, money, square = (np.zeros((months, KINDS)) for _ in range(3))
    for month in range(months):
        since, until = ends[month], ends[month + 1]
        at = (start <= until) & (after > since)
        low = np.maximum(1, since - start[at] + 1)
        high = np.minimum(after[at], until) - start[at]
        end = (after > since) & (after <= until)
        step = np.searchsorted(last, after[end] - start[end])
        for visits_by, days_by, weight in ((came, watched, n), (late_came, late_watched, n * late)):
            days_by[month] = _at_risk(kind[at], weight[at], low, high, line)
            np.add.at(visits_by[month], (kind[end], step), weight[end])
        classes = gap_of(after[end] - start[end], line)
        np.add.at(led[month], (kind[end], classes, leads[end]), n[end])
        begun = (start > since) & (start <= until)
        for table, values in ((visits, n), (money, amount), (square, squares)):
            table[month] = np.bincount(kind[begun], values[begun], KINDS)
    sales = history.sales.cumsum()
    known = np.searchsorted(sales.index.to_numpy(), ends, side="right")
    total = np.concatenate([[0.0], sales.to_numpy()])[known] if len(sales) else np.zeros(len(ends))
    every = history.all_marks
    firsts = kind == FIRST
    new, _ = np.histogram(start[firsts], every + 0.5, weights=n[firsts])
    return Tally(
        ends, came, watched, late_came, late_watched, led, visits[:, FIRST].copy(), visits, money, square, np.diff(total),
        every, new, history.first,
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
        np.bincount(kind, n * np.maximum(np.minimum(high, b) - np.maximum(low, a + 1) + 1, 0), KINDS)
        for a, b in itertools.pairwise(edges)
    ]
    return np.hstack([daily, np.stack(later, axis=1)])


@dataclass(frozen=True, eq=False)
class Rates:
    """The rates of the last trusted months, at most `MONTHS`.

    hazard: [kind, cell], chance of a visit on the next day. way: [kind, gap, kind], the share of
    the visits out of a kind after a class of gap that begin each kind. new_per_day: customers, but
    for old ones who look new. unseen: [day], those per day after the closing date. price: [kind],
    net money per visit that begins such a silence (minor units), returns spread over all visits.
    price_square: [kind], its mean square. season_new, season_visits: [calendar month], factors
    around 1. counts: [kind, band], visits each chance rests on. noise_new, noise_visits,
    noise_price: how much months scatter beyond chance. months: how many months they rest on.
    """

    hazard: np.ndarray
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
    """The rates as of the last month of a tally.

    The chance of a visit in a band of silences = (visits + 1/2) / (customer days + 1/2 / the
    chance in all kinds of the same pace, drawn to that of everybody in the same way): a kind seen
    seldom has the chance of those like it (our rule).
    """
    recent = min(MONTHS, len(known.new))
    came, rate, sharp = _chances(known, recent, lapse_days)
    expected = _due(known, rate, sharp, lapse_days)
    season_visits = (
        np.ones(12) if sharp else season_of(known.came.sum((1, 2)), expected, known.ends)
    )
    visits, price, square = _prices(known, recent)
    next_day = cell_starts(lapse_days) + 1
    hazard = rate[:, np.searchsorted(grid_ends(lapse_days), next_day)]
    begun = visits / known.days[-recent:].sum()
    new_per_day, unseen = _newcomers(known, hazard, begun, recent, lapse_days)
    age = known.ends - known.first + 1  # days the file has at each month's end
    due_new = new_per_day * known.days + np.diff(_up_to(unseen)[age])
    season_new = season_of(known.new, due_new, known.ends)
    return Rates(
        hazard=hazard,
        way=_way(known.led[-recent:].sum(0), lapse_days),
        new_per_day=new_per_day,
        unseen=unseen[age[-1] :],
        price=price,
        price_square=square,
        season_new=season_new,
        season_visits=season_visits,
        counts=came,
        noise_new=noise_of(known.new, due_new, known.ends, season_new, 0.10),
        noise_visits=noise_of(known.came.sum((1, 2)), expected, known.ends, season_visits, 0.05),
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


def _due(known: Tally, rate: np.ndarray, sharp: bool, lapse_days: int) -> np.ndarray:
    """Visits that were due in each trusted month, up to a factor.

    In a sharp rhythm a month's chances added up follow from its length (who comes every 31st of a
    month is not late in February), so there every active customer day counts alike (our rule).
    """
    if not sharp:
        return (known.watched * rate).sum((1, 2))
    return known.watched[:, :, :lapse_days].sum((1, 2))


def _chances(
    known: Tally, recent: int, lapse_days: int
) -> tuple[np.ndarray, np.ndarray, bool]:
    """([kind, step] visits the chances rest on, [kind, step] chances of a visit on a day, whether
    the rhythm is sharp: a visit falls on days on which a quarter come, and twice as many as in the
    band around them)."""
    came, watched = known.came[-recent:].sum(0), known.watched[-recent:].sum(0)
    band = np.searchsorted(band_ends(lapse_days), grid_ends(lapse_days))
    band = np.append(band, band[-1] + 1)
    rate = _shrunk(came, watched, band)
    around = np.divide(
        _banded(came, band), _banded(watched, band), out=np.ones((KINDS, band[-1] + 1)),
        where=_banded(watched, band) > 0,
    )[:, band]  # fmt: skip
    usual = (came * rate).sum() / max(came.sum(), 1)
    sharp = usual >= SHARP and usual >= 2 * (came * around).sum() / max(came.sum(), 1)
    return came, rate, bool(sharp)


def _shrunk(came: np.ndarray, watched: np.ndarray, band: np.ndarray) -> np.ndarray:
    """[kind, step]: each kind drawn to the kinds of its pace, those to all together."""
    whole = _along(_banded(came.sum(0), band), _banded(watched.sum(0), band))
    everybody = _drawn(came.sum(0), watched.sum(0), whole[band])
    rate = _likened(came, watched, everybody, band)
    for pace in range(1, SECOND):
        alike = slice(pace, None, SECOND - 1)
        theirs = _likened(came[alike].sum(0), watched[alike].sum(0), everybody, band)
        rate[alike] = _likened(came[alike], watched[alike], theirs, band)
    return np.minimum(rate, 1.0)


def _banded(steps: np.ndarray, band: np.ndarray) -> np.ndarray:
    """Sums by band of silence, of the last axis."""
    return np.add.reduceat(steps, np.unique(band, return_index=True)[1], axis=-1)


def _likened(came: np.ndarray, watched: np.ndarray, to: np.ndarray, band) -> np.ndarray:
    """Each step drawn to the rate of others, brought to the own level of its band."""
    due = _banded(watched * to, band)
    level = (_banded(came, band) + PRIOR) / (due + PRIOR)
    return _drawn(came, watched, to * level[..., band])


def _along(came: np.ndarray, watched: np.ndarray) -> np.ndarray:
    """[band] of everybody: each band drawn to seven tenths of the one before, so that a silence
    longer than any the file can show is not taken for one without return (our rule)."""
    rate = np.zeros(len(came))
    for band in range(len(came)):
        before = FADING * rate[band - 1] if band else 0.0
        rate[band] = _drawn(came[band], watched[band], np.array(before))
    return rate


def _drawn(came: np.ndarray, watched: np.ndarray, to: np.ndarray) -> np.ndarray:
    """(visits + 1/2) / (days + those in which half a one comes at the other rate)."""
    known = to > 0
    days = np.divide(PRIOR, to, out=np.zeros_like(to), where=known) + watched
    return np.divide(came + PRIOR * known, days, out=np.zeros_like(days), where=days > 0)


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
