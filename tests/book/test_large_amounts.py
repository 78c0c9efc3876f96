"""Money beyond 2^53, which no float holds: every sum is exact to the unit."""

LARGE = 2**53 + 1  # the first whole number a float cannot hold
ROWS = [
    ("A", "2023-02-01", LARGE),
    ("A", "2024-02-01", LARGE + 2),
    ("B", "2023-03-01", LARGE + 4),
    ("C", "2024-12-01", LARGE + 6),
    ("C", "2024-12-05", -3),
    ("D", "2022-12-31", 1),
]


def book_of(typed):
    return typed.book(ROWS, "2024-12-31", lapse_days=240)


def test_the_yearly_groups_are_exact(typed):
    sales = book_of(typed).year_groups().set_index("group").sales
    assert sales.to_dict() == {
        "kept": LARGE + 2,
        "new": LARGE + 3,
        "revived": 0,
        "lost": 0,
        "none": 0,
    }


def test_places_and_their_history_are_exact(typed):
    book = book_of(typed)
    total = 2 * LARGE + 5
    assert book.places().sales.sum() == total
    assert book.layer_table().sales.sum() == sum(amount for _, _, amount in ROWS)
    assert book.lapse_view().sales.sum() == total
    # A is lapsed at both ends
    assert book.lapse_view().set_index("group").sales["none"] == LARGE + 2


def test_history_and_groups_by_money_are_exact(typed):
    book = book_of(typed)
    assert list(book.year_history().sales) == [2 * LARGE + 4, 2 * LARGE + 5]
    everything = sum(amount for _, _, amount in ROWS)
    groups = book.rfm_groups()
    assert groups[groups.date == book.closing].amount.sum() == everything
