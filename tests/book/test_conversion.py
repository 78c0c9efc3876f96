import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from random_orders import CUTS, few, orders
from scipy.stats import CensoredData, binomtest, ecdf

from toolkit.book.conversion import day_reached, days_to_second, f2, nth_conversion, nth_curve

CLOSING = dt.date(2024, 12, 31)


def since(first, *gaps):
    """A first visit and later ones so many days after it."""
    start = dt.date.fromisoformat(first)
    return [start, *(start + dt.timedelta(days=gap) for gap in gaps)]


@pytest.mark.parametrize(
    ("seen", "answer"),
    [
        (since("2023-10-02"), None),  # D - 1 year - 90 days: just too early
        (since("2023-10-03"), (0, 1)),
        (since("2023-10-03", 90), (1, 1)),
        (since("2023-10-03", 91), (0, 1)),
        (since("2024-10-02", 90), (1, 1)),  # D - 90 days: the window ends on the closing date
        (since("2024-10-03", 5), None),  # still within its window
    ],
)
def test_f2_takes_first_visits_whose_whole_window_has_passed(typed, seen, answer):
    assert f2(typed.visits({"A": seen}), CLOSING, 90) == answer


def test_f2_counts_customers_not_visits(typed):
    seen = {"A": since("2024-03-01", 10, 20, 30), "B": since("2024-03-01")}
    assert f2(typed.visits(seen), CLOSING, 90) == (1, 2)


def test_f2_of_an_earlier_day_does_not_know_what_came_later(typed):
    table = typed.visits({"A": since("2024-03-01", 10), "B": since("2024-09-01")})
    assert f2(table, dt.date(2024, 5, 30), 90) == (1, 1)
    assert f2(table, dt.date(2024, 5, 29), 90) is None


def nth(typed, seen):
    found = nth_conversion(typed.visits(seen), CLOSING)
    return [
        (row.nth, row.customers, row.mature, row.went_on, None if pd.isna(row.share) else row.share)
        for row in found.itertuples()
    ]


def test_the_immature_are_left_out_of_the_nth_conversion(typed):
    seen = {
        "soon": since("2022-01-01", 31),
        "later": since("2022-01-01", 59),
        "just within the year": since("2022-01-01", 365),
        "just after it": since("2022-01-01", 366),
        "never": since("2022-01-01"),
        "immature": since("2024-01-02", 8),  # 364 days before closing
    }
    assert nth(typed, seen) == [(1, 6, 5, 3, 0.6), (2, 5, 4, 0, None)]


def test_an_nth_visit_365_days_before_closing_is_mature(typed):
    assert nth(typed, {"A": since("2024-01-01")}) == [(1, 1, 1, 0, None)]


def test_the_nth_conversion_stops_at_the_eighth(typed):
    found = nth(typed, {"A": since("2022-01-01", *range(1, 10))})
    assert [row[0] for row in found] == list(range(1, 9))
    assert found[-1][1:4] == (1, 1, 1)


def test_the_curve_is_kaplan_meiers(typed):
    # day 10: 1 of 5 came again; one more leaves unseen on day 20; day 30: 2 of the 3 left
    seen = {
        "A": since("2024-03-01", 10),
        "unseen after 20 days": since("2024-12-11"),
        "B": since("2024-03-01", 30),
        "C": since("2024-05-01", 30, 60),
        "unseen after 40 days": since("2024-11-21"),
    }
    curve = days_to_second(typed.visits(seen), CLOSING)
    assert list(curve.days) == [10, 30]
    assert list(curve.share) == pytest.approx([1 / 5, 1 - 4 / 5 * 1 / 3])
    assert list(curve.customers) == [1, 2]


def test_one_unseen_from_the_same_day_on_was_still_there_that_day(typed):
    seen = {"again": since("2024-03-01", 20), "unseen after 20 days": since("2024-12-11")}
    assert list(days_to_second(typed.visits(seen), CLOSING).share) == pytest.approx([0.5])


def test_the_curve_ends_after_a_year_but_later_ones_were_at_risk(typed):
    seen = {
        "A": since("2022-01-01", 10),
        "B": since("2022-01-01", 365),
        "C": since("2022-01-01", 366),
    }
    curve = days_to_second(typed.visits(seen), CLOSING)
    assert list(curve.days) == [10, 365]
    assert list(curve.share) == pytest.approx([1 / 3, 2 / 3])


def test_where_nobody_came_again_the_curve_is_empty(typed):
    assert days_to_second(typed.visits({"A": since("2024-03-01")}), CLOSING).empty
    assert days_to_second(typed.visits({}), CLOSING).empty


def test_a_part_of_those_who_come_again_is_reached_on_a_day():
    curve = pd.DataFrame({"days": [10, 30, 90], "share": [0.2, 0.5, 0.8], "customers": [2, 3, 3]})
    assert [day_reached(curve, part) for part in (0.25, 0.26, 0.5, 0.7, 1.0)] == [
        10,
        30,
        30,
        90,
        90,
    ]
    assert day_reached(curve.iloc[:0], 0.5) is None


def again_within(typed, seen, nth=1):
    """{days: (share, low, high)} of the Nth visit, None for null."""
    table = nth_curve(typed.visits(seen), CLOSING)
    assert len(table) == 8 * 5
    rows = table[table.nth == nth].set_index("days")[["share", "low", "high"]]
    return {days: None if row.isna().all() else tuple(row) for days, row in rows.iterrows()}


