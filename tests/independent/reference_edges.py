"""What the first and last months cannot know, worked out a second time where it is plain.

How likely it is that a shop opened with its file, and the bands that rest on replays, are not.
"""

import datetime as dt
import math
from statistics import mean, stdev

from reference import all_moves, flows, months_of
from reference_statement import all_visits, filled_from, month_end
from scipy.stats import t as student

MOST_MONTHS = 24
FEWEST_MONTHS = 6
FEWEST_WHOLE = 3
FEWEST_RETURNS = 20


def _silences(book):
    """[(day of a visit, days until the next; None where there is none)]."""
    found = []
    for seen in all_visits(book).values():
        found += [(day, (after - day).days) for day, after in zip(seen, seen[1:], strict=False)]
        found.append((seen[-1], None))
    return found


def staying_away(book):
    """[chance of passing the lapse line after so many days of silence]; None where untold.

    Day by day of silence: who came on that day of those who had been silent until then, where
    that day lies in the 365 days to the closing date.
    """
    line, since = book.cut.lapse_days, book.closing - dt.timedelta(365)
    opened = min(seen[0] for seen in all_visits(book).values())
    came, silent = [0] * (line + 1), [0] * (line + 1)
    for day, gap in _silences(book):
        for days in range(1, min(line, gap or line) + 1):
            if since < day + dt.timedelta(days) <= book.closing:
                silent[days] += 1
                came[days] += gap == days
    if sum(came) < FEWEST_RETURNS or (book.closing - opened).days < line:
        return None
    stays = [1 - n / max(all_of, 1) for n, all_of in zip(came, silent, strict=True)]
    return [math.prod(stays[days + 1 :]) for days in range(line + 1)]


def last_visit_months(book):
    """{month of the last visit: customers, lost, open, expected to be lost, known}, if any."""
    line, away = book.cut.lapse_days, staying_away(book)
    rows = {}
    for seen in all_visits(book).values():
        gap = (book.closing - seen[-1]).days
        counts = {"customers": 0, "lost": 0, "open": 0, "expected_lost": 0}
        row = rows.setdefault(f"{seen[-1]:%Y-%m}", counts)
        row["customers"] += 1
        row["lost" if gap >= line else "open"] += 1
        row["expected_lost"] += 1 if gap >= line else away[gap] if away else math.nan
    for row in rows.values():
        untold = math.isnan(row["expected_lost"])
        row |= {"known": row["open"] == 0}
        row["expected_lost"] = None if untold else float(row["expected_lost"])
    return dict(sorted(rows.items()))


def left_edge(book):
    """{month: new} of the months still filling, and under None what can be said of them all."""
    spans = months_of(book)
    early = [span for span in spans if span[0] < filled_from(book)]
    rows = {
        f"{start:%Y-%m}": {
            "new": sum(start <= seen[0] <= end for seen in all_visits(book).values())
        }
        for start, end in early
    }
    whole = [start for start, end in spans if start >= book.first_date and end == month_end(end)]
    returns = 0
    for seen in all_visits(book).values():
        returns += len({(day.year, day.month) for day in seen}) - 1
    trusted = spans[len(early)][0] if len(early) < len(spans) else None
    told = {"new": sum(row["new"] for row in rows.values()), "trusted_from": trusted}
    why = "few_returns" if returns < FEWEST_RETURNS else "told"
    return rows | {None: told | {"why": "too_short" if len(whole) < FEWEST_WHOLE else why}}


def open_month(book):
    """{flow: so far, expected, low, high, months} of a month that D cuts; None if not to be had.

    Expected: so far and the mean of what came after the same day of the months before, with the
    band in which one more such month lies in nine of ten cases.
    """
    day = book.closing.day
    whole = [span for span in months_of(book)[:-1] if span[0] >= filled_from(book)][-MOST_MONTHS:]
    if book.closing == month_end(book.closing) or len(whole) < FEWEST_MONTHS:
        return None
    moves = all_moves(book)
    so_far = flows(moves, book.closing.replace(day=1), book.closing)
    later = [flows(moves, start + dt.timedelta(day), end) for start, end in whole]
    rows = {}
    for flow, n in so_far.items():
        rest = [month[flow] for month in later]
        wide = student.ppf(0.95, len(rest) - 1) * stdev(rest) * math.sqrt(1 + 1 / len(rest))
        rows[flow] = {
            "so_far": n,
            "expected": n + float(mean(rest)),
            "low": n + max(mean(rest) - wide, 0.0),
            "high": n + mean(rest) + wide,
            "months": len(rest),
        }
    return rows
