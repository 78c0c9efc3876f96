import datetime as dt
import random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_orders import CUTS, few, orders

from toolkit.book import money_bridge
from toolkit.problems import InputProblem

D = dt.date
ROWS = [
    ("A", "2022-06-01", 40_000),
    ("A", "2022-10-01", 40_000),
    ("A", "2023-05-01", 5_000),
    ("A", "2024-03-01", 5_000),
    ("B", "2023-12-01", 3_000),
    ("B", "2023-12-05", -3_500),
    ("C", "2024-05-05", 900),
    ("C", "2024-06-01", 900),
    ("nobody", "2024-06-02", -1),
]
PLAIN = [(name, date, None) for name, date, amount in ROWS if amount > 0]


@pytest.fixture(scope="module")
def book(typed):
    return typed.book(ROWS)


def test_the_book_closes_on_the_ledgers_closing_date(book):
    assert (book.first, book.closing, book.year_ago) == (
        D(2022, 6, 1),
        D(2024, 6, 2),
        D(2023, 6, 2),
    )
    assert book.two_years and book.has_money


def test_an_earlier_closing_date_hides_what_came_later(typed):
    book = typed.book(ROWS, closing="2023-06-01")
    assert list(book.customers().customer_id) == ["A"]
    assert book.moves().date.max() <= D(2023, 6, 1)
    assert not book.two_years


def test_a_later_closing_date_lets_silence_pass(typed):
    book = typed.book(ROWS, closing="2025-01-31")
    assert not book.customers().active.any()
    assert book.bucket_months().month.iloc[-1] == "2025-01"


def test_the_frames_come_in_order_and_without_inner_columns(typed):
    book = typed.book(random.Random(1).sample(ROWS, len(ROWS)))
    moves, visits = book.moves(), book.visits()
    assert list(moves.columns) == [
        "customer_id",
        "date",
        "from_layer",
        "from_active",
        "to_layer",
        "to_active",
        "cause",
        "amount",
    ]
    for table in (moves, visits, book.returns()):
        keys = list(zip(table.customer_id, table.date, strict=True))
        assert keys == sorted(keys)
    assert list(book.returns().itertuples(index=False, name=None)) == [
        ("B", D(2023, 12, 5), -3_500),
        ("nobody", D(2024, 6, 2), -1),
    ]


def test_the_yearly_figures_agree_with_each_other(book):
    year, sales = book.year(), book.sales()
    # A bought in both years, B and C in the last only
    assert (year["active"], year["kept"], year["new"], year["lost"]) == (3, 1, 2, 0)
    assert sales["customers"] == 3 and sales["visits"] == 4
    assert sales["total"] == money_bridge(book.year_groups())["total"] == 6_299
    assert book.sales(book.year_ago)["total"] == 45_000


def test_figures_of_a_year_ago_are_as_they_were_then(typed, book):
    then = typed.book(ROWS, closing="2023-06-02")
    assert book.bucket_year(book.year_ago) == then.bucket_year()
    assert book.sales(book.year_ago) == then.sales()
    assert book.hole(book.year_ago) == then.hole()
    assert book.f2(book.year_ago) == then.f2()


def test_where_the_file_is_too_short_for_a_figure_it_is_none(typed):
    book = typed.book([("A", "2024-01-01", 5), ("A", "2024-03-01", 5)])
    assert book.hole() is None and book.f2() is None and book.lapse_error() is None
    year = book.year()
    assert year.pop("active") == 1 and set(year.values()) == {None}


def test_cutoffs_given_by_hand_move_people(typed, book):
    # A spent 90,000 over 639 days
    assert book.customers().set_index("customer_id").layer["A"] == "prime"
    strict = typed.book(ROWS, amount_line=90_001)
    assert strict.customers().set_index("customer_id").layer["A"] == "steady"


def test_without_amounts_layers_and_money_are_absent(typed):
    book = typed.book(PLAIN, no_amount=True)
    assert not book.has_money and book.cutoffs.amount_line is None
    assert book.layer_months().empty and book.places().empty and book.returns().empty
    assert list(book.year_groups().columns) == ["group", "customers"]
    sales = book.sales()
    assert sales["total"] is sales["per_visit"] is sales["no_visit"] is None
    assert (sales["visits"], sales["customers"]) == (4, 3)
    assert book.customers().amount.isna().all() and book.moves().amount.isna().all()
    assert set(book.customers().layer) == {"any"}


def test_without_amounts_every_count_of_people_is_the_same(typed):
    positive = [row for row in ROWS if row[2] > 0]
    without, with_money = typed.book(PLAIN, no_amount=True), typed.book(positive)
    pd.testing.assert_frame_equal(without.bucket_months(), with_money.bucket_months())
    for figure in ("bucket_year", "hole", "year", "f2", "lapse_error"):
        assert getattr(without, figure)() == getattr(with_money, figure)()
    found = without.movement(without.year_ago, without.closing)
    assert found.customers.sum() == 3 and set(found.to_layer) == {"any"}


def test_a_file_without_a_single_visit_is_no_book(typed):
    with pytest.raises(InputProblem) as caught:
        typed.book([("A", "2024-01-01", -100)])
    assert [key for key, _ in caught.value.faults] == ["no_visit"]


@pytest.mark.parametrize("day", ["2024-02-29", "2023-02-28"])
def test_a_book_can_close_at_the_end_of_february(typed, day):
    book = typed.book([("A", "2022-02-28", 5), ("A", day, 5)])
    assert book.year_ago == D(book.closing.year - 1, 2, 28)
    assert book.bucket_months().complete.iloc[-1]


@few
@given(orders(), st.randoms(use_true_random=False))
def test_shuffling_the_orders_changes_nothing(typed, rows, chance):
    shuffled = rows[:]
    chance.shuffle(shuffled)
    one, two = (typed.book(r, profile="classic", **CUTS) for r in (rows, shuffled))
    for table in ("moves", "visits", "returns", "customers", "layer_months", "bucket_months"):
        pd.testing.assert_frame_equal(getattr(one, table)(), getattr(two, table)())
