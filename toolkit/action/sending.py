"""Which rows of a list are meant to be contacted."""

from __future__ import annotations

import pandas as pd

from toolkit.action.trial.groups import HOLD_OUT


def meant(listed: pd.DataFrame) -> pd.DataFrame:
    """The rows of a list that are worth a contact: `send` where the list says so, else those with
    a priority above 0; contacted and held out alike. None of a list without money."""
    if "send" in listed:
        return listed[listed.send]
    return listed[listed.priority > 0] if "priority" in listed else listed.head(0)


def to_contact(listed: pd.DataFrame) -> pd.DataFrame:
    """The rows to be contacted: those meant without the ones held out to compare with (`group`)."""
    rows = meant(listed)
    return rows[rows.group != HOLD_OUT] if "group" in rows else rows
