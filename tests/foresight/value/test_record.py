"""The record: windows that fit the file, and sums of what was foreseen and came, no look-ahead."""

import datetime as dt

import pytest

from toolkit.foresight.value.foretold import ByCounts
from toolkit.foresight.value.record import COLUMNS, record, record_at, windows
from toolkit.frames import frame

OPENING = dt.date(2020, 1, 1)


@pytest.mark.parametrize(
    ("span", "horizon", "days", "back"),
    [
        (179, 365, 59, []),
        (180, 365, 60, [60, 120]),
        (730, 365, 243, [243, 486]),
        (1095, 365, 365, [365, 730]),
        (1460, 365, 365, [365, 730, 1095]),
        (4000, 365, 365, [365, 730, 1095, 1460]),
        (1460, 1095, 486, [486, 972]),
        (0, 365, 0, []),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else "",
)
def test_windows_lie_end_to_end_with_as_much_file_before_them(span, horizon, days, back):
    closing = OPENING + dt.timedelta(days=span)
    found = windows(OPENING, closing, horizon)
    assert found == (days, [closing - dt.timedelta(days=n) for n in back])


ORDERS = [
    ("a", 0, 1000),
    ("a", 50, 1000),
    ("a", 120, 1500),  # after the origin
    ("a", 125, -200),  # goes back after it
    ("b", 90, 400),
    ("b", 140, 700),
    ("c", 10, 600),
    ("d", 130, 9000),  # nobody knew
    ("a", 161, 5000),  # after the window
]


def test_what_came_is_the_net_money_of_those_known(book_of, counting):
    book, _ = book_of(ORDERS, 200, lapse_days=60, amount_line=1)
    found = record_at(
        book, ByCounts(book, counting), dt.date(2023, 1, 1) + dt.timedelta(days=100), 60
    ).rows
    assert list(found) == COLUMNS
    assert found.customers.sum() == 3
    by = found.groupby("state").came.sum().to_dict()
    assert by == {"active": 1300 + 700, "lapsed": 0}


def test_what_is_foreseen_knows_nothing_later(book_of, counting):
    origin = dt.date(2023, 1, 1) + dt.timedelta(days=100)
    kept = [order for order in ORDERS if order[1] <= 100]
    with_later, without = (
        record_at(book, ByCounts(book, counting), origin, 60).rows
        for orders in (ORDERS, kept)
        for book, _ in [book_of(orders, 200, lapse_days=60, amount_line=1)]
    )
    assert with_later.foreseen.tolist() == without.foreseen.tolist()
    assert without.came.tolist() == [0] * len(without)
    assert (with_later.foreseen > 0).any()


def test_sums_are_those_of_the_customers(shop, counting):
    book, _ = shop
    origin = book.closing - dt.timedelta(days=140)
    judged = record_at(book, ByCounts(book, counting), origin, 140)
    found, singles = judged.rows, judged.singles
    later = frame(book.days_table.filter(book.days_table.date > origin))
    known = set(frame(book.places_at(origin)).customer_id)
    assert found.customers.sum() == len(known)
    assert found.came.sum() == later[later.customer_id.isin(known)].amount.sum()
    assert 0.5 < found.foreseen.sum() / found.came.sum() < 2
    assert len(singles) == len(known) and singles.came.sum() == found.came.sum()
    active = found[found.state == "active"]
    assert singles[singles.active].foreseen.sum() == pytest.approx(active.foreseen.sum(), abs=50)
    assert singles.active.sum() == active.customers.sum() and (singles.visits >= 0).all()


def record_of(book, fit, origins, days):
    return record(book, ByCounts(book, fit), origins, days, len(book.customers())).rows


def test_without_origins_the_record_is_empty(shop, counting):
    assert record(shop[0], ByCounts(shop[0], counting), [], 60, 600).rows.empty


def test_an_origin_that_knew_hardly_anybody_is_left_out(book_of, counting):
    origins = [dt.date(2023, 1, 1) + dt.timedelta(days=day) for day in (300, 200)]
    early = [(f"e{i:02}", i, 1000) for i in range(30)]
    late = [(f"c{i:03}", 250 + i % 40, 1000) for i in range(270)]
    found = record_of(book_of(early + late, 400)[0], counting, origins, 100)
    assert found.customers.groupby(found.origin).sum().to_dict() == {
        origins[0]: 300,
        origins[1]: 30,
    }
    one_more = [*late, ("d", 260, 1000)]  # 30 are less than a tenth of 301
    found = record_of(book_of(early + one_more, 400)[0], counting, origins, 100)
    assert set(found.origin) == {origins[0]}
    fewer = record_of(book_of(early[1:] + late[:100], 400)[0], counting, origins, 100)
    assert set(fewer.origin) == {origins[0]}  # 29 are few, whatever their share
