"""Visits of shops whose amounts are typed or drawn, with the number of each visit."""

import datetime as dt

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

OPENING = dt.date(2024, 1, 1)
SCHEMA = pa.schema(
    {"customer_id": pa.string(), "date": pa.date32(), "amount": pa.int64(), "nth": pa.int64()}
)


@pytest.fixture(scope="session")
def bought():
    """Customer -> amounts, one visit a day from the opening on, as a visits table."""

    def build(customers):
        rows = [
            (str(name), OPENING + dt.timedelta(days=day), None if amount is None else int(amount))
            + (day + 1,)
            for name, amounts in customers.items()
            for day, amount in enumerate(amounts)
        ]
        days = pd.DataFrame(rows, columns=SCHEMA.names).astype({"amount": "Int64"})
        return ibis.memtable(pa.Table.from_pandas(days, SCHEMA, preserve_index=False))

    return build


@pytest.fixture(scope="session")
def drawn():
    """Amounts of customers out of the Gamma-Gamma model itself (p, q, gamma), seeded."""

    def build(p, q, gamma, customers, seed=20240101):
        chance = np.random.default_rng(seed)
        counts = 1 + chance.poisson(chance.gamma(1.5, 2, customers))
        nu = chance.gamma(q, 1 / gamma, customers)
        pairs = enumerate(zip(counts, nu, strict=True))
        return {i: np.ceil(chance.gamma(p, 1 / rate, n)) for i, (n, rate) in pairs}

    return build
