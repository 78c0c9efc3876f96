"""Small ledgers whose days and amounts lie on a ruling's edge or one day, one cent beside it."""

import datetime as dt

from reference import Cutoffs

START = dt.date(2020, 1, 20)
SHORT = Cutoffs(30, 2_500, 60, 60)

PLACES = [
    ("on the line", 0, 1_000),
    ("on the line", 60, 1_000),
    ("over the line", 0, 1_000),
    ("over the line", 61, 1_000),
    ("return as the line passes", 0, 1_500),
    ("return as the line passes", 30, 1_500),
    ("return as the line passes", 90, -501),
    ("return after the line", 0, 1_500),
    ("return after the line", 60, 1_500),
    ("return after the line", 121, -501),
    ("return after the line", 125, 501),
    ("return before the first visit", 0, -500),
    ("return before the first visit", 5, 2_000),
    ("return before the first visit", 40, 900),
    ("return of another's day", 0, 1_000),
    ("return of another's day", 0, -1_000),
    ("returns only", 10, -1),
    ("nothing only", 11, 0),
    ("last day", 400, 1),
]

# Closing date 2024-02-29; a year back is 2023-02-28, two years back 2022-02-28.
YEARS = [
    ("opens the file", "2020-01-01", 1),  # 60 days on is 2020-03-01: March is the first trusted
    ("the year's last day", "2024-02-29", 1),
    ("the year's first day", "2023-03-01", 1),
    ("the last day of the year before", "2023-02-28", 1),
    ("the first day of the year before", "2022-03-01", 1),
    ("before both years", "2022-02-28", 1),
    ("revived", "2022-02-28", 1),
    ("revived", "2023-03-01", 1),
    ("kept", "2023-02-28", 1),
    ("kept", "2023-03-01", 1),
    ("first visit a day too early for F2", "2022-11-30", 1),
    ("first visit a day too early for F2", "2022-12-01", 1),
    ("earliest first visit for F2, in time", "2022-12-01", 1),
    ("earliest first visit for F2, in time", "2023-03-01", 1),  # 90 days
    ("earliest first visit for F2, late", "2022-12-01", 1),
    ("earliest first visit for F2, late", "2023-03-02", 1),  # 91 days
    ("latest first visit for F2", "2023-12-01", 1),
    ("latest first visit for F2", "2024-02-29", 1),
    ("first visit too late for F2", "2023-12-02", 1),
    ("lapse 365 days before closing", "2022-12-31", 1),  # lapses 2023-03-01
    ("lapse 364 days before closing", "2023-01-01", 1),
    ("back 365 days after the lapse", "2021-01-01", 1),  # lapses 2021-03-02
    ("back 365 days after the lapse", "2022-03-02", 1),
    ("back 366 days after the lapse", "2021-01-01", 1),
    ("back 366 days after the lapse", "2022-03-03", 1),
    ("returns on both years' edges", "2022-02-28", -1),
    ("returns on both years' edges", "2022-03-01", -2),
    ("returns on both years' edges", "2023-02-28", -4),
    ("returns on both years' edges", "2023-03-01", -8),
]

# A year before the last order is 2022-03-02, the day the first line of `a` could pass.
HOLE = [("a", "2022-01-01", 1), ("b", "2022-02-01", 1), ("b", "2023-03-02", 1)]
# The file opens on the first day of the two years to 2023-03-02.
TWO_YEARS = [("a", "2021-03-03", 1), ("a", "2022-03-01", 1), ("b", "2023-03-02", 1)]


def _dated(rows, later=0):
    """Orders of typed rows, the first of them moved by some days."""
    orders = [(who, dt.date.fromisoformat(day), amount) for who, day, amount in rows]
    who, day, amount = orders[0]
    return [(who, day + dt.timedelta(later), amount), *orders[1:]]


LEDGERS = {
    "places": [(who, START + dt.timedelta(step), amount) for who, step, amount in PLACES],
    "years": _dated(YEARS),
    "years, first trusted month a month later": _dated(YEARS, later=1),
    "hole just defined": _dated(HOLE),
    "hole a day too early": _dated(HOLE, later=1),
    "two years to the day": _dated(TWO_YEARS),
    "two years less a day": _dated(TWO_YEARS, later=1),
}
