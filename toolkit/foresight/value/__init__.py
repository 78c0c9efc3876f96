"""What customers are expected to bring: by customer, by layer, and with how much doubt."""

from toolkit.foresight.value.equity import Equity, equity_of, foresee_value
from toolkit.foresight.value.margins import HORIZONS
from toolkit.foresight.value.second_life import RETURNS, WATCHED, SecondLives

__all__ = [
    "HORIZONS",
    "RETURNS",
    "WATCHED",
    "Equity",
    "SecondLives",
    "equity_of",
    "foresee_value",
]
