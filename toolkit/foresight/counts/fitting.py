"""Which count model fits a shop, and whether its customers can be seen to leave."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from toolkit.foresight.counts.climb import Loss, Summit, climb, finish, standard_errors
from toolkit.foresight.counts.cnbd import CnbdLoss
from toolkit.foresight.counts.model import FIRST, NAMES, CountModel
from toolkit.foresight.counts.pareto import ParetoLoss
from toolkit.foresight.counts.rows import Rows, rows_of

MOST_PHASES = 8  # k is not looked for beyond (our rule)
FEWEST_CUSTOMERS = 100  # below, or with fewer who bought again, nothing is read into a fit
FEWEST_REPEATERS = 30
LEAN = 1.5  # of the logarithms, how far too few customers may pull from the plain averages

STARTS = {
    # r, then a and b, or s and the weeks of beta over those of the mean age
    "mbg_cnbd": [(0.6, 0.8, 1.5), (1.5, 0.3, 1.0), (0.3, 0.4, 4.0)],
    "bg_cnbd": [(0.3, 0.8, 2.5), (1.0, 0.3, 1.0), (0.3, 0.4, 6.0)],
    "pareto_nbd": [(0.6, 0.6, 0.4), (1.2, 0.3, 0.1), (0.4, 0.4, 2.0)],
    "nbd": [(0.5,), (2.0,)],
}


def fit_counts(compressed: pd.DataFrame) -> CountModel:
    """The count model of a shop, from its unique histories (`histories.compressed`).

    k is raised from 1 while the likelihood of MBG/CNBD-k rises (at most 8), then MBG/CNBD-k,
    BG/CNBD-k and Pareto/NBD compete by likelihood, all with four parameters. Where the best of
    them is better than the NBD of the same k, in which nobody leaves, by less than ln(customers)
    of log-likelihood (Schwarz 1978, two parameters), leaving cannot be told from pausing: the
    NBD it is, verdict `slow_down`. Below 100 customers, or 30 who bought again, an NBD leaning on
    the plain averages, verdict `too_few` (our rules). Without repeats, without time, with one
    customer or none there is still a model.
    """
    rows = rows_of(compressed)
    repeaters = float(rows.repeats.total(rows.weight)[rows.repeats.values > 0].sum())
    if rows.customers < FEWEST_CUSTOMERS or repeaters < FEWEST_REPEATERS:
        return _too_few(rows)
    rough = rows.coarse()
    k, mbg = _most_likely_k(rough)
    found = {
        ("mbg_cnbd", k): mbg,
        ("bg_cnbd", k): _rough(rough, "bg_cnbd", k),
        ("pareto_nbd", 1): _rough(rough, "pareto_nbd", 1),
    }
    (family, k), best = max(found.items(), key=lambda one: _height(rough, one[0][1], one[1]))
    return _settled(rows, rough, family, k, best, fall_back=True)


def fit_family(
    compressed: pd.DataFrame, family: str, k: int = 1, start: dict[str, float] | None = None
) -> CountModel:
    """One family with one k, also where leaving cannot be told (the verdict says so). `start`:
    parameters to begin at instead of the usual three places. ValueError for an unknown family, k
    below 1, or above 1 for Pareto/NBD."""
    if family not in NAMES or k < 1 or (family == "pareto_nbd" and k > 1):
        raise ValueError(f"no count model {family!r} with k = {k}")
    rows = rows_of(compressed)
    if not rows.customers:
        return _too_few(rows)
    rough = rows.coarse()
    starts = None if start is None else [np.log([start[name] for name in NAMES[family]])]
    return _settled(rows, rough, family, k, _rough(rough, family, k, starts), fall_back=False)


def _settled(rows: Rows, rough: Rows, family: str, k: int, near: Summit, fall_back: bool):
    """The model at the maximum on all rows, its verdict from the rough rows."""
    verdict = "regular" if k > 1 else "leave"
    if family == "nbd":
        verdict = "slow_down"
    else:
        nobody_leaves = _rough(rough, "nbd", k)
        if (nobody_leaves.loss - near.loss) * rows.customers < math.log(rows.customers):
            verdict = "slow_down"
            if fall_back:
                family, near = "nbd", nobody_leaves
    summit = near if rough is rows else finish(_loss(rows, family, k), near)
    return _model(rows, family, k, summit, verdict)


def _model(rows: Rows, family: str, k: int, summit: Summit, verdict: str) -> CountModel:
    errors = standard_errors(summit, rows.customers)
    names, values = NAMES[family], np.exp(summit.logs).tolist()
    return CountModel(
        family=family,
        k=k,
        parameters=dict(zip(names, values, strict=True)),
        log_likelihood=_height(rows, k, summit),
        customers=round(rows.customers),
        verdict=verdict,
        standard_errors=None if errors is None else dict(zip(names, errors.tolist(), strict=True)),
    )


def _height(rows: Rows, k: int, summit: Summit) -> float:
    height = rows.regularity(k) - summit.loss * rows.customers
    return height if math.isfinite(height) else -math.inf


def _most_likely_k(rows: Rows) -> tuple[int, Summit]:
    best = 1, _rough(rows, "mbg_cnbd", 1)
    for k in range(2, MOST_PHASES + 1):
        found = _rough(rows, "mbg_cnbd", k)
        if _height(rows, k, found) <= _height(rows, *best):
            break
        best = k, found
    return best


def _rough(rows: Rows, family: str, k: int, starts: list[np.ndarray] | None = None) -> Summit:
    return climb(_loss(rows, family, k), starts or _starts(rows, family, k))


def _loss(rows: Rows, family: str, k: int) -> Loss:
    return ParetoLoss(rows) if family == "pareto_nbd" else CnbdLoss(rows, k, FIRST[family])


def _starts(rows: Rows, family: str, k: int) -> list[np.ndarray]:
    """Places to begin, all with the shop's plain rate of repeats per week."""
    repeats = rows.repeats.total(rows.weight) @ rows.repeats.values
    weeks = rows.age.total(rows.weight) @ rows.age.values
    phases = k * (repeats + 0.5) / (weeks + 1)
    starts = [np.array([r, r / phases, *rest]) for r, *rest in STARTS[family]]
    if family == "pareto_nbd":
        for start in starts:
            start[3] *= (weeks + 1) / max(rows.customers, 1)
    return [np.log(start) for start in starts]


def _too_few(rows: Rows) -> CountModel:
    start = _starts(rows, "nbd", 1)[0]
    if not rows.customers:
        return _model(rows, "nbd", 1, Summit(start, 0.0, None), "too_few")
    loss, weight = CnbdLoss(rows, 1, None), 1 / (LEAN**2 * rows.customers)

    def leaning(logs):
        value, slopes = loss(logs)
        away = logs - start
        return value + 0.5 * weight * float(away @ away), slopes + weight * away

    logs = climb(leaning, [start]).logs
    return _model(rows, "nbd", 1, Summit(logs, float(loss(logs)[0]), None), "too_few")
