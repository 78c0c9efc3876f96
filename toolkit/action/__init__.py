"""Whom to contact, and what it pays."""

from toolkit.action.about_to_lapse import LAPSE_COLUMNS, RISKS
from toolkit.action.active_views import by_layer, by_step, by_week
from toolkit.action.calendar import FollowUp, fallen_due, rules_of
from toolkit.action.economics import LETTER, Economics, economics_of
from toolkit.action.plan import Plan, plan_action
from toolkit.action.score import break_even, priority
from toolkit.action.sending import meant, to_contact
from toolkit.action.still_active import notice_of
from toolkit.action.trial.campaign import GROUP_COLUMNS, LISTS, Control
from toolkit.action.trial.groups import CALENDAR
from toolkit.action.trial.of_calendar import rule_of
from toolkit.action.trial.outcomes import FEWEST_DAYS
from toolkit.action.trial.results import Results
from toolkit.action.trial.sent import UNKNOWN
from toolkit.action.winback import LIST_COLUMNS

__all__ = [
    "CALENDAR",
    "FEWEST_DAYS",
    "GROUP_COLUMNS",
    "LAPSE_COLUMNS",
    "LETTER",
    "LISTS",
    "LIST_COLUMNS",
    "RISKS",
    "UNKNOWN",
    "Control",
    "Economics",
    "FollowUp",
    "Plan",
    "Results",
    "break_even",
    "by_layer",
    "by_step",
    "by_week",
    "economics_of",
    "fallen_due",
    "meant",
    "notice_of",
    "plan_action",
    "priority",
    "rule_of",
    "rules_of",
    "to_contact",
]
