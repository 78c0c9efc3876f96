"""The next visit and the buyers who repeat, worked out a second time, the plain way."""

from collections import Counter

from reference import months_of, year_back
from reference_cohorts import wilson
from reference_statement import DAY, FEW, all_visits, filled_from, month_end, share

HIGHEST = 8
WITHIN = (30, 60, 90, 180, 365)


def waits(book, nth):
    """[(days until the next visit or until closing, came again)] of those who reached `nth`."""
    found = []
    for seen in all_visits(book).values():
        if len(seen) > nth:
            found.append(((seen[nth] - seen[nth - 1]).days, True))
        elif len(seen) == nth:
            found.append(((book.closing - seen[-1]).days, False))
    return found


def staying(waited, days):
    """(Kaplan-Meier share not yet back after so many days, Greenwood's sum)."""
    lengths = Counter(wait for wait, _ in waited)
    came = Counter(wait for wait, again in waited if again)
    left, spread = 1.0, 0.0
    for day in range(1, days + 1):
        if came[day]:
            watched = sum(n for wait, n in lengths.items() if wait >= day)
            left *= 1 - came[day] / watched
            if watched > came[day]:
                spread += came[day] / (watched * (watched - came[day]))
    return left, spread


def nth_curve(book):
    """{(nth, days): customers, share}."""
    rows = {}
    for nth in range(1, HIGHEST + 1):
        waited = waits(book, nth)
        for days in WITHIN:
            longest = max((wait for wait, _ in waited), default=0)
            last_came = all(again for wait, again in waited if wait == longest)
            told = len(waited) >= FEW and (longest >= days or last_came)
            found = _came_again(waited, days) if told else dict.fromkeys(("share", "low", "high"))
            rows[nth, days] = {"customers": len(waited), **found}
    return rows


def _came_again(waited, days):
    """share, low, high; the bounds are not ruled where everybody or nobody came again.

    Wilson's interval on the number of customers that would give Greenwood's variance.
    """
    left, spread = staying(waited, days)
    if left in (0, 1):
        return {"share": 1 - left}
    effective = (1 - left) / (left * spread)
    low, high = wilson((1 - left) * effective, effective)
    return {"share": 1 - left, "low": low, "high": high}


def repeat_rate(book, start, end):
    """buyers, repeaters, ever and both rates of the days start..end."""
    buyers = repeaters = ever = 0
    for seen in all_visits(book).values():
        inside = [day for day in seen if start <= day <= end]
        buyers += bool(inside)
        repeaters += any(day != seen[0] for day in inside)
        ever += seen[0] <= end
    return {
        "buyers": buyers,
        "repeaters": repeaters,
        "ever": ever,
        "repeater_rate": share(repeaters, buyers),
        "repeat_rate": share(repeaters, ever),
    }


def repeat_rates(book):
    """{"YYYY-MM": both rates with complete and trusted}."""
    return {
        f"{start:%Y-%m}": {
            **repeat_rate(book, start, end),
            "complete": end == month_end(end),
            "trusted": start >= filled_from(book),
        }
        for start, end in months_of(book)
    }


def repeat_year(book):
    """Both rates of the 12 months to the closing date."""
    return repeat_rate(book, year_back(book.closing) + DAY, book.closing)


def nth_conversion(book):
    """{nth: customers, mature, went_on, share} of the customers who reached their Nth visit."""
    rows, year = {}, 365 * DAY
    for nth in range(1, HIGHEST + 1):
        reached = [seen for seen in all_visits(book).values() if len(seen) >= nth]
        mature = [seen for seen in reached if seen[nth - 1] + year <= book.closing]
        went = [seen for seen in mature if len(seen) > nth and seen[nth] <= seen[nth - 1] + year]
        if reached:
            rows[nth] = {
                "customers": len(reached),
                "mature": len(mature),
                "went_on": len(went),
                "share": len(went) / len(mature) if len(mature) >= FEW else None,
            }
    return rows


def days_to_second(book):
    """{day: share come again by then, customers who came again that day}."""
    waited = waits(book, 1)
    came = Counter(wait for wait, again in waited if again and wait <= 365)
    return {
        day: {"share": 1 - staying(waited, day)[0], "customers": came[day]} for day in sorted(came)
    }
