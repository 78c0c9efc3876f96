"""Customers by the month of their first visit, worked out a second time, the plain way."""

import datetime as dt
from math import sqrt
from statistics import NormalDist

from reference import months_of
from reference_statement import FEW, all_visits, month_end, share

WITHIN = (90, 180, 365)


def _members(book):
    """{(year, month) of the first visit: customers}, oldest first."""
    found = {}
    for name, seen in sorted(all_visits(book).items(), key=lambda own: own[1][0]):
        found.setdefault((seen[0].year, seen[0].month), []).append(name)
    return found


def _in_month(book, name, start, end, first_month):
    """Money of one customer's month; in the first month all money before it as well."""
    days = book.customers[name].items()
    return sum(amount for day, amount in days if day <= end and (first_month or day >= start))


def cohorts(book):
    """{(cohort, age): customers, buyers, again, shares, sales, complete}."""
    rows = {}
    for (year, month), names in _members(book).items():
        to_date = 0
        months = [span for span in months_of(book) if span[0] >= dt.date(year, month, 1)]
        for age, (start, end) in enumerate(months):
            seen = [all_visits(book)[name] for name in names]
            buyers = sum(any(start <= day <= end for day in own) for own in seen)
            again = sum(len(own) > 1 and own[1] <= end for own in seen)
            sales = sum(_in_month(book, name, start, end, age == 0) for name in names)
            to_date += sales
            rows[f"{year}-{month:02}", age] = {
                "customers": len(names),
                "buyers": buyers,
                "again": again,
                "share_buying": share(buyers, len(names)),
                "share_again": share(again, len(names)),
                "sales": sales,
                "sales_to_date": to_date,
                "per_customer": to_date / len(names),
                "complete": end == month_end(end),
            }
    return rows


def wilson(part, whole):
    """(low, high) of a share at 95 %: Wilson's score interval."""
    z = NormalDist().inv_cdf(0.975)
    middle = (part + z * z / 2) / (whole + z * z)
    half = z / (whole + z * z) * sqrt(part * (whole - part) / whole + z * z / 4)
    return middle - half, middle + half


def same_age(book):
    """{(cohort, within days): customers, again, share, low, high} of cohorts old enough."""
    rows = {}
    for (year, month), names in _members(book).items():
        for days in WITHIN:
            if month_end(dt.date(year, month, 1)) + dt.timedelta(days) > book.closing:
                continue
            seen = [all_visits(book)[name] for name in names]
            again = sum(len(own) > 1 and (own[1] - own[0]).days <= days for own in seen)
            low, high = wilson(again, len(names)) if len(names) >= FEW else (None, None)
            rows[f"{year}-{month:02}", days] = {
                "customers": len(names),
                "again": again,
                "share": share(again, len(names)),
                "low": low,
                "high": high,
            }
    return rows
