"""Numbers of customers that differ from others in nothing but case or leading zeros."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.ledger import Note

if TYPE_CHECKING:
    from toolkit.intake.reading import Reading


def of_near_numbers(reading: Reading) -> list[Note]:
    """Notes on customers whose numbers are nearly the same: they count as several, and may be one.

    The row told is the first of the second of such numbers.
    """
    if tuple(reading.identity.counts) != ("number",):
        return []
    customer = reading.identity.customer
    used = np.bincount(customer.codes[reading.sieve.kept], minlength=len(customer.texts)) > 0
    texts = customer.texts
    digits = pc.match_substring_regex(texts, r"^\d+$").to_numpy(zero_copy_only=False)
    forms = {
        "numbers_case": (pc.utf8_lower(texts), used),
        "numbers_zeros": (pc.utf8_ltrim(texts, "0"), used & digits),
    }
    notes = []
    for key, (form, some) in forms.items():
        if form.equals(texts):  # which differ from each other
            continue
        again = _again(form, some)
        if again.any():
            row = int(reading.rows.numbers[(again[customer.codes] & reading.sieve.kept).argmax()])
            notes.append(Note(key, {"n": int(again.sum()), "row": row}))
    return notes


def _again(form: pa.Array, some: np.ndarray) -> np.ndarray:
    """Of these texts (mask) those whose form another one before has."""
    codes = form.dictionary_encode().indices.to_numpy()
    again = np.zeros(len(codes), bool)
    again[some] = pd.Series(codes[some]).duplicated().to_numpy()
    return again
