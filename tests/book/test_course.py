import datetime as dt

import pytest

from toolkit.book import Cutoffs
from toolkit.book.course import lapses
from toolkit.book.customers import customers_at
from toolkit.book.visits import visit_days
from toolkit.frames import frame

CLOSING = dt.date(2024, 12, 31)


def places(course):
    """(day, cause, layer, active) in order."""
    steps = frame(course.order_by(["customer_id", "date", "step"]))
    return [(row.date.isoformat(), row.cause, row.layer, row.active) for row in steps.itertuples()]


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
    found = frame(customers_at(typed.course(rows, CLOSING), CLOSING))
    return found.set_index("customer_id")


@pytest.mark.parametrize("number", range(len(VECTORS)))
def test_the_published_rules_give_the_place(customers, number):
    found = customers.loc[str(number)]
    columns = ["n_visits", "tenure_days", "amount", "gap_days", "layer", "active"]
    assert tuple(found[columns]) == VECTORS[number]


def test_two_orders_on_one_day_leave_a_first_time_customer(typed):
    day = CLOSING - dt.timedelta(days=5)
    course = typed.course([("A", day, 4_500), ("A", day, 4_500)], CLOSING)
    assert places(course) == [(day.isoformat(), "visit", "first", True)]


def test_a_visit_exactly_on_the_lapse_day_is_in_time(typed):
    # 1 January 2024 + 240 days = 28 August
    rows = [("A", "2024-01-01", 100), ("A", "2024-08-28", 100)]
    assert places(typed.course(rows, CLOSING)) == [
        ("2024-01-01", "visit", "first", True),
        ("2024-08-28", "visit", "steady", True),
    ]


def test_a_visit_the_day_after_the_lapse_day_is_too_late(typed):
    rows = [("A", "2024-01-01", 100), ("A", "2024-08-29", 100)]
    assert places(typed.course(rows, CLOSING)) == [
        ("2024-01-01", "visit", "first", True),
        ("2024-08-28", "lapse", "first", False),
        ("2024-08-29", "visit", "steady", True),
    ]


def test_a_lapse_on_the_closing_date_has_happened_and_one_after_it_has_not(typed):
    rows = [("A", "2024-01-01", 100)]
    assert len(places(typed.course(rows, "2024-08-28"))) == 2
    assert len(places(typed.course(rows, "2024-08-27"))) == 1


BURST = [("A", "2024-01-01", 40_000), ("A", "2024-05-01", 40_000)]  # the line: 27 December


def test_a_return_on_the_lapse_day_comes_before_the_lapse(typed):
    course = typed.course([*BURST, ("A", "2024-12-27", -20_000)], CLOSING)
    assert places(course)[2:] == [
        ("2024-12-27", "return", "steady", True),
        ("2024-12-27", "lapse", "steady", False),
    ]


def test_a_return_can_move_a_lapsed_customer_down_a_layer(typed):
    course = typed.course([*BURST, ("A", "2024-12-28", -20_000)], CLOSING)
    assert places(course)[2:] == [
        ("2024-12-27", "lapse", "burst", False),
        ("2024-12-28", "return", "steady", False),
    ]


def test_a_return_does_not_put_the_lapse_off(typed):
    course = typed.course([*BURST, ("A", "2024-12-26", -1)], CLOSING)
    assert places(course)[-1] == ("2024-12-27", "lapse", "burst", False)


@pytest.mark.parametrize(("early", "layer"), [(-10_000, "burst"), (-10_001, "steady")])
def test_money_before_the_first_visit_counts_to_date(typed, early, layer):
    rows = [("A", "2024-01-01", early), ("A", "2024-02-01", 40_000), ("A", "2024-06-01", 40_000)]
    found = places(typed.course(rows, CLOSING))
    assert found[0] == ("2024-01-01", "return", "outside", False)
    assert found[1] == ("2024-02-01", "visit", "first", True)
    assert found[2] == ("2024-06-01", "visit", layer, True)


def test_a_day_of_nothing_leaves_no_trace(typed):
    course = typed.course([("A", "2024-01-01", 100), ("A", "2024-01-02", 0)], CLOSING)
    assert len(places(course)) == 2  # the visit and its lapse


def test_the_second_visit_after_ninety_days_skips_the_fledglings(typed):
    found = places(typed.course([("A", "2024-01-01", 1), ("A", "2024-03-31", 1)], "2024-04-01"))
    assert [layer for _, _, layer, _ in found] == ["first", "steady"]


def test_money_alone_does_not_lift_a_customer_out_of_the_fledglings(typed):
    rows = [("A", "2024-01-01", 70_000), ("A", "2024-03-30", 70_000)]  # 89 days
    assert places(typed.course(rows, "2024-04-01"))[-1][2] == "fledgling"


def test_running_totals_are_those_of_the_day(typed):
    course = frame(typed.course([*BURST, ("A", "2024-06-01", -500)], "2024-07-01").order_by("date"))
    assert list(course.n) == [1, 2, 2]
    assert list(course.tenure_days) == [0, 121, 121]
    assert list(course.amount_to_date) == [40_000, 80_000, 79_500]
    assert set(course.first_date) == {dt.date(2024, 1, 1)}
    assert list(course.last_date) == [dt.date(2024, 1, 1), dt.date(2024, 5, 1), dt.date(2024, 5, 1)]


def test_a_past_day_never_knows_what_came_later(typed):
    rows = [*BURST, ("A", "2024-12-28", -20_000), ("A", "2025-03-01", 90_000)]
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
    days = typed.days([("A", "2022-01-01", 1), ("A", "2023-01-01", 1), ("A", "2023-02-01", 1)])
    found = frame(lapses(visit_days(days), CLOSING, 240).order_by("date"))
    assert list(found.date) == [dt.date(2022, 8, 29), dt.date(2023, 9, 29)]
