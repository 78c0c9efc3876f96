"""A customer who is no person: the key of a register, or of the staff."""

from __future__ import annotations

import numpy as np

FEWEST_ORDERS, LARGE_SHARE, MANY_TIMES = 50, 0.05, 20
FEW_ORDERS, HALF, FEWEST_CUSTOMERS = 10, 0.5, 5  # in a file of any size
SOME_ORDERS, FIFTH, SOME_CUSTOMERS, TIMES_THE_NEXT = 30, 0.2, 20, 5


def house_account(counts: np.ndarray) -> int | None:
    """The number of the customer with an implausible share of the orders, given how many each
    number has; None where nobody has.

    Implausible: at least 50 orders, at least a twentieth of all, and at least twenty times the
    orders of the mean customer; or at least 10 orders and half of all, among 5 customers or more;
    or at least 30 orders, a fifth of all and five times those of the next, among 20 customers or
    more (our rule).
    """
    who, orders = int(counts.argmax()), int(counts.sum())
    most, everyone = int(counts[who]), int((counts > 0).sum())
    many = most >= FEWEST_ORDERS and most >= LARGE_SHARE * orders
    many = many and most * everyone >= MANY_TIMES * orders
    half = most >= FEW_ORDERS and most >= HALF * orders and everyone >= FEWEST_CUSTOMERS
    some = most >= SOME_ORDERS and most >= FIFTH * orders and everyone >= SOME_CUSTOMERS
    some = some and most >= TIMES_THE_NEXT * int(np.delete(counts, who).max())
    return who if many or half or some else None