def test_where_nobody_is_censored_the_nth_curve_is_the_plain_share_with_wilsons_interval(typed):
    gaps = [30, 31, 90, 181, 365, 366]
    seen = {f"after {gap}": since("2022-01-01", gap) for gap in gaps} | {"no": since("2022-01-01")}
    found = again_within(typed, seen)
    for days, came in ((30, 1), (60, 2), (90, 3), (180, 3), (365, 5)):
        low, high = binomtest(came, 7).proportion_ci(method="wilson")
        assert found[days] == pytest.approx((came / 7, low, high))


def test_the_censored_count_for_the_days_they_were_seen(typed):
    # day 10: 1 of 5; one leaves unseen on day 20; day 30: 2 of 3; the last is seen until day 40.
    # Staying 4/5 x 1/3 = 4/15; Greenwood 1/(5 x 4) + 2/(3 x 1) = 43/60;
    # effective number (11/15) / (4/15 x 43/60) = 3.8372
    seen = {
        "A": since("2024-03-01", 10),
        "unseen after 20 days": since("2024-12-11"),
        "B": since("2024-03-01", 30),
        "C": since("2024-05-01", 30, 60),
        "unseen after 40 days": since("2024-11-21"),
    }
    found = again_within(typed, seen)
    assert found[30] == pytest.approx((11 / 15, 0.282749, 0.950455), abs=1e-6)
    assert [found[days] for days in (60, 90, 180, 365)] == [None] * 4
    assert set(again_within(typed, seen, nth=2).values()) == {None}


def test_one_closing_on_the_day_itself_is_still_under_observation(typed):
    on_the_day = CLOSING - dt.timedelta(days=30)
    seen = {name: [on_the_day] for name in "ABCDE"}
    found = again_within(typed, seen)
    low, high = binomtest(0, 5).proportion_ci(method="wilson")
    assert found[30] == pytest.approx((0, low, high))
    assert found[60] is None


def test_where_everybody_came_the_share_is_one_and_not_quite_sure(typed):
    seen = {name: since("2022-01-01", 30) for name in "ABCDE"}
    low, high = binomtest(5, 5).proportion_ci(method="wilson")
    assert again_within(typed, seen)[30] == pytest.approx((1, low, high))


def test_once_everybody_has_come_again_the_share_stays_one(typed):
    seen = {name: since("2022-01-01", 30) for name in "ABCDEF"}
    low, _ = binomtest(6, 6).proportion_ci(method="wilson")
    found = again_within(typed, seen)
    for days in (30, 60, 90, 180, 365):
        assert found[days] == pytest.approx((1, low, 1))


def test_the_last_one_waited_for_decides_whether_the_curve_goes_on(typed):
    # four come after 30 days; the fifth had only 20, or 40, and was not seen again
    came = {name: since("2022-01-01", 30) for name in "ABCD"}
    low, _ = binomtest(4, 4).proportion_ci(method="wilson")
    found = again_within(typed, came | {"20 days": since("2024-12-11")})
    for days in (30, 60, 365):
        assert found[days] == pytest.approx((1, low, 1))
    found = again_within(typed, came | {"40 days": since("2024-11-21")})
    assert found[30][0] == pytest.approx(4 / 5)
    assert [found[days] for days in (60, 90, 180, 365)] == [None] * 4


def test_below_five_customers_there_is_a_count_and_no_share(typed):
    table = nth_curve(typed.visits({name: since("2022-01-01", 10) for name in "ABCD"}), CLOSING)
    assert list(table[table.days == 30].customers) == [4, 4, 0, 0, 0, 0, 0, 0]
    assert table[["share", "low", "high"]].isna().all(axis=None)


def test_the_nth_curve_of_nobody_has_its_rows(typed):
    table = nth_curve(typed.visits({}), CLOSING)
    assert len(table) == 40 and not table.customers.any()


@few
@given(orders())
def test_the_curves_are_those_of_an_independent_kaplan_meier(typed, rows):
    book = typed.book(rows, profile="classic", **CUTS)
    visits, curve = book.visits(), book.nth_curve()
    for nth, part in visits[visits.nth <= 8].groupby("nth"):
        end = part.next_date.fillna(book.closing)
        days = np.array([(b - a).days for a, b in zip(part.date, end, strict=True)])
        again = part.next_date.notna().to_numpy()
        sf = ecdf(CensoredData(days[again], right=days[~again])).sf
        told = curve[(curve.nth == nth) & (curve.customers >= 5)]
        last_came = again[days == days.max()].all()
        assert (told.share.notna() == ((told.days <= days.max()) | last_came)).all()
        for row in told[told.share.notna()].itertuples():
            assert row.share == pytest.approx(1 - sf.evaluate(row.days))
            assert 0 <= row.low <= row.share <= row.high <= 1
    assert set(curve.customers[curve.days == 30]) >= {len(visits[visits.nth == 1])}


def test_the_latest_of_those_who_come_again_are_reached_last():
    curve = pd.DataFrame({"days": [10, 30, 90], "share": [0.2, 0.5, 0.8], "customers": [2, 3, 3]})
    assert [day_reached(curve, part) for part in (0.5, 0.75, 0.9)] == [30, 90, 90]
