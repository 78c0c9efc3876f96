"""Numbers of customers that differ from others in nothing but case or leading zeros."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.ledger import Note
from toolkit.intake.tables.coded import first_rows

if TYPE_CHECKING:
    from toolkit.intake.reading import Reading


def of_near_numbers(reading: Reading) -> list[Note]:
    """Notes on customers whose numbers are nearly the same (`near_told`); none in a portion of a
    file, which has not all of them."""
    if reading.rows.runs is not None or tuple(reading.identity.counts) != ("number",):
        return []
    customer, kept = reading.identity.customer, np.flatnonzero(reading.sieve.kept)
    first = first_rows(customer.codes[kept], len(customer.texts))
    codes = np.flatnonzero(first < len(kept))
    first = first[codes]
    return near_told(customer.texts.take(pa.array(codes)), reading.rows.numbers[kept[first]], first)


def near_told(texts: pa.StringArray, rows: np.ndarray, places: np.ndarray) -> list[Note]:
    """Notes on numbers of customers that are nearly the same: they count as several, and may be
    one. `rows`: the first of every customer; `places`: how early each stands.

    The row told is the first of the second of such numbers.
    """
    order = np.argsort(places)
    texts, rows = texts.take(pa.array(order)), rows[order]
    digits = pc.match_substring_regex(texts, r"^\d+$").to_numpy(zero_copy_only=False)
    every = np.ones(len(texts), bool)
    forms = {
        "numbers_case": (pc.utf8_lower(texts), every),
        "numbers_zeros": (pc.utf8_ltrim(texts, "0"), digits),
    }
    notes = []
    for key, (form, some) in forms.items():
        if form.equals(texts):  # which differ from each other
            continue
        again = _again(form, some)
        if again.any():
            notes.append(Note(key, {"n": int(again.sum()), "row": int(rows[again.argmax()])}))
    return notes


def _again(form: pa.Array, some: np.ndarray) -> np.ndarray:
    """Of these texts (mask) those whose form another one before has."""
    codes = form.dictionary_encode().indices.to_numpy()
    again = np.zeros(len(codes), bool)
    again[some] = pd.Series(codes[some]).duplicated().to_numpy()
    return again
