"""Who comes back, judged on the client's own past."""

from toolkit.foresight.outlook import FEWEST_CUSTOMERS, FEWEST_FOR_RECENCY, Outlook, foresee
from toolkit.foresight.value import Counting, Equity, foresee_value

__all__ = [
    "FEWEST_CUSTOMERS",
    "FEWEST_FOR_RECENCY",
    "Counting",
    "Equity",
    "Outlook",
    "foresee",
    "foresee_value",
]
