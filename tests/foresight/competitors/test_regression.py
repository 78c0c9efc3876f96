"""The regression: the same chance in pandas and in the engine, scikit-learn's own, known truth."""

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from sklearn.linear_model import LogisticRegression

from toolkit.foresight.competitors.regression import NAMES, Regression, fit_regression
from toolkit.frames import frame

TRUE = {"n_visits": 1.2, "recency_days": -0.8, "recent_visits": 0.5}


def simulated(n=8000, seed=7):
    """Features drawn at random and outcomes drawn from known weights."""
    draw = np.random.default_rng(seed)
    features = pd.DataFrame(
        {
            "n_visits": draw.geometric(0.3, n),
            "recency_days": draw.integers(0, 400, n),
            "age_days": draw.integers(400, 900, n),
            "mean_amount": draw.lognormal(8, 0.5, n),
            "recent_visits": draw.poisson(0.5, n),
        }
    )
    features["overdue"] = ((features.recency_days - 60) / 61).clip(lower=0)
    log_odds = 2 + sum(w * np.log1p(features[name]) for name, w in TRUE.items())
    features["came"] = (draw.random(n) < 1 / (1 + np.exp(-log_odds))).astype(int)
    return features


def test_a_chance_is_worked_out_by_hand():
    # -1 + 2 ln(1 + 1) - ln(1 + 3) = -1: 1 / (1 + e)
    rule = Regression(-1.0, {"n_visits": 2.0, "recency_days": -1.0})
    chance = rule.chance(pd.DataFrame({"n_visits": [1], "recency_days": [3]}))
    assert chance == pytest.approx([1 / (1 + np.e)], abs=1e-15)


def test_the_engine_gives_the_same_chance():
    features = simulated(500)
    rule = fit_regression(features)
    table = ibis.memtable(pa.Table.from_pandas(features.reset_index(names="at")))
    engine = frame(table.select("at", chance=rule.chance_expression(table)).order_by("at"))
    assert np.abs(engine.chance.to_numpy() - rule.chance(features)).max() < 1e-12


def test_the_chance_is_what_scikit_learn_predicts():
    features = simulated()
    x = np.log1p(features[list(NAMES)].to_numpy(float))
    x = x - x.mean(axis=0)
    expected = LogisticRegression(max_iter=1000).fit(x, features.came).predict_proba(x)[:, 1]
    assert np.abs(fit_regression(features).chance(features) - expected).max() < 1e-12


def test_the_mean_chance_is_the_share_who_came():
    # The intercept carries no penalty, so the average is right where the rule was learnt.
    features = simulated()
    assert fit_regression(features).chance(features).mean() == pytest.approx(
        features.came.mean(), abs=1e-3
    )


def test_known_weights_are_found_again_on_the_raw_log_features():
    weights = fit_regression(simulated()).weights
    assert tuple(weights) == NAMES
    assert weights["n_visits"] == pytest.approx(1.2, abs=0.15)
    assert weights["recency_days"] == pytest.approx(-0.8, abs=0.15)
    assert weights["recent_visits"] == pytest.approx(0.5, abs=0.15)
    for name in ("age_days", "mean_amount", "overdue"):
        assert weights[name] == pytest.approx(0, abs=0.3)


def test_without_amounts_the_amount_is_left_out():
    features = simulated(500).assign(mean_amount=np.nan)
    rule = fit_regression(features)
    assert "mean_amount" not in rule.weights
    assert np.isfinite(rule.chance(features)).all()


def test_a_sliver_of_silence_past_the_bend_does_not_run_away():
    # Lapse line 360, silence seen to 185 days only: just past half the line nobody happened to
    # come. At 360 days of silence the chance must not fall to nothing for that.
    recency = np.tile(np.arange(6, 186), 4)
    overdue = ((recency - 180) / 181).clip(min=0)
    came = np.where(recency > 180, 0, np.arange(recency.size) % 3 == 0).astype(int)
    start = {"n_visits": 1, "age_days": 200, "mean_amount": 9.0, "recent_visits": 0}
    features = pd.DataFrame({"recency_days": recency, "overdue": overdue, "came": came, **start})
    rule = fit_regression(features)
    far = pd.DataFrame({"recency_days": [185, 360], "overdue": [5 / 181, 180 / 181], **start})
    near, beyond = rule.chance(far)
    assert 0.2 < near < 0.4
    assert beyond > 0.5 * near


def test_the_long_silent_are_promised_what_came():
    # Customers come in their rhythm up to some 60 days of silence; hardly anyone later. A straight
    # line in log silence cannot bend that sharply and promises the lapsed (100 days) too much.
    draw = np.random.default_rng(11)
    recency = np.rint(400 * draw.random(20_000) ** 2).astype(int)
    true = 0.8 / (1 + np.exp((recency - 60) / 12)) + 0.01
    start = {"n_visits": 1, "age_days": 400, "mean_amount": 9.0, "recent_visits": 0}
    features = pd.DataFrame({"recency_days": recency, **start})
    features["overdue"] = ((recency - 50) / 51).clip(min=0)
    features["came"] = (draw.random(recency.size) < true).astype(int)
    lapsed = recency >= 100
    came = features.came[lapsed].mean()
    straight = fit_regression(features.assign(overdue=0.0)).chance(features)[lapsed].mean()
    bent = fit_regression(features).chance(features)[lapsed].mean()
    assert straight > 4 * came
    assert bent == pytest.approx(came, rel=0.15)
