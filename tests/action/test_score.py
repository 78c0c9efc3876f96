"""The score: what a contact changes, worked by hand."""

import numpy as np
import pandas as pd
import pytest

from toolkit.action.score import break_even, priority, scored
from toolkit.frames import frame


def test_priority_without_an_offer_is_worked_out_by_hand(economics):
    # tau = .25 x .2 x .8 = .04; .04 x 3000 - 100
    assert priority(0.2, 3000, 0.25, economics()) == pytest.approx(20)


def test_priority_with_an_offer_charges_those_who_would_come_anyway(economics):
    # .04 x 3000 - 100 - (.2 + .04) x 300
    assert priority(0.2, 3000, 0.25, economics(offer_cost=300.0)) == pytest.approx(-52)


@pytest.mark.parametrize(
    ("margin", "points"),
    [
        (1500, (3.3, 6.7, 10.0)),
        (3000, (1.7, 3.3, 5.0)),
        (5000, (1.0, 2.0, 3.0)),
        (10_000, (0.5, 1.0, 1.5)),
    ],
)
def test_break_even_of_a_letter_at_50_100_and_150_yen(economics, margin, points):
    found = [100 * break_even(0.3, margin, economics(cost)) for cost in (50.0, 100.0, 150.0)]
    assert tuple(round(point, 1) for point in found) == points


def test_break_even_with_an_offer_is_worked_out_by_hand(economics):
    # (100 + .2 x 300) / (3000 - 300)
    found = break_even(0.2, 3000, economics(offer_cost=300.0))
    assert found == pytest.approx(160 / 2700)


def test_at_the_break_even_uplift_a_contact_earns_nothing(economics):
    costs, chance, margin = economics(offer_cost=300.0), 0.2, 3000
    kappa = break_even(chance, margin, costs) / (chance * (1 - chance))
    assert priority(chance, margin, kappa, costs) == pytest.approx(0, abs=1e-9)


def test_a_near_certain_returner_ranks_below_a_doubtful_one_of_equal_value(economics):
    for kappa in (0.1, 0.25, 0.5):
        certain = priority(0.97, 10_000, kappa, economics())
        assert certain < priority(0.3, 10_000, kappa, economics())
        assert priority(1.0, 10_000, kappa, economics()) == -100  # nothing left to change


def test_a_hopeless_customer_ranks_below_a_doubtful_one_of_equal_value(economics):
    assert priority(0.01, 10_000, 0.25, economics()) < priority(0.3, 10_000, 0.25, economics())


def test_a_discount_raises_the_break_even_of_the_likely_returner_more(economics):
    plain, discount = economics(), economics(offer_cost=300.0)
    rise = {p: break_even(p, 3000, discount) - break_even(p, 3000, plain) for p in (0.1, 0.8)}
    assert break_even(0.1, 3000, plain) == break_even(0.8, 3000, plain)
    assert rise[0.8] == pytest.approx(340 / 2700 - 100 / 3000)
    assert rise[0.8] > 2 * rise[0.1] > 0


def test_arrays_and_tables_give_the_same_as_numbers(economics, customers):
    costs = economics(offer_cost=300.0)
    chances, margins = [0.05, 0.2, 0.9], [3000.0, 8000.0, 20_000.0]
    rows = zip("abc", chances, margins, strict=True)
    table = frame(scored(customers(*rows), costs).order_by("customer_id"))
    for name, kappa in zip(("priority_low", "priority", "priority_high"), costs.kappa, strict=True):
        single = [priority(p, v, kappa, costs) for p, v in zip(chances, margins, strict=True)]
        assert table[name].tolist() == pytest.approx(single, abs=0.005 + 1e-9)  # as it is shown
        assert priority(np.array(chances), np.array(margins), kappa, costs) == pytest.approx(single)
    assert table.uplift.tolist() == pytest.approx([0.25 * p * (1 - p) for p in chances])
    single = [break_even(p, v, costs) for p, v in zip(chances, margins, strict=True)]
    assert table.break_even.tolist() == pytest.approx(single, abs=5e-7 + 1e-12)


def test_no_uplift_suffices_where_the_offer_eats_the_margin(economics, customers):
    table = frame(scored(customers(("a", 0.2, 300.0), ("b", 0.2, 301.0)), economics(100.0, 300.0)))
    broken = table.set_index("customer_id").break_even
    assert pd.isna(broken["a"])
    assert broken["b"] == pytest.approx(160)
    assert (table.priority < 0).all()


def test_what_is_shown_is_what_is_reckoned_with(economics, customers):
    table = frame(scored(customers(("a", 1 / 3, 10_000 / 3)), economics()))
    row = table.iloc[0]
    assert (row.chance, row.margin_if_returns) == (0.333333, 3333.33)
    assert row.priority == round(0.25 * 0.333333 * 0.666667 * 3333.33 - 100, 2)


def test_those_of_whom_more_is_known_have_a_response_of_their_own(economics, customers):
    table = customers(("a", 0.5, 5000.0), ("dog", 0.5, 5000.0))
    own = (table.customer_id == "dog").ifelse(-1.0, 2.0)
    found = frame(scored(table.mutate(response=own), economics()).order_by("customer_id"))
    assert found.kappa.tolist() == [0.5, -0.25]
    assert found.uplift.tolist() == [0.125, -0.0625]
    assert found.priority.tolist() == [525, -412.5]
