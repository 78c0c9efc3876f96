"""Who comes back, judged on the client's own past."""

from toolkit.foresight.outlook import COIN, Outlook, foresee
from toolkit.foresight.past import FEWEST_CUSTOMERS, FEWEST_FOR_RECENCY

__all__ = ["COIN", "FEWEST_CUSTOMERS", "FEWEST_FOR_RECENCY", "Outlook", "foresee"]
