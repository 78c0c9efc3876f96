import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from random_orders import CUTS, ever_by, few, orders

from toolkit.book.rfm import (
    GROUPS,
    SCORES,
    amount_lines,
    compared_dates,
    day_lines,
    group_of,
    rfm_grid,
    rfm_groups,
    rfm_scored,
    rfm_scores,
)
from toolkit.frames import frame

D = dt.date
CLOSING = D(2024, 12, 31)
LINE = 240  # recency falls at 60, 120, 240 and 480 days


def visits(name, silence, n, amount=100):
    """n visits a day apart, the last so many days before the closing date."""
    last = CLOSING - dt.timedelta(days=silence)
    return [(name, last - dt.timedelta(days=i), amount) for i in range(n)]


def scored(typed, rows, amounts=None):
    table = rfm_scored(typed.customers(rows, CLOSING), LINE, amounts)
    return frame(table).set_index("customer_id")


@pytest.mark.parametrize(
    ("lapse_days", "lines"),
    [
        (240, (60, 120, 240, 480)),
        (90, (23, 45, 90, 180)),  # 22.5 is rounded up
        (30, (8, 15, 30, 60)),  # 7.5 too
        (1, (0, 1, 1, 2)),
    ],
)
def test_recency_falls_at_parts_of_the_lapse_line(lapse_days, lines):
    assert day_lines(lapse_days) == lines


def test_recency_is_exact_to_the_day(typed):
    days = {0: 5, 59: 5, 60: 4, 119: 4, 120: 3, 239: 3, 240: 2, 479: 2, 480: 1}
    rows = [(f"{n}", CLOSING - dt.timedelta(days=n), 100) for n in days]
    found = scored(typed, rows)
    assert found.recency.to_dict() == {f"{n}": score for n, score in days.items()}
    assert list(found[~found.active].recency.sort_values()) == [1, 2, 2]


def test_frequency_counts_the_visits(typed):
    wanted = {1: 1, 2: 2, 3: 3, 4: 3, 5: 4, 9: 4, 10: 5, 12: 5}
    rows = [row for n in wanted for row in visits(f"{n}", 0, n)]
    assert scored(typed, rows).frequency.to_dict() == {f"{n}": f for n, f in wanted.items()}


def test_money_is_cut_at_the_fifths_of_the_customers(typed):
    rows = [(f"c{n}", CLOSING, 10 * n) for n in range(1, 8)]  # 10 .. 70
    table = typed.customers(rows, CLOSING)
    # positions ceil(1.4), ceil(2.8), ceil(4.2), ceil(5.6) = 2, 3, 5, 6
    lines = amount_lines(table)
    assert lines == (20, 30, 50, 60)
    found = frame(rfm_scored(table, LINE, lines)).set_index("customer_id").monetary
    assert list(found.sort_index()) == [1, 1, 2, 3, 3, 4, 5]


def test_without_amounts_there_is_no_money_score(typed):
    book = typed.book([("A", "2024-06-01", None), ("B", "2024-07-01", None)], no_amount=True)
    assert amount_lines(book.customers_table) is None
    assert frame(book.rfm_table()).monetary.isna().all()
    assert set(book.rfm_scores().letter) == {"R", "F"}
    assert "amount" not in book.rfm_groups() and "mean_amount" not in book.rfm_grid()
    assert book.rfm_grid().customers.sum() == 2
    assert book.rfm_groups().customers.sum() == 2 + 1  # now, and a month ago A alone


def test_every_pair_of_scores_has_its_group(typed):
    names = {(r, f): group_of(r, f) for r in SCORES for f in SCORES}
    assert set(names.values()) == set(GROUPS)
    assert names[4, 4] == names[5, 5] == "champions" and names[5, 3] == "loyal"
    assert names[4, 2] == "promising" and names[5, 1] == "new"
    assert names[3, 3] == "need_attention" and names[3, 2] == "about_to_sleep"
    assert names[2, 5] == "at_risk" and names[2, 1] == "hibernating"
    assert names[1, 3] == "lost_loyal" and names[1, 2] == "lost"
    silence = {5: 0, 4: 60, 3: 120, 2: 240, 1: 480}
    often = {1: 1, 2: 2, 3: 3, 4: 5, 5: 10}
    rows = [row for r, f in names for row in visits(f"{r}{f}", silence[r], often[f])]
    assert scored(typed, rows).group.to_dict() == {f"{r}{f}": g for (r, f), g in names.items()}


def test_the_dates_compared_are_now_a_month_ago_and_a_year_ago():
    assert compared_dates(D(2020, 1, 1), D(2024, 3, 31)) == [
        D(2024, 3, 31),
        D(2024, 2, 29),
        D(2023, 3, 31),
    ]
    assert compared_dates(D(2024, 1, 1), D(2024, 3, 5)) == [D(2024, 3, 5), D(2024, 2, 5)]
    assert compared_dates(D(2024, 3, 1), D(2024, 3, 5)) == [D(2024, 3, 5)]


