"""The client's own rates: months, kinds, noise, season, and old customers who look new."""

import datetime as dt

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.foresight.ahead.history import NEVER, History
from toolkit.foresight.ahead.kinds import (
    FIRST,
    GAP_CLASSES,
    KINDS,
    cell_of,
    cell_starts,
    gap_of,
    gap_starts,
    kind_of,
    kind_shown,
    leave,
)
from toolkit.foresight.ahead.months import month_of, months_to
from toolkit.foresight.ahead.noise import Noise, noise_of
from toolkit.foresight.ahead.rates import rates_of, tally
from toolkit.foresight.ahead.season import season_of
from toolkit.foresight.ahead.unseen import looking_new, share_unseen
from toolkit.frames import frame


def day(text):
    return dt.date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("closing", "months", "expected"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-02-28", 1, "2023-03-31"),
        ("2024-03-15", -3, "2023-12-15"),
        ("2024-01-30", 1, "2024-02-29"),
    ],
)
def test_months_from_the_closing_date(closing, months, expected):
    assert months_to(day(closing), months) == day(expected)


def test_a_month_is_named_by_its_middle():
    assert month_of(day("2024-03-31")) == 2 and month_of(day("2024-03-10")) == 1


@settings(max_examples=30, deadline=None)
@given(line=st.integers(1, 700), silent=st.integers(0, 6000))
def test_every_silence_has_one_cell_and_every_gap_one_class(line, silent):
    starts, cell = cell_starts(line), int(cell_of(silent, line))
    assert starts[cell] <= silent and (cell + 1 == len(starts) or silent < starts[cell + 1])
    assert starts[:line].tolist() == list(range(line)) and starts[line] == line
    assert (leave(line)[:-1] > 0).all() and leave(line)[-1] == 0
    # a visit the day after belongs to the class whose cells hold this one
    blocks = gap_starts(line)
    held = np.searchsorted(blocks, cell, side="right") - 1
    assert held == gap_of(silent + 1, line) < GAP_CLASSES


def test_the_engine_and_numpy_name_the_same_kinds():
    pairs = [(n, t, o) for n in range(1, 13) for t in (0, 5, 11, 30, 99, 400) for o in (0, 1)]
    nth, tenure, old = zip(*pairs, strict=True)
    old = pa.array(old, pa.int64()).cast(pa.bool_())
    table = ibis.memtable(pa.table({"nth": nth, "tenure": tenure, "old": old}))
    shown = frame(table.mutate(kind=kind_shown(table.nth, table.tenure, 90, table.old)))
    told = kind_of(shown.nth, shown.tenure, 90, shown.old)
    assert shown.kind.tolist() == told.tolist()
    assert set(shown.kind) <= set(range(KINDS)) and kind_of(1, 0, 90) == FIRST


# Line of ten days, file from day 1000 on. One customer comes on days 1011 and 1014, another first
# on 1012; the closing date is day 1040.
ROWS = [(1011, 1014, FIRST, 1), (1014, NEVER, int(kind_of(2, 3, 10)), 1), (1012, NEVER, FIRST, 1)]


def history(rows=ROWS, first=1000, closing=1040, line=10):
    table = pd.DataFrame(rows, columns=["start", "next", "kind", "customers"])
    table["leads"] = np.where(table.next < NEVER, kind_of(2, 3, line), table.kind)
    return History(
        table.assign(amount=100.0, squares=1e4), pd.Series(dtype=float), first, closing, line
    )


def test_customer_days_and_visits_are_counted_by_hand():
    known = tally(history())
    assert len(known.new) == 1  # the one month back from day 1040 that begins on day 1010 or later
    assert known.new.tolist() == [2] and known.came.sum() == 1
    # at risk: 3 days till the second visit, 26 since it, 28 of the other customer
    assert known.watched.sum() == 3 + 26 + 28
    assert known.watched[0, FIRST].sum() == 3 + 28
    assert known.led[0, FIRST, gap_of(3, 10), kind_of(2, 3, 10)] == known.led.sum() == 1


