"""The competitors: one interface, seeing features alone, and each what it says it is."""

import numpy as np
import pandas as pd
import pytest
from stand_in import fit_stand_in
from test_outlook import LINE, at, lesson

from toolkit.foresight.competitors import (
    RULES,
    VISITS,
    WORTH,
    Lesson,
    answers,
    by_pieces,
    chances_of,
    expected_amount,
    histories_of,
    learn,
    learn_visits,
    rule,
    settled,
    visits_of,
    with_counts,
)
from toolkit.foresight.features import OUTCOMES
from toolkit.foresight.referee import auc
from toolkit.frames import frame, in_engine

DAYS = 60


@pytest.fixture(scope="module")
def learnt(shop):
    """What is learnt two windows before the closing date, and who is seen one before it."""
    return lesson(shop[0], 2), at(shop[0], 1)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_ranks_and_promises_out_of_features_alone(learnt, name):
    taught, seen = learnt
    bare = seen.drop(columns=list(OUTCOMES))
    applied = settled(learn(name, taught), bare)
    chance, order = applied.chance(bare), applied.order(bare)
    assert ((chance > 0) & (chance < 1)).all()
    assert auc(seen.came.to_numpy(), order) > 0.75
    if name == "recency":  # rates of bands of silence, which need not fall from band to band
        return
    by = pd.DataFrame({"chance": chance, "order": order}).sort_values("order")
    assert (by.chance.diff().dropna() >= -1e-12).all()


@pytest.mark.parametrize("name", RULES)
def test_the_whole_table_gets_the_chances_of_the_frame(learnt, name, monkeypatch):
    taught, seen = learnt
    seen = seen.assign(customer_id=range(len(seen)))
    monkeypatch.setattr(rule, "AT_ONCE", 100)
    applied = settled(learn(name, taught), seen)
    found = frame(chances_of(applied, in_engine(seen)).order_by("customer_id"))
    assert found.chance.tolist() == pytest.approx(applied.chance(seen).tolist(), abs=1e-12)


@pytest.mark.parametrize("name", VISITS)
def test_the_whole_table_gets_the_visits_of_the_frame(learnt, name):
    taught, seen = learnt
    applied = learn_visits(name, taught, LINE, DAYS)
    expected = applied.expected_visits(seen)
    assert (expected >= 0).all()
    found = frame(visits_of(applied, in_engine(seen)).order_by("customer_id"))
    assert found.expected_visits.tolist() == pytest.approx(expected.tolist())


@pytest.mark.parametrize("name", WORTH)
def test_the_whole_table_gets_the_amounts_of_the_frame(learnt, name):
    seen = learnt[1].assign(expected_visits=lambda f: f.n_visits / 2)
    table = in_engine(seen)
    found = frame(table.select(amount=expected_amount(name, table, DAYS)))
    wanted = WORTH[name](seen, seen.expected_visits.to_numpy(), DAYS)
    assert found.amount.tolist() == pytest.approx(wanted.tolist())


def test_pieces_are_put_together_again(monkeypatch):
    monkeypatch.setattr(rule, "AT_ONCE", 3)
    table = in_engine(pd.DataFrame({"customer_id": range(10)}))
    found = frame(by_pieces(table, "twice", lambda part: 2.0 * part.customer_id.to_numpy()))
    assert dict(zip(found.customer_id, found.twice, strict=True)) == {n: 2.0 * n for n in range(10)}


def test_only_rules_that_know_the_age_learn_from_older_origins(learnt):
    taught, seen = learnt
    other = Lesson(taught.latest, (taught.latest.assign(came=1 - taught.latest.came),))
    for name in RULES:
        same = np.array_equal(
            learn(name, other).chance(seen), learn(name, Lesson(taught.latest)).chance(seen)
        )
        assert same == (name not in ("regression", "boosting", "stacked")), name


def test_the_sum_of_quintiles_by_hand():
    # Five customers, each better than the one before in all letters: 3, 6, 9, 12, 15.
    known = pd.DataFrame(
        {
            "recency_days": [50, 40, 30, 20, 10],
            "n_visits": [1, 2, 3, 4, 5],
            "total_amount": [10, 20, 30, 40, 50],
            "came": [0, 0, 1, 0, 1],
        }
    )
    assert learn("rfm", Lesson(known)).order(known).tolist() == [3, 6, 9, 12, 15]
    # Without amounts two letters; one-time buyers in the middle of their ranks.
    bare = known.assign(total_amount=None, n_visits=[1, 1, 1, 1, 5])
    assert learn("rfm", Lesson(bare)).order(bare).tolist() == [1 + 2, 2 + 2, 3 + 2, 4 + 2, 5 + 5]


def test_quintiles_are_those_of_the_customers_it_is_applied_to(learnt):
    taught, seen = learnt
    older = seen.assign(recency_days=seen.recency_days + 1000)
    learnt_rule = learn("rfm", taught)
    there = settled(learnt_rule, seen).order(seen)
    assert np.array_equal(settled(learnt_rule, older).order(older), there)


def test_the_naive_rate_does_not_run_away_with_a_visit_yesterday():
    seen = pd.DataFrame({"n_visits": [1, 4], "age_days": [1, 120]})
    assert learn_visits("naive_rate", Lesson(seen), LINE, 60).expected_visits(seen).tolist() == [
        1.0,
        2.0,
    ]


def test_the_count_model_is_asked_once_for_each_history(learnt):
    seen = learnt[1]
    told = histories_of(seen)
    assert told.customers.sum() == len(seen)
    assert len(told) == len(seen[["repeats", "last_days", "age_days"]].drop_duplicates())
    model, ends = fit_stand_in(told), {"": 60, "_long": 90}
    bare = seen.drop(columns=["chance_any", "model_visits"])
    found = frame(with_counts(in_engine(bare), model, ends).order_by("customer_id"))
    assert found.chance_any.tolist() == pytest.approx(seen.chance_any.tolist())
    assert (found.chance_any_long > found.chance_any).all()
    assert len(answers(model, told, ends)) == len(told)
