"""The calendar of these tests, and histories drawn at random."""

import datetime as dt

from hypothesis import strategies as st

OPENING = dt.date(2020, 1, 1)
DATES = ("date", "first_date", "previous_date", "next_date")
LAST = 1500  # the latest day of a visit


def day(number):
    return OPENING + dt.timedelta(days=number)


def histories(most=12):
    """{customer: days} with anything from one visit to a few, near and far apart."""
    days = st.lists(st.integers(0, LAST), min_size=1, max_size=6, unique=True)
    return st.lists(days, min_size=1, max_size=most).map(
        lambda found: {f"c{i}": sorted(each) for i, each in enumerate(found)}
    )
