"""Rows for `tables/` out of the follow-up calendar: counts and cost, no customer."""

from __future__ import annotations

import pandas as pd

from toolkit.report.tables.table import Diagnosis


def weeks(of: Diagnosis) -> pd.DataFrame | None:
    """`FollowUp.by_week`."""
    found = of.plan.follow_up
    if found is None:
        return None
    table = found.by_week().rename(columns={"week": "week_ahead", "rule": "follow_up"})
    return table.assign(starts=pd.to_datetime(table.starts).dt.date)


def rules(of: Diagnosis) -> pd.DataFrame | None:
    """`FollowUp.by_rule`."""
    found = of.plan.follow_up
    return None if found is None else found.by_rule().rename(columns={"rule": "follow_up"})


def reasons(of: Diagnosis) -> pd.DataFrame | None:
    """`Book.reasons_for_leaving`."""
    found = of.book.reasons_for_leaving()
    return None if found is None else found.rename(columns={"reason": "reason_to_leave"})
