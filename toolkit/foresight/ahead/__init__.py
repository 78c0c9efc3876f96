"""The bucket ahead: a stock-and-flow model at the client's own rates, with a fan that is tested."""

from toolkit.foresight.ahead.ahead import Ahead, look_ahead
from toolkit.foresight.ahead.five import ALL
from toolkit.foresight.ahead.levers import LEVERS

__all__ = ["ALL", "LEVERS", "Ahead", "look_ahead"]
