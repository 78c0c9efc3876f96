"""The bucket statement worked out a second time, per period and per layer, the plain way."""

import datetime as dt
import math
from functools import lru_cache

from reference import LAYERS, OUTSIDE, active_at, all_moves, bucket, place_at, visits_of, year_back

FEW = 5
DAY = dt.timedelta(1)


def share(part, whole):
    """part / whole; None below five."""
    return part / whole if whole >= FEW else None


def ratio(part, whole):
    """part / whole; None of nothing."""
    return part / whole if whole else None


def filled_from(book):
    """The first day on which somebody could have been lost."""
    return book.first_date + dt.timedelta(book.cut.lapse_days)


@lru_cache(maxsize=128)
def standing(book, date):
    """{customer: (layer, active)} at the end of a day, those outside left out."""
    places = {name: place_at(days, date, book.cut) for name, days in book.customers.items()}
    return {name: place for name, place in places.items() if place != OUTSIDE}


@lru_cache(maxsize=4)
def all_visits(book):
    """{customer: days of visits, in order}, those without one left out."""
    found = {name: visits_of(days) for name, days in book.customers.items()}
    return {name: seen for name, seen in found.items() if seen}


def month_end(day):
    """The last day of the day's calendar month."""
    return (day.replace(day=1) + dt.timedelta(31)).replace(day=1) - DAY


def _calendar(book, months):
    """(name, start, end, complete) of calendar periods of so many months."""
    year, month = book.first_date.year, (book.first_date.month - 1) // months * months + 1
    found = []
    while (start := dt.date(year, month, 1)) <= book.closing:
        year, month = (year + 1, 1) if month + months > 12 else (year, month + months)
        whole = dt.date(year, month, 1) - DAY
        name = f"{start:%Y-%m}" if months == 1 else f"{start.year}-Q{(start.month + 2) // 3}"
        found.append((name, start, min(whole, book.closing), whole <= book.closing))
    return found


def _years(book):
    """(name, start, end, complete) of the years counted back from the closing date."""
    found, end = [], book.closing
    while end >= book.first_date:
        start = year_back(end) + DAY
        found.append((end.isoformat(), start, end, start >= book.first_date))
        end = start - DAY
    return found[::-1]


def periods(book, kind):
    """[(name, start, end, complete)] of months, quarters or years, oldest first."""
    if kind == "year":
        return _years(book)
    return _calendar(book, {"month": 1, "quarter": 3}[kind])


def statement(book, kind):
    """{period: start, end, flows, hole, quick_ratio, complete, trusted}."""
    rows = {}
    for name, start, end, complete in periods(book, kind):
        row = bucket(book, all_moves(book), start, end)
        trusted = start >= filled_from(book)
        hole = share(row["lost"], row["opening"]) if trusted else None
        if kind == "year":
            before = active_at(book, start - DAY)
            gone = len(before - active_at(book, end))
            hole = share(gone, len(before)) if start - DAY >= filled_from(book) else None
        quick = ratio(row["new"] + row["returned"], row["lost"]) if trusted else None
        rows[name] = {"start": start, "end": end, **row, "hole": hole, "quick_ratio": quick}
        rows[name] |= {"complete": complete, "trusted": trusted}
    return rows


def layer_flows(book, start, end):
    """{layer: new, returned, moved_in, moved_out, lost} of the moves dated start..end."""
    names = ("new", "returned", "moved_in", "moved_out", "lost")
    found = {layer: dict.fromkeys(names, 0) for layer in LAYERS}
    for own in all_moves(book).values():
        for day, before, was_active, after, is_active, _, _ in own:
            if not start <= day <= end:
                continue
            if is_active and not was_active:
                found[after]["new" if before == "outside" else "returned"] += 1
            elif was_active and not is_active:
                found[before]["lost"] += 1
            elif was_active and before != after:
                found[before]["moved_out"] += 1
                found[after]["moved_in"] += 1
    return found


def layer_statement(book, kind):
    """{(period, layer): start, end, flows, complete, trusted}; balances from the places."""
    rows = {}
    for name, start, end, complete in periods(book, kind):
        flows = layer_flows(book, start, end)
        before, after = standing(book, start - DAY), standing(book, end)
        for layer in LAYERS:
            rows[name, layer] = {
                "start": start,
                "end": end,
                "opening": sum(place == (layer, True) for place in before.values()),
                **flows[layer],
                "closing": sum(place == (layer, True) for place in after.values()),
                "complete": complete,
                "trusted": start >= filled_from(book),
            }
    return rows


def settling_level(book):
    """Where the bucket settles; None with under 12 complete trusted months or without a loss."""
    months = statement(book, "month").values()
    last = [row for row in months if row["complete"] and row["trusted"]][-12:]
    lost = sum(row["lost"] for row in last)
    if len(last) < 12 or not lost:
        return None
    opening = sum(row["opening"] for row in last)
    if not opening:
        return None
    hole = lost / opening
    inflow = sum(row["new"] + row["returned"] for row in last) / 12
    return {
        "inflow": inflow,
        "hole": hole,
        "level": inflow / hole if hole < 1 else None,
        "active": len(active_at(book, book.closing)),
        "half_way_months": math.log(2) / -math.log(1 - hole) if hole < 1 else None,
    }
