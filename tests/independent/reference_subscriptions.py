"""Orders of a subscription, worked out a second time; marked are (customer, date, amount)."""

from reference import LAYERS, active_at, book_of, place_at, year_back
from reference_cohorts import wilson
from reference_history import active_year
from reference_statement import all_visits, filled_from, share

STATES = {"active": True, "lapsed": False}


def marked_days(book, marked):
    """{customer: days of visits on which an order is marked, in order}, none left out."""
    found = {name: {day for who, day, _ in marked if who == name} for name, _, _ in marked}
    seen = all_visits(book)
    return {name: [day for day in seen.get(name, ()) if day in found[name]] for name in found}


def subscription_share(book, marked):
    """{measure: marked, total, share} of the last 12 months."""
    start, days = year_back(book.closing), marked_days(book, marked)
    visits = [sum(day > start for day in own) for own in days.values()]
    every = [sum(day > start for day in own) for own in all_visits(book).values()]
    money = sum(amount for _, day, amount in marked if day > start)
    total = sum(n for own in book.customers.values() for day, n in own.items() if day > start)
    customers, people = sum(n > 0 for n in visits), len(active_year(book))
    return {
        "customers": _row(customers, people, share(customers, people)),
        "visits": _row(sum(visits), sum(every), share(sum(visits), sum(every))),
        "sales": _row(money, total, money / total if total > 0 else None),
    }


def _row(part, whole, shared):
    return {"marked": part, "total": whole, "share": shared}


def upgrade(book, marked):
    """(came to a marked visit within 365 days, began without one at least 365 days ago)."""
    days, came, began = marked_days(book, marked), 0, 0
    for name, seen in all_visits(book).items():
        own = days.get(name, [])
        if (book.closing - seen[0]).days < 365 or seen[0] in own:
            continue
        began += 1
        came += any((day - seen[0]).days <= 365 for day in own)
    return came, began


def churn(book, marked):
    """{kind: active a year ago by what the last visit was then, lapsed since, hole, bounds}."""
    then = year_back(book.closing)
    if then < filled_from(book):
        return {}
    days, now = marked_days(book, marked), active_at(book, book.closing)
    rows = {kind: {"active": 0, "lapsed": 0} for kind in ("subscription", "one_off")}
    for name in active_at(book, then):
        last = max(day for day in all_visits(book)[name] if day <= then)
        row = rows["subscription" if last in days.get(name, ()) else "one_off"]
        row["active"] += 1
        row["lapsed"] += name not in now
    for row in rows.values():
        row["hole"] = share(row["lapsed"], row["active"])
        told = row["hole"] is not None
        row["low"], row["high"] = wilson(row["lapsed"], row["active"]) if told else (None, None)
    return rows


def _places(book):
    return [place_at(days, book.closing, book.cut) for days in book.customers.values()]


def layers_without(book, marked, others):
    """{(layer, state): customers, and without marked orders}; `others` are the other orders."""
    there = _places(book)
    left = _places(book_of(others, book.closing, book.cut)) if others else []
    return {
        (layer, state): {
            "customers": there.count((layer, active)),
            "without": left.count((layer, active)),
        }
        for layer in LAYERS
        for state, active in STATES.items()
    }
