"""Months counted from the closing date, as day numbers."""

from __future__ import annotations

import calendar
import datetime as dt


def months_to(closing: int, months: int) -> int:
    """The day so many months after (before, if negative) the closing date, as a day number.

    The same day of the month, or its last day where it has no such day; from the last day of a
    month to the last days of months.
    """
    day = dt.date.fromordinal(int(closing))
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    at_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, month + 1, last if at_end else min(day.day, last)).toordinal()


def month_of(day: int) -> int:
    """The calendar month (0..11) in which the middle of the month that ends on a day lies."""
    return dt.date.fromordinal(int(day) - 15).month - 1
