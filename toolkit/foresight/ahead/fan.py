"""The fan: where level, flows and sales of the next months end up, with how much they scatter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import t as student_t

from toolkit.foresight.ahead.chance import chance_variance
from toolkit.foresight.ahead.kinds import FIRST, KINDS, OLD, SECOND, cell_starts, grid_ends
from toolkit.foresight.ahead.months import month_of, months_to
from toolkit.foresight.ahead.rates import Rates
from toolkit.foresight.ahead.run import Course, run

MONTHS_AHEAD = 12
SHARE = 0.8  # of the futures that a fan holds
NUDGE = 0.02
SURE = 1e6  # degrees of freedom of what is known
NOBODY = 1e-9  # expected customers (or money) below which there is none to scatter
MEASURES = ("active", "new", "returned", "lost", "sales")
COUNTED = MEASURES[:-1]
SO_FAR = "sales_so_far"  # sales of all months ahead up to one


@dataclass(frozen=True, eq=False)
class Days:
    """The days ahead: ends, the last day of each month counted from 1; new, customers expected on
    each day; pace, what the season does to the chances of each day."""

    ends: np.ndarray
    new: np.ndarray
    pace: np.ndarray


def days_ahead(rates: Rates, closing: int, months: int) -> Days:
    """The calendar after a closing date, with the client's own rates in it."""
    marks = np.array([months_to(closing, k) for k in range(1, months + 1)])
    ends = marks - closing
    length = np.diff(ends, prepend=0)
    at = [month_of(mark) for mark in marks]
    new = np.repeat(rates.season_new[at], length) * (rates.new_per_day + rates.unseen[: ends[-1]])
    return Days(ends, new, np.repeat(rates.season_visits[at], length))


def base_course(start: np.ndarray, rates: Rates, days: Days) -> Course:
    """The months ahead at the client's own rates: one run."""
    return run(
        start[None], rates.hazard[None], days.new[None], days.pace[None], days.ends,
        rates.lapse_days, rates.way,
    )  # fmt: skip


def measured(course: Course, rates: Rates) -> dict[str, np.ndarray]:
    """The measures of every run: [run, month]; sales in minor units."""
    return {
        "active": course.closing,
        "new": course.new,
        "returned": course.returned,
        "lost": course.lost,
        "sales": course.visits @ rates.price,
    }


@dataclass(frozen=True, eq=False)
class Spread:
    """Of one measure, by month: chance (variance of who comes and who does not), shared
    (variance of what moves all of them, of the months and of the rates), freedom (degrees)."""

    mean: np.ndarray
    chance: np.ndarray
    shared: np.ndarray
    freedom: np.ndarray

    def scaled(self, mean: np.ndarray) -> np.ndarray:
        """Variance of the same months at another size: chance grows with it, the shared part with
        its square."""
        ratio = np.divide(mean, self.mean, out=np.ones_like(mean), where=self.mean > NOBODY)
        return self.chance * ratio + self.shared * ratio**2


def spreads(start: np.ndarray, rates: Rates, closing: int) -> dict[str, Spread]:
    """What every measure of the next months is expected to be, and the parts of its variance.

    Chance: `chance_variance` for level and losses, Poisson for new and returned, compound Poisson
    for sales. Shared: noise of the months in visits, new customers and price (`Noise.covariance`)
    and the sampling error of the rates, each times what it does to the measure (delta method, by
    runs with one thing nudged). Satterthwaite 1946 for the degrees of freedom. Sales are there by
    month and added up (`SO_FAR`): what moves one month moves the next as well, so that the ends of
    a sum are not the sum of ends.
    """
    days = days_ahead(rates, closing, MONTHS_AHEAD)
    tried = nudges(start, rates, days)
    course = tried.run(rates, days)
    found = measured(course, rates)
    level, lost, _ = chance_variance(
        start, rates.hazard, days.new, days.pace, days.ends, rates.lapse_days, rates.way
    )
    chance = {
        "active": level,
        "new": found["new"][0],
        "returned": found["returned"][0],
        "lost": lost,
        "sales": course.visits[0] @ rates.price_square,
    }
    told = {
        name: spread_of(found[name], chance[name], rates, days, tried.counts) for name in COUNTED
    }
    sales, month = found["sales"], np.diag(found["sales"][0])
    told["sales"] = spread_of(sales, chance["sales"], rates, days, tried.counts, month)
    told[SO_FAR] = spread_of(
        sales.cumsum(1), chance["sales"].cumsum(), rates, days, tried.counts, month.cumsum(1)
    )
    return told


def spread_of(
    rows: np.ndarray,
    chance: np.ndarray,
    rates: Rates,
    days: Days,
    counts,
    earned: np.ndarray | None = None,
) -> Spread:
    """The spread of one measure, from its rows [run, month] in the runs of `nudges`, the variance
    of chance alone by month, and the visits each group of chances rests on. Of money also
    earned: [month, month], what of a month's figure was earned in which month."""
    mean, months, known = rows[0], len(days.ends), rates.months
    seen = rates.new_per_day * np.diff(days.ends, prepend=0).mean() * known
    of_new = rates.noise_new.covariance(known, months) + 1 / max(seen, 1)
    moved = (rows[1:] - mean) / NUDGE
    parts = [
        (
            _through(moved[:months], rates.noise_visits.covariance(known, months)),
            rates.noise_visits,
        ),
        (_through(_of_new(rows[1 + months], days), of_new), rates.noise_new),
    ]
    if earned is not None:
        price = _through(earned, rates.noise_price.covariance(known, months))
        parts.append((price, rates.noise_price))
    sampled = (moved[1 + months : -1] ** 2 / np.maximum(counts, 1)[:, None]).sum(0)
    told = np.square(rows[-1] - mean)  # what telling old customers from new ones does
    shared = sum(part for part, _ in parts) + sampled + told
    down = sum(part**2 / noise.freedom for part, noise in parts)
    total = (shared + chance) ** 2
    freedom = np.divide(total, down, out=np.full(months, SURE), where=down > 0)
    return Spread(mean, chance, shared, freedom.clip(3, SURE))


