"""The days inside a file at which the past can be asked to predict what followed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

MOST_ROUNDS = 3
YEAR = 365
FEWEST_DAYS = 7  # of a window learnt from; the shortest horizon there is


@dataclass(frozen=True)
class Round:
    """Learnt at one day from the `days` after it, applied to the `days` after the later one."""

    learnt: dt.date
    judged: dt.date
    days: int


@dataclass(frozen=True)
class Calendar:
    """When to learn and to judge; rounds from the latest on, possibly none.

    days: the window after every origin, `learnt` the origin that what is applied at the closing
    date is learnt at (None when the file is too short).
    """

    closing: dt.date
    days: int
    learnt: dt.date | None
    rounds: tuple[Round, ...]

    def older(self, learnt: dt.date, first: dt.date) -> tuple[dt.date, ...]:
        """The origins before one that is learnt at, whose windows fill up a year with its own: so
        that every season counts in what is learnt. As far as the file has a window behind them.
        """
        wanted = range(1, round(YEAR / self.days))
        found = (learnt - dt.timedelta(days=self.days * k) for k in wanted)
        return tuple(day for day in found if (day - first).days >= self.days)


def calendar_of(first: dt.date, closing: dt.date, horizon_days: int) -> Calendar:
    """Rolling origins, a window apart, at most three rounds of them.

    The window is the horizon; in a file of less than three horizons it is a third of the file, so
    that the oldest origin has as much behind it as before it (our rule; what was learnt from the
    shorter window is then stretched, `stretch`). A file shorter than the horizon, or a third of
    which is under a week, has no origin. Windows do not overlap, so that no outcome is judged
    twice: rolling-origin evaluation (Tashman 2000, Int. J. Forecasting 16(4)).
    """
    length = (closing - first).days
    days = min(horizon_days, length // 3)
    if length + 1 < horizon_days or days < FEWEST_DAYS:
        return Calendar(closing, horizon_days, None, ())

    def back(windows: int) -> dt.date:
        return closing - dt.timedelta(days=windows * days)

    most = min(MOST_ROUNDS, length // days - 2)
    rounds = tuple(Round(back(k + 1), back(k), days) for k in range(1, most + 1))
    return Calendar(closing, days, back(1), rounds)
