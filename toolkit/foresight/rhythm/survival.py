"""How long customers stay silent after each visit, and who still comes after so long a silence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from toolkit.book import log_log, product_limit, wilson
from toolkit.foresight.rhythm.gaps import ALL, LONGEST_LINE, ORDINALS, by_day

FEW = 5  # a curve of fewer visits is not given, as for every rate of the report
SILENCES = range(0, LONGEST_LINE, 30)


def gap_survival(counts: pd.DataFrame, longest: int = LONGEST_LINE) -> pd.DataFrame:
    """Who is still silent, by days since the Nth visit.

    One row per ordinal and day on which somebody came, with day 0 and the last day anybody is
    watched.
    Columns: ordinal (1, 2, 3, 4, 5+: the visit the silence follows), days, at_risk (visits
    followed by silence up to that day and still watched on it), came (ended by a visit on it),
    survival (share still silent after the day, 0..1), low, high (95 %). Ordinals with fewer than
    5 visits are left out. Visits not yet followed by another count for the days they have had.
    `counts` as of `gaps.gap_counts`, with `longest` days or more. Source: Kaplan & Meier 1958; the
    interval is Greenwood's on the scale log(-log S) (`log_log`); visits of one customer count as
    if they were of several.
    """
    curves = {ordinal: by_day(counts, ordinal, longest) for ordinal in ORDINALS}
    parts = [_curve(days, name) for name, days in curves.items() if days.waiting.iloc[0] >= FEW]
    columns = ["ordinal", "days", "at_risk", "came", "survival", "low", "high"]
    empty = pd.DataFrame(columns=columns)
    return pd.concat(parts, ignore_index=True)[columns] if parts else empty


def _curve(days: pd.DataFrame, ordinal: str) -> pd.DataFrame:
    curve = product_limit(days.came, days.waiting)
    low, high = log_log(curve)
    table = pd.DataFrame({"at_risk": days.waiting, "came": days.came, "low": low, "high": high})
    table = table.assign(survival=1 - curve["share"], ordinal=ordinal)
    last = days.index[days.waiting > 0].max()
    kept = table[(table.came > 0) | table.index.isin([0, last])]
    return kept.rename_axis("days").reset_index()


def return_chance(counts: pd.DataFrame, within: Sequence[int], longest: int) -> pd.DataFrame:
    """The chance that somebody silent for so long comes back within so many more days.

    One row per ordinal, silent_days (0, 30, ..., 720) and within_days. Columns: ordinal (1 to 5+,
    and all: whatever the number of the visit), silent_days, within_days, waiting (visits followed
    by so long a silence), share (chance of a visit in the days after it, 0..1), low, high (95 %).
    Null below 5 waiting, and where nobody has been watched so far. share = 1 - S(silence +
    within) / S(silence), S as in `gap_survival`; `counts` reach `longest` days. Source: Kaplan &
    Meier 1958; the interval is Wilson's on the effective number (Rothman 1978), as for the share
    of the Nth visit.
    """
    curves = {ordinal: by_day(counts, ordinal, longest) for ordinal in (*ORDINALS, ALL)}
    parts = [
        _ahead(days, ahead).assign(ordinal=ordinal, within_days=ahead)
        for ordinal, days in curves.items()
        for ahead in dict.fromkeys(within)
    ]
    table = pd.concat(parts, ignore_index=True)
    table["low"], table["high"] = wilson(table.share, table.effective)
    return table[["ordinal", "silent_days", "within_days", "waiting", "share", "low", "high"]]


def _ahead(days: pd.DataFrame, ahead: int) -> pd.DataFrame:
    """The curve begun anew after each of the silences."""
    curve = product_limit(days.came, days.waiting)
    stay, spread = 1 - curve["share"].to_numpy(), curve["spread"].to_numpy()
    waiting, came = days.waiting.to_numpy(), days.came.to_numpy()
    begin = np.array(SILENCES)
    end, left = begin + ahead, waiting - came
    some = stay[begin] > 0
    going = np.where(some, stay[end] / np.where(some, stay[begin], 1), np.nan)
    inside = (going > 0) & (going < 1)
    wide = np.where(inside, going * (spread[end] - spread[begin]), 1)
    known = came.cumsum()[end] - came.cumsum()[begin] + left[end]
    told = (waiting[begin + 1] >= FEW) & ((waiting[end] > 0) | (going == 0))
    return pd.DataFrame(
        {
            "silent_days": begin,
            "waiting": waiting[begin + 1],
            "share": np.where(told, 1 - going, np.nan),
            "effective": np.where(inside, (1 - going) / wide, known),
        }
    )
