"""Intervals of sums: a record worked by hand, how they grow, and how often they hold."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulated_shops import held

from toolkit.foresight.value.intervals import NORMAL, with_intervals

DAYS = [dt.date(2024, 1, 1), dt.date(2023, 1, 1)]


def record_of(*rows):
    """(origin's number, layer, state, foreseen, came, squares)."""
    columns = ["origin", "layer", "state", "foreseen", "came", "squares"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(origin=[DAYS[n] for n in table["origin"]], days=365, customers=10)


def groups_of(*rows):
    """(layer, state, foreseen)."""
    return pd.DataFrame(rows, columns=["layer", "state", "foreseen"]).assign(customers=10)


ALL = groups_of(("all", "all", 1000.0))


def test_the_interval_of_all_is_worked_out_by_hand():
    # d = 2 x 5000 / (1000 + 1200) = 50/11. At both origins e = ln((came + d) / (foreseen + d)).
    record = record_of(
        (0, "prime", "active", 1000, 800, 5000), (1, "prime", "active", 900, 1200, 5000)
    )
    d = 10_000 / 2200
    e = np.log([(800 + d) / (1000 + d), (1200 + d) / (900 + d)])
    off = np.mean(e**2 - 0.5 * d / (np.array([800, 1200]) + d))
    factor = np.exp(1.885618 * np.sqrt(off))  # t with two degrees of freedom, 90 %
    sampling = NORMAL**2 * d * (1000 + d)
    found = with_intervals(ALL, "foreseen", record).iloc[0]
    assert found.low == pytest.approx(
        1000 - np.hypot(1000 - 1000 / factor, sampling**0.5), rel=1e-5
    )
    assert found.high == pytest.approx(
        1000 + np.hypot(1000 * factor - 1000, sampling**0.5), rel=1e-5
    )


def test_no_part_is_surer_than_the_whole():
    # The active came just as foreseen, the lapsed half as much again: so the whole was off.
    record = record_of(
        *((n, "prime", "active", 10_000, 10_000, 1) for n in (0, 1)),
        *((n, "prime", "lapsed", 8_000, 12_000, 1) for n in (0, 1)),
    )
    groups = groups_of(("all", "all", 1e6), ("all", "active", 1e6), ("prime", "active", 1e6))
    found = with_intervals(groups, "foreseen", record)
    assert (found.high >= found.high.iloc[0] * 0.999).all()
    assert (found.low <= found.low.iloc[0] * 1.001).all()


def test_without_a_record_there_is_no_interval():
    found = with_intervals(ALL, "foreseen", record_of())
    assert found[["low", "high"]].isna().all(axis=None)


def test_a_place_without_customers_has_nothing_to_be_off_by():
    record = record_of((0, "prime", "active", 1000, 800, 5000))
    found = with_intervals(ALL.assign(customers=0, foreseen=0.0), "foreseen", record).iloc[0]
    assert (found.low, found.high) == (0, 0)


def test_a_longer_horizon_than_the_record_widens_the_interval():
    record = record_of(
        (0, "prime", "active", 1000, 700, 5000), (1, "prime", "active", 900, 950, 5000)
    )
    near, far = (with_intervals(ALL, "foreseen", record, x).iloc[0] for x in (1.0, 3.0))
    assert far.low < near.low < 1000 < near.high < far.high


def test_a_place_no_origin_had_is_judged_by_its_neighbours():
    record = record_of(
        (0, "prime", "active", 1000, 700, 5000), (1, "prime", "active", 900, 950, 5000)
    )
    found = with_intervals(groups_of(("burst", "active", 500.0)), "foreseen", record).iloc[0]
    assert 0 < found.low < 500 < found.high


def test_the_unit_scales_the_interval():
    record = record_of((0, "prime", "active", 1000, 700, 5000))
    plain = with_intervals(ALL, "foreseen", record).iloc[0]
    margin = with_intervals(ALL.assign(foreseen=400.0), "foreseen", record, unit=0.4).iloc[0]
    assert [margin.low, margin.high] == pytest.approx([0.4 * plain.low, 0.4 * plain.high])


whole = st.integers(0, 10**9)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 1),
            st.sampled_from(["first", "prime"]),
            st.sampled_from(["active", "lapsed"]),
            whole,
            st.integers(-(10**6), 10**9),
            st.floats(0, 1e18),
        ),
        min_size=1,
        max_size=8,
        unique_by=lambda row: row[:3],
    ),
    whole,
    st.floats(1, 20),
)
def test_whatever_came_the_ends_are_numbers_about_the_sum(rows, foreseen, stretch):
    groups = groups_of(
        ("first", "active", foreseen), ("all", "lapsed", foreseen), ("all", "all", foreseen)
    )
    found = with_intervals(groups, "foreseen", record_of(*rows), stretch)
    assert (found.low.isna() == found.high.isna()).all()
    found = found.dropna()
    assert np.isfinite(found[["low", "high"]]).all(axis=None)
    assert ((found.low >= 0) & (found.low <= foreseen) & (found.high >= foreseen)).all()


def test_a_record_that_leaves_open_ten_times_as_much_tells_no_range():
    # One origin: t with one degree of freedom is 3.078, so that ten times is e = 0.748 or 2.113.
    told, untold = (
        with_intervals(ALL, "foreseen", record_of((0, "prime", "active", 1e6, came, 1))).iloc[0]
        for came in (1e6 / 2.1, 1e6 / 2.13)
    )
    assert told.high == pytest.approx(1000 * 2.1**3.0777, rel=0.001)
    assert np.isnan(untold.low) and np.isnan(untold.high)


def test_a_sum_of_one_place_has_the_interval_of_the_place():
    record = record_of(
        (0, "prime", "active", 1000, 700, 5000),
        (1, "prime", "active", 900, 950, 5000),
        (0, "first", "active", 1000, 400, 5000),
        (0, "first", "lapsed", 100, 400, 5000),
    )
    groups = groups_of(
        ("prime", "active", 500.0),
        ("prime", "lapsed", 0.0),
        ("first", "active", 100.0),
        ("prime", "all", 500.0),
        ("all", "active", 600.0),
    ).assign(customers=[10, 0, 5, 10, 15])
    found = with_intervals(groups, "foreseen", record)
    assert found.low[3] == found.low[0] and found.high[3] == found.high[0]
    assert found.low[4] not in (found.low[0], found.low[2])


def test_four_fifths_of_the_intervals_hold_what_came():
    # Two hundred shops of four years; the level drifts by 8 % a quarter.
    found = held(200, 4, 0.08, seed=20200101)
    assert 0.7 <= found[found.layer == "all"].held.mean() <= 0.9
    assert 0.7 <= found[found.layer != "all"].held.mean() <= 0.9
    assert found.held.groupby([found.layer, found.state]).mean().between(0.7, 0.95).all()


def test_short_files_hold_as_often():
    found = held(80, 2, 0.08, seed=20200102)
    assert 0.68 <= found[found.layer == "all"].held.mean() <= 0.92
