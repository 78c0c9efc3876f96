"""What rests on the program's own assumptions: costs of contacts, and the money they bring."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit import currency
from toolkit.action import LETTER, Economics
from toolkit.report.row_words import channel_name
from toolkit.settings import Settings
from toolkit.words import Words


def cost_mark(settings: Settings, channels: Iterable[str], words: Words) -> str:
    """The mark of an assumption behind what contacts by these channels cost: where the cost of a
    letter is not given, or one is made by another channel at the cost in the program's own calendar
    (all but the letter's are assumed there); else nothing. Our rule."""
    others = not settings.calendar_file and any(channel != LETTER for channel in channels)
    assumed = "contact_cost" in settings.assumed() or others
    return words["summary.assumed_mark"] if assumed else ""


def margin_mark(settings: Settings, words: Words) -> str:
    """The mark of an assumption behind a margin; nothing where it is given."""
    return words["summary.assumed_mark"] if "margin" in settings.assumed() else ""


def profit_mark(settings: Settings, channels: Iterable[str], words: Words) -> str:
    """The mark of an assumption behind what contacts by these channels are expected to bring after
    cost: the margin's or the cost's."""
    return margin_mark(settings, words) or cost_mark(settings, channels, words)


def letters_only(economics: Economics) -> bool:
    """Whether the client has no other way of contact than letters."""
    return list(economics.channels) == [LETTER]


def costs_of_ways(settings: Settings, economics: Economics, words: Words) -> str:
    """The client's ways of contact, each with its cost and the mark where that is assumed."""
    scale = 10 ** currency.decimals(settings.currency)
    told = [
        words.say(
            "winback.economics_way",
            channel=channel_name(name, words),
            cost=words.write(way.cost / scale, "money", settings.currency),
            mark=cost_mark(settings, [name], words),
        )
        for name, way in economics.channels.items()
    ]
    return words["winback.and"].join(told)
