"""Who comes back, judged on the client's own past, and where the bucket goes from here."""

from toolkit.foresight.ahead import (
    EVERYBODY,
    FEWEST_ACTIVE,
    FEWEST_MONTHS,
    LEVERS,
    Ahead,
    look_ahead,
)
from toolkit.foresight.outlook import FEWEST_CUSTOMERS, FEWEST_FOR_RECENCY, Outlook, foresee

__all__ = [
    "EVERYBODY",
    "FEWEST_ACTIVE",
    "FEWEST_CUSTOMERS",
    "FEWEST_FOR_RECENCY",
    "FEWEST_MONTHS",
    "LEVERS",
    "Ahead",
    "Outlook",
    "foresee",
    "look_ahead",
]
