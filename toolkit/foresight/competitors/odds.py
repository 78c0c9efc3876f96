"""Chances and their log-odds, kept off 0 and 1 so that a sure thing stays a finite number."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import numpy as np

SURE = 1e-6  # a chance nearer to 0 or 1 is taken for this


def log_odds(chance: np.ndarray) -> np.ndarray:
    """log(p / (1 - p)) of chances (0..1)."""
    kept = np.clip(chance, SURE, 1 - SURE)
    return np.log(kept) - np.log1p(-kept)


def chance_of(told: np.ndarray) -> np.ndarray:
    """The chance (0..1) of log-odds."""
    return 1 / (1 + np.exp(-np.asarray(told, float)))


def log_odds_expression(chance: ir.FloatingValue) -> ir.FloatingValue:
    """`log_odds` as an expression."""
    kept = ibis.least(ibis.greatest(chance, SURE), 1 - SURE)
    return (kept / (1 - kept)).ln()
