"""What customers begin with, leave after and pay, worked out a second time, the plain way.

A line is (customer, date, product, name, quantity, amount, price); of money, units and price any
may be unknown (None).
"""

import datetime as dt
import math
from collections import Counter
from functools import lru_cache
from statistics import mean, stdev

from reference import active_at, year_back
from reference_cohorts import wilson
from reference_evidence import LEAST, believed, binomial, differs, step_of
from reference_history import money_of
from reference_statement import all_visits, filled_from
from scipy.stats import t as student

NO_GOODS = {"送料", "discount"}  # of the usual names those in the ledgers
TIERS = ("lower", "middle", "upper")


def _names(lines):
    """{product: the name most of its lines have, of equals the first}, no goods left out."""
    counts = Counter((product, name) for _, _, product, name, *_ in lines)
    best = {}
    for (product, name), _ in sorted(counts.items(), key=lambda each: (-each[1], each[0][1])):
        best.setdefault(product, name)
    return {product: name for product, name in best.items() if name.strip().lower() not in NO_GOODS}


@lru_cache(maxsize=2)
def baskets(book, lines):
    """{customer: {day of a visit: {product: dearest price}}} of what was bought."""
    names, found = _names(lines), {}
    for who, day, product, _, quantity, amount, price in lines:
        back = (quantity or 0) < 0 or (amount or 0) < 0
        if back or product not in names or day not in all_visits(book).get(who, ()):
            continue
        basket = found.setdefault(who, {}).setdefault(day, {})
        known = [each for each in (basket.get(product), price) if each is not None]
        basket[product] = max(known, default=None)
    return found


def catalogue(book, lines):
    """{product: name, customers, visits}, most customers first."""
    customers, visits, names = Counter(), Counter(), _names(lines)
    for days in baskets(book, lines).values():
        customers.update({product for basket in days.values() for product in basket})
        visits.update(product for basket in days.values() for product in basket)
    order = sorted(customers, key=lambda product: (-customers[product], product))
    return {
        product: {
            "name": names[product],
            "customers": customers[product],
            "visits": visits[product],
        }
        for product in order
    }


def _expected(group, whole, counted):
    """How many of a group are to be expected, from all who bought as many products."""
    rates = {}
    for step in {person["step"] for person in whole}:
        alike = [person[counted] for person in whole if person["step"] == step]
        rates[step] = sum(alike) / len(alike)
    return sum(rates[person["step"]] for person in group)


def _rated(groups, whole, counted):
    """{product: row} of groups of enough people (dicts with step and what is counted)."""
    rows = {}
    for product, group in groups.items():
        if len(group) >= LEAST:
            n, expected = sum(person[counted] for person in group), _expected(group, whole, counted)
            rows[product] = _share(n, len(group)) | {
                counted: n,
                "expected": expected / len(group),
                "p": differs(n, len(group), expected),
            }
    marked = believed({product: row["p"] for product, row in rows.items()})
    return {product: row | {"marked": product in marked} for product, row in rows.items()}


def _share(n, customers):
    low, high = wilson(n, customers)
    return {"customers": customers, "share": n / customers, "low": low, "high": high}


NOT_COMPARED = {"expected": None, "p": None, "marked": False}


def _beginners(book, window):
    """{customer: again, spend, later} of those watched for a year and the window."""
    found = {}
    for name, seen in all_visits(book).items():
        first = seen[0]
        if (book.closing - first).days >= max(365, window):
            spend = money_of(book.customers[name], first, first + dt.timedelta(365))
            again = len(seen) > 1 and (seen[1] - first).days <= window
            later = spend - book.customers[name][first]
            found[name] = {"again": int(again), "spend": spend, "later": later}
    return found


def _spent(people):
    spends = [person["spend"] for person in people]
    half = student.ppf(0.975, len(spends) - 1) * stdev(spends) / math.sqrt(len(spends))
    middle = mean(spends)
    row = {"spend": float(middle), "spend_low": middle - half, "spend_high": middle + half}
    return row | {"later": float(mean(person["later"] for person in people))}


def first_products(book, lines, window=90):
    """{product, None for all: what became of those who began with it}."""
    began, bought, groups = _beginners(book, window), baskets(book, lines), {}
    for name, person in began.items():
        basket = bought.get(name, {}).get(all_visits(book)[name][0], ())
        if basket:
            person["step"] = step_of(len(basket))
        for product in basket:
            groups.setdefault(product, []).append(person)
    whole = [person for person in began.values() if "step" in person]
    found = _rated(groups, whole, "again")
    order = list(catalogue(book, lines))
    rows = {
        product: found[product] | _spent(groups[product])
        for product in sorted(found, key=lambda p: (-len(groups[p]), order.index(p)))
    }
    if len(began) < LEAST:
        return rows
    again = sum(person["again"] for person in began.values())
    everybody = _share(again, len(began)) | NOT_COMPARED | _spent(list(began.values()))
    return rows | {None: everybody | {"again": again}}


def leaving(book, lines):
    """{product, None for all: buyers of the year to a year ago, active then, lapsed now}."""
    until = year_back(book.closing)
    since = year_back(until)
    if until < filled_from(book):
        return {}
    now, groups, whole = active_at(book, book.closing), {}, []
    for name in active_at(book, until):
        days = baskets(book, lines).get(name, {}).items()
        products = {product for day, basket in days if since < day <= until for product in basket}
        if products:
            person = {"step": step_of(len(products)), "lapsed": int(name not in now)}
            whole.append(person)
            for product in products:
                groups.setdefault(product, []).append(person)
    rows, order = _rated(groups, whole, "lapsed"), list(catalogue(book, lines))
    if not rows:
        return {}
    rows = dict(sorted(rows.items(), key=lambda row: (-row[1]["share"], order.index(row[0]))))
    lapsed = sum(person["lapsed"] for person in whole)
    return rows | {None: _share(lapsed, len(whole)) | NOT_COMPARED | {"lapsed": lapsed}}


def _cuts(prices):
    """The prices a third and two thirds do not exceed; None without two that differ."""
    prices = sorted(prices)
    if len(set(prices)) < 3:
        return None
    low, high = (prices[math.ceil(part * len(prices) / 3) - 1] for part in (1, 2))
    return (low, high) if low < high else None


def tiers(book, lines):
    """Cuts, {(first tier, last tier): customers}, up, same, down and p; None without tiers."""
    dearest, prices = {}, []
    for name, days in baskets(book, lines).items():
        for day, basket in days.items():
            paid = [price for price in basket.values() if price is not None and price > 0]
            prices += paid
            if paid:
                dearest[name, day] = max(paid)
    cuts = _cuts(prices)
    if cuts is None:
        return None
    moved = Counter()
    for name, seen in all_visits(book).items():
        if len(seen) > 1 and (name, seen[0]) in dearest and (name, seen[-1]) in dearest:
            moved[
                tuple(sum(dearest[name, day] > cut for cut in cuts) for day in (seen[0], seen[-1]))
            ] += 1
    up, same, down = (
        sum(n for (a, b), n in moved.items() if (b > a) - (b < a) == way) for way in (1, 0, -1)
    )
    few = sum(binomial(i, up + down, 0.5) for i in range(min(up, down) + 1))
    matrix = {(TIERS[a], TIERS[b]): {"customers": moved[a, b]} for a in range(3) for b in range(3)}
    return {"cuts": cuts, "up": up, "same": same, "down": down, "p": min(1, 2 * few)}, matrix
