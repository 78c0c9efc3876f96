"""Money columns for people: from minor units, in which it was added up, to major units."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from babel.numbers import format_compact_currency

from toolkit import currency


def in_major_units(frame: pd.DataFrame, columns: Sequence[str], code: str) -> pd.DataFrame:
    """The frame with these columns in major units, as floats for display and drawing.

    Exact up to 2**53 minor units; what is added up or kept stays in minor units elsewhere.
    """
    scale = 10 ** currency.decimals(code)
    return frame.assign(**{name: frame[name].astype(float) / scale for name in columns})


def axis_amount(code: str, language: str):
    """A matplotlib tick formatter for amounts in major units: 500万 in Japanese, 5M in English."""
    locale = "ja_JP" if language == "ja" else "en_US"

    def write(value: float, _position: int) -> str:
        text = format_compact_currency(value, code, locale=locale, fraction_digits=1)
        return text.replace("￥", "¥").replace(".0", "")

    return write
