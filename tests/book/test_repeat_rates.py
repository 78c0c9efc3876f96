import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from random_orders import CUTS, few, orders

from toolkit.book.repeat_rates import repeat_rates, repeat_year

D = dt.date
FIVE = "ABCDE"


def counted(typed, seen, closing="2024-03-31", lapse_days=20):
    first = min(D.fromisoformat(dates[0]) for dates in seen.values())
    table = repeat_rates(typed.visits(seen), first, D.fromisoformat(closing), lapse_days)
    return {row.month: row for row in table.itertuples(index=False)}


def test_a_buyer_of_the_month_counts_once_and_repeats_with_a_visit_that_is_not_the_first(typed):
    seen = {
        "twice in one month": ["2024-01-05", "2024-01-20"],
        "every month": ["2024-01-31", "2024-02-01", "2024-02-29", "2024-03-05"],
        "once": ["2024-02-10"],
    }
    found = counted(typed, seen)
    assert [found[m][1:4] for m in ("2024-01", "2024-02", "2024-03")] == [
        (2, 1, 2),
        (2, 1, 3),
        (1, 1, 3),
    ]


def test_the_two_rates_divide_the_same_repeaters_by_different_customers(typed):
    seen = {name: ["2024-01-05"] for name in "ABCDEFGHIJ"}
    seen |= {name: ["2024-01-05", "2024-02-05"] for name in "ABCD"} | {"K": ["2024-02-07"]}
    january, february = counted(typed, seen, "2024-02-29").values()
    assert (january.repeater_rate, january.repeat_rate) == (0, 0)
    assert (february.repeater_rate, february.repeat_rate) == (pytest.approx(4 / 5), 4 / 11)


def test_below_five_there_is_no_rate(typed):
    seen = {name: ["2024-01-05", "2024-01-25"] for name in "ABCD"}
    (january,) = counted(typed, seen, "2024-01-31").values()
    assert pd.isna(january.repeater_rate) and pd.isna(january.repeat_rate)
    assert (january.buyers, january.repeaters, january.ever) == (4, 4, 4)


def test_a_month_without_visits_and_a_month_cut_by_the_closing_date_have_their_rows(typed):
    seen = {name: ["2024-01-05"] for name in FIVE} | {"F": ["2024-03-02"]}
    found = counted(typed, seen, "2024-03-30")
    assert (found["2024-02"].buyers, found["2024-02"].ever) == (0, 5)
    assert pd.isna(found["2024-02"].repeater_rate) and found["2024-02"].repeat_rate == 0
    assert [row.complete for row in found.values()] == [True, True, False]


def test_a_month_is_trusted_when_it_begins_a_lapse_line_after_the_first_day(typed):
    seen = {"A": ["2024-01-12"]}
    months = {cut: counted(typed, seen, lapse_days=cut) for cut in (20, 21)}
    assert [row.trusted for row in months[20].values()] == [False, True, True]
    assert [row.trusted for row in months[21].values()] == [False, False, True]


def test_the_year_to_a_day_knows_only_what_was_known_then(typed):
    seen = {name: ["2023-06-01", "2024-03-01"] for name in FIVE}
    seen |= {"before": ["2022-12-31"], "new": ["2023-12-31"], "later": ["2024-01-01"]}
    table = typed.visits(seen)
    assert repeat_year(table, D(2023, 12, 31)) == {
        "buyers": 6,
        "repeaters": 0,
        "ever": 7,
        "repeater_rate": 0,
        "repeat_rate": 0,
    }
    assert repeat_year(table, D(2024, 12, 30)) == {
        "buyers": 7,
        "repeaters": 5,
        "ever": 8,
        "repeater_rate": pytest.approx(5 / 7),
        "repeat_rate": pytest.approx(5 / 8),
    }


def test_a_year_without_buyers_has_no_rate_of_repeaters(typed):
    table = typed.visits({name: ["2022-06-01"] for name in FIVE})
    found = repeat_year(table, D(2024, 1, 1))
    assert (found["buyers"], found["repeater_rate"], found["repeat_rate"]) == (0, None, 0)
    nobody = repeat_year(table, D(2020, 1, 1))
    assert (nobody["ever"], nobody["repeat_rate"]) == (0, None)


@few
@given(orders())
def test_every_buyer_is_new_or_a_repeater_and_ever_ends_with_everybody(typed, rows):
    book = typed.book(rows, profile="classic", **CUTS)
    found, visits = book.repeat_rates(), book.visits()
    month = [f"{day:%Y-%m}" for day in visits.date]
    pairs = set(zip(visits.customer_id, month, strict=True))
    assert found.buyers.sum() == len(pairs)
    again = visits.assign(month=month)[visits.nth > 1]
    assert found.repeaters.sum() == len(set(zip(again.customer_id, again.month, strict=True)))
    assert found.ever.iloc[-1] == visits.customer_id.nunique()
    assert (found.repeaters <= found.buyers).all() and (found.buyers <= found.ever).all()
