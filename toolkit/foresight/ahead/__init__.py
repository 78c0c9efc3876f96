"""The bucket ahead: a stock-and-flow model at the client's own rates, with a fan that is tested."""

from toolkit.foresight.ahead.ahead import FEWEST_ACTIVE, Ahead, look_ahead
from toolkit.foresight.ahead.five import EVERYBODY
from toolkit.foresight.ahead.levers import LEVERS
from toolkit.foresight.ahead.rates import FEWEST_MONTHS

__all__ = ["EVERYBODY", "FEWEST_ACTIVE", "FEWEST_MONTHS", "LEVERS", "Ahead", "look_ahead"]
