"""The competitors for "who returns", judged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.metrics import brier_score_loss

from toolkit.foresight.competitors import RULES, Lesson, Rule, learn, settled
from toolkit.foresight.referee.bootstrap import auc_parts
from toolkit.foresight.referee.metrics import auc, calibration, lift, noise_floor, spread


@dataclass(frozen=True, eq=False)
class Ranked:
    """One origin judged: who was seen, which of them are lapsed, and every rule as it was applied
    with its chances and its orders (columns: the rules)."""

    seen: pd.DataFrame
    lapsed: np.ndarray
    chances: pd.DataFrame
    orders: pd.DataFrame


def ranked(lesson: Lesson, seen: pd.DataFrame, lapse_days: int) -> Ranked:
    """Every rule learnt from a lesson and applied to `seen`."""
    rules: dict[str, Rule] = {name: settled(learn(name, lesson), seen) for name in RULES}
    return Ranked(
        seen,
        seen.recency_days.to_numpy() >= lapse_days,
        pd.DataFrame({name: rule.chance(seen) for name, rule in rules.items()}),
        pd.DataFrame({name: rule.order(seen) for name, rule in rules.items()}),
    )


def judged(told: Ranked) -> pd.DataFrame:
    """One row per rule (columns: `Verdict.ranking`, without who is behind and used)."""
    came = told.seen.came.to_numpy()
    rows = []
    for name in told.chances:
        chance, order = told.chances[name].to_numpy(), told.orders[name].to_numpy()
        tenths = calibration(told.seen, chance)
        rows.append(
            {
                "method": name,
                "auc": auc(came, order),
                "auc_lapsed": auc(came[told.lapsed], order[told.lapsed]),
                "lift_tenth": lift(came, order, 0.1),
                "lift_fifth": lift(came, order, 0.2),
                "brier": float(brier_score_loss(came, chance)),
                "calibration_error": spread(tenths),
                "noise_floor": noise_floor(tenths),
                "predicted": float(chance.mean()),
                "happened": float(came.mean()),
            }
        )
    return pd.DataFrame(rows).astype(dict.fromkeys(("auc", "auc_lapsed"), float))


def parts_of(told: Ranked, among: np.ndarray) -> np.ndarray:
    """What every customer adds to the AUC among some of them: customers x rules; 0 for the others
    (`bootstrap.auc_parts`)."""
    came = told.seen.came.to_numpy()[among]
    found = np.zeros((len(among), told.orders.shape[1]))
    for column, name in enumerate(told.orders):
        added = auc_parts(came, told.orders[name].to_numpy()[among])
        if added is not None:
            found[among, column] = added * len(among) / among.sum()
    return found
