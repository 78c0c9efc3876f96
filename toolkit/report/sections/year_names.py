"""The names of years counted back from the closing date, as the reader sees them."""

from __future__ import annotations

import datetime as dt

from toolkit.words import Words


def year_name(end: dt.date | str, words: Words) -> str:
    """A year by its last day, such as "year to 2026-03-19"; a calendar year by its number."""
    return _named(end, "years.year_to", words)


def year_tick(end: dt.date | str, words: Words) -> str:
    """The same in few letters, for the axis of a chart."""
    return _named(end, "years.to", words)


def _named(end: dt.date | str, key: str, words: Words) -> str:
    day = dt.date.fromisoformat(str(end))
    if (day.month, day.day) == (12, 31):
        return words.say("years.calendar", year=str(day.year))
    return words.say(key, end=day)
