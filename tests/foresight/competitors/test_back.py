"""How often those who come come: thirty of either side, active or lapsed, speak for themselves."""

import numpy as np
import pytest

from toolkit.foresight.competitors import visits_if_back
from toolkit.frames import frame, in_engine


def returners(known, lapsed, active):
    """Lapsed returners with 2 visits each, active ones with 5, and ten of each who stayed away."""
    recency = [90] * lapsed + [89] * active + [90] * 10 + [89] * 10
    came = [1] * (lapsed + active) + [0] * 20
    return known(recency, came, came_visits=[2] * lapsed + [5] * active + [0] * 20)


@pytest.mark.parametrize(
    ("lapsed", "active", "of_lapsed", "of_active"),
    [
        (30, 30, 2.0, 5.0),
        (29, 30, (29 * 2 + 30 * 5) / 59, 5.0),
        (30, 29, 2.0, (30 * 2 + 29 * 5) / 59),
        (3, 1, 11 / 4, 11 / 4),
        (0, 0, 1.0, 1.0),  # nobody came: one visit is expected
    ],
)
def test_thirty_of_either_side_speak_for_themselves(known, lapsed, active, of_lapsed, of_active):
    found = visits_if_back(returners(known, lapsed, active), 90)
    assert (found.lapsed, found.active) == pytest.approx((of_lapsed, of_active))


def test_the_active_are_multiplied_by_the_visits_of_the_active(known):
    # 40 lapsed and 60 active came, of 50 and 70: chances that are right in the mean of each side
    # promise the visits that came, 40 x 2 + 60 x 5; at the lapsed's 2 they would promise 200.
    seen = returners(known, 40, 60)
    chance = np.where(seen.recency_days >= 90, 40 / 50, 60 / 70)
    back = visits_if_back(seen, 90)
    assert (chance * back.visits(seen)).sum() == pytest.approx(seen.came_visits.sum())
    found = frame(in_engine(seen).mutate(visits=back.visits_expression))
    assert sorted(found.visits) == sorted(back.visits(seen))