def test_where_everybody_stands_is_read_off_the_silences():
    stock = history().standing(1013)
    assert stock.sum() == 2 and stock[FIRST, 2] == stock[FIRST, 1] == 1
    later = history().standing(1040)
    assert later[kind_of(2, 3, 10), cell_of(26, 10)] == later[FIRST, cell_of(28, 10)] == 1


def test_months_known_earlier_are_the_same_months():
    rows = [(1000 + k, NEVER, FIRST, 1) for k in range(0, 300, 3)]
    known = tally(history(rows, closing=day("2738-06-30") - day("2738-06-30") + 1310))
    before = known.upto(2)
    assert before.new.tolist() == known.new[:-2].tolist()
    assert before.ends.tolist() == known.ends[:-2].tolist()
    assert known.upto(0) is known


def test_a_file_without_any_visit_in_its_months_has_rates_of_nothing():
    rates = rates_of(tally(history([(1001, NEVER, FIRST, 3)], closing=1300)), 10)
    assert rates.new_per_day == 0 and not rates.hazard.any() and not rates.has_money


ENDS = np.array([months_to(day("2021-12-31"), k) for k in range(25)])
EVEN = np.full(24, 1000.0)


def test_noise_is_what_chance_does_not_explain():
    draw = np.random.default_rng(1)
    calm = noise_of(draw.poisson(EVEN).astype(float), EVEN, ENDS, np.ones(12), 0.05)
    wild = noise_of(EVEN * (1 + 0.3 * (-1.0) ** np.arange(24)), EVEN, ENDS, np.ones(12), 0.05)
    assert calm.spread < 0.04 and calm.freedom == 26
    # 24 months 30 % off: 23 of their own and 3 of five in a hundred
    own = (0.3**2 * 1000**2 * 24 * 24 / 23 - 24_000) / (24 * 1000**2)
    assert wild.spread == pytest.approx(np.sqrt((23 * own + 3 * 0.05**2) / 26))
    assert wild.lasting == 0


def test_noise_that_lasts_is_told_from_noise_that_does_not():
    slow = noise_of(EVEN * (1 + 0.3 * np.sin(np.arange(24) / 4)), EVEN, ENDS, np.ones(12), 0.05)
    assert slow.lasting > 0.4
    assert noise_of(np.zeros(24), EVEN, ENDS, np.ones(12), 0.05) == Noise(0.05, 0.0, 3.0)


def test_months_ahead_scatter_around_the_mean_of_the_known_ones():
    covariance = Noise(0.2, 0.0, 9).covariance(known=4, ahead=2)
    assert covariance == pytest.approx(0.04 * np.array([[1.25, 0.25], [0.25, 1.25]]))
    lasting = Noise(0.2, 0.5, 9).covariance(4, 2)
    assert lasting[0, 1] > 0.25 * 0.04


def test_a_season_has_to_show_in_both_years():
    wave = 1 + 0.4 * np.sin(np.arange(24) / 12 * 2 * np.pi)
    found = season_of(EVEN * wave, EVEN, ENDS)
    assert found == pytest.approx(wave[:12], rel=1e-6)
    shifted = np.concatenate([wave[:12], wave[6:18]])
    assert (season_of(EVEN * shifted, EVEN, ENDS) == 1).all()
    assert (season_of(EVEN[:23] * wave[:23], EVEN[:23], ENDS[1:]) == 1).all()


def test_old_customers_look_new_as_long_as_silences_last():
    # ten silences a day of one kind that end with a tenth a day: still going after a days 0.9^a
    chances = np.full((KINDS, len(cell_starts(30))), 0.1)
    seen = looking_new(chances, 10 * np.eye(KINDS)[3], 40, 30)
    assert seen == pytest.approx(10 * 0.9 ** np.arange(40), abs=1e-9)
    assert not looking_new(0 * chances, np.ones(KINDS), 40, 30).any()


def test_how_many_looked_new_is_read_off_the_first_months():
    days, due = np.full(12, 30.0), 600 * 0.5 ** np.arange(12)
    for share in (0.0, 0.5, 1.0):
        assert share_unseen(2 * days + share * due, days, due) == pytest.approx(share, abs=1e-9)
    assert share_unseen(2 * days - 0.01 * due, days, due) == 0
    assert share_unseen(days[:2], days[:2], due[:2]) == 0
