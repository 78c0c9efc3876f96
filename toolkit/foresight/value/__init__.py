"""What customers are expected to bring: by customer, by layer, and with how much doubt."""

from toolkit.foresight.spend.shrunken import spend_per_visit
from toolkit.foresight.value.back import visits_if_back
from toolkit.foresight.value.counting import Counting
from toolkit.foresight.value.equity import Equity, foresee_value

__all__ = ["Counting", "Equity", "foresee_value", "spend_per_visit", "visits_if_back"]
