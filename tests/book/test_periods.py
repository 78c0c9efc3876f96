import datetime as dt

import pandas as pd
import pyarrow as pa
import pytest

from toolkit.book.calendar import year_before
from toolkit.book.periods import periods, year_ends, year_of
from toolkit.frames import frame

D = dt.date
COLUMNS = ["period", "start", "end", "complete"]


def rows(table):
    return list(table[COLUMNS].itertuples(index=False, name=None))


def test_months_are_calendar_months_and_the_last_one_ends_at_the_closing_date():
    assert rows(periods(D(2025, 12, 10), D(2026, 2, 27), 240, "month")) == [
        ("2025-12", D(2025, 12, 1), D(2025, 12, 31), True),
        ("2026-01", D(2026, 1, 1), D(2026, 1, 31), True),
        ("2026-02", D(2026, 2, 1), D(2026, 2, 27), False),
    ]


def test_quarters_are_calendar_quarters():
    assert rows(periods(D(2025, 11, 30), D(2026, 3, 31), 240, "quarter")) == [
        ("2025-Q4", D(2025, 10, 1), D(2025, 12, 31), True),
        ("2026-Q1", D(2026, 1, 1), D(2026, 3, 31), True),
    ]


def test_years_count_back_from_the_closing_date_and_the_oldest_may_be_cut():
    assert rows(periods(D(2024, 3, 2), D(2026, 3, 31), 240, "year")) == [
        ("2024-03-31", D(2023, 4, 1), D(2024, 3, 31), False),
        ("2025-03-31", D(2024, 4, 1), D(2025, 3, 31), True),
        ("2026-03-31", D(2025, 4, 1), D(2026, 3, 31), True),
    ]


@pytest.mark.parametrize(("first", "whole"), [(D(2025, 4, 1), True), (D(2025, 4, 2), False)])
def test_a_year_is_whole_from_its_first_day_on(first, whole):
    (only,) = rows(periods(first, D(2026, 3, 31), 240, "year"))
    assert only[-1] is whole


def test_a_period_is_trusted_once_it_begins_a_lapse_line_after_the_first_order():
    # 1 January + 31 days is 1 February; from 2 January on it is 2 February
    for first, since in ((D(2026, 1, 1), "2026-02"), (D(2026, 1, 2), "2026-03")):
        found = periods(first, D(2026, 4, 30), 31, "month")
        assert found[found.trusted].period.iloc[0] == since


def test_one_day_is_one_period():
    day = D(2026, 3, 5)
    assert [len(periods(day, day, 240, p)) for p in ("month", "quarter", "year")] == [1, 1, 1]


def test_another_kind_of_period_is_refused():
    with pytest.raises(ValueError, match="week"):
        periods(D(2026, 1, 1), D(2026, 1, 2), 240, "week")


def test_29_february_falls_back_to_the_28th():
    ends = [D(2021, 2, 28), D(2022, 2, 28), D(2023, 2, 28), D(2024, 2, 29)]
    assert year_ends(D(2021, 3, 1), D(2024, 2, 29)) == ends


@pytest.mark.parametrize("closing", [D(2024, 2, 29), D(2025, 2, 28), D(2026, 3, 31)])
def test_the_engine_puts_every_day_into_the_year_of_the_calendar(typed, closing):
    days = [closing - dt.timedelta(days=n) for n in range(1_600)]
    table = typed.table(pa.table({"date": days}))
    found = frame(table.mutate(year=year_of(table.date, closing)))
    ends = sorted({closing, *year_ends(days[-1], closing), year_before(closing)})
    expected = [next(e for e in ends if e >= day).year for day in found.date]
    assert found.year.tolist() == expected


def test_no_day_has_no_year(typed):
    table = typed.table(pa.table({"date": pa.array([None], pa.date32())}))
    assert pd.isna(frame(table.select(year=year_of(table.date, D(2026, 3, 31)))).year[0])
