"""What customers are expected to bring: by customer, by layer, and with how much doubt."""

from toolkit.foresight.value.equity import Equity, equity_of, foresee_value

__all__ = ["Equity", "equity_of", "foresee_value"]
