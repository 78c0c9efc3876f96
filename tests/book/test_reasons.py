"""The lapsed by their reason for leaving, worked by hand. D = 2025-12-31, lapse line 240 days."""

import datetime as dt

import pandas as pd
import pytest
from beside_typed import book_beside

D = "2025-12-31"
ROWS = [("A", "2025-12-01", 100), ("L", "2025-01-10", 100)]


def reasons(typed, contacts, rows=ROWS):
    return book_beside(typed, rows, D, contacts).reasons_for_leaving()


GONE = [(f"G{n}", "2024-01-10", 100) for n in range(12)] + [("A", "2025-12-01", 100)]


def why(customer, day, reason):
    return (customer, day, "", "", "", "", reason)


def test_the_lapsed_are_counted_by_the_reason_logged_last(typed):
    moved = [why(f"G{n}", "2025-03-01", " 引っ越し") for n in range(5)]
    moved += [why("G0", "2024-05-01", "価格"), why("G1", "2025-03-02", "")]
    single = [why("G5", "2025-03-01", "Ａ商店に乗り換え"), why("G6", "2025-03-01", "price")]
    before = [why("G7", "2024-01-09", "引っ越し")]  # came again after it
    stays = [why("A", "2025-12-02", "引っ越し"), why("nobody", D, "引っ越し")]
    table = reasons(typed, moved + single + before + stays, GONE)
    assert list(table.itertuples(index=False, name=None))[:2] == [
        ("引っ越し", 5, pytest.approx(5 / 12)),
        ("", 2, pytest.approx(2 / 12)),  # given by fewer than five each
    ]
    assert table.reason.isna().tolist() == [False, False, True] and table.lapsed.tolist() == [
        5,
        2,
        5,
    ]


def test_without_reasons_there_is_no_count_of_them(typed):
    assert reasons(typed, [("L", "2025-02-01")]) is None
    assert reasons(typed, [why("A", "2025-12-02", "引っ越し")]) is None  # not of one who left


def test_reasons_of_earlier_lists_count_too(typed):
    book = book_beside(typed, GONE, D)
    assert book.reasons_for_leaving() is None
    day = dt.date(2025, 5, 1)
    listed = [(f"G{n}", None if n % 2 else day, day, "価格") for n in range(5)]
    earlier = pd.DataFrame(listed, columns=["customer_id", "sent", "closing_date", "reason"])
    object.__setattr__(book.ledger, "earlier", earlier)
    assert book.reasons_for_leaving().lapsed.tolist() == [5, 7]
