"""Who comes back, judged on the client's own past, and where the bucket goes from here."""

from toolkit.foresight.ahead import (
    EVERYBODY,
    FEWEST_ACTIVE,
    FEWEST_MONTHS,
    LEVERS,
    Ahead,
    look_ahead,
)
from toolkit.foresight.counts import CountModel, compressed, fit_counts, histories_at
from toolkit.foresight.outlook import COIN, Outlook, foresee
from toolkit.foresight.past import FEWEST_CUSTOMERS, FEWEST_FOR_RECENCY
from toolkit.foresight.rhythm import ENOUGH_LOST, MOST_BACK, ORDINALS, Rhythm, rhythm_of
from toolkit.foresight.value import Counting, Equity, foresee_value

__all__ = [
    "COIN",
    "ENOUGH_LOST",
    "EVERYBODY",
    "FEWEST_ACTIVE",
    "FEWEST_CUSTOMERS",
    "FEWEST_FOR_RECENCY",
    "FEWEST_MONTHS",
    "LEVERS",
    "MOST_BACK",
    "ORDINALS",
    "Ahead",
    "CountModel",
    "Counting",
    "Equity",
    "Outlook",
    "Rhythm",
    "compressed",
    "fit_counts",
    "foresee",
    "foresee_value",
    "histories_at",
    "look_ahead",
    "rhythm_of",
]
