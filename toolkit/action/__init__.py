"""Whom to contact, and what it pays."""

from toolkit.action.about_to_lapse import LAPSE_COLUMNS, RISKS
from toolkit.action.active_views import by_layer, by_step, by_week
from toolkit.action.economics import Economics
from toolkit.action.plan import Plan, plan_action
from toolkit.action.score import break_even, priority
from toolkit.action.still_active import notice_of
from toolkit.action.winback import LIST_COLUMNS

__all__ = [
    "LAPSE_COLUMNS",
    "LIST_COLUMNS",
    "RISKS",
    "Economics",
    "Plan",
    "break_even",
    "by_layer",
    "by_step",
    "by_week",
    "notice_of",
    "plan_action",
    "priority",
]
