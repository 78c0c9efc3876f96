"""Who comes back, judged on the client's own past."""

from toolkit.foresight.outlook import Outlook, foresee

__all__ = ["Outlook", "foresee"]
