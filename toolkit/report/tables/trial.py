"""Rows for `tables/` out of the control groups and of what earlier contacts caused."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

from toolkit.book import FEW
from toolkit.report.tables.table import Diagnosis

SHARES = ("base", "uplift", "smallest")
ERRORS = ("uplift_error", "margin_error")


def control(of: Diagnosis) -> pd.DataFrame | None:
    """`campaign.Control` of every list and rule; None without any."""
    rows = pd.DataFrame([asdict(each) for each in of.plan.controls])
    return None if rows.empty else rows.astype({"pool": "Int64"} | dict.fromkeys(SHARES, "float64"))


def campaigns(of: Diagnosis) -> pd.DataFrame | None:
    """`Results.campaigns`."""
    found = of.plan.results
    return None if found is None else found.campaigns.drop(columns=list(ERRORS))


def contacted_or_not(of: Diagnosis) -> pd.DataFrame | None:
    """`Results.observed`, shares of five customers and more."""
    found = of.plan.results and of.plan.results.observed
    if found is None:
        return None
    shares = {
        f"{who}_share": found[f"{who}_share"].where(found[who] >= FEW)
        for who in ("contacted", "others")
    }
    return found.assign(**shares)


def reasons_given(of: Diagnosis) -> pd.DataFrame | None:
    """`Results.reasons`."""
    return None if of.plan.results is None else of.plan.results.reasons
