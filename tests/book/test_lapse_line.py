import datetime as dt

from toolkit.book.lapse_line import lapse_error

CLOSING = dt.date(2024, 12, 31)


def error(typed, seen, lapse_days=240):
    return lapse_error(typed.visits(seen), CLOSING, lapse_days)


def test_only_lapses_watched_for_a_whole_year_count(typed):
    # 6 May 2023 + 240 days = 1 January 2024 = 365 days before closing
    assert error(typed, {"A": ["2023-05-06"]}) == (0, 1)
    assert error(typed, {"A": ["2023-05-07"]}) is None


def test_a_visit_365_days_after_the_lapse_shows_it_was_wrong(typed):
    # 1 January 2020 + 240 days = 28 August 2020, + 365 days = 28 August 2021
    assert error(typed, {"A": ["2020-01-01", "2021-08-28"]}) == (1, 2)
    assert error(typed, {"A": ["2020-01-01", "2021-08-29"]}) == (0, 2)


def test_a_visit_on_the_closing_date_still_counts(typed):
    assert error(typed, {"A": ["2023-05-06", "2024-12-31"]}) == (1, 1)


def test_a_visit_on_the_lapse_day_is_no_lapse(typed):
    assert error(typed, {"A": ["2023-05-06", "2024-01-01"]}) is None
    assert error(typed, {"A": ["2023-05-05", "2024-01-01"]}) == (1, 1)


def test_every_lapse_of_a_customer_is_judged(typed):
    seen = {"A": ["2020-01-01", "2021-01-01", "2022-01-01"], "B": ["2021-06-01"]}
    assert error(typed, seen) == (2, 4)


def test_a_shorter_line_is_judged_by_its_own_lapses(typed):
    assert error(typed, {"A": ["2021-01-01", "2021-02-01"]}, lapse_days=30) == (1, 2)


def test_without_visits_there_is_no_error_to_tell(typed):
    assert error(typed, {}) is None
