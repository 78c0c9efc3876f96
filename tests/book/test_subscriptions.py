"""Subscription orders, worked by hand. D = 2025-12-31, D1 = 2024-12-31, lapse line 240 days."""

import pytest
from beside_typed import book_beside

D = "2025-12-31"


@pytest.fixture
def kept(typed):
    """The subscriptions of a book; a star after the customer marks the order."""

    def read(rows, closing=D, **settings):
        return book_beside(typed, rows, closing, **settings).subscriptions

    return read


def test_without_marks_there_is_nothing_to_say(kept):
    assert kept([("A", "2025-01-05", 100)]) is None


def share_of(subscriptions):
    return {m: (n, of, s) for m, n, of, s in subscriptions.share().itertuples(index=False)}


def test_the_share_is_of_the_last_twelve_months(kept):
    rows = [
        ("A*", "2024-12-31", 900),  # a year ago to the day: not within it
        ("A*", "2025-01-01", 100),
        ("A", "2025-01-01", 50),  # the same visit
        ("A", "2025-02-01", 300),
        ("B*", "2025-03-01", 200),
        ("C", "2025-03-01", 250),
        ("D", "2025-04-01", 50),
        ("E", "2025-05-01", 50),
        ("B", "2025-06-01", -200),  # goes back, unmarked: in the total only
    ]
    assert share_of(kept(rows)) == {
        "customers": (2, 5, pytest.approx(0.4)),
        "visits": (2, 6, pytest.approx(2 / 6)),
        "sales": (300, 800, pytest.approx(0.375)),
    }


def test_a_marked_order_of_nothing_is_no_marked_visit(kept):
    rows = [("A*", "2025-03-01", 0), ("B", "2025-03-01", 100), ("B*", D, 100)]
    found = share_of(kept(rows))
    assert found["customers"][:2] == (1, 1) and found["visits"][:2] == (1, 2)


def test_shares_of_four_customers_and_of_no_sales_are_left_out(kept):
    table = kept([("A*", "2023-03-01", 100)]).share()
    assert table.share.isna().all() and list(table.marked) == [0, 0, 0]


def test_without_amounts_customers_and_visits_remain(kept):
    subscriptions = kept([("A*", "2025-03-01", None), ("B", D, None)], no_amount=True)
    assert list(subscriptions.share().measure) == ["customers", "visits"]
    assert len(subscriptions.layers()) == 0


def test_an_upgrade_is_a_marked_visit_within_a_year_of_a_first_one_without(kept):
    rows = [
        ("A", "2024-01-01", 100),
        ("A*", "2024-12-31", 100),  # 365 days later (2024 has 366): in time
        ("B", "2024-01-01", 100),
        ("B*", "2025-01-01", 100),  # 366 days
        ("C", "2024-12-31", 100),  # 365 days before D: could have
        ("D", "2025-01-01", 100),  # had less than a year
        ("D*", "2025-02-01", 100),
        ("E*", "2024-01-01", 100),  # began on subscription
        ("E", "2024-05-01", 100),
        ("E*", "2024-06-01", 100),
        ("F", "2024-02-01", 100),
        ("F*", "2024-03-01", 0),  # a free trial is no visit
    ]
    assert kept(rows).upgrade() == (1, 4)


def test_churn_is_the_hole_of_the_year_in_two_parts(typed):
    subscribers = [(f"S{n}", "2024-10-01", True) for n in range(6)]
    others = [(f"O{n}", "2024-11-01", False) for n in range(5)]
    rows = [("Z", "2023-01-01", 100)]  # long gone at D1, only begins the file
    rows += [(f"{name}{'*' * m}", date, 100) for name, date, m in subscribers + others]
    rows += [(f"{n}*", "2025-06-01", 100) for n in ("S0", "S1", "S2", "S3")]  # active at D
    rows += [("S4", "2025-05-05", 100), ("O0", "2025-05-06", 100)]  # 240 and 239 days before D
    rows += [("O1", "2024-01-01", 100), ("O1*", "2024-02-01", 100)]  # last seen without a mark
    rows += [("N*", "2025-02-01", 100)]  # new within the year
    book = book_beside(typed, rows, D)
    table = book.subscriptions.churn()
    assert list(table.kind) == ["subscription", "one_off"]
    assert list(table.active) == [6, 5]
    assert list(table.lapsed) == [2, 4]
    assert list(table.hole) == [pytest.approx(2 / 6), pytest.approx(0.8)]
    assert (table.low < table.hole).all() and (table.high > table.hole).all()
    assert (table.lapsed.sum(), table.active.sum()) == book.hole()


def test_churn_is_not_told_while_the_opening_fills(kept):
    rows = [("A*", "2024-06-01", 100), ("B", "2025-06-01", 100)]
    assert len(kept(rows).churn()) == 0


def test_of_four_customers_no_churn_is_told(kept):
    rows = [("Z", "2023-01-01", 100)] + [(f"A{n}*", "2024-10-01", 100) for n in range(4)]
    table = kept(rows).churn()
    assert list(table.active) == [4, 0] and table.hole.isna().all()


def test_layers_without_subscriptions_are_the_book_kept_again(kept):
    rows = [
        ("A", "2025-01-01", 40_000),  # prime with both, first lapsed alone
        ("A*", "2025-09-01", 40_000),
        ("B*", "2025-09-01", 100),  # only on subscription: nowhere without it
        ("C*", "2025-09-01", 100),  # steady with both (tenure 91), first active alone
        ("C", "2025-12-01", 100),
        ("D", "2025-12-01", 100),
    ]
    table = kept(rows).layers().set_index(["layer", "state"])
    assert len(table) == 10
    there = table[(table.customers > 0) | (table.without > 0)]
    assert {place: tuple(n) for place, n in zip(there.index, there.to_numpy(), strict=True)} == {
        ("first", "active"): (2, 2),
        ("first", "lapsed"): (0, 1),
        ("steady", "active"): (1, 0),
        ("prime", "active"): (1, 0),
    }


def test_two_orders_of_a_day_are_told_apart(kept):
    rows = [("A", D, 500), ("A*", D, 300)]
    table = kept(rows).layers().set_index(["layer", "state"])
    assert tuple(table.loc[("first", "active")]) == (1, 1)


def test_nothing_after_the_closing_date_is_seen(kept):
    rows = [("A", "2024-01-01", 100), ("B", "2024-01-01", 100), ("A*", "2024-06-01", 100)]
    later = kept(rows, closing="2025-01-01")
    assert later.upgrade() == (1, 2)
    early = kept([*rows, ("B*", "2024-12-01", 100)], closing="2024-03-01")
    assert early.share().marked.sum() == 0
