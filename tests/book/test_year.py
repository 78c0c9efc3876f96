import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from random_orders import CUTS, few, orders

from toolkit.book.year import covers_two_years, groups_of, money_bridge, year_counts

D = dt.date
CLOSING = D(2024, 12, 31)

ONE_EACH = [
    ("kept", "2023-03-01", 1_000),
    ("kept", "2024-03-01", 3_000),
    ("new", "2024-05-01", 2_000),
    ("revived", "2022-06-01", 500),
    ("revived", "2024-06-01", 700),
    ("lost", "2023-12-31", 900),  # last day of last year
    ("none", "2022-12-31", 400),  # last day before both
]
RETURNS = [
    ("kept", "2023-04-01", -50),
    ("kept", "2024-04-01", -100),
    ("new", "2023-07-01", -30),  # before the first visit
    ("new", "2024-07-01", -20),
    ("revived", "2023-02-01", -40),
    ("revived", "2024-07-01", -10),
    ("lost", "2024-01-10", -90),
    ("none", "2023-01-05", -5),
    ("none", "2024-01-05", -6),
    ("never a customer", "2024-02-02", -7),
]


def ever_in(rows):
    """How many customers have a visit (nobody here buys and sends back on one day)."""
    return len({customer for customer, _, amount in rows if amount > 0})


def of_groups(typed, rows, closing=CLOSING):
    return groups_of(typed.recent(rows, closing), ever_in(rows), closing)


def by_group(groups):
    columns = groups[["group", "customers", "sales", "previous_sales"]]
    return {row[0]: row[1:] for row in columns.itertuples(index=False, name=None)}


def test_every_customer_is_in_one_group_with_the_money_of_both_years(typed):
    assert by_group(of_groups(typed, ONE_EACH + RETURNS)) == {
        "kept": (1, 2_900, 950),
        "new": (1, 1_980, -30),
        "revived": (1, 690, -40),
        "lost": (1, -90, 900),
        "none": (1, -13, -5),  # the returns of one never a customer are here, the head is not
    }


def test_a_return_does_not_keep_a_customer(typed):
    rows = [("A", "2023-03-01", 1_000), ("A", "2024-03-01", -1_000)]
    assert by_group(of_groups(typed, rows))["lost"] == (1, -1_000, 1_000)


@pytest.mark.parametrize(
    ("date", "group"),
    [
        ("2024-12-31", "new"),
        ("2024-01-01", "new"),
        ("2023-12-31", "lost"),
        ("2023-01-01", "lost"),
        ("2022-12-31", "none"),
    ],
)
def test_a_year_is_open_at_its_start_and_closed_at_its_end(typed, date, group):
    assert by_group(of_groups(typed, [("A", date, 1)]))[group][0] == 1


def test_a_year_to_29_february_begins_after_28_february(typed):
    closing = D(2024, 2, 29)
    rows = [("last", "2023-02-28", 1), ("this", "2023-03-01", 1)]
    found = by_group(of_groups(typed, rows, closing))
    assert (found["lost"][0], found["new"][0]) == (1, 1)


def test_the_active_are_the_kept_the_new_and_the_revived(typed):
    counts = year_counts(of_groups(typed, ONE_EACH + RETURNS), two_years=True)
    assert counts == {
        "active": 3,
        "previous": 2,
        "kept": 1,
        "lost": 1,
        "new": 1,
        "revived": 1,
        "dormant": 2,
    }


def test_without_two_years_only_the_active_are_known(typed):
    counts = year_counts(of_groups(typed, ONE_EACH), two_years=False)
    assert counts.pop("active") == 3
    assert set(counts.values()) == {None} and len(counts) == 6


def test_two_years_are_covered_from_their_first_day_on():
    assert covers_two_years(D(2023, 1, 1), CLOSING)
    assert not covers_two_years(D(2023, 1, 2), CLOSING)


def test_the_bridge_leads_from_last_years_sales_to_this_years(typed):
    bridge = money_bridge(of_groups(typed, ONE_EACH + RETURNS))
    assert bridge == {
        "previous": 1_775,
        "new": 1_980,
        "revived": 690,
        "kept": 1_950,
        "lost": 900,
        "no_visit": -28,  # this year -90 - 13, last year -30 - 40 - 5
        "total": 5_467,
    }


def test_the_bridge_is_exact_beyond_what_a_float_can_hold():
    big = 2**53
    groups = pd.DataFrame(
        {
            "group": ["kept", "new", "revived", "lost", "none"],
            "customers": [1] * 5,
            "sales": [big + 1, 1, 0, 0, 0],
            "previous_sales": [big, 0, 0, 1, 0],
        }
    )
    bridge = money_bridge(groups)
    assert (bridge["previous"], bridge["kept"], bridge["total"]) == (big + 1, 1, big + 2)


@few
@given(orders())
def test_the_bridge_and_the_groups_add_up(typed, rows):
    book = typed.book(rows, profile="classic", **CUTS)
    groups = book.year_groups()
    b = money_bridge(groups)
    moved = b["new"] + b["revived"] + b["kept"] - b["lost"] + b["no_visit"]
    assert b["previous"] + moved == b["total"] == book.sales()["total"]
    assert b["previous"] == book.sales(book.year_ago)["total"]
    assert groups.customers.sum() == len(book.customers())
    assert year_counts(groups, two_years=True)["active"] == book.sales()["customers"]
