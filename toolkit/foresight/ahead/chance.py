"""What chance alone does to level and losses: every customer stays or goes by their own draw."""

from __future__ import annotations

import numpy as np

from toolkit.foresight.ahead.kinds import FIRST, gap_starts, leave


def chance_variance(
    start: np.ndarray,
    hazard: np.ndarray,
    arrivals: np.ndarray,
    pace: np.ndarray,
    ends: np.ndarray,
    lapse_days: int,
    way: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(variance of the level, of the losses, expected level) at each month's end or in it.

    Backwards in time: the chance that who stands somewhere on a day is active at a month's end,
    or is lost within the month. Customers at the start are drawn each for themselves (variance p
    (1 - p) each), new ones come as a Poisson stream, so that those of them who are active (lost)
    are Poisson as well. start, hazard: [kind, cell]; else as in `run.run`.
    """
    months, line, leaves = len(ends), lapse_days, leave(lapse_days)
    kinds, days = start.shape
    active = np.zeros((months, kinds, days))
    lost = np.zeros((months, kinds, days))
    mean, new_active, new_lost = (np.zeros(months) for _ in range(3))
    widths = np.diff(np.append(gap_starts(line), days))
    month = months
    for day in range(int(ends[-1]) - 1, -1, -1):
        if month and day + 1 == ends[month - 1]:
            month -= 1
            active[month, :, :line] = 1.0
        new_active[month:] += arrivals[day] * active[month:, FIRST, 0]
        new_lost[month:] += arrivals[day] * lost[month:, FIRST, 0]
        h = np.minimum(hazard * pace[day], 1)
        for value, crossing in ((active[month:], False), (lost[month:], True)):
            _step_back(value, h, leaves, way, widths)
            if crossing:  # a month's losses count on the days of that month alone
                value[0, :, line - 1] += 1 - h[:, line - 1]
    shares = start[None]
    mean = (shares * active).sum((1, 2)) + new_active
    level = (shares * active * (1 - active)).sum((1, 2)) + new_active
    losses = np.maximum((shares * lost * (1 - lost)).sum((1, 2)), 0) + new_lost
    return level, losses, mean


def _step_back(value, h, leaves, way, widths) -> None:
    """A day earlier: the value after a visit, or after one more day of silence; in place."""
    visited = np.einsum("krj,mj->mkr", way, value[:, :, 0])
    stay = value * (1 - leaves)
    stay[:, :, :-1] += value[:, :, 1:] * leaves[:-1]
    value[:] = stay * (1 - h) + np.repeat(visited, widths, axis=2) * h
