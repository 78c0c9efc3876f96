"""Who comes back, judged on the client's own past, and where the bucket goes from here."""

from toolkit.foresight.ahead import (
    EVERYBODY,
    FEWEST_ACTIVE,
    FEWEST_MONTHS,
    LEVERS,
    Ahead,
    look_ahead,
)
from toolkit.foresight.counts import CountModel, compressed, fit_counts, histories_at
from toolkit.foresight.lessons import FEWEST_CUSTOMERS, FEWEST_OF_EACH
from toolkit.foresight.outlook import COIN, Outlook, foresee
from toolkit.foresight.past import FEWEST_FOR_RECENCY
from toolkit.foresight.rhythm import (
    ENOUGH_LOST,
    LATE,
    MOST_BACK,
    ORDINALS,
    UNUSUAL,
    Rhythm,
    rhythm_of,
)
from toolkit.foresight.value import (
    HORIZONS,
    RETURNS,
    WATCHED,
    Equity,
    SecondLives,
    equity_of,
    foresee_value,
)

__all__ = [
    "COIN",
    "ENOUGH_LOST",
    "EVERYBODY",
    "FEWEST_ACTIVE",
    "FEWEST_CUSTOMERS",
    "FEWEST_FOR_RECENCY",
    "FEWEST_MONTHS",
    "FEWEST_OF_EACH",
    "HORIZONS",
    "LATE",
    "LEVERS",
    "MOST_BACK",
    "ORDINALS",
    "RETURNS",
    "UNUSUAL",
    "WATCHED",
    "Ahead",
    "CountModel",
    "Equity",
    "Outlook",
    "Rhythm",
    "SecondLives",
    "compressed",
    "equity_of",
    "fit_counts",
    "foresee",
    "foresee_value",
    "histories_at",
    "look_ahead",
    "rhythm_of",
]
