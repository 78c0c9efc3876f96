"""The file of the campaigns' names: what the next diagnosis reads back."""

from __future__ import annotations

import pandas as pd

from toolkit.action import GROUP_COLUMNS
from toolkit.currency import decimals
from toolkit.report.amounts import in_major_units

NAME = "groups.csv"
MONEY = ["contact_cost", "offer_cost"]
TO_FILL = ("sent", "reason")  # empty: the client writes them


def groups_file(groups: pd.DataFrame, code: str) -> pd.DataFrame:
    """The names of all campaigns (`campaign.campaigns_of`, `of_calendar`) as they are written:
    costs in major units, chances to six places, and `sent` (a date) and `reason` for the
    client to fill in. The headings are the same in every language, so that the file can be read
    back."""
    told = in_major_units(groups, MONEY, code)
    told = told.round(dict.fromkeys(MONEY, decimals(code) + 2) | {"chance": 6, "margin_share": 6})
    return told[list(GROUP_COLUMNS)].assign(**dict.fromkeys(TO_FILL, ""))
