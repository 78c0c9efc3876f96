"""The assumed response, corrected by campaigns."""

import numpy as np
import pandas as pd
import pytest

from toolkit.action.trial.groups import CONTACT, HOLD_OUT
from toolkit.action.trial.response import TENTHS, corrected

ASSUMED = (0.1, 0.25, 0.5)


def campaign(kappa, names, seed=1, name="spring"):
    draw = np.random.default_rng(seed)
    chance = draw.uniform(0.05, 0.4, names)
    contacted = draw.random(names) < 0.6
    came = draw.random(names) < chance + contacted * kappa * chance * (1 - chance)
    group = np.where(contacted, CONTACT, HOLD_OUT)
    columns = {"campaign": name, "group": group, "chance": chance, "came": came * 1}
    return pd.DataFrame(columns).assign(channel="letter")


def test_without_a_campaign_the_assumption_stands():
    found = corrected(ASSUMED, campaign(0.3, 0))
    assert (found.low, found.middle, found.high, found.measured) == (*ASSUMED, 0)
    assert corrected(ASSUMED, campaign(0.3, 30)).measured in (0, 30)


def test_a_campaign_of_many_names_speaks_for_itself():
    found = corrected(ASSUMED, campaign(0.8, 200_000))
    assert found.middle == pytest.approx(0.8, abs=0.05)
    assert found.measured == 200_000
    assert found.high - found.low < 0.1


def test_a_small_campaign_moves_the_assumption_a_little():
    found = corrected(ASSUMED, campaign(0.8, 600))
    assert 0.1 < found.middle < 0.8
    assert found.high - found.low <= 0.4


def test_contact_that_drives_people_away_is_seen():
    assert corrected(ASSUMED, campaign(-0.5, 100_000)).high < 0


def test_two_halves_of_a_campaign_tell_what_the_whole_tells():
    both = [campaign(0.5, 50_000, 1, "spring"), campaign(0.5, 50_000, 2, "autumn")]
    nothing = (-1e4, 0.25, 1e4)  # no assumption to speak of
    found = corrected(nothing, pd.concat(both))
    each = [corrected(nothing, one) for one in both]
    assert min(e.middle for e in each) < found.middle < max(e.middle for e in each)
    assert found.measured == 100_000


def test_the_assumption_and_the_measurement_weigh_by_their_precision():
    names = campaign(0.6, 4_000)
    found = corrected(ASSUMED, names)
    wide = corrected((-1e4, 0.25, 1e4), names)  # no assumption to speak of: the measurement alone
    spread, error = 0.2 / TENTHS, (wide.high - wide.middle) / TENTHS
    by_hand = (0.25 / spread**2 + wide.middle / error**2) / (spread**-2 + error**-2)
    assert found.middle == pytest.approx(by_hand, rel=1e-4)


def test_what_mail_has_shown_corrects_a_letters_response_by_its_own():
    """Mail that changes a fifth of what a letter of kappa .5 would: .5, not .1."""
    names = campaign(0.5 * 0.2, 400_000).assign(channel="mail")
    nothing = (-1e4, 0.25, 1e4)  # no assumption to speak of
    assert corrected(nothing, names, {"mail": 0.2}).middle == pytest.approx(0.5, abs=0.1)
    as_letter = corrected(nothing, names)
    assert corrected(nothing, names, {"mail": 0.2}).middle == pytest.approx(5 * as_letter.middle)


def test_a_campaign_by_letter_and_mail_has_one_response_and_an_unknown_channel_is_a_letter():
    letters = campaign(0.5, 200_000, 1).assign(channel="pigeon")
    mail = campaign(0.1, 200_000, 2).assign(channel="mail")
    found = corrected((-1e4, 0.25, 1e4), pd.concat([letters, mail]), {"letter": 1, "mail": 0.2})
    assert found.middle == pytest.approx(0.5, abs=0.04)


def test_a_channel_that_changes_nothing_says_nothing_of_a_letter():
    names = campaign(0.0, 1_000).assign(channel="fax")
    found = corrected(ASSUMED, names, {"fax": 0.0})
    assert (found.middle, found.why) == (0.25, "flat")
