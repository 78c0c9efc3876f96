"""Year after year, and what moved the sales, worked out a second time, the plain way."""

import math

from reference import year_back
from reference_statement import DAY, all_visits, periods, ratio, share
from reference_year import buyers, year_group

GROUPS = ("kept", "new", "revived", "lost", "none")


def money_of(days, start, end):
    """Net money of one customer's days start..end, both included."""
    return sum(amount for day, amount in days.items() if start <= day <= end)


def _spend(book, names, start, end):
    """Mean net money of the days start..end per customer of these."""
    return ratio(sum(money_of(book.customers[name], start, end) for name in names), len(names))


def _against_the_year_before(book, start, end):
    """What needs a whole year before this one."""
    before = start - DAY
    now, then = _buyers(book, start, end), _buyers(book, year_back(before) + DAY, before)
    fresh = {name for name in now if all_visits(book)[name][0] >= start}
    dormant = {name for name, seen in all_visits(book).items() if seen[0] <= before} - then
    kept, revived = now & then, now - then - fresh
    return {
        "previous": len(then),
        "kept": len(kept),
        "lost": len(then - now),
        "new": len(fresh),
        "revived": len(revived),
        "dormant": len(dormant),
        "retention": share(len(kept), len(then)),
        "outflow": share(len(then - now), len(then)),
        "revival": share(len(revived), len(dormant)),
        "kept_spend": _spend(book, kept, start, end),
        "new_spend": _spend(book, fresh, start, end),
        "revived_spend": _spend(book, revived, start, end),
    }


def _buyers(book, start, end):
    return {
        name for name, seen in all_visits(book).items() if any(start <= day <= end for day in seen)
    }


def year_history(book):
    """{end: figures} of every year that lies in the file whole."""
    rows = {}
    for _, start, end, whole in periods(book, "year"):
        if not whole:
            continue
        active = len(_buyers(book, start, end))
        sales = sum(money_of(days, start, end) for days in book.customers.values())
        found = _against_the_year_before(book, start, end)
        rows[end] = {"active": active, **(found if rows else dict.fromkeys(found))}
        rows[end] |= {"sales": sales, "sales_per_active": ratio(sales, active)}
    return rows


def _counted(book, name):
    """customers, visits and money of a group in this year and in the one before."""
    one = year_back(book.closing)
    two = year_back(one)
    found = dict.fromkeys(("customers", "visits", "sales", "previous_visits", "previous_sales"), 0)
    for days in book.customers.values():
        if year_group(days, book.closing) != name:
            continue
        found["customers"] += any(amount > 0 for amount in days.values())
        for day, amount in days.items():
            which = "" if day > one else "previous_" if day > two else None
            if which is not None:
                found[which + "visits"] += amount > 0
                found[which + "sales"] += amount
    return found


def _sales(book, start, end):
    """(money, visits, customers with one) of the days start..end, both included."""
    visits = [day for seen in all_visits(book).values() for day in seen if start <= day <= end]
    money = sum(money_of(days, start, end) for days in book.customers.values())
    return money, len(visits), len(_buyers(book, start, end))


def split_change(book):
    """The last year's change of sales by price, frequency and customers, not rounded.

    None where one of the two years has no visit or no money above zero.
    """
    one = year_back(book.closing)
    now = _sales(book, one + DAY, book.closing)
    then = _sales(book, year_back(one) + DAY, one)
    if min(*now, *then) <= 0:
        return None
    mean = now[0] if now[0] == then[0] else (now[0] - then[0]) / math.log(now[0] / then[0])
    grown = [math.log(a / b) for a, b in zip(now, then, strict=True)]
    money, visits, people = grown
    return {
        "per_visit": mean * (money - visits),
        "visits_per_customer": mean * (visits - people),
        "customers": mean * people,
    }


def _kept_parts(row):
    """(people, frequency, price, other) of the kept: logarithmic means, not rounded."""
    sales, previous = row["sales"], row["previous_sales"]
    if min(sales, previous) <= 0:
        return 0, 0, 0, sales - previous
    mean = sales if sales == previous else (sales - previous) / math.log(sales / previous)
    often = math.log(row["visits"] / row["previous_visits"])
    dear = math.log((sales / row["visits"]) / (previous / row["previous_visits"]))
    return 0, mean * often, mean * dear, 0


def sales_groups(book):
    """{group: counts, money, change and its parts (frequency and price unrounded)}."""
    rows = {}
    for name in GROUPS:
        row = _counted(book, name)
        change = row["sales"] - row["previous_sales"]
        people = {"new": row["sales"], "revived": row["sales"], "lost": -row["previous_sales"]}
        parts = people.get(name, 0), 0, 0, change - people.get(name, 0)
        if name == "kept":
            parts = _kept_parts(row)
        names = ("people", "frequency", "price", "other")
        rows[name] = row | {"change": change} | dict(zip(names, parts, strict=True))
    return rows


def active_year(book):
    """Customers with a visit in the last 12 months."""
    return buyers(book, book.closing)
