"""A book closed in the past knows nothing of what came later; nor do past rows of a table."""

import datetime as dt
from itertools import product

from hypothesis import given
from random_ledgers import FRAMES, ledger
from slate import Frame, slate_of
from test_balances_of_books import SEEDS, examples
from whole_book import alike, asked_with_a_date, put, rows_of, unlike, whole

FRAME = FRAMES[0]
PAST = (dt.date(2021, 6, 30), dt.date(2022, 2, 14))  # a month's last day, and a month cut
UP_TO = {  # tables of the past, each with the column that tells how far a row has seen
    "bucket_months": "month",
    "layer_months": "month_end",
    "layer_table": "month_end",
    "repeat_rates": "month",
}


def closed(day, orders):
    """The book of these orders closed on a day."""
    return slate_of(Frame(FRAME.first, day, FRAME.cut)).put(orders)


@examples(4)
@given(SEEDS)
def test_a_book_closed_in_the_past_is_the_book_of_the_file_cut_there(seed):
    orders, day = ledger(seed, FRAME), PAST[seed % 2]
    orders.append(("K99", FRAME.first, 800))  # somebody has a visit by then
    past = whole(closed(day, orders))
    assert not unlike(past, whole(closed(day, [order for order in orders if order[1] <= day])))
    book = slate_of(FRAME).put(orders)
    asked = {name: put(book, getattr(book, name)(day)) for name in asked_with_a_date()}
    assert not unlike(asked, {name: past[name] for name in asked})


def past_rows(book, name, day, kind=None):
    """Rows of a table that see no further than `day`."""
    rows = rows_of(book, getattr(book, name)(*([kind] if kind else [])))
    column = UP_TO.get(name, "end")
    return [row for row in rows if str(row[column])[:10] <= str(day)]


@examples(5)
@given(SEEDS)
def test_past_months_stand_as_they_were_seen_then(seed):
    orders, day = ledger(seed, FRAME), PAST[0]
    orders.append(("K99", FRAME.first, 800))
    now, then = slate_of(FRAME).put(orders), closed(day, orders)
    asked = [(name, None) for name in UP_TO]
    asked += product(("bucket_statement", "layer_statement"), ("month", "quarter"))
    for name, kind in asked:
        rows = past_rows(then, name, day, kind)
        assert rows and alike(past_rows(now, name, day, kind), rows), (name, kind)
    until = (day.year, day.month)
    seen = [row for row in rows_of(now, now.cohorts()) if _month(row) <= until]
    assert seen and alike(seen, rows_of(then, then.cohorts()))
    told = [row for row in rows_of(then, then.same_age())]
    later = {(row["cohort"], row["within_days"]): row for row in rows_of(now, now.same_age())}
    assert all(alike(later[row["cohort"], row["within_days"]], row) for row in told)


def _month(row):
    """Year and month a cohort's row is about."""
    months = int(row["cohort"][:4]) * 12 + int(row["cohort"][5:]) - 1 + row["age"]
    return months // 12, months % 12 + 1
