import datetime as dt

import pytest

from toolkit.book import Cutoffs
from toolkit.frames import frame

CLOSING = dt.date(2024, 12, 31)


def told(steps):
    """[(day, cause, layer, active)] of one customer's steps."""
    return [(row.date.isoformat(), row.cause, row.layer, row.active) for row in steps.itertuples()]


def places(course):
    return told(frame(course.order_by(["date", "step"])))


def orders_of(name, visits, tenure, money, gap):
    """One customer with so many visits: all but the last of amount 1, packed at the start."""
    last = CLOSING - dt.timedelta(days=gap)
    first = last - dt.timedelta(days=tenure)
    early = [(name, first + dt.timedelta(days=n), 1) for n in range(visits - 1)]
    return [*early, (name, last, money - len(early))]


# visits, tenure, money, gap -> place: the published rules with our ruling on the amount line
VECTORS = [
    (1, 0, 200_000, 10, "first", True),
    (1, 0, 500, 240, "first", False),
    (1, 0, 500, 239, "first", True),
    (2, 89, 90_000, 5, "fledgling", True),
    (2, 90, 69_999, 5, "steady", True),
    (2, 90, 70_000, 5, "burst", True),
    (9, 209, 70_000, 300, "burst", False),
    (9, 210, 70_000, 300, "prime", False),
    (9, 210, 69_999, 239, "steady", True),
]


@pytest.fixture(scope="module")
def customers(typed):
    """One customer of each vector, by its number."""
    rows = [row for n, vector in enumerate(VECTORS) for row in orders_of(str(n), *vector[:4])]
    found = frame(typed.customers(rows, CLOSING))
    return found.set_index("customer_id")


@pytest.mark.parametrize("number", range(len(VECTORS)))
def test_the_published_rules_give_the_place(customers, number):
    found = customers.loc[str(number)]
    columns = ["n_visits", "tenure_days", "amount", "gap_days", "layer", "active"]
    assert tuple(found[columns]) == VECTORS[number]


BURST = [("2024-01-01", 40_000), ("2024-05-01", 40_000)]  # the line: 27 December

# 1 January 2024 + 240 days = 28 August
LIVES = {
    "twice on one day": [("2024-12-26", 4_500), ("2024-12-26", 4_500)],
    "on the lapse day": [("2024-01-01", 100), ("2024-08-28", 100)],
    "a day late": [("2024-01-01", 100), ("2024-08-29", 100)],
    "line on the closing date": [("2024-05-05", 100)],
    "line a day after it": [("2024-05-06", 100)],
    "return on the lapse day": [*BURST, ("2024-12-27", -20_000)],
    "return while lapsed": [*BURST, ("2024-12-28", -20_000)],
    "return before the lapse": [*BURST, ("2024-12-26", -1)],
    "return first": [("2024-01-01", -10_000), ("2024-06-01", 40_000), ("2024-10-01", 40_000)],
    "return first, one more": [
        ("2024-01-01", -10_001),
        ("2024-06-01", 40_000),
        ("2024-10-01", 40_000),
    ],
    "a day of nothing": [("2024-10-01", 100), ("2024-10-02", 0)],
    "90 days": [("2024-09-01", 1), ("2024-11-30", 1)],
    "89 days and rich": [("2024-09-01", 70_000), ("2024-11-29", 70_000)],
}


@pytest.fixture(scope="module")
def lives(typed):
    """{customer: [(day, cause, layer, active)]} of all of them, in order."""
    rows = [(name, date, amount) for name, days in LIVES.items() for date, amount in days]
    steps = frame(typed.course(rows, CLOSING).order_by(["customer_id", "date", "step"]))
    return {name: told(part) for name, part in steps.groupby("customer_id")}


def test_two_orders_on_one_day_leave_a_first_time_customer(lives):
    assert lives["twice on one day"] == [("2024-12-26", "visit", "first", True)]


def test_a_visit_exactly_on_the_lapse_day_is_in_time(lives):
    assert lives["on the lapse day"] == [
        ("2024-01-01", "visit", "first", True),
        ("2024-08-28", "visit", "steady", True),
    ]


