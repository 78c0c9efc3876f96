"""The assumed response to a contact, corrected by what campaigns have shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from toolkit.action.trial.effect import FEWEST
from toolkit.action.trial.groups import CONTACT, HOLD_OUT

# Why campaigns do not correct the assumption: none was compared; whether any was sent is unknown;
# too few came; the names have no chance; it is given as one value; the names differ too little;
# all compared are of the calendar.
WHY = ("none", "unknown", "few_came", "no_chance", "fixed", "flat", "calendar")
LETTERS = MappingProxyType({})  # every channel taken for a letter
TENTHS = 1.2815515655446004  # the 90th percentile of the normal law


@dataclass(frozen=True)
class Response:
    """A letter's kappa in uplift = kappa x response of the channel x chance x (1 - chance), at the
    10th, 50th and 90th percentile.

    measured: names in campaigns with a control group that it rests on, 0 for the assumption alone.
    why: then, the reason (one of WHY).
    """

    low: float
    middle: float
    high: float
    measured: int = 0
    why: str = "none"


def corrected(
    assumed: tuple[float, float, float],
    names: pd.DataFrame,
    responses: Mapping[str, float] = LETTERS,
) -> Response:
    """The response after campaigns: the assumption and the measurement by their precisions.

    `names`: one row per name of past campaigns as assigned: group, chance (without contact, known
    before), came (0 or 1), campaign and channel. `responses`: of the channels, relative to a
    letter's; of a channel that is not in it, 1. Within each campaign kappa is the slope of what
    the contacted did beyond those held out on response x chance x (1 - chance), estimated by
    least squares, so it is a letter's whatever was sent; the assumption is taken as a normal law
    with `assumed` as its 10th, 50th and 90th percentile (half their distance over 1.28 as its
    standard deviation), and the two are put together by inverse variance (normal shrinkage: Efron
    & Morris 1975, JASA 70(350)). A response below zero is possible: then contact drives people
    away. The assumption alone, with the reason, where it is one value or nothing can be worked
    out of the names. Our rule for the prior.
    """
    low, middle, high = assumed
    spread = (high - low) / 2 / TENTHS
    if spread <= 0:
        return Response(low, middle, high, why="fixed")
    found = _measured(names.assign(response=names.channel.map(dict(responses)).fillna(1.0)))
    if found is None:
        return Response(low, middle, high, why="flat")
    kappa, error, count = found
    weights = np.array([spread**-2, error**-2])
    mean = float(weights @ np.array([middle, kappa]) / weights.sum())
    half = float(TENTHS * weights.sum() ** -0.5)
    return Response(mean - half, mean, mean + half, count, why="")


def _measured(names: pd.DataFrame) -> tuple[float, float, int] | None:
    """kappa, its standard error and the names it rests on, over all campaigns together."""
    sums, weights, count = 0.0, 0.0, 0
    for _, each in names.groupby("campaign", sort=True):
        sizes = each.group.value_counts()
        if min(sizes.get(CONTACT, 0), sizes.get(HOLD_OUT, 0)) < FEWEST:
            continue
        found = _slope(each)
        if found is not None:
            kappa, error = found
            sums, weights = sums + kappa / error**2, weights + error**-2
            count += len(each)
    return (sums / weights, weights**-0.5, count) if weights else None


def _slope(names: pd.DataFrame) -> tuple[float, float] | None:
    """One campaign's kappa: came = a + b chance + kappa contacted response chance (1 - chance),
    robust."""
    chance = names.chance.to_numpy(float)
    reach = (names.group == CONTACT).to_numpy(float) * chance * (1 - chance)
    reach *= names.response.to_numpy(float)
    columns = [np.ones(len(names)), chance, reach]
    if chance.std() < 1e-9:
        columns.pop(1)
    design = np.column_stack(columns)
    crossed = design.T @ design
    if np.linalg.matrix_rank(crossed) < len(columns):
        return None
    inverse = np.linalg.inv(crossed)
    fitted = inverse @ (design.T @ names.came.to_numpy(float))
    left = names.came.to_numpy(float) - design @ fitted
    spread = inverse @ (design.T * left**2) @ design @ inverse
    error = float(spread[-1, -1]) ** 0.5
    return (float(fitted[-1]), error) if error > 0 else None
