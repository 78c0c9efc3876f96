"""Each customer's own rhythm is the median of the days between visits."""

from toolkit.foresight.rhythm import own_rhythm
from toolkit.frames import frame


def rhythms(visits):
    return frame(own_rhythm(visits)).set_index("customer_id").rhythm_days.to_dict()


def test_the_median_ignores_one_long_silence(visits_of):
    # Gaps of 10, 20 and 300 days.
    days = ("2023-01-01", "2023-01-11", "2023-01-31", "2023-11-27")
    assert rhythms(visits_of(*(("a", day, 1) for day in days))) == {"a": 20.0}


def test_an_even_number_of_gaps_gives_the_middle(visits_of):
    # Gaps of 10 and 21 days.
    days = ("2023-01-01", "2023-01-11", "2023-02-01")
    assert rhythms(visits_of(*(("a", day, 1) for day in days))) == {"a": 15.5}


def test_a_single_visit_has_no_rhythm(visits_of):
    visits = visits_of(("a", "2023-01-01", 1), ("b", "2023-01-01", 1), ("b", "2023-01-08", 1))
    assert rhythms(visits) == {"b": 7.0}