def test_a_visit_the_day_after_the_lapse_day_is_too_late(lives):
    assert lives["a day late"] == [
        ("2024-01-01", "visit", "first", True),
        ("2024-08-28", "lapse", "first", False),
        ("2024-08-29", "visit", "steady", True),
    ]


def test_a_lapse_on_the_closing_date_has_happened_and_one_after_it_has_not(lives):
    assert lives["line on the closing date"][-1] == ("2024-12-31", "lapse", "first", False)
    assert lives["line a day after it"] == [("2024-05-06", "visit", "first", True)]


def test_a_return_on_the_lapse_day_comes_before_the_lapse(lives):
    assert lives["return on the lapse day"][2:] == [
        ("2024-12-27", "return", "steady", True),
        ("2024-12-27", "lapse", "steady", False),
    ]


def test_a_return_can_move_a_lapsed_customer_down_a_layer(lives):
    assert lives["return while lapsed"][2:] == [
        ("2024-12-27", "lapse", "burst", False),
        ("2024-12-28", "return", "steady", False),
    ]


def test_a_return_does_not_put_the_lapse_off(lives):
    assert lives["return before the lapse"][-1] == ("2024-12-27", "lapse", "burst", False)


def test_money_before_the_first_visit_counts_to_date(lives):
    assert lives["return first"] == [
        ("2024-01-01", "return", "outside", False),
        ("2024-06-01", "visit", "first", True),
        ("2024-10-01", "visit", "burst", True),  # 70,000 to date
    ]
    assert lives["return first, one more"][-1] == ("2024-10-01", "visit", "steady", True)


def test_a_day_of_nothing_leaves_no_trace(lives):
    assert lives["a day of nothing"] == [("2024-10-01", "visit", "first", True)]


def test_the_second_visit_after_ninety_days_skips_the_fledglings(lives):
    assert [layer for _, _, layer, _ in lives["90 days"]] == ["first", "steady"]


def test_money_alone_does_not_lift_a_customer_out_of_the_fledglings(lives):
    assert [layer for _, _, layer, _ in lives["89 days and rich"]] == ["first", "fledgling"]


def test_running_totals_are_those_of_the_day(typed):
    rows = [("A", date, amount) for date, amount in [*BURST, ("2024-06-01", -500)]]
    course = frame(typed.course(rows, "2024-07-01").order_by("date"))
    assert list(course.n) == [1, 2, 2]
    assert list(course.tenure_days) == [0, 121, 121]
    assert list(course.amount_to_date) == [40_000, 80_000, 79_500]
    assert set(course.first_date) == {dt.date(2024, 1, 1)}
    assert list(course.last_date) == [dt.date(2024, 1, 1), dt.date(2024, 5, 1), dt.date(2024, 5, 1)]


def test_a_past_day_never_knows_what_came_later(typed):
    later = [("2024-12-28", -20_000), ("2025-03-01", 90_000)]
    rows = [("A", date, amount) for date, amount in BURST + later]
    then = places(typed.course(rows, "2024-12-27"))
    assert places(typed.course(rows, "2025-12-31"))[: len(then)] == then


def test_without_amounts_there_is_one_layer_that_lapses(typed):
    cut = Cutoffs(90, None, 210, 240, {}, "classic")
    rows = [("A", "2024-01-01", None), ("A", "2024-02-01", None)]
    assert places(typed.course(rows, CLOSING, cut)) == [
        ("2024-01-01", "visit", "any", True),
        ("2024-02-01", "visit", "any", True),
        ("2024-09-28", "lapse", "any", False),
    ]


def test_a_customer_lapses_once_for_every_long_silence(typed):
    rows = [("A", "2022-01-01", 1), ("A", "2023-01-01", 1), ("A", "2023-02-01", 1)]
    steps = places(typed.course(rows, CLOSING))
    assert [date for date, cause, *_ in steps if cause == "lapse"] == ["2022-08-29", "2023-09-29"]
