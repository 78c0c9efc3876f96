"""Second lives: returns over the lapse line, what followed within a year, and the factor."""

import numpy as np
import pytest

from toolkit.foresight.value.counting import counted_at
from toolkit.foresight.value.second_life import second_lives, second_visits
from toolkit.frames import frame

CLOSING = 1200


class Always:
    """So many visits within any horizon, for everybody."""

    def __init__(self, visits):
        self.visits = visits

    def expected_visits(self, rows, horizon_days):
        assert rows["last_days"].equals(rows["age_days"])  # seen on the day of the return
        return np.full(len(rows), self.visits)


def returning(book_of, customers):
    """Customers who come on days 0, 300 and 400, with 100 and 10 days to follow by turns."""
    orders = [(f"c{i:02}", day, 1000) for i in range(customers) for day in (0, 300, 400)]
    orders += [(f"c{i:02}", 664 + i % 2, 1000) for i in range(customers)]  # 364 and 365 after
    orders += [(f"c{i:02}", 1190, 1000) for i in range(customers)]  # too late to be watched
    return book_of(orders, CLOSING, lapse_days=240)[0]


def test_a_year_is_watched_after_each_return(book_of):
    # The return on day 300 is followed by day 400 and 664 or 665: all within 365 days. The one on
    # day 664 or 665 (264 days after day 400) is followed by nothing within a year.
    found = second_lives(returning(book_of, 20), Always(2.0))
    assert found.returners == 40
    assert found.came == pytest.approx(1.0)
    assert found.foreseen == 2.0
    assert found.factor == 0.5
    # Half have 2, half 0: variance 1, so 1.2816 x sqrt(40) / 40.
    assert found.spread == pytest.approx(1.281552 / 40**0.5)


def test_few_lives_do_not_correct_the_model(book_of):
    found = second_lives(returning(book_of, 14), Always(2.0))
    assert (found.returners, found.factor, found.spread) == (28, 1.0, None)
    assert (found.of, found.lives) == (None, 28)


def test_without_returns_the_latest_visits_correct_the_model(book_of):
    # Lapse line 240. Nobody was ever silent so long; the forty last came 20 days before the year
    # that ends on day 1200, and eight of them once more in it. Those before came ever oftener.
    orders = [(f"c{i:02}", day, 1000) for i in range(40) for day in (600, 700, 790, 800, 815)]
    orders += [(f"c{i:02}", 900, 1000) for i in range(8)]
    found = second_lives(book_of(orders, CLOSING, lapse_days=240)[0], Always(2.0))
    assert (found.returners, found.of, found.lives) == (0, "visits", 40)
    # Days 806 to 835 are the thirty: one visit each, on day 815.
    assert (found.came, found.foreseen, found.factor) == (0.2, 2.0, 0.25)


@pytest.mark.parametrize(("opened", "of"), [(806, None), (805, "visits")])
def test_other_visits_lower_the_model_alone_and_not_from_a_file_s_first_days(book_of, opened, of):
    orders = [("z", opened, 1000)]
    orders += [(f"c{i:02}", day, 1000) for i in range(40) for day in (806, 815, 830, 900, 950)]
    # The opening of the book is day 0; the file begins with its first order.
    found = second_lives(book_of(orders, CLOSING, lapse_days=240)[0], Always(2.0))
    assert (found.of, found.factor) == (of, 1.0)  # three came, two were foreseen


def test_the_stretch_is_widened_until_there_are_thirty(book_of):
    # Ten came in the last thirty days, all forty in the last ninety (days 746 to 835): of each
    # the first visit there counts, so those of day 815 are followed from day 790 on.
    orders = [(f"c{i:02}", day, 1000) for i in range(40) for day in (600, 700, 790)]
    orders += [(f"c{i:02}", day, 1000) for i in range(10) for day in (815, 900)]
    found = second_lives(book_of(orders, CLOSING, lapse_days=240)[0], Always(2.0))
    assert (found.lives, found.came, found.factor) == (40, 0.5, 0.25)


def test_the_returns_of_the_latest_year_count_where_they_are_enough(book_of):
    # Thirty returned on day 300 and came five times more, thirty others on day 800 and did not.
    orders = [(f"a{i:02}", day, 1000) for i in range(30) for day in (0, 300, *range(310, 360, 10))]
    orders += [(f"b{i:02}", day, 1000) for i in range(30) for day in (10, 800)]
    orders += [("b00", 900, 1000)]
    found = second_lives(book_of(orders, CLOSING, lapse_days=240)[0], Always(2.0))
    assert (found.returners, found.of, found.lives) == (60, "returns", 30)
    assert found.came == pytest.approx(1 / 30) and found.factor == 0.25


def test_lives_after_which_nobody_came_pull_the_model_down_all_the_way(book_of):
    orders = [(f"b{i:02}", day, 1000) for i in range(30) for day in (10, 800)]
    found = second_lives(book_of(orders, CLOSING, lapse_days=240)[0], Always(2.0))
    assert (found.came, found.factor, found.spread) == (0.0, 0.25, None)


@pytest.mark.parametrize(("visits", "factor"), [(0.01, 4.0), (100.0, 0.25), (0.0, 1.0)])
def test_the_record_moves_the_model_so_far_at_most(book_of, visits, factor):
    assert second_lives(returning(book_of, 20), Always(visits)).factor == factor


def test_without_returners_there_is_no_record(book_of):
    book, _ = book_of([("a", 0, 1000), ("b", 10, 500)], 30)
    assert second_lives(book, Always(2.0)).returners == 0


def test_the_visit_of_the_return_counts(shop, counting):
    book, _ = shop
    counted = counted_at(book.visits_table, book.closing, counting)
    lives = second_lives(book, counted.model)
    found = frame(second_visits(counted, lives).order_by("customer_id"))
    plain = frame(counted.if_back((365,)).order_by("customer_id"))
    told = 1 + lives.factor * plain.visits_365
    assert found.visits_365.tolist() == pytest.approx(told.tolist())
    assert (found.visits_1095 >= found.visits_365).all()
