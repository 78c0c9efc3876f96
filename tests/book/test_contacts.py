"""The contact log, worked by hand. D = 2025-12-31, lapse line 240 days."""

import datetime as dt

import pytest
from beside_typed import book_beside

from toolkit.book.contacts import months_before

D = "2025-12-31"
ROWS = [
    ("A", "2025-12-01", 100),  # first, active
    ("B", "2025-12-01", 100),  # first, active
    ("L", "2025-01-10", 100),  # first, lapsed
    ("M", "2025-01-10", 100),
    ("S", "2024-01-10", 100),  # fledgling, lapsed
    ("S", "2024-02-10", 100),
]


@pytest.fixture
def log(typed):
    """The contacts of a book, typed as (customer, day)."""

    def read(contacts, rows=ROWS, closing=D, **settings):
        return book_beside(typed, rows, closing, contacts, **settings).contacts

    return read


def test_without_a_log_there_is_nothing_to_say(typed):
    assert book_beside(typed, ROWS).contacts is None


def places(contacts):
    table = contacts.by_place()
    return {(r.layer, r.state): (r.customers, r.contacted) for r in table.itertuples()}


def test_a_contact_counts_in_the_months_to_the_closing_date(log):
    made = [("A", "2025-01-01"), ("B", "2024-12-31"), ("L", "2025-12-31"), ("L", "2025-11-01")]
    found = places(log(made))
    assert found["first", "active"] == (2, 1)  # B's is twelve months old to the day
    assert found["first", "lapsed"] == (2, 1)
    assert found["fledgling", "lapsed"] == (1, 0)
    assert found["prime", "active"] == (0, 0) and len(found) == 10
    assert places(log(made, contact_months=13))["first", "active"] == (2, 2)


def test_shares_are_left_out_below_five(log):
    rows = [(f"C{n}", "2025-12-01", 100) for n in range(5)] + ROWS[2:]
    table = log([("C0", D), ("L", D)], rows).by_place().set_index(["layer", "state"])
    assert table.share["first", "active"] == pytest.approx(0.2)
    assert table.share.notna().sum() == 1


def test_strangers_and_prospects_are_in_no_place(log):
    assert sum(n for _, n in places(log([("nobody", D), ("A", D)])).values()) == 1


def test_without_amounts_there_is_one_layer(log):
    rows = [("A", "2025-12-01", None), ("L", "2025-01-10", None)]
    assert places(log([("A", D)], rows, no_amount=True)) == {
        ("any", "active"): (1, 1),
        ("any", "lapsed"): (1, 0),
    }


def forgotten(contacts):
    table = contacts.forgotten()
    layers = [*table.layer[:-1], None]
    assert table.layer.isna().tolist() == [layer is None for layer in layers]
    return dict(zip(layers, zip(table.lapsed, table.forgotten, strict=True), strict=True))


def test_forgotten_is_a_lapsed_customer_without_a_contact_since_the_last_visit(log):
    made = [
        ("L", "2025-01-10"),  # on the day of the last visit: sold, and forgotten
        ("M", "2025-01-11"),
        ("S", "2024-02-01"),  # between the visits
        ("A", "2025-12-24"),
    ]
    found = forgotten(log(made))
    assert found["first"] == (2, 1)
    assert found["fledgling"] == (1, 1)
    assert found["prime"] == (0, 0)
    assert found[None] == (3, 2)


def test_the_forgotten_share_is_told_from_five_on(log):
    rows = [(f"L{n}", "2025-01-10", 100) for n in range(5)]
    table = log([("L0", "2025-02-01")], rows).forgotten().set_index("layer")
    assert table.share["first"] == pytest.approx(0.8)
    assert table.share.iloc[-1] == pytest.approx(0.8)
    assert table.share[["steady", "prime"]].isna().all()


def lag(contacts):
    return {r.within_days: (r.contacts, r.followed) for r in contacts.lag().itertuples()}


def test_a_visit_follows_a_contact_within_so_many_days(log):
    rows = [
        ("A", "2025-01-01", 100),
        ("A", "2025-02-08", 100),
        ("B", "2025-01-01", 100),
        ("B", "2025-12-25", 100),
    ]
    made = [
        ("A", "2025-02-01"),  # 7 days before the visit
        ("A", "2025-02-01"),  # the same day again: once
        ("A", "2025-01-31"),  # 8 days
        ("A", "2024-12-31"),  # not yet a customer
        ("B", "2025-12-25"),  # the day of the visit: what follows is not known; 6 days old
        ("B", "2025-11-25"),  # 30 days before the visit, 36 days old
        ("nobody", "2025-01-01"),
    ]
    assert lag(log(made, rows)) == {
        7: (3, 1),
        14: (3, 2),
        30: (3, 3),
        60: (2, 2),
        90: (2, 2),
    }


def test_the_day_of_the_visit_is_not_after_it(log):
    rows = [("A", "2025-01-01", 100), ("A", "2025-03-01", 100), ("Z", D, 100)]
    assert lag(log([("A", "2025-01-01")], rows))[60] == (1, 1)  # 59 days to the next one
    assert lag(log([("A", "2025-03-01")], rows))[90] == (1, 0)


def test_a_log_of_strangers_is_followed_by_nothing(log):
    table = log([("nobody", "2025-01-01")]).lag()
    assert table.contacts.sum() == 0 and table.share.isna().all()


def test_contacts_after_the_closing_date_are_not_seen(log):
    contacts = log([("A", "2026-01-01"), ("L", "2026-01-01")])
    assert sum(n for _, n in places(contacts).values()) == 0
    assert forgotten(contacts)["first"] == (2, 2)


def test_months_before_stays_within_the_month():
    assert months_before(dt.date(2025, 3, 31), 1) == dt.date(2025, 2, 28)
    assert months_before(dt.date(2024, 3, 31), 1) == dt.date(2024, 2, 29)
    assert months_before(dt.date(2025, 12, 31), 12) == dt.date(2024, 12, 31)
