"""A fitted count model, and what it says of a customer's future."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.foresight.counts import cnbd, pareto, series
from toolkit.foresight.counts.histories import HISTORY
from toolkit.foresight.counts.rows import DAYS_IN_A_WEEK, weeks_of
from toolkit.words import Words

FIRST = {"mbg_cnbd": 1, "bg_cnbd": 0, "nbd": None}  # whether one may leave after the first visit
NAMES = {
    "mbg_cnbd": ("r", "alpha", "a", "b"),
    "bg_cnbd": ("r", "alpha", "a", "b"),
    "pareto_nbd": ("r", "alpha", "s", "beta"),
    "nbd": ("r", "alpha"),
}


@dataclass(frozen=True)
class CountModel:
    """How often customers buy and whether they leave, fitted to one shop.

    family: `mbg_cnbd`, `bg_cnbd`, `pareto_nbd` or `nbd`; k: phases of a gap (1 = no rhythm);
    parameters by name, alpha and beta in weeks; log_likelihood (gaps in weeks, without constants,
    as the papers give it); customers fitted to; verdict: `leave`, `regular`, `slow_down` or
    `too_few` (words: `count_model`); standard_errors by parameter, None where the likelihood does
    not hold the parameters.

    The methods take frames with the columns repeats, last_days and age_days (`histories_at`) and
    give an array with a figure for each row.
    """

    family: str
    k: int
    parameters: dict[str, float]
    log_likelihood: float
    customers: int
    verdict: str
    standard_errors: dict[str, float] | None = None

    def chance_any(self, histories: pd.DataFrame, horizon_days: float) -> np.ndarray:
        """Chance (0..1) of a visit within the `horizon_days` after the origin: what to rank by."""
        alive, any_if_alive = _by_history(histories, self._chances, horizon_days)
        return alive * any_if_alive

    def chance_alive(self, histories: pd.DataFrame) -> np.ndarray:
        """Chance (0..1) of not having left. Never to rank by: it knows nothing of how often."""
        return _by_history(histories, self._chances, 0.0)[0]

    def expected_visits(self, histories: pd.DataFrame, horizon_days: float) -> np.ndarray:
        """Visits expected within the `horizon_days` after the origin."""
        return _by_history(histories, self._expected, horizon_days)[0]

    def sentence(self, words: Words) -> str:
        """The verdict in plain words."""
        return words[f"count_model.{self.verdict}"]

    def _chances(self, history, weeks: float):
        if self.family == "pareto_nbd":
            return pareto.chances(self.parameters, history, weeks)
        return cnbd.chances(self.parameters, self.k, FIRST[self.family], history, weeks)

    def _expected(self, history, weeks: float):
        alive = self._chances(history, 0.0)[0]
        if self.family == "pareto_nbd":
            return (alive * pareto.expected_if_alive(self.parameters, history, weeks),)
        first = FIRST[self.family]
        return (alive * series.expected_if_alive(self.parameters, self.k, first, history, weeks),)


def _by_history(histories: pd.DataFrame, figure, horizon_days: float):
    """A figure worked out once for each distinct history and handed to every row."""
    at, distinct = _distinct(histories[HISTORY])
    with np.errstate(under="ignore"):
        found = figure(weeks_of(distinct), max(float(horizon_days), 0.0) / DAYS_IN_A_WEEK)
    return [column[at] for column in found]


def _distinct(histories: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    codes = np.zeros(len(histories), np.int64)
    for name in HISTORY:
        at, values = pd.factorize(histories[name])
        codes, _ = pd.factorize(codes * max(len(values), 1) + at)
    first = np.flatnonzero(~pd.Series(codes).duplicated().to_numpy())
    return codes, histories.iloc[first]
