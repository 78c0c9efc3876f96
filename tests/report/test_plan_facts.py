from decimal import Decimal

from toolkit.action import Plan
from toolkit.action.choice import best_possible
from toolkit.report.plan_facts import plan_facts


def test_the_list_is_counted_and_added_up_over_those_who_pay(client, plan):
    facts = plan_facts(client("ledger").book, plan)
    assert {f.id.removeprefix("winback."): f.value for f in facts} == {
        "listed": 4,
        "worth_contacting": 2,
        "contacted": 1,
        "held_out": 1,  # B7
        "paying": 2,  # priority above zero
        "robust": 1,  # pays at every response
        "to_test": 0,
        "next": 2,
        "no_room": 0,  # no limit
        "break_even_response": 120 / 6_000,  # mean margin of 9,000 and 3,000
        "expected_profit": Decimal("240.00"),  # of =1+1 alone
        "cost": Decimal("120.00"),
        "leak": 0,
        "at_risk": Decimal("120.00"),
        "test_profit": 0,
        "test_low": 0,
        "next_loss": Decimal("194.00"),
        "guaranteed": -33 / 24,  # this list is not what the rule would make of it
        "guaranteed_within": -33 / 24,  # there is no limit
        "too_long": 5,
        "first_time": 2,
        "no_channel": 0,
        "unreached": 0,
        "unwilling": 0,
        "rested": 0,
    }
    assert facts["winback.expected_profit"].interval == (Decimal("24.00"), Decimal("600.00"))
    assert facts["winback.expected_profit"].unit == "JPY"


def test_minor_units_become_major_ones(client, plan):
    facts = plan_facts(client("dollars").book, plan)
    assert facts.value("winback.expected_profit") == Decimal("2.4000")
    assert facts.value("winback.cost") == Decimal("1.20")


def test_a_list_on_which_nobody_pays_has_no_break_even(client, plan, ranked):
    none = Plan(plan.economics, ranked.iloc[2:], {})
    facts = plan_facts(client("ledger").book, none)
    assert facts.value("winback.listed") == 2
    assert facts.value("winback.worth_contacting") == 0
    assert facts["winback.break_even_response"].why == "none_worth_contacting"
    assert facts.value("winback.expected_profit") == 0


def test_without_a_list_every_fact_is_null_and_says_why(client):
    for name, why in (("ledger", "nothing_to_learn"), ("no amounts", "no_amount")):
        told = client(name)
        facts = list(plan_facts(told.book, told.plan))
        assert [f.id.removeprefix("winback.") for f in facts] == [
            "listed",
            "worth_contacting",
            "contacted",
            "held_out",
            "break_even_response",
            "expected_profit",
        ]
        assert {(f.value, f.why) for f in facts} == {(None, why)}


def test_what_is_beyond_the_stop_is_told_apart(client, plan, ranked):
    offer = ranked.assign(send=[True, False, False, False], offer_cost=100)
    facts = plan_facts(
        client("ledger").book, Plan(plan.economics, offer, {}, best=best_possible(offer))
    )
    told = {f.id.removeprefix("winback."): f.value for f in facts}
    assert (told["worth_contacting"], told["to_test"], told["next"]) == (1, 1, 2)
    assert (told["test_profit"], told["test_low"]) == (Decimal("37.50"), Decimal("-57.00"))
    assert told["leak"] == 20  # one in five comes anyway and takes the offer of 100
    assert told["at_risk"] == 140
    assert told["guaranteed"] == 600 / 795  # at the high response: the least of the three


def test_within_a_limit_the_least_share_is_told_of_what_the_limit_lets_be_earned(client, plan):
    offer = plan.winback.assign(send=[True, False, False, False])
    book, code = client("ledger").book, "winback.guaranteed_within"
    for best, share in (((30.0, 300.0, 800.0), 0.75), ((20.0, 240.0, 600.0), 1), ((0, 9, 9), None)):
        facts = plan_facts(book, Plan(plan.economics, offer, {}, best_within=best))
        assert facts.value(code) == share
        assert facts[code].why == (None if share else "none_at_low_response")
