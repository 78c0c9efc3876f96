import datetime as dt

import pytest
from hypothesis import given
from random_orders import CUTS, few, orders

from toolkit.book.sales_groups import PARTS, sales_groups
from toolkit.book.year import groups_of

CLOSING = dt.date(2024, 12, 31)
# kept: from 2 visits and 2,000 to 4 visits and 8,000: twice the visits, twice the price
KEPT = [("kept", f"2023-0{n}-01", 1_000) for n in (3, 4)]
KEPT += [("kept", f"2024-0{n}-01", 2_000) for n in (3, 4, 5, 6)]
OTHERS = [
    ("new", "2023-07-01", -30),  # money back before the first visit
    ("new", "2024-05-01", 2_000),
    ("revived", "2022-06-01", 500),
    ("revived", "2023-02-01", -40),
    ("revived", "2024-06-01", 700),
    ("lost", "2023-12-31", 900),
    ("lost", "2024-01-10", -90),
    ("none", "2022-12-31", 400),
    ("none", "2023-01-05", -5),
    ("none", "2024-01-05", -6),
    ("never a customer", "2024-02-02", -7),
]


def ever_in(rows):
    """How many customers have a visit (nobody here buys and sends back on one day)."""
    return len({customer for customer, _, amount in rows if amount > 0})


def by_group(typed, rows):
    found = sales_groups(groups_of(typed.recent(rows, CLOSING), ever_in(rows), CLOSING))
    return found, {row.group: row for row in found.itertuples(index=False)}


def parts(row):
    return tuple(getattr(row, part) for part in PARTS)


def test_groups_have_their_visits_and_money_of_both_years(typed):
    found, _ = by_group(typed, KEPT + OTHERS)
    columns = ["group", "customers", "visits", "sales", "previous_visits", "previous_sales"]
    assert list(found[columns].itertuples(index=False, name=None)) == [
        ("kept", 1, 4, 8_000, 2, 2_000),
        ("new", 1, 1, 2_000, 0, -30),
        ("revived", 1, 1, 700, 0, -40),
        ("lost", 1, 0, -90, 1, 900),
        ("none", 1, 0, -13, 0, -5),
    ]


def test_the_kept_change_by_how_often_and_how_much_and_the_others_by_coming_or_leaving(typed):
    _, groups = by_group(typed, KEPT + OTHERS)
    # twice the visits at twice the price: half of the 6,000 each
    assert parts(groups["kept"]) == (0, 3_000, 3_000, 0)
    assert parts(groups["new"]) == (2_000, 0, 0, 30)
    assert parts(groups["revived"]) == (700, 0, 0, 40)
    assert parts(groups["lost"]) == (-900, 0, 0, -90)
    assert parts(groups["none"]) == (0, 0, 0, -8)


def test_the_rest_of_rounding_goes_to_the_larger_part(typed):
    # 2 visits of 1,000 to 3 visits of 2,000: logarithmic mean 4,000 / ln 3 = 3,640.957
    rows = [("A", "2023-01-10", 1_000), ("A", "2023-02-10", 1_000)]
    rows += [("A", f"2024-0{n}-10", 2_000) for n in (1, 2, 3)]
    _, groups = by_group(typed, rows)
    # x ln 1.5 = 1,476.28; x ln 2 = 2,523.72
    assert parts(groups["kept"]) == (0, 1_476, 2_524, 0)


@pytest.mark.parametrize("year", [2023, 2024])
def test_kept_customers_without_a_positive_sum_are_not_split(typed, year):
    rows = [("A", "2023-01-10", 1_000), ("A", "2024-01-10", 3_000), ("A", f"{year}-09-09", -3_000)]
    _, groups = by_group(typed, rows)
    change = {2023: 3_000 + 2_000, 2024: 0 - 1_000}[year]
    assert parts(groups["kept"]) == (0, 0, 0, change)


def test_without_amounts_there_are_no_rows(typed):
    book = typed.book([(c, d, None) for c, d, _ in KEPT], no_amount=True)
    assert len(book.sales_groups()) == 0


@few
@given(orders())
def test_the_parts_add_up_to_the_change_in_sales(typed, rows):
    book = typed.book(rows, profile="classic", **CUTS)
    found = book.sales_groups()
    assert (found[list(PARTS)].sum(axis=1) == found.change).all()
    now, before = book.sales(), book.sales(book.year_ago)
    assert found.change.sum() == now["total"] - before["total"]
    assert (found.visits.sum(), found.previous_visits.sum()) == (now["visits"], before["visits"])
    columns = ["group", "customers", "sales", "previous_sales"]
    assert found[columns].equals(book.year_groups())
