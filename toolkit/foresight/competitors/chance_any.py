"""The count model as a competitor: its probability of any visit within the horizon."""

from __future__ import annotations

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from toolkit.foresight.counts import HISTORY, CountModel, visits_foreseen
from toolkit.frames import frame, in_engine


class ChanceAny:
    """P(any visit within the horizon), never P(alive): that ranks one-time buyers first."""

    def chance(self, features: pd.DataFrame) -> np.ndarray:
        """Chance of a visit within the horizon (0..1), one per row of features."""
        return features["chance_any"].to_numpy(float)

    def order(self, features: pd.DataFrame) -> np.ndarray:
        """The chance, as the order of customers (higher comes first)."""
        return self.chance(features)

    def chance_expression(self, features: ir.Table) -> ir.FloatingValue:
        """The same chance as an expression over a feature table."""
        return features.chance_any


def fit_chance_any(features: pd.DataFrame) -> ChanceAny:
    """Nothing is left to fit: the count model has seen the visits, and needs no outcome."""
    return ChanceAny()


def histories_of(features: pd.DataFrame) -> pd.DataFrame:
    """Customers of a feature frame by their history: repeats, last_days, age_days, how many
    (customers) and log_gaps (their sum); what the count model is fitted to."""
    by = features.groupby(HISTORY, as_index=False)
    return by.agg(customers=("n_visits", "size"), log_gaps=("log_gaps", "sum"))


def answers(model: CountModel, histories: pd.DataFrame, ends: dict[str, int]) -> pd.DataFrame:
    """What the count model says of each history: its columns (HISTORY), chance_any<end> (0..1) and
    model_visits<end> for every horizon in `ends`, a table from the ending of the names to days."""
    told = histories[HISTORY]
    found = {}
    for end, days in ends.items():
        found[f"chance_any{end}"] = np.asarray(model.chance_any(told, days), float)
        found[f"model_visits{end}"] = visits_foreseen(model, told, days)
    return told.assign(**found)


def with_counts(features: ir.Table, model: CountModel, ends: dict[str, int]) -> ir.Table:
    """A feature table with the columns of `answers`: the model is asked once for each history,
    whatever the number of customers."""
    told = answers(model, frame(features.select(*HISTORY).distinct()), ends)
    joined = features.left_join(in_engine(told), HISTORY)
    return joined.select(*(features[name] for name in features.columns), *told.columns[3:])
