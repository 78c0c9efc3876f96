"""The shrunken mean: credibility worked by hand."""

import pytest

from toolkit.foresight.spend import fit_shrunken
from toolkit.foresight.spend.amounts import amounts_of
from toolkit.frames import frame


def spends(visits):
    per = amounts_of(visits)
    told = per.select("customer_id", spend=fit_shrunken(visits).expression(per))
    return frame(told).set_index("customer_id").spend.to_dict()


def purchases(**amounts):
    """Customer -> amounts, one visit a day."""
    return [
        (name, f"2024-01-{day:02}", amount)
        for name, bought in amounts.items()
        for day, amount in enumerate(bought, 1)
    ]


def test_credibility_is_worked_out_by_hand(visits_of):
    # Shop 160 / 5 = 32. Within (50 + 200) / (5 - 3) = 125. Between ((2 x 17^2 + 2 x 18^2 + 2^2)
    # - 2 x 125) / (5 - 9 / 5) = 306.25. k = 20/49, so Z = 49/59 for two visits, 49/69 for one.
    found = spends(visits_of(*purchases(a=[10, 20], b=[40, 60], c=[30])))
    assert found == pytest.approx(
        {
            "a": (49 * 15 + 10 * 32) / 59,
            "b": (49 * 50 + 10 * 32) / 59,
            "c": (49 * 30 + 20 * 32) / 69,
        }
    )


def test_more_visits_are_believed_more(visits_of):
    found = spends(visits_of(*purchases(a=[100, 140] * 8, b=[120], c=[10, 30] * 8, d=[20])))
    assert found["a"] > found["b"] and found["c"] < found["d"]


def test_nothing_between_customers_gives_everyone_the_shops_mean(visits_of):
    assert spends(visits_of(*purchases(a=[10, 20], b=[20, 10]))) == {"a": 15.0, "b": 15.0}


def test_one_visit_each_gives_everyone_the_shops_mean(visits_of):
    assert spends(visits_of(*purchases(a=[10], b=[20], c=[60]))) == dict.fromkeys("abc", 30.0)


def test_a_single_customer_has_the_own_mean(visits_of):
    assert spends(visits_of(*purchases(a=[10, 30]))) == {"a": 20.0}


def test_customers_who_never_vary_are_believed_in_full(visits_of):
    found = spends(visits_of(*purchases(a=[10, 10], b=[20, 20])))
    assert found == pytest.approx({"a": 10, "b": 20})
