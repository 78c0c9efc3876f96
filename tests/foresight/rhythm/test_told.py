"""The rhythm of a book: all of it worked out once, for any book."""

import numpy as np
import pandas as pd
import pytest

from toolkit.foresight.rhythm import gap_counts, gap_survival, rhythm_of, sure_since
from toolkit.foresight.rhythm.gaps import ORDINALS
from toolkit.frames import frame, scalar


def test_a_shop_has_its_rhythm_told_once(shop):
    book, settings = shop
    told = rhythm_of(book)
    assert rhythm_of(book) is told
    assert set(told.survival.ordinal) == set(ORDINALS)
    assert set(told.chances.within_days) == {365, settings.horizon_days}
    assert told.lines.line_days[told.lines.in_force].tolist() == [book.cutoffs.lapse_days]
    assert 240 in told.lines.line_days.tolist()
    assert scalar(told.customers_table.count()) == len(book.customers())


@pytest.fixture(scope="module")
def old_shop(book_of):
    """A shop that traded for two years before its file begins: 800 customers, four in ten leave
    after each visit."""
    chance, orders = np.random.default_rng(3), []
    for n in range(800):
        at = chance.uniform(-730, 700)
        while at < 700:
            orders += [(f"c{n}", int(at), 100)] if at >= 0 else []
            at += chance.gamma(2, 15) + 2 if chance.random() < 0.6 else 10_000
    return book_of(orders, 700, lapse_days=90, horizon_days=60)[0]


def test_the_error_of_the_line_in_force_is_that_of_the_book(old_shop):
    book = old_shop
    row = rhythm_of(book).errors.set_index("line_days").loc[book.cutoffs.lapse_days]
    assert book.lapse_error() == (row.came_back, row.called_lost)
    assert row.called_lost > 100


def test_silences_after_each_visit_are_those_of_the_book(shop):
    # With nobody left out, who came again by day d is Book.nth_curve, from the first on.
    book, _ = shop
    rows = gap_survival(gap_counts(book.visits_table, book.closing))
    curve = book.nth_curve()
    for nth in (1, 2, 3, 4):
        own = rows[rows.ordinal == str(nth)]
        for point in curve[(curve.nth == nth) & curve.share.notna()].itertuples():
            last = own[own.days <= point.days].survival.iloc[-1]
            assert 1 - last == pytest.approx(point.share)


def test_a_shop_that_opened_with_its_file_knows_every_first_visit(shop):
    assert sure_since(shop[0]) == (None, "opened")


def test_customers_of_the_filling_months_are_left_out_where_enough_came_later(old_shop):
    book = old_shop
    assert sure_since(book) == (book.filled_from, "left_out")
    told = rhythm_of(book)
    assert told.recommended.line_days < 90  # nobody is silent for so long and comes back
    later = frame(book.visits_table.filter(lambda t: (t.nth == 1) & (t.date >= told.since)))
    assert told.survival[told.survival.ordinal == "1"].at_risk.iloc[0] <= len(later)


def test_too_few_customers_are_all_counted(book_of):
    book, _ = book_of([(f"c{n}", n, 100) for n in range(50)], 400)
    assert sure_since(book) == (None, "kept")


@pytest.mark.parametrize("orders", [[("a", 0, 1)], [("a", 0, 1), ("a", 5, 1), ("b", 3, 1)]])
def test_a_handful_of_visits_has_tables_and_no_rates(book_of, orders):
    told = rhythm_of(book_of(orders, 10)[0])
    assert told.survival.empty and told.chances.share.isna().all()
    assert told.lines.error.isna().all() and told.recommended.why == "too_short"
    assert len(frame(told.customers_table)) == len({name for name, _, _ in orders})


def test_a_line_longer_than_two_years_stands_among_the_others(book_of):
    book, _ = book_of([("a", 0, 1)], 30, lapse_days=1000)
    lines = rhythm_of(book).lines
    assert lines.line_days.max() == 1000 and pd.api.types.is_bool_dtype(lines.in_force)
