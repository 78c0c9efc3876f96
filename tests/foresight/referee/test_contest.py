"""The contest on rounds typed in: means over the origins, who is used, and what money asks."""

import numpy as np
import pandas as pd
import pytest

from toolkit.foresight.competitors import RULES, VISITS, WORTH, Lesson, learn
from toolkit.foresight.referee import auc, contest, numbers
from toolkit.foresight.referee.bootstrap import resampled
from toolkit.foresight.referee.winner import sums_off, winner

LAPSE, DAYS = 90, 60


def customers(seed, n=500, money=True):
    """Features in which silence alone says who comes, with the outcome; everything else equal."""
    draw = np.random.default_rng(seed)
    silent = draw.integers(0, 200, n)
    came = (draw.random(n) < 0.8 * np.exp(-silent / 60)).astype(int)
    visits = came * (1 + draw.poisson(0.5, n))
    given = {
        "customer_id": range(n),
        "recency_days": silent,
        "overdue": np.maximum((silent - LAPSE / 2) / (1 + LAPSE / 2), 0),
        "age_days": 300,
        "n_visits": 3,
        "repeats": 2,
        "total_amount": 3000,
        "chance_any": 0.8 * np.exp(-silent / 60),
        "model_visits": 1.2 * np.exp(-silent / 60),
        "spend_per_visit": 1000.0 if money else float("nan"),
        "spend_modelled": 1000.0 if money else float("nan"),
        "came": came,
        "came_visits": visits,
        "came_amount": 1000 * visits,
    }
    constant = ("mean_amount", "first_amount", "last_amount", "gap_mean", "gap_sd", "gap_last")
    constant += ("gap_max", "silence_in_gaps", "visits_30", "visits_60", "recent_visits")
    return pd.DataFrame(given | dict.fromkeys((*constant, "visits_180"), 1.0))


@pytest.fixture(scope="module")
def rounds():
    """Two rounds, the latest first."""
    return [(Lesson(customers(k + 1)), customers(k)) for k in (1, 3)]


@pytest.fixture(scope="module")
def verdict(rounds):
    return contest(rounds, LAPSE, DAYS)


def test_what_the_simplest_rule_knows_is_not_given_to_a_model(verdict):
    assert verdict.winners["ranking"] == "recency"
    assert verdict.ranking.method[verdict.ranking.used].tolist() == ["recency"]


def test_figures_are_means_over_the_origins(rounds, verdict):
    row = verdict.ranking.set_index("method").loc["recency"]
    each = [auc(seen.came.to_numpy(), -seen.recency_days.to_numpy()) for _, seen in rounds]
    assert row.auc == pytest.approx(np.mean(each))
    lapsed = [seen[seen.recency_days >= LAPSE] for _, seen in rounds]
    each = [auc(some.came.to_numpy(), -some.recency_days.to_numpy()) for some in lapsed]
    assert row.auc_lapsed == pytest.approx(np.mean(each))
    assert row.happened == pytest.approx(np.mean([seen.came.mean() for _, seen in rounds]))


def test_every_competitor_has_its_row_and_the_best_is_behind_nobody(verdict):
    tables = ((verdict.ranking, RULES), (verdict.counts, VISITS), (verdict.value, WORTH))
    for table, names in tables:
        assert table.method.tolist() == list(names) and table.used.sum() == 1
        assert table.behind.min() == pytest.approx(0, abs=1e-12)
        assert (table.behind_low <= table.behind_high).all()
        tied = table.behind_low <= 0
        assert tied[table.used].all()


def test_the_calibration_is_of_the_winner_at_every_origin(rounds, verdict):
    lesson, seen = rounds[0]
    chance = learn("recency", lesson).chance(seen)
    assert np.array_equal(verdict.chances[0], chance)
    tenths = verdict.calibration
    assert tenths.groupby("origin").customers.sum().tolist() == [len(s) for _, s in rounds]
    assert tenths.origin.is_monotonic_increasing
    used = verdict.ranking[verdict.ranking.used].iloc[0]
    off = (tenths.predicted - tenths.happened).abs().mean()
    assert off == pytest.approx(used.calibration_error)


def test_sums_have_the_interval_they_are_judged_by(verdict):
    for table in (verdict.counts, verdict.value):
        assert (table.bias_low < table.bias).all() and (table.bias < table.bias_high).all()


def test_without_amounts_nothing_is_said_of_money():
    bare = contest([(Lesson(customers(2)), customers(1, money=False))], LAPSE, DAYS)
    assert bare.value is None and set(bare.winners) == {"ranking", "counts"}


def dearer_half(seen):
    """The same customers; those of odd numbers pay 9000 a visit, and only the model knows it."""
    odd = seen.customer_id % 2 == 1
    each = odd.map({True: 9000, False: 1000})
    return seen.assign(
        came_amount=each * seen.came_visits,
        spend_per_visit=5000.0,
        spend_modelled=each.astype(float),
    )


def test_the_model_of_amounts_is_used_where_it_names_the_money_better(rounds):
    found = contest([(lesson, dearer_half(seen)) for lesson, seen in rounds], LAPSE, DAYS)
    assert found.winners["value"] == "visits_x_model"
    assert found.winners["counts"] in VISITS


def test_where_both_say_the_same_of_a_visit_the_simpler_is_used(verdict):
    value = verdict.value.set_index("method")
    assert value.mae["visits_x_model"] == value.mae["visits_x_own"]
    assert not value.used["visits_x_model"]


def test_bias_and_distance_by_hand():
    happened = np.array([0.0, 1.0, 3.0])
    row = numbers.judged(happened, pd.DataFrame({"x": [1.0, 1.0, 1.0]})).iloc[0]
    assert (row.mae, row.bias) == (1.0, -0.25)
    assert row.rmse == pytest.approx((5 / 3) ** 0.5)


def test_the_square_is_best_at_the_mean_and_the_distance_at_the_median():
    # Seven of ten stay away; .6 visits on average.
    happened = np.array([0.0] * 7 + [1.0, 2.0, 3.0])
    told = pd.DataFrame({m: [m] * 10 for m in (0.0, 0.3, 0.6, 0.9)})
    assert told.columns[numbers.squares(happened, told).mean(axis=0).argmax()] == 0.6
    assert told.columns[numbers.distances(happened, told).mean(axis=0).argmax()] == 0.0


def test_a_tie_does_not_go_to_a_simpler_rule_whose_sum_is_clearly_off():
    tied = np.array([True, True, True])
    names = ["simple", "middle", "best"]
    assert winner(names, tied, np.array([False, True, True])) == "middle"
    assert winner(names, tied, np.array([False, True, True]), np.array([1, 0, 1], bool)) == "best"
    # All are off, or only one that is not tied is right: the tie stands as it was.
    assert winner(names, tied, np.array([False, False, False])) == "simple"
    assert winner(names, np.array([True, True, False]), np.array([False, False, True])) == "simple"


def test_the_interval_of_the_bias_is_about_what_customers_were_off_by():
    happened = np.array([0.0, 2.0, 1.0, 1.0])
    told = pd.DataFrame({"right": [1.0] * 4, "low": [0.0] * 4})
    parts = numbers.biases(happened, told)
    assert parts.mean(axis=0).tolist() == numbers.judged(happened, told).bias.tolist() == [0, -1]
    found = sums_off(parts.mean(axis=0), resampled(parts, seed=0))
    assert found.bias_low[0] < 0 < found.bias_high[0] and found.bias_high[1] < 0
