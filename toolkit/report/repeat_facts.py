"""Facts about coming again: the second visit, its days, リピート率 and リピーター率."""

from __future__ import annotations

import datetime as dt

from toolkit.book import FEW, Book, day_reached, year_before
from toolkit.frames import scalar
from toolkit.report.facts import CUSTOMERS, DAYS, Fact, count, rate

YEAR = 365  # days a first-time customer is followed for
PARTS = {"half": 0.5, "most": 0.75, "late": 0.9}  # of those who come again within a year


def repeat_facts(book: Book) -> list[Fact]:
    """F2, the days by which half, three quarters and nine tenths came, and the two rates.

    `f2.followed` is for how many days the file can follow a first-time customer, at most a year.
    `f2.filling` is how many of those counted for F2 first came while the file was still filling;
    `repeat.new` is the number of customers whose first visit lies in the 12 months; it and the
    rates are given where the year begins after the left edge (`Book.filled_from`).
    """
    curve = book.days_to_second()
    again = int(curve.customers.sum())
    why = "too_few" if again else "nobody_came_twice"
    days = {
        name: day_reached(curve, part) if again >= FEW else None for name, part in PARTS.items()
    }
    return [
        rate("f2.rate", book.f2(), "conversion.f2", "nobody_new", estimate=True),
        rate("f2.previous", book.f2(book.year_ago), "conversion.f2", "nobody_new"),
        count("f2.filling", _filling(book), CUSTOMERS, "conversion.f2"),
        count("f2.window_days", book.settings.f2_window_days, DAYS, "settings"),
        count("f2.followed", min(YEAR, (book.closing - book.first).days), DAYS, "book"),
        *(count(f"f2.day_{k}", days[k], DAYS, "conversion.day_reached", why) for k in PARTS),
        *_rates(book),
    ]


def _filling(book: Book) -> int:
    """Of the customers counted in `f2.rate`, those first seen before `Book.filled_from`: some of
    them had bought before the file began."""
    window = dt.timedelta(days=book.settings.f2_window_days)
    last = min(book.closing - window, book.filled_from - dt.timedelta(days=1))
    first = book.visits_table.filter(book.visits_table.nth == 1).date
    counted = first.between(book.year_ago - window + dt.timedelta(days=1), last)
    return int(scalar(counted.cast("int64").sum()) or 0)


def _rates(book: Book) -> list[Fact]:
    ends = {"repeat.": book.closing, "repeat.previous.": book.year_ago}
    found = {end: book.repeat_year(end) for end in (*ends.values(), year_before(book.year_ago))}
    return [fact for prefix, end in ends.items() for fact in _of_year(book, prefix, end, found)]


def _of_year(book: Book, prefix: str, end: dt.date, found: dict) -> list[Fact]:
    start, source, why = year_before(end), "repeat_rates.repeat_year", "file_too_short"
    year, known = found[end], start >= book.filled_from
    n = year["repeaters"]
    rates = {"repeater_rate": (n, year["buyers"]), "repeat_rate": (n, year["ever"])}
    new = year["ever"] - found[start]["ever"] if known else None
    return [
        *(rate(f"{prefix}{k}", v if known else None, source, why) for k, v in rates.items()),
        count(f"{prefix}new", new, CUSTOMERS, source, why),
    ]
