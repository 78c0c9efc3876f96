"""Who was contacted, and what became of prospects, worked out a second time, the plain way.

A contact is (customer, date), a prospect (customer, date, source); later ones than the closing
date are not known yet.
"""

import calendar
import datetime as dt

from reference import LAYERS, place_at
from reference_repeat import staying
from reference_statement import FEW, all_visits, share, standing

STATES = {"active": True, "lapsed": False}
LAGS = (7, 14, 30, 60, 90)


def months_back(day, months):
    """The same day of the month so many months earlier, clipped to its last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def _made_to(book, contacts):
    """{customer: days of contact}."""
    found = {}
    for name, day in contacts:
        if day <= book.closing:
            found.setdefault(name, set()).add(day)
    return found


def contacted_places(book, contacts, months):
    """{(layer, state): customers, contacted in the last months, share}."""
    since, made = months_back(book.closing, months), _made_to(book, contacts)
    rows = {}
    for layer in LAYERS:
        for state, active in STATES.items():
            there = standing(book, book.closing).items()
            names = [name for name, place in there if place == (layer, active)]
            reached = sum(any(day > since for day in made.get(name, ())) for name in names)
            rows[layer, state] = {
                "customers": len(names),
                "contacted": reached,
                "share": share(reached, len(names)),
            }
    return rows


def forgotten(book, contacts):
    """{layer, None for all: lapsed, never contacted after the day of the last visit, share}."""
    made, rows = _made_to(book, contacts), {}
    for wanted in (*LAYERS, None):
        lapsed = lonely = 0
        for name, seen in all_visits(book).items():
            layer, active = place_at(book.customers[name], book.closing, book.cut)
            if not active and wanted in (layer, None):
                lapsed += 1
                lonely += not any(day > seen[-1] for day in made.get(name, ()))
        rows[wanted] = {"lapsed": lapsed, "forgotten": lonely, "share": share(lonely, lapsed)}
    return rows


def lag(book, contacts):
    """{within days: contacts with customers of the day, followed by a visit, share}."""
    rows = {}
    for within in LAGS:
        counted = followed = 0
        for name, days in _made_to(book, contacts).items():
            seen = all_visits(book).get(name, ())
            for day in days:
                if not any(visit <= day for visit in seen):
                    continue
                if (book.closing - day).days >= within:
                    counted += 1
                    followed += any(0 < (visit - day).days <= within for visit in seen)
        shared = share(followed, counted)
        rows[within] = {"contacts": counted, "followed": followed, "share": shared}
    return rows


def _once(book, prospects):
    """{customer: (earliest date on the list, its source)}; of two sources of a day the first."""
    found = {}
    for name, day, source in prospects:
        if day <= book.closing:
            found[name] = min(found.get(name, (day, source)), (day, source))
    return found


def _stage(book, listed, contacts):
    """The row of some prospects {customer: (date, source)}."""
    made, waits, row = _made_to(book, contacts), [], {"prospects": len(listed)}
    row |= dict.fromkeys(("already", "converted", "waiting", "not_followed"), 0)
    for name, (day, _) in listed.items():
        seen = all_visits(book).get(name)
        if seen and seen[0] < day:
            row["already"] += 1
        elif seen:
            row["converted"] += 1
            waits.append(((seen[0] - day).days, True))
        else:
            row["waiting"] += 1
            row["not_followed"] += not any(made_on >= day for made_on in made.get(name, ()))
            waits.append(((book.closing - day).days, False))
    row["share"] = share(row["converted"], len(waits))
    return row | {"median_days": _median(waits)}


def _median(waits):
    """The first day by which half have come, by Kaplan and Meier; None where they have not."""
    if len(waits) < FEW:
        return None
    at_once = sum(wait == 0 and came for wait, came in waits) / len(waits)
    for day in sorted({wait for wait, came in waits if came}):
        if (1 - at_once) * staying(waits, day)[0] <= 0.5 + 1e-12:
            return day
    return None


def stages(book, prospects, contacts):
    """{source, None for all: what has become of the prospects}, most prospects first."""
    once = _once(book, prospects)
    rows = {}
    for source in sorted({source for _, source in once.values()}):
        own = {name: told for name, told in once.items() if told[1] == source}
        rows[source] = _stage(book, own, contacts)
    rows = dict(sorted(rows.items(), key=lambda row: -row[1]["prospects"]))
    return rows | {None: _stage(book, once, contacts)}
