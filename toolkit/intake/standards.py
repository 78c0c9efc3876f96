"""What a file must keep to be worked with: some rows, one currency, a sane closing date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from toolkit import currency as money
from toolkit.intake.amounts import SIGNS
from toolkit.intake.ledger import REASONS
from toolkit.intake.sieve import Sieve
from toolkit.problems import InputProblem
from toolkit.words import Words, Written

if TYPE_CHECKING:
    from toolkit.intake.reading import Reading

MOST_DAYS_BEYOND = 31  # a closing date later than this after the last order is an error
TOO_FINE = 0.01  # share of amounts with more decimals than the currency has


@dataclass(frozen=True)
class Counted(Written):
    """Reasons with their counts, as text in the language it is told in."""

    counts: tuple[tuple[str, int], ...]

    def write(self, words: Words, form: str) -> str:
        told = (f"{words[f'reason.{reason}']} {words.write(n)}" for reason, n in self.counts)
        return words["note.and"].join(told)


def require_some_kept(sieve: Sieve, broken: list, file: str) -> None:
    """At least one row is kept (InputProblem with the reasons)."""
    if sieve.kept.any():
        return
    found, counts = np.unique(sieve.reasons, return_counts=True)
    tally = {REASONS[i]: int(n) for i, n in zip(found, counts, strict=True)}
    tally["unreadable"] = tally.get("unreadable", 0) + len(broken)
    told = Counted(tuple((reason, tally[reason]) for reason in REASONS if tally.get(reason)))
    raise InputProblem("no_row_kept", file=file, reasons=told)


def require_currency(reading: Reading) -> None:
    """Signs, a currency column and the decimals agree with the settings (InputProblem)."""
    if reading.numbers is None:
        return
    faults = [*_signs(reading), *_currency_column(reading), *_decimals(reading)]
    if faults:
        raise InputProblem.of(faults)


def _common(reading: Reading, row: int) -> dict:
    return {
        "file": reading.grid.file.name,
        "column": ", ".join(reading.names("amount")),
        "row": int(reading.rows.numbers[row]),
        "currency": reading.settings.currency,
    }


def _signs(reading: Reading) -> list:
    kept = np.flatnonzero(reading.sieve.kept)
    codes, found = pd.factorize(reading.numbers.signs[kept])
    _, first = np.unique(codes, return_index=True)
    return [
        ("currency_sign", _common(reading, kept[i]) | {"sign": sign})
        for sign, i in zip(found, first, strict=True)
        if any(reading.settings.currency not in SIGNS[mark] for mark in sign)
    ]


def _currency_column(reading: Reading) -> list:
    column = reading.column(reading.roles.currency)
    if column is None:
        return []
    kept = np.flatnonzero(reading.sieve.kept)
    codes, first = np.unique(column.codes[kept], return_index=True)
    faults = []
    for code, i in zip(codes, first, strict=True):
        value = column.texts[int(code)].as_py().upper()
        meant = SIGNS.get(value, (value,) if money.known(value) else ())
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
