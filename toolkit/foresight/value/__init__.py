"""What customers are expected to bring: by customer, by layer, and with how much doubt."""

from toolkit.foresight.value.equity import Equity, equity_of, foresee_value
from toolkit.foresight.value.margins import HORIZONS

__all__ = ["HORIZONS", "Equity", "equity_of", "foresee_value"]
