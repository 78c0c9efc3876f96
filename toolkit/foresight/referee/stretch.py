"""Chances moved as a whole: to a longer horizon than they were learnt with, or to a season."""

from __future__ import annotations

import ibis.expr.types as ir
import numpy as np
from scipy.optimize import brentq

from toolkit.foresight.competitors.odds import chance_of, log_odds, log_odds_expression

FARTHEST = 30.0  # log-odds; what would need more is left there
NEVER, ALWAYS = 1e-4, 1 - 1e-4


def shift_to(chance: np.ndarray, mean: float) -> float:
    """The step on the log-odds scale, one for all, that gives chances (0..1) this mean.

    The order of the customers stays; 0 of nobody. Source: the intercept correction of a logistic
    model for another base rate (King & Zeng 2001, Political Analysis 9(2)).
    """
    if not len(chance):
        return 0.0
    told, wanted = log_odds(chance), min(max(mean, NEVER), ALWAYS)

    def off(step: float) -> float:
        return float(chance_of(told + step).mean()) - wanted

    if off(FARTHEST) <= 0 or off(-FARTHEST) >= 0:
        return FARTHEST if off(0.0) < 0 else -FARTHEST
    return float(brentq(off, -FARTHEST, FARTHEST, xtol=1e-12))


def shifted(chance: np.ndarray, step: float) -> np.ndarray:
    """Chances moved by a step on the log-odds scale."""
    return chance_of(log_odds(chance) + step) if step else chance


def shifted_expression(chance: ir.FloatingValue, step: float) -> ir.FloatingValue:
    """`shifted` as an expression."""
    return 1 / (1 + (-(log_odds_expression(chance) + step)).exp()) if step else chance
