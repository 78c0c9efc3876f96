"""The definitions worked out a second time: plain Python, customer by customer, slow on purpose.

Shares no code with the toolkit, so that a fault would have to be made twice to go unseen.
Orders are tuples (customer, date, amount in integer minor units); all answers are as known at
the end of the closing date. Every ruling is the one of `docs/definitions.md`.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

LAYERS = ("first", "fledgling", "steady", "burst", "prime")
OUTSIDE = ("outside", False)


@dataclass(frozen=True)
class Cutoffs:
    """Days and minor units; the defaults are the classic profile in yen."""

    fledgling_days: int = 90
    amount_line: int = 70_000
    prime_days: int = 210
    lapse_days: int = 240


@dataclass(frozen=True, eq=False)
class Book:
    """What every calculation starts from: each customer's days with their net amount."""

    customers: dict  # customer -> {date: net amount of the day}, days up to the closing date
    first_date: dt.date  # first date with a kept order, whatever its amount
    closing: dt.date
    cut: Cutoffs


def book_of(orders, closing=None, cut=None):
    """The orders up to the closing date (default: the last date with an order), by day."""
    closing = closing or max(day for _, day, _ in orders)
    customers = {}
    for customer, day, amount in orders:
        if day <= closing:
            days = customers.setdefault(customer, {})
            days[day] = days.get(day, 0) + amount
    first_date = min(day for days in customers.values() for day in days)
    return Book(customers, first_date, closing, cut or Cutoffs())


def visits_of(days):
    """Days with a positive net amount, in order."""
    return sorted(day for day, amount in days.items() if amount > 0)


def returns_only_of(days):
    """Days on which more was given back than bought, in order: [(date, amount)]."""
    return sorted((day, amount) for day, amount in days.items() if amount < 0)


def layer_of(n, tenure, money, cut):
    """The layer by number of visits, tenure in days and money to date."""
    if n == 1:
        return "first"
    if tenure < cut.fledgling_days:
        return "fledgling"
    if money < cut.amount_line:
        return "steady"
    if tenure < cut.prime_days:
        return "burst"
    return "prime"


def layer_at(days, date, cut):
    """The layer by all that happened up to the end of `date`; None before the first visit."""
    seen = [day for day in visits_of(days) if day <= date]
    if not seen:
        return None
    money = sum(amount for day, amount in days.items() if day <= date)
    return layer_of(len(seen), (seen[-1] - seen[0]).days, money, cut)


def place_at(days, date, cut):
    """(layer, active) at the end of `date`, or OUTSIDE."""
    layer = layer_at(days, date, cut)
    if layer is None:
        return OUTSIDE
    last = max(day for day in visits_of(days) if day <= date)
    return layer, (date - last).days < cut.lapse_days


def moves_of(days, closing, cut):
    """[(date, from layer, from active, to layer, to active, cause, amount)] of one customer.

    Days are looked at one by one. A day's orders count first and the lapse line passes at its
    end, so a day that brings a return and the lapse line is two moves.
    """
    visits = set(visits_of(days))
    lines = {day + dt.timedelta(cut.lapse_days) for day in visits}
    moves = []
    for day in sorted(set(days) | lines):
        if day > closing:
            break
        before = place_at(days, day - dt.timedelta(1), cut)
        layer, active = place_at(days, day, cut)
        if day in visits:
            if before != (layer, True):
                moves.append((day, *before, layer, True, "visit", days[day]))
            continue
        if before == OUTSIDE:
            continue
        if layer != before[0]:
            moves.append((day, *before, layer, before[1], "return", days[day]))
        if before[1] and not active:
            moves.append((day, layer, True, layer, False, "lapse", 0))
    return moves


@lru_cache(maxsize=4)
def all_moves(book):
    """{customer: moves}, customers without a move left out."""
    found = {name: moves_of(days, book.closing, book.cut) for name, days in book.customers.items()}
    return {name: moves for name, moves in found.items() if moves}


def all_returns(book):
    """{customer: returns-only days}, customers without one left out."""
    found = {name: returns_only_of(days) for name, days in book.customers.items()}
    return {name: returns for name, returns in found.items() if returns}


def customers_at_closing(book):
    """{customer: layer, active, n_visits, tenure_days, gap_days, amount} of those with a visit."""
    rows = {}
    for name, days in book.customers.items():
        seen = visits_of(days)
        if not seen:
            continue
        layer, active = place_at(days, book.closing, book.cut)
        rows[name] = {
            "layer": layer,
            "active": active,
            "n_visits": len(seen),
            "tenure_days": (seen[-1] - seen[0]).days,
            "gap_days": (book.closing - seen[-1]).days,
            "amount": sum(days.values()),
        }
    return rows


def months_of(book):
    """[(first day, last day counted)] of each calendar month; the last one ends on closing."""
    months = []
    start = book.first_date.replace(day=1)
    while start <= book.closing:
        following = (start + dt.timedelta(31)).replace(day=1)
        months.append((start, min(following - dt.timedelta(1), book.closing)))
        start = following
    return months


def layer_months(book):
    """{(month end, layer, "active" or "lapsed"): customers}, all ten places of every month."""
    counts = {}
    for _, end in months_of(book):
        for layer in LAYERS:
            counts[end, layer, "active"] = counts[end, layer, "lapsed"] = 0
        for days in book.customers.values():
            layer, active = place_at(days, end, book.cut)
            if layer != "outside":
                counts[end, layer, "active" if active else "lapsed"] += 1
    return counts


def active_at(book, date):
    """The names of those with a visit within the lapse days up to and including `date`."""
    return {
        name
        for name, days in book.customers.items()
        if any(0 <= (date - day).days < book.cut.lapse_days for day in visits_of(days))
    }


def flows(moves, start, end):
    """Counts of new, returned and lost over the moves dated start..end, both included."""
    counted = Counter(
        (from_layer == "outside", from_active, to_active)
        for own in moves.values()
        for day, from_layer, from_active, _, to_active, _, _ in own
        if start <= day <= end
    )
    return {
        "new": counted[True, False, True],
        "returned": counted[False, False, True],
        "lost": counted[False, True, False],
    }


def bucket(book, moves, start, end):
    """opening, new, returned, lost, closing of the period start..end, both included.

    Opening and closing come from the places on two dates, the flows from the moves: that they
    agree is for the tests to see.
    """
    opening = len(active_at(book, start - dt.timedelta(1)))
    closing = len(active_at(book, end))
    return {"opening": opening, **flows(moves, start, end), "closing": closing}


def bucket_months(book):
    """{"YYYY-MM": bucket with complete and trusted}."""
    moves = all_moves(book)
    trusted_from = book.first_date + dt.timedelta(book.cut.lapse_days)
    rows = {}
    for start, end in months_of(book):
        month_end = (start + dt.timedelta(31)).replace(day=1) - dt.timedelta(1)
        rows[f"{start:%Y-%m}"] = {
            **bucket(book, moves, start, end),
            "complete": month_end <= book.closing,
            "trusted": start >= trusted_from,
        }
    return rows


def year_back(date):
    """The same calendar day one year earlier; 29 February becomes 28 February."""
    day = 28 if (date.month, date.day) == (2, 29) else date.day
    return dt.date(date.year - 1, date.month, day)


def bucket_year(book):
    """The bucket of the 12 months to the closing date."""
    start = year_back(book.closing) + dt.timedelta(1)
    return bucket(book, all_moves(book), start, book.closing)
