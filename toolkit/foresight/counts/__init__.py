"""How often customers buy and whether they leave: the count models."""

from toolkit.foresight.counts.asked import FitCounts, visits_foreseen
from toolkit.foresight.counts.fitting import fit_counts, fit_family
from toolkit.foresight.counts.histories import HISTORY, compressed, histories_at
from toolkit.foresight.counts.model import CountModel
from toolkit.foresight.counts.pareto import discounted_visits

__all__ = [
    "HISTORY",
    "CountModel",
    "FitCounts",
    "compressed",
    "discounted_visits",
    "fit_counts",
    "fit_family",
    "histories_at",
    "visits_foreseen",
]
