import pytest

from toolkit.book.moves import change, moves_by_day
from toolkit.frames import frame


def told(moves):
    ordered = frame(moves.order_by(["customer_id", "date", "step"]))
    return [
        (
            row.date.isoformat(),
            row.from_layer,
            row.from_active,
            row.to_layer,
            row.to_active,
            row.cause,
            row.amount,
        )
        for row in ordered.itertuples()
    ]


def standing(typed, rows, date):
    found = frame(typed.places(rows, date, "2024-12-31").drop("rank").order_by("customer_id"))
    return list(found.itertuples(index=False, name=None))


LIFE = [
    ("A", "2023-01-01", 30_000),
    ("A", "2023-02-01", 30_000),
    ("A", "2023-02-10", 100),  # still fledgling: no move
    ("A", "2023-12-01", 30_000),  # lapsed on 8 October, back as prime
    ("A", "2024-01-15", -50_000),
]


@pytest.fixture(scope="module")
def life(typed):
    return typed.moves(LIFE, "2024-12-31")


def test_a_life_in_moves(life):
    assert told(life) == [
        ("2023-01-01", "outside", False, "first", True, "visit", 30_000),
        ("2023-02-01", "first", True, "fledgling", True, "visit", 30_000),
        ("2023-10-08", "fledgling", True, "fledgling", False, "lapse", 0),
        ("2023-12-01", "fledgling", False, "prime", True, "visit", 30_000),
        ("2024-01-15", "prime", True, "steady", True, "return", -50_000),
        ("2024-07-28", "steady", True, "steady", False, "lapse", 0),
    ]


def test_a_return_that_changes_no_layer_is_no_move(typed):
    moves = typed.moves([("A", "2024-01-01", 500), ("A", "2024-01-02", -500)], "2024-02-01")
    assert len(told(moves)) == 1


def test_a_customer_without_a_visit_never_moves(typed):
    assert told(typed.moves([("A", "2024-01-01", -500), ("A", "2024-02-01", 0)])) == []


def test_a_move_carries_the_net_money_of_its_day(typed):
    rows = [("A", "2024-01-01", 500), ("A", "2024-01-01", -200), ("B", "2023-01-01", -9)]
    assert told(typed.moves(rows, "2024-02-01"))[0][-1] == 300


def test_places_are_those_at_the_end_of_the_day(typed):
    assert standing(typed, LIFE, "2022-12-31") == []
    assert standing(typed, LIFE, "2023-01-01") == [("A", "first", True)]
    assert standing(typed, LIFE, "2023-10-07") == [("A", "fledgling", True)]
    assert standing(typed, LIFE, "2023-10-08") == [("A", "fledgling", False)]
    assert standing(typed, LIFE, "2024-12-31") == [("A", "steady", False)]


def test_after_two_moves_on_one_day_the_last_one_holds(typed):
    rows = [("A", "2024-01-01", 40_000), ("A", "2024-05-01", 40_000), ("A", "2024-12-27", -20_000)]
    assert standing(typed, rows, "2024-12-26") == [("A", "burst", True)]
    assert standing(typed, rows, "2024-12-27") == [("A", "steady", False)]


def test_every_move_means_one_flow_or_stays_within_the_bucket(life):
    assert list(moves_by_day(life).flow) == ["new", "moved", "lost", "returned", "moved", "lost"]
    steps = frame(life.mutate(change=change(life)).order_by(["date", "step"]))
    assert list(steps.change) == [1, 0, -1, 1, 0, -1]


def test_a_lapsed_customer_moved_down_by_a_return_is_no_flow(typed):
    rows = [("A", "2024-01-01", 40_000), ("A", "2024-05-01", 40_000), ("A", "2024-12-28", -20_000)]
    moves = typed.moves(rows, "2024-12-31")
    assert list(moves_by_day(moves).flow) == ["new", "moved", "lost", "none"]
    named = frame(moves.order_by(["date", "step"]))
    assert list(named.cause) == ["visit", "visit", "lapse", "return"]
