"""Rows for `tables/` on the lists of active customers; None where there is nobody on them."""

from __future__ import annotations

import pandas as pd

from toolkit.action import by_layer, by_step, by_week
from toolkit.report.tables.table import Diagnosis


def lapse_weeks(of: Diagnosis) -> pd.DataFrame | None:
    """Those about to lapse by the week in which to act (`active_views.by_week`)."""
    listed = of.plan.about_to_lapse
    return None if listed is None or listed.empty else by_week(listed, of.book.closing)


def lapse_layers(of: Diagnosis) -> pd.DataFrame | None:
    """The same by layer, where there is money (`active_views.by_layer`)."""
    listed, rich = of.plan.about_to_lapse, of.plan.golden is not None
    return by_layer(listed) if rich and listed is not None and len(listed) else None


def golden_steps(of: Diagnosis) -> pd.DataFrame | None:
    """The golden list by step (`active_views.by_step`)."""
    listed = of.plan.golden
    return None if listed is None or listed.empty else by_step(listed)
