"""Who comes back, judged on the client's own past."""

from toolkit.foresight.outlook import FEWEST_CUSTOMERS, FEWEST_FOR_RECENCY, Outlook, foresee
from toolkit.foresight.rhythm import ENOUGH_LOST, MOST_BACK, ORDINALS, Rhythm, rhythm_of

__all__ = [
    "ENOUGH_LOST",
    "FEWEST_CUSTOMERS",
    "FEWEST_FOR_RECENCY",
    "MOST_BACK",
    "ORDINALS",
    "Outlook",
    "Rhythm",
    "foresee",
    "rhythm_of",
]