def test_groups_have_their_people_and_money_on_every_date(typed):
    rows = [
        *visits("often", 10, 5, 1_000),  # its visits lie within the last month
        ("once", "2023-12-01", 300),
        ("once", "2024-12-31", -50),
        ("twice", "2023-11-01", 70),
        ("twice", "2024-11-25", 80),
        ("late", "2024-12-30", 9),
        ("returned", "2024-11-01", 500),
        ("returned", "2024-12-15", -400),
        ("outside", "2023-11-01", -5),
    ]
    found = typed.book(rows).rfm_groups()
    assert list(found.date.unique()) == [CLOSING, D(2024, 11, 30), D(2023, 12, 31)]
    assert list(found.group) == list(GROUPS) * 3
    there = found[found.customers > 0].set_index(["date", "group"])
    assert {key: (r.customers, r.amount) for key, r in there.iterrows()} == {
        (CLOSING, "champions"): (1, 5_000),
        (CLOSING, "promising"): (1, 150),
        (CLOSING, "new"): (2, 109),  # late, and returned 60 days ago
        (CLOSING, "hibernating"): (1, 250),  # once, 396 days ago
        (D(2024, 11, 30), "promising"): (1, 150),
        (D(2024, 11, 30), "new"): (1, 500),
        (D(2024, 11, 30), "hibernating"): (1, 300),
        (D(2023, 12, 31), "new"): (2, 370),
    }
    shares = found.set_index(["date", "group"]).share
    assert shares[CLOSING, "new"] == 0.4 and shares[CLOSING].sum() == 1
    assert shares[D(2024, 11, 30)].isna().all()  # of three customers no share is given


def test_the_grid_has_every_pair_of_scores(typed):
    rows = [*visits("A", 0, 2, 30), *visits("B", 1, 2, 50), *visits("C", 500, 1, 7)]
    grid = rfm_grid(typed.customers(rows, CLOSING), LINE)
    assert list(grid.recency) == [r for r in (5, 4, 3, 2, 1) for _ in range(5)]
    cells = grid.set_index(["recency", "frequency"])
    assert len(cells) == 25 and cells.customers.sum() == 3
    assert tuple(cells.loc[(5, 2)]) == (2, 80) and tuple(cells.loc[(1, 1)]) == (1, 7)
    assert pd.isna(cells.mean_amount[3, 3])


def test_the_cut_offs_are_shown_with_who_has_the_score(typed):
    rows = [(f"c{n}", CLOSING - dt.timedelta(days=60 * n), 10 * n) for n in range(1, 6)]
    table = rfm_scores(typed.customers(rows, CLOSING), LINE)
    plain = table.astype(object).where(table.notna(), None)
    assert [tuple(row) for row in plain.itertuples(index=False)] == [
        ("R", 5, 0, 59, 0),
        ("R", 4, 60, 119, 1),
        ("R", 3, 120, 239, 2),
        ("R", 2, 240, 479, 2),
        ("R", 1, 480, None, 0),
        ("F", 5, 10, None, 0),
        ("F", 4, 5, 9, 0),
        ("F", 3, 3, 4, 0),
        ("F", 2, 2, 2, 0),
        ("F", 1, 1, 1, 5),
        ("M", 5, 41, None, 1),
        ("M", 4, 31, 40, 1),
        ("M", 3, 21, 30, 1),
        ("M", 2, 11, 20, 1),
        ("M", 1, None, 10, 1),
    ]


def test_a_score_nobody_can_have_has_no_range(typed):
    rows = [(name, CLOSING, 10) for name in "ABCD"]
    table = rfm_scores(typed.customers(rows, CLOSING), 1).set_index(["letter", "score"])
    assert table.loc[("M", 1), "customers"] == 4
    assert table.loc[("M", 3), ["from", "to"]].isna().all()
    assert table.loc[("R", 5), ["from", "to"]].isna().all()  # a quarter of one day
    assert tuple(table.loc[("R", 4)]) == (0, 0, 4)


@few
@given(orders())
def test_the_groups_partition_the_customers_of_every_date(typed, rows):
    book = typed.book(rows, profile="classic", **CUTS)
    groups, grid, scores = book.rfm_groups(), book.rfm_grid(), book.rfm_scores()
    for day, part in groups.groupby("date"):
        assert part.customers.sum() == len(ever_by(rows, day))
    everyone = book.customers()
    assert grid.customers.sum() == len(everyone)
    assert scores.groupby("letter").customers.sum().eq(len(everyone)).all()
    now = groups[groups.date == book.closing].set_index("group")
    assert now.amount.sum() == everyone.amount.sum()
    named = frame(book.rfm_table())
    assert now.customers[now.customers > 0].to_dict() == named.group.value_counts().to_dict()
    assert (named.active == (named.recency >= 3)).all()


@few
@given(orders())
def test_a_past_date_is_as_it_was_known_then(typed, rows):
    options = {"profile": "classic", **CUTS}
    groups = typed.book(rows, **options).rfm_groups()
    for day, part in groups.groupby("date", sort=False):
        if not ever_by(rows, day):
            continue
        cut = [row for row in rows if row[1] <= day]
        then = typed.book(cut, closing=day, **options).rfm_groups()
        expected = then[then.date == day].reset_index(drop=True)
        pd.testing.assert_frame_equal(part.reset_index(drop=True), expected)


def test_groups_of_given_dates_need_no_book(typed):
    rows = visits("A", 0, 3)
    known = {day: typed.customers(rows, day) for day in (CLOSING, D(2024, 12, 30))}
    found = rfm_groups(known, LINE)
    there = found[found.customers > 0]
    assert list(there.group) == ["loyal", "promising"] and list(there.amount) == [300, 200]
