"""Who comes back, judged on the client's own past."""

from toolkit.foresight.outlook import FEWEST_CUSTOMERS, FEWEST_FOR_RECENCY, Outlook, foresee

__all__ = ["FEWEST_CUSTOMERS", "FEWEST_FOR_RECENCY", "Outlook", "foresee"]
