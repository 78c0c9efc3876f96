"""How often those who come back come: thirty lapsed returners speak for themselves."""

import pytest

from toolkit.foresight.competitors import visits_if_back


def returners(known, lapsed, active):
    """Lapsed returners with 2 visits each, active ones with 5, and ten of each who stayed away."""
    recency = [90] * lapsed + [89] * active + [90] * 10 + [89] * 10
    came = [1] * (lapsed + active) + [0] * 20
    return known(recency, came, came_visits=[2] * lapsed + [5] * active + [0] * 20)


def test_thirty_lapsed_returners_speak_for_themselves(known):
    assert visits_if_back(returners(known, 30, 10), 90) == 2.0


def test_below_thirty_all_who_came_are_asked(known):
    assert visits_if_back(returners(known, 29, 10), 90) == pytest.approx((29 * 2 + 10 * 5) / 39)


def test_when_nobody_came_one_visit_is_expected(known):
    assert visits_if_back(returners(known, 0, 0), 90) == 1.0
