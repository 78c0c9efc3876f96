"""Customers who are likely one person under two numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from toolkit.intake.customers.identity import written
from toolkit.intake.sales.orders import customer_numbers
from toolkit.intake.sales.sheet import key_columns
from toolkit.intake.tables.coded import Coded, pair_codes

if TYPE_CHECKING:
    from toolkit.intake.reading import Reading

MOST_SHARED = 5  # customers with one telephone number: more share the shop's, or a dummy
COLUMNS = ("customer", "person", "source_file", "source_row")


def twins_of(reading: Reading) -> pd.DataFrame | None:
    """Customers who share a mail address, telephone number or name and postcode with another.

    None for a file that tells customers apart by one kind of key alone. One row per customer with
    a twin, in the order of the file. Columns: customer (the number the orders have), person (0, 1,
    ...: twins, and twins of twins, are one), source_file, source_row (of the customer's first kept
    row). No mail address, number or name is in it. What over five customers have in common tells
    nobody apart. Our rule; families share telephone numbers, so this is likely, not certain.
    """
    if len(reading.roles.keys) < 2:
        return None
    kept = np.flatnonzero(reading.sieve.kept)
    customer = reading.identity.customer
    codes = customer.codes[kept].astype(np.int64)
    person = np.arange(len(customer.texts))
    parts = key_columns(reading)
    links = [_links(*written(key, columns), kept, codes) for key, columns in parts.items()]
    _join(person, [pairs for pairs in links if len(pairs)])
    linked = np.bincount(person, minlength=len(person)) > 1
    rows = np.flatnonzero(linked[person[codes]])
    _, first = np.unique(codes[rows], return_index=True)
    rows = rows[np.sort(first)]
    at = kept[rows]
    return pd.DataFrame(
        {
            "customer": customer_numbers(customer)[at],
            "person": pd.factorize(person[codes[rows]])[0],
            "source_file": reading.rows.files[at],
            "source_row": reading.rows.numbers[at],
        },
        columns=list(COLUMNS),
    )


def _links(column: Coded, blank: np.ndarray, kept: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Pairs (code of a text, code of a customer) of texts that two to five customers have."""
    there = ~blank[kept]
    _, texts, customers = pair_codes(column.codes[kept][there], codes[there])
    shared = np.bincount(texts, minlength=len(column.texts))[texts]
    told = (shared > 1) & (shared <= MOST_SHARED)
    return np.stack([texts[told], customers[told]], axis=1)


def _join(person: np.ndarray, links: list[np.ndarray]) -> None:
    """Give all customers who hang together the lowest code among them, in place."""
    before = None
    while before is None or (before != person).any():
        before = person.copy()
        for text, customer in (pairs.T for pairs in links):
            least = np.full(text.max() + 1, len(person))
            np.minimum.at(least, text, person[customer])
            np.minimum.at(person, customer, least[text])
