"""The season: what the same learning was off by a year ago, used where it would have helped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.foresight.competitors import Lesson, learn, learn_visits, settled
from toolkit.foresight.referee.bootstrap import joined, resampled
from toolkit.foresight.referee.origins import Calendar, Round
from toolkit.foresight.referee.stretch import shift_to, shifted

MOST_CHECKED = 2  # rounds
YEAR = 364  # days: 52 weeks, so that weekdays meet
LEVEL = 97.5  # per cent: the upper end of a 95 % interval

See = Callable[[dt.date], pd.DataFrame]
Teach = Callable[[dt.date], Lesson | None]


@dataclass(frozen=True)
class Season:
    """`step`: what the log-odds of coming are moved by, the same for all (0 unless `helped`).

    checked: rounds on which the step of a year before was tried; gain, gain_low and gain_high:
    mean fall of the squared error of the chance by it, with its 95 % paired bootstrap interval
    (None when no round could be checked). visits: what expected visits are multiplied by (1 unless
    `helped`): a share of customers saturates where their visits do not (`visits_season`).
    """

    step: float
    helped: bool
    checked: int
    gain: float | None = None
    gain_low: float | None = None
    gain_high: float | None = None
    visits: float = 1.0


NO_SEASON = Season(0.0, False, 0)


def season_of(
    calendar: Calendar,
    first: dt.date,
    method: str,
    judged: list[tuple[Round, pd.DataFrame, np.ndarray]],
    see: See,
    lesson_at: Teach,
    seed: int = 0,
) -> Season:
    """The year-ago step of a rule, and whether it would have helped on the client's own past.

    The step of a window is what brings the chances of the same rule, learnt and applied a year
    before, to what came then. It is tried on the two latest rounds with two years of file before
    the day judged at, and used at the closing date, which needs them as well, only if the 95 %
    interval of its gain is above 0 (our rule: a tie goes to no correction). A window of a year
    has every season in it and gets none. `judged` holds the rounds of the contest with the
    customers judged on and the chances the rule gave them; `see` gives the
    features of a day with their outcome, `lesson_at` what can be learnt there (None: too little).
    """
    old = [one for one in judged if (one[0].judged - first).days >= 2 * YEAR][:MOST_CHECKED]
    now = Round(calendar.learnt, calendar.closing, calendar.days)
    if not old or calendar.days >= YEAR:
        return NO_SEASON
    steps = [(_step(r, method, see, lesson_at), seen, chance) for r, seen, chance in old]
    gains = [_gain(seen, chance, step) for step, seen, chance in steps if step is not None]
    step = _step(now, method, see, lesson_at)
    if not gains or step is None:
        return NO_SEASON
    parts = joined([(who, gain[:, None]) for who, gain in gains])
    mean, drawn = float(parts.mean()), resampled(parts, seed)[:, 0]
    low, high = np.percentile(mean + drawn, [100 - LEVEL, LEVEL])
    helped = bool(low > 0)
    return Season(step if helped else 0.0, helped, len(gains), mean, float(low), float(high))


def visits_season(name: str, lesson: Lesson, seen: pd.DataFrame, lapse_days: int, days: int):
    """Visits that came a year before over those the competitor of that name (`VISITS`) expected
    then: the same season, measured on visits; 1 where it expected none or none came (our rule).

    lesson: what could be learnt then; seen: the customers of the day a year before, with outcome.
    """
    expected = learn_visits(name, lesson, lapse_days, days).expected_visits(seen).sum()
    came = seen.came_visits.sum()
    return float(came / expected) if expected > 0 and came > 0 else 1.0


def _step(r: Round, method: str, see: See, lesson_at: Teach) -> float | None:
    back = dt.timedelta(days=YEAR)
    lesson = lesson_at(r.learnt - back)
    if lesson is None or lesson_at(r.judged - back) is None:
        return None
    seen = see(r.judged - back)
    chance = settled(learn(method, lesson), seen).chance(seen)
    return shift_to(chance, float(seen.came.mean()))


def _gain(seen: pd.DataFrame, chance: np.ndarray, step: float) -> tuple[pd.Series, np.ndarray]:
    came = seen.came.to_numpy(float)
    return seen.customer_id, (chance - came) ** 2 - (shifted(chance, step) - came) ** 2
