"""How unusual a silence is, for a customer of that rhythm."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from rhythm_days import LAST, day, histories

from toolkit.foresight.rhythm.gaps import visits_until
from toolkit.foresight.rhythm.own import running_gaps, shop_rhythm
from toolkit.foresight.rhythm.silence import (
    _cases,
    _counts,
    silence_curves,
    silences,
    step_reached,
)
from toolkit.frames import frame


def found(visits, closing, since=None):
    return frame(silences(visits, closing, since).order_by("customer_id")).set_index("customer_id")


@pytest.fixture(scope="module")
def shop(seen):
    """Customers of rhythms of their own (5 to 60 days), all still active, seen for four years."""
    chance, days = np.random.default_rng(7), {}
    for n in range(300):
        usual, at = chance.uniform(5, 60), chance.integers(0, 900)
        own = [at]
        while own[-1] < LAST:
            own.append(own[-1] + max(1, round(usual * chance.gamma(3, 1 / 3))))
        days[f"c{n:03}"] = own[:-1]
    return seen(days)


def test_a_customer_with_few_gaps_borrows_from_the_shop(seen):
    # Two customers with gaps of 10 and 20 (three each), one with a single gap of 40.
    visits = seen({"a": [0, 10, 20, 30], "b": [0, 20, 40, 60], "c": [0, 40], "d": [0]})
    ten, twenty, forty = (math.log(x) for x in (10, 20, 40))
    n, mean = [3, 3, 1], (3 * ten + 3 * twenty + forty) / 7
    between = sum(k * (x - mean) ** 2 for k, x in zip(n, (ten, twenty, forty), strict=True))
    assert between > 0 and shop_rhythm(visits).weight == pytest.approx(0, abs=1e-6)
    days = found(visits, day(70)).usual_days  # nothing within customers: their own is believed
    assert days[["a", "b", "c"]].tolist() == pytest.approx([10, 20, 40], rel=1e-3)
    assert days["d"] == pytest.approx(math.exp((ten + twenty + forty) / 3), rel=1e-3)


def test_the_weight_is_that_of_buhlmann_and_straub(seen):
    # Logarithms of gaps: a ln 8 and ln 32, b ln 64 and ln 128.
    visits = seen({"a": [0, 8, 40], "b": [0, 64, 192]})
    two = math.log(2)
    within = ((5 - 4) ** 2 + (3 - 4) ** 2 + 2 * 0.5**2) * two**2 / 2  # 4 gaps less 2 customers
    between = (2 * 2 * 1.25**2 * two**2 - within) / (4 - 8 / 4)
    shop = shop_rhythm(visits)
    assert shop.weight == pytest.approx(within / between, rel=2e-3)
    assert math.exp(shop.usual) == pytest.approx(2**5.25, rel=1e-3)
    own = (2 * 4 + shop.weight * 5.25) / (2 + shop.weight)
    assert found(visits, day(200)).usual_days["a"] == pytest.approx(2**own, rel=2e-3)


def test_customers_alike_all_have_the_rhythm_of_the_shop(seen):
    visits = seen({f"c{n}": [0, 10, 50, 60, 100] for n in range(4)})
    assert shop_rhythm(visits).weight is None
    assert found(visits, day(100)).usual_days.tolist() == pytest.approx([20] * 4, rel=1e-3)


def test_where_nobody_came_twice_there_is_no_rhythm(seen):
    rows = found(seen({"a": [0], "b": [5]}), day(9))
    assert rows.silent_days.tolist() == [9, 4] and rows.gaps.tolist() == [0, 0]
    assert rows[["usual_days", "silence_chance"]].isna().all(axis=None)


def test_with_few_visits_the_rhythm_is_told_and_the_chance_is_not(seen):
    rows = found(seen({"a": [0, 10, 20], "b": [5]}), day(30))
    assert rows.usual_days.notna().all() and rows.silence_chance.isna().all()


def test_one_visit_is_measured_by_the_first_silences_of_the_shop(seen):
    # Forty came again after 20 days, forty after 40 and forty never; then three with one visit.
    days = {f"s{n}": [n, n + 20] for n in range(40)} | {f"l{n}": [n, n + 40] for n in range(40)}
    days |= {f"n{n}": [n] for n in range(40)}
    days |= {"new": [495], "waiting": [470], "late": [440]}
    rows = found(seen(days), day(500)).silence_chance
    assert (rows["new"], rows["late"]) == (1, 0)
    assert rows["waiting"] == pytest.approx(0.5, abs=0.011)  # told in hundredths, rounded up
    assert (rows["n0"], rows["n39"]) == (0, 0)


def test_first_visits_before_the_file_can_be_believed_make_no_curve(seen):
    early = {f"e{n}": [n, n + 5] for n in range(40)}
    later = {f"l{n}": [100 + n, 150 + n] for n in range(40)}
    visits = seen(early | later | {"new": [470]} | {f"n{n}": [130] for n in range(40)})
    assert found(visits, day(500)).silence_chance["new"] == pytest.approx(0.5, abs=0.011)
    assert found(visits, day(500), since=day(100)).silence_chance["new"] == 1


def test_silences_of_customers_still_active_have_any_chance(shop):
    # A silence met on a day at random is half of a long one: the chance is large on average, and
    # small as rarely as it says.
    chances = pd.concat([found(shop, day(at)).silence_chance for at in range(1000, 1500, 100)])
    assert 0.5 < chances.mean() < 0.75
    assert (chances <= 0.1).mean() < 0.1 and (chances <= 0.02).mean() < 0.03


def test_silences_that_ended_had_any_chance_equally_often(shop):
    # As of the day each of them ended: what a perfect forecast would have.
    known = visits_until(shop, day(LAST))
    cases = _cases(running_gaps(known), shop_rhythm(known), day(LAST))
    cases = frame(cases.filter(cases.came & (cases.date < day(1200))).select("group", "at"))
    curves = silence_curves(
        _counts(_cases(running_gaps(known), shop_rhythm(known), day(LAST)), None)
    )
    had = pd.Series([curves[group].get(at, 0.0) for group, at in cases.to_numpy()])
    assert len(had) > 5000
    for share in (0.1, 0.25, 0.5, 0.75):
        assert (had <= share).mean() == pytest.approx(share, abs=0.04)


def test_a_long_silence_is_the_more_unusual_the_quicker_the_rhythm(shop):
    later = found(shop, day(LAST + 60))
    quick, slow = later.usual_days < 12, later.usual_days > 45
    assert later.silence_chance[quick].max() < 0.05 < later.silence_chance[slow].mean()


def test_nothing_later_than_the_day_is_used(seen, shop):
    visits = frame(shop.select("customer_id", "date"))
    past = visits[visits.date <= day(900)]
    offsets = past.date.map(lambda d: (d - day(0)).days)
    only = seen({name: each.tolist() for name, each in offsets.groupby(past.customer_id)})
    pd.testing.assert_frame_equal(found(shop, day(900)), found(only, day(900)))


@settings(max_examples=15, deadline=None)
@given(histories())
def test_any_history_has_a_row_for_every_customer(seen, drawn):
    rows = found(seen(drawn), day(LAST))
    assert rows.index.tolist() == sorted(drawn)
    assert (rows.gaps == [len(drawn[name]) - 1 for name in rows.index]).all()
    assert (rows.silent_days == [LAST - drawn[name][-1] for name in rows.index]).all()
    assert rows.usual_days.dropna().between(0.99, LAST).all()
    assert rows.silence_chance.dropna().between(0, 1).all()


def test_the_days_until_a_silence_is_late_or_unusual_are_those_of_its_chance(shop):
    now = found(shop, day(LAST))
    assert (now.late_days <= now.unusual_days).all() and (now.late_days >= 1).all()
    apart = (now.silent_days > now.unusual_days) & (now.silence_chance > 0.1)
    assert not apart.any()
    assert not ((now.silent_days < now.unusual_days) & (now.silence_chance <= 0.1)).any()
    assert not ((now.silent_days < now.late_days) & (now.silence_chance <= 0.25)).any()


def test_a_curve_reaches_a_share_at_its_first_step_so_low():
    curve = pd.Series([1.0, 0.6, 0.25, 0.25, 0.08], index=[-2, -1, 0, 1, 2])
    assert [step_reached(curve, share) for share in (0.6, 0.25, 0.1)] == [-1, 0, 2]
    assert step_reached(curve, 0.05) == 3  # behind the end


def test_without_visits_that_tell_there_is_no_day_of_unusual_silence(seen):
    alone = found(seen({"a": [0], "b": [3]}), day(40))
    assert alone[["late_days", "unusual_days"]].isna().all(axis=None)
    few = found(seen({"a": [0, 10, 20], "b": [0, 20]}), day(40))
    assert few[["late_days", "unusual_days"]].isna().all(axis=None)
