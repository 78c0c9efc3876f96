"""Who comes back: the competitors, each a rule learnt at one day and applied at a later one."""

from toolkit.foresight.competitors.back import Back, visits_if_back
from toolkit.foresight.competitors.chance_any import (
    answers,
    histories_of,
    with_counts,
)
from toolkit.foresight.competitors.rule import (
    ASKS_COUNTS,
    RULES,
    SIMPLE,
    Lesson,
    Rule,
    by_pieces,
    chances_of,
    learn,
    settled,
)
from toolkit.foresight.competitors.visits import (
    VISITS,
    ChanceTimesBack,
    Visits,
    learn_visits,
    visits_of,
)
from toolkit.foresight.competitors.worth import WORTH, amount_of_a_visit, expected_amount

__all__ = [
    "ASKS_COUNTS",
    "RULES",
    "SIMPLE",
    "VISITS",
    "WORTH",
    "Back",
    "ChanceTimesBack",
    "Lesson",
    "Rule",
    "Visits",
    "amount_of_a_visit",
    "answers",
    "by_pieces",
    "chances_of",
    "expected_amount",
    "histories_of",
    "learn",
    "learn_visits",
    "settled",
    "visits_if_back",
    "visits_of",
    "with_counts",
]
