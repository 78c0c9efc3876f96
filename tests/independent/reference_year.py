"""The yearly figures worked out a second time; the same plain way as `reference`."""

import datetime as dt

from reference import active_at, all_moves, visits_of, year_back


def hole_year(book):
    """(lapsed now, active a year ago) of those active a year ago; None where not defined."""
    before = year_back(book.closing)
    if before < book.first_date + dt.timedelta(book.cut.lapse_days):
        return None
    active = active_at(book, before)
    return (len(active - active_at(book, book.closing)), len(active)) if active else None


def buyers(book, date):
    """A(date): customers with a visit in the year up to and including `date`."""
    start = year_back(date)
    return {
        name
        for name, days in book.customers.items()
        if any(start < day <= date for day in visits_of(days))
    }


def year_view(book):
    """Customers by what they did in the last year and in the one before it."""
    before = year_back(book.closing)
    now, then = buyers(book, book.closing), buyers(book, before)
    firsts = {name: min(seen) for name, d in book.customers.items() if (seen := visits_of(d))}
    return {
        "active": len(now),
        "previous": len(then),
        "kept": len(now & then),
        "lost": len(then - now),
        "new": sum(day > before for day in firsts.values()),
        "revived": sum(firsts[name] <= before for name in now - then),
    }


def days_short_of_two_years(book):
    """Days of the last year and of the one before it that lie before the file; 0 or less: none."""
    earliest = year_back(year_back(book.closing)) + dt.timedelta(1)
    return (book.first_date - earliest).days


def covers_two_years(book):
    """Whether the file holds every day of the last year and of the one before it."""
    return days_short_of_two_years(book) <= 0


def sales_year(book):
    """Visits, customers with one, money and the part of it on days without one, last 12 months."""
    start = year_back(book.closing)
    amounts = [
        amount for days in book.customers.values() for day, amount in days.items() if day > start
    ]
    return {
        "total": sum(amounts),
        "visits": sum(amount > 0 for amount in amounts),
        "customers": len(buyers(book, book.closing)),
        "no_visit": sum(amount for amount in amounts if amount <= 0),
    }


def f2_rate(book, window=90):
    """(with a second visit within `window` days, first visits old enough to tell)."""
    until = book.closing - dt.timedelta(window)
    since = year_back(book.closing) - dt.timedelta(window)
    seen = [visits_of(days) for days in book.customers.values()]
    cohort = [visits for visits in seen if visits and since < visits[0] <= until]
    again = [v for v in cohort if len(v) > 1 and (v[1] - v[0]).days <= window]
    return len(again), len(cohort)


def lapse_error_rate(book):
    """(followed by a visit within 365 days, lapses at least 365 days before the closing date)."""
    wrong = lapses = 0
    for name, moves in all_moves(book).items():
        for day, *_, cause, _ in moves:
            if cause == "lapse" and (book.closing - day).days >= 365:
                lapses += 1
                later = (seen for seen in visits_of(book.customers[name]) if seen > day)
                wrong += any((seen - day).days <= 365 for seen in later)
    return wrong, lapses


def year_group(days, closing):
    """kept, new, revived, lost or none: what a customer did in the last two years."""
    before = year_back(closing)
    seen = visits_of(days)
    now = any(day > before for day in seen)
    then = any(year_back(before) < day <= before for day in seen)
    if now and then:
        return "kept"
    if now:
        return "new" if seen[0] > before else "revived"
    return "lost" if then else "none"


def year_money(book):
    """{group: (customers ever with a visit, money of the last year, of the year before)}."""
    before = year_back(book.closing)
    start = year_back(before)
    groups = {name: [0, 0, 0] for name in ("kept", "new", "revived", "lost", "none")}
    for days in book.customers.values():
        name = year_group(days, book.closing)
        groups[name][0] += bool(visits_of(days))
        groups[name][1] += sum(amount for day, amount in days.items() if day > before)
        groups[name][2] += sum(amount for day, amount in days.items() if start < day <= before)
    return {name: tuple(figures) for name, figures in groups.items()}


def came_back(book):
    """Losses of the last year that were followed by a return of the customer up to closing."""
    start = year_back(book.closing)
    count = 0
    for own in all_moves(book).values():
        losses = [day for day, *_, cause, _ in own if cause == "lapse" and day > start]
        count += sum(any(day > lost and act for day, _, _, _, act, _, _ in own) for lost in losses)
    return count
