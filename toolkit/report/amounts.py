"""Money columns for people: from minor units, in which it was added up, to major units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
from babel.numbers import format_compact_currency

from toolkit import currency

LONGEST = len("99.9")


def in_major_units(frame: pd.DataFrame, columns: Sequence[str], code: str) -> pd.DataFrame:
    """The frame with these columns in major units, as floats for display and drawing.

    Exact up to 2**53 minor units; what is added up or kept stays in minor units elsewhere.
    """
    scale = 10 ** currency.decimals(code)
    return frame.assign(**{name: frame[name].astype(float) / scale for name in columns})


def axis_amount(code: str, language: str):
    """A matplotlib tick formatter for amounts in major units: 500万 in Japanese, 5M in English.

    Three figures are enough beside a bar: 12.3万, 123万, 1,235万.
    """
    locale = "ja_JP" if language == "ja" else "en_US"

    def write(value: float, _position: int) -> str:
        text = format_compact_currency(value, code, locale=locale, fraction_digits=1)
        number = re.search(r"[\d.]+", text)
        shown = (
            f"{Decimal(number[0]):,}" if len(number[0]) <= LONGEST else f"{float(number[0]):,.0f}"
        )
        text = text.replace(number[0], shown.removesuffix(".0"))
        return text.replace("￥", "¥")

    return write
