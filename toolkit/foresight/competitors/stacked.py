"""The regression that also hears the count model: the log-odds of P(any) as one more feature."""

from __future__ import annotations

import pandas as pd

from toolkit.foresight.competitors.regression import Regression, fit_regression


def fit_stacked(features: pd.DataFrame) -> Regression:
    """The regression (`fit_regression`) with the log-odds of chance_any beside its features.

    The count model whose chance it is was fitted at the same origin (stacking: Wolpert 1992,
    Neural Networks 5(2)).
    """
    return fit_regression(features, odds=("chance_any",))
