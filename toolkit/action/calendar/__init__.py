"""The follow-up calendar: who is to be contacted on which day of the coming weeks."""

from toolkit.action.calendar.due import due
from toolkit.action.calendar.rest import rested, unwilling
from toolkit.action.calendar.rules import Channel, Rule, Rules, read_rules

__all__ = ["Channel", "Rule", "Rules", "due", "read_rules", "rested", "unwilling"]
