"""The stocks and flows: customers by kind and silence, day by day, and what moves in each month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.foresight.ahead.kinds import FIRST, gap_starts, leave


@dataclass(frozen=True, eq=False)
class Course:
    """What every run came to: one row per run and month.

    opening, new, returned, lost, closing: [run, month], active customers; visits: [run, month,
    kind of the silence they began]; end: [run, kind, silence], everybody at the end.
    """

    opening: np.ndarray
    new: np.ndarray
    returned: np.ndarray
    lost: np.ndarray
    closing: np.ndarray
    visits: np.ndarray
    end: np.ndarray


def run(
    start: np.ndarray,
    hazards: np.ndarray,
    arrivals: np.ndarray,
    pace: np.ndarray,
    ends: np.ndarray,
    lapse_days: int,
    way: np.ndarray,
) -> Course:
    """Lets the days pass from a start to the last month's end.

    start: [run, kind, cell], customers at the end of day 0. hazards: [run or 1, kind, cell], the
    chance of a visit on the next day. arrivals: [run, day], new customers of each day. pace: [run,
    day], by what the chances of a day are multiplied (up to 1). ends: the last day of each month,
    counted from 1. way: [kind, gap, kind], as in `rates.Rates`.

    Every day everybody comes, or has been silent for a day longer; who reaches `lapse_days` days
    without coming is lost, who comes after more has returned. What is lost or returned is counted
    where it happens, and the level from the stock itself, so that opening + new + returned - lost
    = closing is a check and no definition.
    """
    stock = np.array(start, dtype=float)
    line, leaves = lapse_days, leave(lapse_days)
    blocks, to = gap_starts(lapse_days), way.reshape(-1, stock.shape[1])
    shape = (len(stock), len(ends))
    new, returned, lost, closing = (np.zeros(shape) for _ in range(4))
    visits = np.zeros((*shape, stock.shape[1]))
    steady = hazards.max(initial=0) * pace.max(initial=0) <= 1
    opening = [stock[:, :, :line].sum((1, 2))]
    month = 0
    for day in range(int(ends[-1])):
        chance = hazards * pace[:, day, None, None]
        came = stock * (chance if steady else np.minimum(chance, 1))
        stock -= came
        lost[:, month] += stock[:, :, line - 1].sum(1)
        returned[:, month] += came[:, :, line:].sum((1, 2))
        older = stock * leaves
        stock -= older
        stock[:, :, 1:] += older[:, :, :-1]
        begun = by_gap(came, blocks).reshape(len(stock), -1) @ to
        begun[:, FIRST] += arrivals[:, day]
        stock[:, :, 0] += begun
        new[:, month] += arrivals[:, day]
        visits[:, month] += begun
        if day + 1 == ends[month]:
            closing[:, month] = stock[:, :, :line].sum((1, 2))
            opening.append(closing[:, month])
            month += 1
    opening = np.stack(opening[:-1], axis=1)
    return Course(opening, new, returned, lost, closing, visits, stock)


def by_gap(came: np.ndarray, blocks: np.ndarray) -> np.ndarray:
    """Visits added up by class of gap: [run, kind, cell] to [run, kind, gap]; a class that no cell
    has is empty."""
    ends = np.append(blocks[1:], came.shape[2])
    sums = np.add.reduceat(came, np.minimum(blocks, came.shape[2] - 1), axis=2)
    return sums * (ends > blocks)
