"""The one currency a file is in: signs, a currency column and decimals must agree with it."""

from __future__ import annotations

import numpy as np

from toolkit import currency as money
from toolkit.intake.reading import Reading
from toolkit.intake.values.amount_forms import currencies
from toolkit.problems import InputProblem

TOO_FINE = 0.01  # share of amounts with more decimals than the currency has


def require_currency(reading: Reading) -> None:
    """Signs, a currency column and the decimals agree with the settings (InputProblem)."""
    if reading.numbers is None:
        return
    faults = [*_signs(reading), *_currency_column(reading), *_decimals(reading)]
    if faults:
        raise InputProblem.of(faults)


def _common(reading: Reading, row: int) -> dict:
    return {
        "file": reading.file_of(row),
        "column": ", ".join(reading.names("amount")),
        "row": int(reading.rows.numbers[row]),
        "currency": reading.settings.currency,
    }


def _signs(reading: Reading) -> list:
    kept = np.flatnonzero(reading.sieve.kept)
    signs, currency = reading.numbers.signs, reading.settings.currency
    firsts = [
        (int((signs[kept] == k).argmax()), sign)
        for k, sign in enumerate(reading.numbers.written)
        if any(currency not in currencies(mark) for mark in sign.split()) and k in signs[kept]
    ]
    return [
        ("currency_sign", _common(reading, kept[i]) | {"sign": sign}) for i, sign in sorted(firsts)
    ]


def _currency_column(reading: Reading) -> list:
    column = reading.column("currency")
    if column is None:
        return []
    kept = np.flatnonzero(reading.sieve.kept)
    codes, first = np.unique(column.codes[kept], return_index=True)
    faults = []
    for code, i in zip(codes, first, strict=True):
        value = column.texts[int(code)].as_py().upper()
        meant = currencies(value)
        if meant and reading.settings.currency not in meant:
            values = {"column": reading.names("currency")[0], "value": value}
            faults.append(("currency_column", _common(reading, kept[i]) | values))
    return faults


def _decimals(reading: Reading) -> list:
    kept = np.flatnonzero(reading.sieve.kept)
    numbers = reading.numbers.of_rows(kept)
    finer = numbers.finer_than(money.decimals(reading.settings.currency))
    if finer.sum() <= TOO_FINE * len(kept):
        return []
    row = int(finer.argmax())
    values = {"value": numbers.as_text()[row], "n": int(finer.sum())}
    return [("amount_decimals", _common(reading, kept[row]) | values)]
