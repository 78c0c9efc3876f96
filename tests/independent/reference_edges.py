"""What the last months cannot know yet, worked out a second time where it is plain counting."""

import datetime as dt

from reference import all_moves, flows, months_of
from reference_statement import all_visits, filled_from, month_end

MOST_MONTHS = 24
FEWEST_MONTHS = 6


def last_visit_months(book):
    """{"YYYY-MM" of the last visit: customers, lost, open, known} where there is a customer."""
    rows = {}
    for seen in all_visits(book).values():
        row = rows.setdefault(f"{seen[-1]:%Y-%m}", {"customers": 0, "lost": 0, "open": 0})
        row["customers"] += 1
        row["lost" if book.closing - seen[-1] >= dt.timedelta(book.cut.lapse_days) else "open"] += 1
    return {month: row | {"known": row["open"] == 0} for month, row in sorted(rows.items())}


def open_month(book):
    """{flow: so far, expected, months it rests on} of a month that D cuts; None if not to be had.

    Expected: so far and the mean of what came after the same day of the month before.
    """
    day = book.closing.day
    whole = [span for span in months_of(book)[:-1] if span[0] >= filled_from(book)][-MOST_MONTHS:]
    if book.closing == month_end(book.closing) or len(whole) < FEWEST_MONTHS:
        return None
    moves = all_moves(book)
    so_far = flows(moves, book.closing.replace(day=1), book.closing)
    later = [flows(moves, start + dt.timedelta(day), end) for start, end in whole]
    return {
        flow: {
            "so_far": n,
            "expected": n + sum(month[flow] for month in later) / len(whole),
            "months": len(whole),
        }
        for flow, n in so_far.items()
    }
