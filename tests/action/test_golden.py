"""The golden list: who is one visit from a higher layer, and what it is worth, worked by hand."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.action.about_to_lapse import Notice
from toolkit.action.active import with_margin
from toolkit.action.active_views import by_step
from toolkit.action.golden import GOLDEN_COLUMNS, Ladder, golden, within_reach
from toolkit.book import Cutoffs
from toolkit.frames import in_engine

CLOSING = dt.date(2024, 12, 31)
CUT = Cutoffs(90, 70_000, 210, 240, {}, "classic")
NOTICE = Notice(CLOSING, lapse_days=240, near_days=30, notice_days=14)
HEADS = {"first": 3_000.0, "fledgling": 8_000.0, "steady": 20_000.0, "prime": 56_500.0}


def day(n):
    return CLOSING + dt.timedelta(days=n)


@pytest.fixture
def listed(customers, economics):
    """The golden list of active customers, each given by what differs from a steady one: 5 visits
    in 300 days for 65,000, 6,000 a visit every 40 days, silent for 30."""

    def build(talk=None, heads=HEADS, **people):
        plain = {"active": True, "gap_days": 30, "usual_days": 40.0, "n_visits": 5}
        plain |= {"tenure_days": 300, "amount": 65_000, "expected_visits": 1.0}
        rows = [(name, 0.5, 6000.0, plain | own) for name, own in people.items()]
        known = economics()
        reach = within_reach(with_margin(customers(*rows), known, 365), NOTICE, CUT)
        found = golden(reach, NOTICE, Ladder(CUT, heads, 365), known, talk)
        return found.set_index("customer_id")

    return build


def test_one_visit_from_prime(listed):
    found = listed(a={}).loc["a"]
    assert (found.layer, found.next_layer) == ("steady", "prime")
    assert (found.amount_lacking, found.days_lacking) == (5_000, 0)
    assert (found.expected_on, found.counts_from) == (day(10), day(1))


def test_what_a_usual_visit_does_not_bring_is_out_of_reach(listed):
    found = listed(reaches={"amount": 64_000}, lacks={"amount": 63_999})
    assert found.index.tolist() == ["reaches"]


def test_the_next_layer_is_that_of_a_visit_on_the_expected_day(listed):
    # 210 days from the first visit: 30 silent and expected on day 10, so 170 at the last visit
    found = listed(reaches={"tenure_days": 170}, lacks={"tenure_days": 169})
    assert found.next_layer.to_dict() == {"reaches": "prime", "lacks": "burst"}
    assert found.counts_from.to_dict() == {"reaches": day(10), "lacks": day(1)}
    assert found.days_lacking["reaches"] == 40
    assert found.step_gain.to_dict() == {"reaches": 14_600, "lacks": 0}  # no sales known of burst


def test_a_first_time_customer_expected_before_the_fledgling_line_becomes_a_fledgling(listed):
    first = {"layer": "first", "n_visits": 1, "tenure_days": 0, "amount": 4_000, "gap_days": 63}
    found = listed(a=first | {"usual_days": 64.0}, b=first | {"usual_days": 90.0})
    assert found.next_layer.to_dict() == {"a": "fledgling", "b": "steady"}
    assert found.expected_on.to_dict() == {"a": day(1), "b": day(27)}
    assert found.counts_from.to_dict() == {"a": day(1), "b": day(27)}
    # 0.4 x what a fledgling, a steady customer brings more than a first-time one
    assert found.step_gain.to_dict() == {"a": 2_000, "b": 6_800}


def test_who_is_expected_before_the_line_takes_no_step(listed):
    young = {"layer": "fledgling", "n_visits": 2, "tenure_days": 49, "amount": 9_000}
    assert listed(young=young).empty


STEPS = st.fixed_dictionaries(
    {
        "n_visits": st.integers(1, 5),
        "tenure_days": st.integers(1, 220),
        "gap_days": st.integers(0, 100),
        "usual_days": st.floats(1, 130),
        "amount": st.integers(1_000, 75_000),
    }
)


@given(st.lists(STEPS, min_size=1, max_size=8))
@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_step_counts_only_after_the_expected_day(listed, people):
    rows = {f"c{n}": own | {"tenure_days": own["tenure_days"] * (own["n_visits"] > 1)}
            for n, own in enumerate(people)}  # fmt: skip
    found = listed(**rows)
    assert (found.counts_from <= found.expected_on).all()
    for who, row in found.iterrows():
        own = rows[who]
        n, days = own["n_visits"] + 1, own["tenure_days"] + own["gap_days"]
        days += (row.expected_on - CLOSING).days
        rich = own["amount"] + 6_000 >= 70_000
        late = "steady" if not rich else "burst" if days < 210 else "prime"
        assert row.next_layer == ("fledgling" if days < 90 else late) and n > 1


def test_from_first_to_fledgling_and_from_fledgling_to_steady(listed):
    first = {"layer": "first", "n_visits": 1, "tenure_days": 0, "amount": 4_000}
    young = {"layer": "fledgling", "n_visits": 2, "tenure_days": 50, "amount": 9_000}
    # 30 silent and expected on day 10: 90 days from the first visit
    found = listed(first=first, young=young)
    assert found.next_layer.to_dict() == {"first": "fledgling", "young": "steady"}
    assert found.days_lacking.to_dict() == {"first": 0, "young": 40}
    assert found.counts_from.to_dict() == {"first": day(1), "young": day(10)}
    assert found.amount_lacking.tolist() == [0, 0]


def test_only_who_is_expected_soon_is_listed(listed):
    found = listed(
        soon={"usual_days": 60.0}, far={"usual_days": 60.5}, late={"late_days": 30},
        due={"usual_days": 20.0}, unknown={"usual_days": None},
    )  # fmt: skip
    assert set(found.index) == {"soon", "due"}
    assert found.expected_on.to_dict() == {"soon": day(30), "due": day(1)}


def test_prime_customers_have_no_layer_above(listed):
    assert listed(p={"layer": "prime", "amount": 90_000}).empty


def test_the_gain_is_the_uplift_of_the_margin_and_of_the_step(listed):
    # 2 visits of 6,000 at .4: 4,800; a prime customer brings 36,500 more a year: 14,600.
    found = listed(a={}).loc["a"]
    assert (found.margin_if_returns, found.step_gain) == (4800, 14_600)
    assert found.expected_gain == 0.0625 * 19_400
    assert found.priority == found.expected_gain - 100
    assert found.break_even == round(100 / 19_400, 6)
    assert found.decision == "contact"


def test_a_layer_that_brings_less_adds_nothing(listed):
    assert listed(heads={"steady": 9.0, "prime": 3.0}, a={}).step_gain["a"] == 0
    assert listed(heads={}, a={}).step_gain["a"] == 0


def test_what_to_talk_about_is_named_where_there_is_something(listed):
    talk = in_engine(pd.DataFrame({"customer_id": ["a"], "product": ["t"], "name": ["tea"]}))
    found = listed(talk, a={}, b={})
    assert found.talk_about["a"] == "tea" and found.talk_about.isna()["b"]


def test_the_largest_gain_stands_first_and_ties_go_by_the_day(listed):
    found = listed(z={"usual_days": 35.0}, b={}, a={}, rich={"spend_per_visit": 9000.0})
    assert found.index.tolist() == ["rich", "z", "a", "b"]
    assert found["rank"].tolist() == [1, 2, 3, 4]


def test_steps_add_up_to_the_list(listed):
    young = {"layer": "fledgling", "n_visits": 2, "tenure_days": 50, "amount": 9_000}
    found = listed(a={}, b={}, young=young).reset_index()
    steps = by_step(found)
    assert steps[["layer", "next", "customers"]].to_numpy().tolist() == [
        ["steady", "prime", 2],
        ["fledgling", "steady", 1],
    ]
    assert steps.expected_gain.sum() == pytest.approx(found.expected_gain.sum())
    assert steps.worth_contacting.sum() == found.send.sum()


def test_a_list_of_nobody_has_its_columns(listed):
    found = listed(p={"layer": "prime", "amount": 90_000}).reset_index()
    assert set(found.columns) == set(GOLDEN_COLUMNS) and by_step(found).empty


def test_sales_per_head_of_many_digits_are_no_exact_decimals(listed):
    found = listed(heads={"steady": 1e5 / 3, "prime": 455_694.30756159729}, a={})
    assert found.step_gain["a"] == pytest.approx(0.4 * (455_694 - 33_333))


def test_without_products_what_to_talk_about_is_still_text(listed):
    for people in ({"a": {}}, {"p": {"layer": "prime", "amount": 90_000}}):
        talk = listed(**people).talk_about
        assert talk.dtype == object and talk.isna().all()
