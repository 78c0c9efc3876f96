"""What a campaign caused: worked by hand, and right as often as the interval says."""

import numpy as np
import pandas as pd
import pytest

from toolkit.action.trial.compared import compared
from toolkit.action.trial.effect import effect_of, pooled
from toolkit.action.trial.groups import CONTACT, HOLD_OUT

PLANTED = 0.04


def of(contacted, held_out):
    """Names of whom so many of so many came."""
    parts = [(CONTACT, *contacted), (HOLD_OUT, *held_out)]
    rows = [(g, int(i < came)) for g, came, n in parts for i in range(n)]
    return pd.DataFrame(rows, columns=["group", "came"])


def test_the_difference_and_its_interval_by_hand():
    found = effect_of(of((30, 100), (10, 50)), "came")
    assert (found.value, found.contacted, found.held_out) == pytest.approx((0.1, 0.3, 0.2))
    # variances .21 / 99 and .16 / 49, Welch-Satterthwaite: 110.9 degrees, t = 1.98163
    spread = (0.21 / 99 + 0.16 / 49) ** 0.5
    assert found.high - found.value == pytest.approx(1.98163 * spread, rel=1e-4)
    assert found.low == pytest.approx(0.2 - found.high)
    assert not found.proven
    assert effect_of(of((80, 100), (10, 50)), "came").proven


def test_too_few_names_tell_nothing():
    assert effect_of(of((5, 100), (1, 19)), "came") is None


def test_nobody_came_is_no_effect():
    found = effect_of(of((0, 100), (0, 50)), "came")
    assert (found.value, found.low, found.high) == (0, 0, 0)


def test_a_score_that_tells_the_outcome_leaves_the_effect_alone():
    # the contacted were likelier to come anyway: of the raw 0.3 only 0.1 is the contact's
    n = 400
    score = np.r_[np.linspace(0.3, 0.7, n), np.linspace(0.1, 0.5, n)]
    group = [CONTACT] * n + [HOLD_OUT] * n
    table = pd.DataFrame({"group": group, "margin": score, "score": score})
    table.loc[table.group == CONTACT, "margin"] += 0.1
    assert effect_of(table, "margin").value == pytest.approx(0.3)
    assert effect_of(table, "margin", "score").value == pytest.approx(0.1)


def campaign(draw, names=1_500):
    """Names with a chance each, a fifth held out, four points of effect on whoever is contacted."""
    chance = np.minimum(draw.beta(1.2, 8.0, names), 1 - PLANTED)
    table = pd.DataFrame({"chance": chance, "group": CONTACT, "reached": True})
    table.loc[draw.permutation(names)[: names // 5], "group"] = HOLD_OUT
    contacted = table.group == CONTACT
    came = (draw.random(names) < chance + PLANTED * contacted).astype(int)
    return table.assign(came=came, margin=came * 2_000.0 - 100 * contacted)


def test_the_interval_contains_a_planted_effect_as_often_as_it_says():
    draw = np.random.default_rng(2026)
    within = money = narrower = 0
    for i in range(1_000):
        table = campaign(draw)
        row = compared(table)
        within += row["uplift_low"] <= PLANTED <= row["uplift_high"]
        money += row["margin_low"] <= 2_000 * PLANTED - 100 <= row["margin_high"]
        if i < 50:
            plain = effect_of(table, "came")
            narrower += row["uplift_high"] - row["uplift_low"] < plain.high - plain.low
    assert 935 <= within <= 965
    assert 935 <= money <= 965
    assert narrower >= 45


def test_campaigns_are_pooled_by_how_much_each_tells():
    # weights 1 / .01^2 and 1 / .02^2: (4 x .03 + 1 x .08) / 5
    assert pooled([(0.03, 0.01), (0.08, 0.02)]) == pytest.approx(
        (0.04, (0.01**-2 + 0.02**-2) ** -0.5)
    )
    assert pooled([]) is None
