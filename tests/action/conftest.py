"""Typed customers and round economics for all tests of the room."""

import datetime as dt

import ibis
import pyarrow as pa
import pytest

from toolkit.action import Economics

CLOSING = dt.date(2024, 12, 31)
SCHEMA = {
    "customer_id": pa.string(),
    "layer": pa.string(),
    "active": pa.bool_(),
    "n_visits": pa.int64(),
    "last_date": pa.date32(),
    "gap_days": pa.int64(),
    "amount": pa.int64(),
    "chance": pa.float64(),
    "margin_if_returns": pa.float64(),
    "rhythm_days": pa.float64(),
    "usual_days": pa.float64(),
    "silence_chance": pa.float64(),
    "late_days": pa.int64(),
    "unusual_days": pa.int64(),
    "tenure_days": pa.int64(),
    "spend_per_visit": pa.float64(),
    "expected_visits": pa.float64(),
    "contract_end": pa.date32(),
}


@pytest.fixture(scope="session")
def economics():
    """Economics with a contact at 100 and no offer unless said otherwise."""

    def build(contact_cost=100.0, offer_cost=0.0, kappa=(0.1, 0.25, 0.5)):
        return Economics(0.4, contact_cost, offer_cost, kappa, ())

    return build


@pytest.fixture(scope="session")
def customers():
    """Customers as of the closing date out of what matters: id, chance, margin, and changes."""

    def build(*rows):
        full = []
        for customer_id, chance, margin, *changes in rows:
            start = {"customer_id": customer_id, "chance": chance, "margin_if_returns": margin}
            start |= {"layer": "steady", "active": False, "n_visits": 3, "gap_days": 300}
            start |= {"amount": 30_000, "rhythm_days": 40.0, "tenure_days": 100}
            start |= {"spend_per_visit": margin, **(changes[0] if changes else {})}
            full.append(start | {"last_date": CLOSING - dt.timedelta(days=start["gap_days"])})
        return ibis.memtable(pa.Table.from_pylist(full, schema=pa.schema(SCHEMA)))

    return build