def _through(moves: np.ndarray, covariance: np.ndarray) -> np.ndarray:
    """Variance of each month: moves [cause, month] x covariance of the causes x moves."""
    return np.einsum("jm,jk,km->m", moves, covariance, moves)


@dataclass(frozen=True, eq=False)
class Nudges:
    """What goes into a row of runs with one thing changed in each (arguments of `run.run`), and
    counts, the visits that each group of chances rests on."""

    starts: np.ndarray
    hazards: np.ndarray
    arrivals: np.ndarray
    pace: np.ndarray
    counts: np.ndarray

    def run(self, rates: Rates, days: Days) -> Course:
        """All of them."""
        return run(
            self.starts, self.hazards, self.arrivals, self.pace, days.ends, rates.lapse_days,
            rates.way,
        )  # fmt: skip


def nudges(start: np.ndarray, rates: Rates, days: Days) -> Nudges:
    """Run 0 as it is; 1..months with the visits of one month nudged; then one with the first
    month's new customers alone; then one for each group of chances."""
    months = len(days.ends)
    masks, counts = _groups(rates)
    runs = 3 + months + len(masks)
    starts, arrivals = np.repeat(start[None], runs, 0), np.repeat(days.new[None], runs, 0)
    pace = np.repeat(days.pace[None], runs, 0)
    hazards = np.repeat(rates.hazard[None], runs, 0)
    since = np.concatenate([[0], days.ends[:-1]])
    for month in range(months):
        pace[1 + month, since[month] : days.ends[month]] *= 1 + NUDGE
    starts[1 + months], arrivals[1 + months, days.ends[0] :] = 0, 0
    for at, mask in enumerate(masks):
        hazards[2 + months + at][mask] *= 1 + NUDGE
    hazards[-1] = rates.blind
    return Nudges(starts, hazards, arrivals, pace, counts)


def _groups(rates: Rates) -> tuple[list[np.ndarray], np.ndarray]:
    """Chances that are estimated together: first, second and later visits by early and late
    silence, and everybody lapsed; each with the visits it rests on."""
    line, kinds = rates.lapse_days, np.arange(KINDS) % OLD
    who = [kinds == FIRST, (kinds > FIRST) & (kinds < SECOND), kinds >= SECOND]
    silent = cell_starts(line) + 1
    ends = np.append(grid_ends(line), np.inf)
    early, gone = silent <= max(1, line // 4), silent > line
    band_early, band_gone = ends <= max(1, line // 4), ends > line
    late = ~early & ~gone
    pairs = [
        (w, s, b) for w in who for s, b in ((early, band_early), (late, ~band_early & ~band_gone))
    ]
    pairs.append((kinds >= 0, gone, band_gone))
    masks = [w[:, None] & s[None, :] for w, s, _ in pairs]
    return masks, np.array([rates.counts[np.ix_(w, b)].sum() for w, _, b in pairs])


def _of_new(response: np.ndarray, days: Days) -> np.ndarray:
    """[month j, month m]: what the new customers of month j come to in month m, from what those
    of the first month come to."""
    months = len(days.ends)
    since = np.concatenate([[0], days.ends[:-1]])
    sizes = np.array([days.new[a:b].sum() for a, b in zip(since, days.ends, strict=True)])
    table = np.zeros((months, months))
    for j in range(months):
        size = sizes[j] / sizes[0] if sizes[0] else 0.0
        table[j, j:] = response[: months - j] * size
    return table


def edges(mean: np.ndarray, variance: np.ndarray, freedom: np.ndarray) -> tuple:
    """The middle 80 %: Student's t on logarithms, so that nothing falls below zero."""
    relative = np.divide(variance, mean**2, out=np.zeros_like(mean), where=mean > NOBODY)
    width = student_t.ppf((1 + SHARE) / 2, freedom) * np.sqrt(np.log1p(relative))
    middle = mean / np.sqrt(1 + relative)
    return middle * np.exp(-width), middle * np.exp(width)


def fan_table(found: dict[str, Spread], stretch: dict[str, float]) -> pd.DataFrame:
    """One row per measure and month: measure, month (1..12), expected, low, high; ends of counts
    are whole customers."""
    rows = []
    for name in MEASURES:
        part = found[name]
        low, high = edges(part.mean, (part.chance + part.shared) * stretch[name], part.freedom)
        if name in COUNTED:
            # Whole customers inside the fan, so that it holds as many futures as before.
            low = np.minimum(np.ceil(low), np.floor(part.mean))
            high = np.maximum(np.floor(high), np.ceil(part.mean))
        months = range(1, len(low) + 1)
        rows.append(
            pd.DataFrame(
                {"measure": name, "month": months, "expected": part.mean, "low": low, "high": high}
            )
        )
    return pd.concat(rows, ignore_index=True)
