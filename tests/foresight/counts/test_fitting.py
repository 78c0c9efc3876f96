"""Files no model is made for still get one, and its figures are numbers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from toolkit.foresight.counts import fit_counts, fit_family
from toolkit.foresight.counts.fitting import FEWEST_CUSTOMERS
from toolkit.foresight.counts.simulated import simulated_histories
from toolkit.words import LANGUAGES, Words

FAMILIES = ["mbg_cnbd", "bg_cnbd", "pareto_nbd", "nbd"]
FILES = {
    "nobody": [],
    "one customer": [(3, 200, 400, 1)],
    "one customer today": [(0, 0, 0, 1)],
    "nobody came again": [(0, 0, age, 40) for age in range(10)],
    "no time": [(0, 0, 0, 5_000)],
    "all alike": [(5, 300, 400, 2_000)],
    "all alike and here": [(5, 400, 400, 2_000)],
    "all came again at once": [(1, 1, age, 10) for age in range(1, 400)],
    "every day": [(age, age, age, 10) for age in range(1, 400)],
    "huge": [(20_000, 20_000, 20_000, 50), (0, 0, 1, 50), (1, 20_000, 20_000, 50)],
    "a clock": [(12, 360, 365, 500), (11, 330, 365, 500), (0, 0, 20, 100)],
}


def file_of(rows, gaps=True):
    frame = pd.DataFrame(rows, columns=["repeats", "last_days", "age_days", "customers"])
    if gaps:  # as even as they can be
        even = np.log(np.maximum(frame.last_days / np.maximum(frame.repeats, 1), 1))
        frame["log_gaps"] = frame.customers * frame.repeats * even
    return frame


def assert_sane(model, frame):
    assert all(np.isfinite(value) and value > 0 for value in model.parameters.values())
    assert np.isfinite(model.log_likelihood)
    errors = model.standard_errors
    assert errors is None or all(0 < e < 100 * model.parameters[n] for n, e in errors.items())
    for horizon in (0, 90, 1825):
        alive, came = model.chance_alive(frame), model.chance_any(frame, horizon)
        visits = model.expected_visits(frame, horizon)
        assert len(alive) == len(came) == len(visits) == len(frame)
        assert ((came >= 0) & (came <= alive + 1e-9) & (alive <= 1)).all()
        assert np.isfinite(visits).all() and (visits >= came * (1 - 1e-6) - 1e-9).all()


@pytest.mark.parametrize("gaps", [True, False], ids=["gaps", "no gaps"])
@pytest.mark.parametrize("name", FILES)
def test_every_file_has_a_model(name, gaps):
    frame = file_of(FILES[name], gaps)
    assert_sane(fit_counts(frame), frame)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", FILES)
def test_every_family_ends_somewhere(name, family):
    frame = file_of(FILES[name])
    assert_sane(fit_family(frame, family), frame)


@settings(deadline=None, max_examples=10, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.floats(0, 1), st.floats(0, 1), st.integers(1, 300)),
        max_size=6,
    )
)
def test_any_histories_have_a_model(rows):
    # age, last visit within it and repeats within that, as days allow them.
    lasts = [round(age * last) for age, last, _, _ in rows]
    repeats = [
        max(round(day * often**3), min(day, 1))
        for day, (_, _, often, _) in zip(lasts, rows, strict=True)
    ]
    frame = file_of(
        [(x, day, row[0], row[3]) for x, day, row in zip(repeats, lasts, rows, strict=True)]
    )
    assert_sane(fit_counts(frame), frame)


def test_visits_without_time_between_them_have_a_model():
    frame = file_of([(0, 0, 0, 1), (2, 0, 4, 120)])
    model = fit_counts(frame)
    assert np.isfinite(model.expected_visits(frame, 365)).all()


@pytest.mark.parametrize("name", ["nobody", "one customer", "nobody came again", "no time"])
def test_too_few_is_said(name):
    model = fit_counts(file_of(FILES[name]))
    assert (model.family, model.k, model.verdict) == ("nbd", 1, "too_few")
    assert model.standard_errors is None


def test_a_few_customers_lean_on_the_plain_averages():
    # 20 customers with 20 repeats in 52 weeks each: the rate of a customer like all is theirs.
    frame = file_of([(1, 200, 364, FEWEST_CUSTOMERS // 5)])
    model = fit_counts(frame)
    assert model.verdict == "too_few"
    assert model.expected_visits(frame, 364) == pytest.approx([1.0], rel=0.15)
    # Nobody of 20 came again: little is expected, but not nothing.
    silent = file_of([(0, 0, 364, FEWEST_CUSTOMERS // 5)])
    assert 0 < fit_counts(silent).expected_visits(silent, 364)[0] < 0.1


@pytest.mark.parametrize(
    "family, k", [("gamma", 1), ("mbg_cnbd", 0), ("pareto_nbd", 2)], ids=["name", "k", "pareto"]
)
def test_a_model_that_is_none_is_refused(family, k):
    with pytest.raises(ValueError, match="no count model"):
        fit_family(file_of(FILES["all alike"]), family, k)


def test_a_start_that_is_given_leads_to_the_same_place():
    chance = np.random.default_rng(3)
    given = {"r": 0.8, "alpha": 3.0, "a": 0.6, "b": 1.8}
    histories = simulated_histories("mbg_cnbd", 2, given, chance.integers(90, 700, 2_000), chance)
    usual = fit_family(histories, "mbg_cnbd", 2)
    begun = fit_family(histories, "mbg_cnbd", 2, given)
    assert list(begun.parameters.values()) == pytest.approx(
        list(usual.parameters.values()), rel=1e-5
    )


def test_without_the_gaps_the_last_visits_still_tell_the_phases():
    chance = np.random.default_rng(4)
    given = {"r": 1.2, "alpha": 2.0, "a": 0.5, "b": 2.0}
    histories = simulated_histories("mbg_cnbd", 3, given, chance.integers(90, 700, 8_000), chance)
    assert fit_counts(histories.drop(columns="log_gaps")).k == 3


def test_a_row_s_figure_does_not_hang_on_its_neighbours(histories_of):
    model = fit_counts(file_of(FILES["a clock"]))
    frame = histories_of((0, 0, 10), (3, 60, 200), (0, 0, 10), (12, 360, 365))
    alone = [model.expected_visits(frame.iloc[[i]], 90)[0] for i in range(len(frame))]
    assert model.expected_visits(frame, 90) == pytest.approx(alone, rel=1e-9)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["nobody", "all alike", "a clock"])
def test_the_verdict_is_a_sentence(language, name):
    assert len(fit_counts(file_of(FILES[name])).sentence(Words(language))) > 10
