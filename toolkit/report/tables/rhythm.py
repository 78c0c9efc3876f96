"""Rows for `tables/` out of the rhythm, where there are any."""

from __future__ import annotations

import pandas as pd

from toolkit.foresight import rhythm_of
from toolkit.report.tables.table import Diagnosis


def gap_survival(of: Diagnosis) -> pd.DataFrame:
    """`Rhythm.survival`: who is still silent, by days since the Nth visit."""
    return rhythm_of(of.book).survival


def return_chance(of: Diagnosis) -> pd.DataFrame:
    """`Rhythm.chances` as far as they are known."""
    chances = rhythm_of(of.book).chances
    return chances[chances.share.notna()]


def lapse_lines(of: Diagnosis) -> pd.DataFrame:
    """`Rhythm.lines` that anybody was called lost by."""
    lines = rhythm_of(of.book).lines
    return lines[lines.called_lost > 0]
