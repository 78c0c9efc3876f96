"""Who comes back, judged on the client's own past."""

from toolkit.foresight.outlook import FEWEST_CUSTOMERS, FEWEST_FOR_RECENCY, Outlook, foresee
from toolkit.foresight.rhythm import ENOUGH_LOST, MOST_BACK, ORDINALS, Rhythm, rhythm_of
from toolkit.foresight.value import Counting, Equity, foresee_value

__all__ = [
    "ENOUGH_LOST",
    "FEWEST_CUSTOMERS",
    "FEWEST_FOR_RECENCY",
    "MOST_BACK",
    "ORDINALS",
    "Counting",
    "Equity",
    "Outlook",
    "Rhythm",
    "foresee",
    "foresee_value",
    "rhythm_of",
]
