"""Whom to contact, and what it pays."""

from toolkit.action.economics import Economics
from toolkit.action.plan import Plan, plan_action
from toolkit.action.score import break_even, priority
from toolkit.action.trial.campaign import GROUP_COLUMNS, LISTS, Control
from toolkit.action.trial.results import Results
from toolkit.action.winback import LIST_COLUMNS

__all__ = [
    "GROUP_COLUMNS",
    "LISTS",
    "LIST_COLUMNS",
    "Control",
    "Economics",
    "Plan",
    "Results",
    "break_even",
    "plan_action",
    "priority",
]
