"""Months that were busier than others, so that they are not taken for kinds of customers."""

from __future__ import annotations

import numpy as np

ROUNDS = 50
CLOSE = 1e-6


def busy_months(came: np.ndarray, watched: np.ndarray) -> np.ndarray:
    """By how much every month was busier than the mean of them: [month], around 1.

    came, watched: [month, kind, step], visits and customer days. The chance of a visit is taken as
    that of the kind and step x that of the month, and both are fitted in turn (Poisson, maximum
    likelihood; iterative proportional fitting, Deming and Stephan 1940). Without it who can only
    be seen late in a short file, those of many visits, would have the chances of its late months
    all the year round.
    """
    factor, visits = np.ones(len(came)), came.sum((1, 2))
    cells = came.sum(0)
    if (visits <= 0).any():
        return factor
    for _ in range(ROUNDS):
        days = np.tensordot(factor, watched, axes=1)
        rate = np.divide(cells, days, out=np.zeros_like(cells), where=days > 0)
        new = visits / (watched * rate).sum((1, 2))
        new /= new.mean()
        if np.abs(new - factor).max() < CLOSE:
            return new
        factor = new
    return factor
