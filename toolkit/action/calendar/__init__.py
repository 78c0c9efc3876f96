"""The follow-up calendar: who is to be contacted on which day of the coming weeks."""

from toolkit.action.calendar.due import due
from toolkit.action.calendar.follow_up import FollowUp, follow_up
from toolkit.action.calendar.known import fallen_due, reached_lately, unwilling_of
from toolkit.action.calendar.of_book import among, follow_up_of, without
from toolkit.action.calendar.rest import rested, unwilling
from toolkit.action.calendar.rules import Channel, Rule, Rules, read_rules, rules_of

__all__ = [
    "Channel",
    "FollowUp",
    "Rule",
    "Rules",
    "among",
    "due",
    "fallen_due",
    "follow_up",
    "follow_up_of",
    "reached_lately",
    "read_rules",
    "rested",
    "rules_of",
    "unwilling",
    "unwilling_of",
    "without",
]
