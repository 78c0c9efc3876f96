"""Which model of amounts speaks: Gamma-Gamma, the shrunken mean, or none; never an error."""

import datetime as dt

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.foresight.spend import fit_shrunken, fit_spend, spend_record
from toolkit.foresight.spend.amounts import amounts_of
from toolkit.frames import frame
from toolkit.words import LANGUAGES, Words

DAY = dt.date(2024, 1, 9)


def told(spend):
    return frame(spend.table()).set_index("customer_id").spend_per_visit.to_dict()


def returned(*rows):
    """(customer, amount) of days on which money only went back."""
    columns = {
        "customer_id": pa.array([name for name, _ in rows], pa.string()),
        "date": pa.array([DAY] * len(rows), pa.date32()),
        "amount": pa.array([amount for _, amount in rows], pa.int64()),
    }
    return ibis.memtable(pa.table(columns))


@pytest.fixture(scope="module")
def usual(drawn, bought):
    """Visits of 600 customers out of the model."""
    return bought(drawn(4.0, 3.5, 2000.0, 600))


def dearer_when_frequent():
    return {i: [1000 * n + 10 * (i % 5)] * n for i in range(200) for n in [1 + i % 6]}


FALLBACKS = {
    "few_repeaters": lambda: {i: [100 + i, 300] if i < 49 else [50] for i in range(300)},
    "equal_amounts": lambda: {i: [980] * (1 + i % 4) for i in range(200)},
    "dependent_more": dearer_when_frequent,
    "boundary": lambda: {i: [500 * (1 + i * i % 7)] * (1 + i % 4) for i in range(200)},
}


def test_amounts_out_of_the_model_are_given_to_it(usual):
    spend = fit_spend(usual)
    assert (spend.method, spend.verdict, spend.kept_share) == ("gamma_gamma", "independent", 1.0)
    found = told(spend)
    per = frame(spend.amounts_table).set_index("customer_id")
    expected = spend.model.expected(per.n, per.money)
    assert found == pytest.approx(expected.to_dict())


@pytest.mark.parametrize("verdict", FALLBACKS)
def test_where_the_model_does_not_hold_the_shrunken_mean_speaks(bought, verdict):
    visits = bought(FALLBACKS[verdict]())
    spend = fit_spend(visits)
    assert (spend.method, spend.verdict) == ("shrunken", verdict)
    per = amounts_of(visits)
    plain = frame(per.select("customer_id", told=fit_shrunken(visits).expression(per)))
    plain = plain.set_index("customer_id").told
    assert told(spend) == pytest.approx(plain.to_dict())


def test_one_price_is_everybodys(bought):
    assert set(told(fit_spend(bought(FALLBACKS["equal_amounts"]()))).values()) == {980.0}


def test_a_model_that_misses_the_money_is_not_used(bought):
    # Most buy once for little; some buy for a hundred times as much, all of them often.
    chance = {i: [100 + i % 9] * (1 + i % 2) for i in range(400)}
    chance |= {400 + i: [10_000 + 7 * i * (k % 3) for k in range(3)] for i in range(60)}
    assert fit_spend(bought(chance)).method == "shrunken"


def test_what_goes_back_on_other_days_lowers_every_amount_alike(usual):
    money = int(frame(usual).amount.sum())
    spend = fit_spend(usual, returned(("0", -(money // 10))))
    assert spend.kept_share == pytest.approx(0.9, abs=1e-6)
    plain = told(fit_spend(usual))
    assert told(spend) == pytest.approx({k: v * spend.kept_share for k, v in plain.items()})


def test_more_going_back_than_came_in_leaves_nothing(bought):
    spend = fit_spend(bought({"a": [10, 30]}), returned(("a", -900)))
    assert told(spend) == {"a": 0.0}


def test_without_amounts_nothing_is_said(bought):
    spend = fit_spend(bought({"a": [None], "b": [None, None]}))
    assert (spend.method, spend.verdict, spend.table()) == ("none", "no_amount", None)


def test_every_verdict_has_its_sentence():
    keys = {
        *FALLBACKS,
        "independent",
        "mild_more",
        "mild_less",
        "dependent_less",
        "heavy_tail",
        "misfit",
    }
    assert all(f"spend.{key}" in Words(language) for key in keys for language in LANGUAGES)


@settings(max_examples=12, deadline=None)
@given(
    st.dictionaries(
        st.integers(0, 400),
        st.lists(st.sampled_from([1, 100, 100, 10**12]) | st.integers(-50, 10**7), max_size=6),
        min_size=1,
        max_size=120,
    )
)
def test_no_amounts_are_an_error(bought, customers):
    spend = fit_spend(bought(customers))
    positive = {str(k) for k, v in customers.items() if any(x > 0 for x in v)}
    assert (spend.method == "none") == (not positive)
    if positive:
        found = told(spend)
        assert found.keys() == positive
        assert all(0 <= value <= 10**13 for value in found.values())


def test_the_record_sets_the_methods_beside_each_other(usual):
    record = spend_record(usual, dt.date(2024, 1, 2)).set_index("method")
    assert record.index.tolist() == ["gamma_gamma", "shrunken", "shop_mean"]
    assert record.paid.nunique() == record.visits.nunique() == 1
    assert record.error["gamma_gamma"] < record.error["shop_mean"]


def test_there_is_no_record_where_nothing_came_after(usual):
    assert spend_record(usual, dt.date(2025, 1, 2)).empty
