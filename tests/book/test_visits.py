import datetime as dt

from toolkit.book.visits import returns_only, visits_of
from toolkit.frames import frame


def rows(table, *columns):
    ordered = frame(table.order_by(["customer_id", "date"]))
    return list(ordered[list(columns)].itertuples(index=False, name=None))


def test_orders_of_one_customer_and_day_are_one_visit_with_the_net_amount(typed):
    days = typed.days([("A", "2024-01-01", 900), ("A", "2024-01-01", -300)])
    assert rows(days, "amount", "is_visit") == [(600, True)]


def test_two_customers_on_one_day_are_two_visits(typed):
    days = typed.days([("A", "2024-01-01", 1), ("B", "2024-01-01", 1)])
    assert rows(visits_of(days), "customer_id") == [("A",), ("B",)]


def test_a_day_that_nets_to_nothing_is_no_visit_and_no_return(typed):
    days = typed.days([("A", "2024-01-01", 500), ("A", "2024-01-01", -500), ("B", "2024-01-01", 0)])
    assert rows(days, "amount", "is_visit") == [(0, False), (0, False)]
    assert rows(visits_of(days), "date") == rows(returns_only(days), "date") == []


def test_a_day_on_which_more_went_back_than_came_in_is_a_return(typed):
    days = typed.days([("A", "2024-01-02", 500), ("A", "2024-01-02", -501)])
    assert rows(returns_only(days), "customer_id", "amount") == [("A", -1)]


def test_orders_on_the_closing_date_count_and_later_ones_do_not(typed):
    days = typed.days([("A", "2024-01-31", 5), ("A", "2024-02-01", 7)], closing="2024-01-31")
    assert rows(days, "amount") == [(5,)]


def test_a_visit_after_the_closing_date_is_not_the_next_one(typed):
    days = typed.days([("A", "2024-01-31", 5), ("A", "2024-02-01", 7)], closing="2024-01-31")
    assert rows(visits_of(days), "next_date") == [(None,)]


def test_every_visit_knows_the_customers_next_one(typed):
    days = typed.days(
        [
            ("A", "2024-03-01", 1),
            ("A", "2024-01-01", 1),
            ("A", "2024-02-01", -1),  # a return is not a next visit
            ("B", "2024-01-15", 1),
        ]
    )
    march = dt.date(2024, 3, 1)
    assert rows(visits_of(days), "customer_id", "next_date") == [
        ("A", march),
        ("A", None),
        ("B", None),
    ]


def test_without_amounts_every_order_day_is_a_visit(typed):
    orders = [("A", "2024-01-01", None), ("A", "2024-01-01", None), ("A", "2024-01-05", None)]
    days = typed.days(orders, no_amount=True)
    assert rows(days, "is_visit") == [(True,), (True,)]
    assert rows(returns_only(days), "date") == []
