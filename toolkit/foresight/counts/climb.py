"""Finding the parameters of the largest likelihood, on the scale of their logarithms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

Loss = Callable[[np.ndarray], tuple[float, np.ndarray]]

WALL = 12.0  # of the logarithms: where a likelihood has no maximum it is left to rise this far
STEP = 1e-5  # of the logarithms, for curvature
FLAT = 1e-6  # gradient of the mean loss at which the neighbourhood of a maximum is reached
THERE = 1e-14  # loss still to be won, by the curvature, at which the maximum itself is
MOST_STEPS = 20
SURE = 1.5  # largest standard error of a logarithm that still says something


@dataclass(frozen=True, eq=False)
class Summit:
    """Logarithms of the parameters at a maximum, the mean negative log-likelihood there, and its
    inverse curvature (None where it is not that of a maximum)."""

    logs: np.ndarray
    loss: float
    spread: np.ndarray | None

    @property
    def at_wall(self) -> bool:
        """Whether a parameter ran away."""
        return bool((np.abs(self.logs) > WALL - 2).any())


def climb(loss: Loss, starts: list[np.ndarray]) -> Summit:
    """The best of the maxima reached from several starts."""
    walled = _walled(loss)
    ends = [_descend(walled, np.asarray(start, float)) for start in starts]
    best = min(ends, key=lambda end: end.fun if np.isfinite(end.fun) else np.inf)
    return finish(loss, Summit(best.x, float(best.fun), _spread(walled, best.x)))


def finish(loss: Loss, near: Summit) -> Summit:
    """The maximum next to a point whose neighbourhood is known (from fewer rows, or less exactly):
    steps by its curvature, measured anew where two were not enough, take a few looks at all the
    rows where a line search takes dozens. Where there is no curvature or a step leads down, the
    long way."""
    x, spread, walled = near.logs, near.spread, _walled(loss)
    value, slopes = walled(x)
    for number in range(MOST_STEPS):
        if spread is None:
            break
        step = spread @ slopes
        if slopes @ step < 2 * THERE:
            return Summit(x, float(value), spread)
        ahead, slopes = walled(x - step)
        if not ahead <= value + THERE * max(1.0, abs(value)):
            break
        x, value = x - step, ahead
        if number == 1:
            spread = _spread(walled, x, slopes)
    end = _descend(walled, x)
    x = end.x if np.isfinite(end.fun) and end.fun <= value else x
    return Summit(x, float(loss(np.clip(x, -WALL - 2, WALL + 2))[0]), _spread(walled, x))


def standard_errors(summit: Summit, customers: float) -> np.ndarray | None:
    """Of the parameters, from the curvature of the log-likelihood; None where that means nothing:
    no maximum, a parameter that ran away, or an error of the size of the parameter itself."""
    if summit.spread is None or summit.at_wall:
        return None
    of_logs = np.sqrt(np.diag(summit.spread) / customers)
    return np.exp(summit.logs) * of_logs if (of_logs < SURE).all() else None


def _walled(loss: Loss) -> Loss:
    def walled(logs):
        beyond = np.sign(logs) * np.maximum(np.abs(logs) - WALL, 0)
        value, slopes = loss(np.clip(logs, -WALL - 2, WALL + 2))
        return value + 0.5 * float(beyond @ beyond), slopes + beyond

    return walled


def _descend(loss: Loss, start: np.ndarray):
    with np.errstate(all="ignore"):
        return minimize(
            loss, start, jac=True, method="BFGS", options={"gtol": FLAT, "maxiter": 300}
        )


def _spread(loss: Loss, logs: np.ndarray, slopes: np.ndarray | None = None) -> np.ndarray | None:
    """The inverse of the curvature, from differences of the gradient (to one side of a point
    whose slopes are known, else to both)."""
    rows = []
    for step in STEP * np.eye(len(logs)):
        back = loss(logs - step)[1] if slopes is None else slopes
        rows.append((loss(logs + step)[1] - back) / (STEP if slopes is not None else 2 * STEP))
    curvature = (np.array(rows) + np.array(rows).T) / 2
    if not np.isfinite(curvature).all() or np.linalg.eigvalsh(curvature).min() <= 1e-9:
        return None
    inverse = np.linalg.inv(curvature)
    return (inverse + inverse.T) / 2
