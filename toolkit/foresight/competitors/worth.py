"""What customers bring within the horizon: the competitors, each visits times money a visit."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd


def spend_rate(features: pd.DataFrame, visits: np.ndarray, days: int) -> np.ndarray:
    """Spending goes on as it was: amount so far / days known x days of the horizon (minor units;
    days known are at least the horizon)."""
    known = np.maximum(features["age_days"].to_numpy(float), days)
    return features["total_amount"].to_numpy(float) / known * days


def visits_x_shop(features: pd.DataFrame, visits: np.ndarray, days: int) -> np.ndarray:
    """Expected visits x the mean amount of a visit to the shop (minor units)."""
    return visits * (features["total_amount"].sum() / features["n_visits"].sum())


def visits_x_own(features: pd.DataFrame, visits: np.ndarray, days: int) -> np.ndarray:
    """Expected visits x the customer's own expected amount (`value.spend_per_visit`)."""
    return visits * features["spend_per_visit"].to_numpy(float)


def visits_x_model(features: pd.DataFrame, visits: np.ndarray, days: int) -> np.ndarray:
    """Expected visits x what the model of amounts expects of a visit (`spend.fit_spend`):
    Gamma-Gamma where it holds, elsewhere the customer's own amount again."""
    return visits * features["spend_modelled"].to_numpy(float)


def expected_amount(name: str, told: ir.Table, days: int) -> ir.FloatingValue:
    """What the competitor of that name (one of WORTH) expects of every customer within so many
    days (minor units), of a table with expected_visits, spend_per_visit, spend_modelled and the
    features."""
    if name == "spend_rate":
        known = ibis.greatest(told.age_days, days)
        return told.total_amount.cast("float64") / known * days
    return told.expected_visits * amount_of_a_visit(name, told)


def amount_of_a_visit(name: str, told: ir.Table) -> ir.FloatingValue:
    """What the same competitor expects of one visit (minor units, of the same table); the
    customer's own amount where it knows no visits (`spend_rate`)."""
    if name == "visits_x_shop":
        shop = told.total_amount.sum().cast("float64") / told.n_visits.sum()
        return shop.over(ibis.window())
    return told.spend_modelled if name == "visits_x_model" else told.spend_per_visit


# From the simplest on, as in `rule.RULES`.
WORTH = {
    "spend_rate": spend_rate,
    "visits_x_shop": visits_x_shop,
    "visits_x_own": visits_x_own,
    "visits_x_model": visits_x_model,
}
