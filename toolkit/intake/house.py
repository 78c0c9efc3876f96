"""A customer who is no person: the key of a register, or of the staff."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

FEWEST_ORDERS, LARGE_SHARE, MANY_TIMES = 50, 0.05, 20


def house_account(orders: pa.Table) -> tuple[int, int] | None:
    """The number of the customer with an implausible share of the orders (columns as in
    `Ledger.orders`), and how many orders those are; None where nobody has.

    Implausible: at least 50 orders, at least a twentieth of all, and at least twenty times the
    orders of the mean customer (our rule).
    """
    counts = np.bincount(orders["customer"].to_numpy())
    who = int(counts.argmax())
    most, everyone = int(counts[who]), int((counts > 0).sum())
    many = most >= FEWEST_ORDERS and most >= LARGE_SHARE * len(orders)
    return (who, most) if many and most * everyone >= MANY_TIMES * len(orders) else None
