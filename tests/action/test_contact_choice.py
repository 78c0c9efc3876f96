"""Channel, stop and budget: against every possible choice, on cases small enough to try all."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.action.choice import best_possible, chosen
from toolkit.action.score import RESPONSES

NAMES = ["contact_cost", *RESPONSES]


def offers(*rows):
    """Offers out of (customer, channel, cost, priority at low, middle and high response)."""
    return pd.DataFrame(rows, columns=["customer_id", "channel", *NAMES])


def sure(*rows):
    """The same with one priority at every response."""
    return offers(*((*row, row[-1], row[-1]) for row in rows))


def made(table, budget=None, most=None):
    found = chosen(table, budget, most)
    return {r.customer_id: r.channel for r in found.itertuples() if r.send}


def value(table, picked):
    of = table.set_index(["customer_id", "channel"])
    return float(of.priority[list(picked.items())].sum()) if picked else 0.0


def cost(table, picked):
    of = table.set_index(["customer_id", "channel"])
    return float(of.contact_cost[list(picked.items())].sum()) if picked else 0.0


def best(table, budget=np.inf, most=99):
    """The greatest expected profit of all choices: at most one channel of each customer."""
    ways = [
        [None, *((who, *row) for row in rows[["channel", "contact_cost", "priority"]].to_numpy())]
        for who, rows in table.groupby("customer_id")
    ]
    sums = []
    for each in itertools.product(*ways):
        taken = [way for way in each if way]
        if len(taken) <= most and sum(way[2] for way in taken) <= budget:
            sums.append(sum(way[3] for way in taken))
    return max(sums)


TABLES = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from("xyz"), st.integers(0, 6), st.integers(-3, 9)),
    min_size=1,
    max_size=9,
    unique_by=lambda row: row[:2],
).map(lambda rows: sure(*((f"c{who}", *rest) for who, *rest in rows)))


@given(TABLES, st.integers(0, 15))
@settings(deadline=None, max_examples=60)
def test_a_budget_is_used_to_within_one_contact_of_the_best(table, budget):
    picked = made(table, budget=float(budget))
    most = best(table, budget)
    assert cost(table, picked) <= budget
    assert value(table, picked) >= most - table.priority.clip(lower=0).max()
    assert value(table, picked) >= most / 2


@given(TABLES, st.integers(0, 5))
@settings(deadline=None, max_examples=60)
def test_a_number_of_contacts_is_used_exactly(table, most):
    picked = made(table, most=most)
    assert len(picked) <= most
    assert value(table, picked) == best(table, most=most)


@given(TABLES, st.integers(0, 15), st.integers(0, 5))
@settings(deadline=None, max_examples=40)
def test_both_limits_are_kept(table, budget, most):
    picked = made(table, budget=float(budget), most=most)
    assert len(picked) <= most and cost(table, picked) <= budget
    assert value(table, picked) >= 0


@given(st.lists(st.integers(-3, 9), min_size=1, max_size=8), st.integers(0, 30))
@settings(deadline=None, max_examples=40)
def test_where_all_cost_the_same_a_budget_is_used_exactly(gains, budget):
    table = sure(*((f"c{i}", "letter", 4, gain) for i, gain in enumerate(gains)))
    assert value(table, made(table, budget=float(budget))) == best(table, budget)


SPREADS = st.lists(st.tuples(st.floats(0, 9), st.floats(0.1, 4)), min_size=1, max_size=8)


@given(SPREADS)
@settings(deadline=None, max_examples=60)
def test_the_stop_makes_the_smallest_share_of_the_best_as_large_as_it_can_be(pairs):
    # Worth w, cost c: w/10 - c, w/4 - c and w/2 - c at the three responses, c being 1.
    rows = [
        (f"c{i}", "letter", 1.0, *(k * 4 * w * spread - 1 for k in (0.1, 0.25, 0.5)))
        for i, (w, spread) in enumerate(pairs)
    ]
    table = offers(*rows)
    found = chosen(table, None, None)
    sums = found.loc[found.send, list(RESPONSES)].sum().to_numpy()
    most = table[list(RESPONSES)].clip(lower=0).sum().to_numpy()
    assert (sums >= -1e-9).all()  # whatever the response, it does not lose
    ranked = table.sort_values("priority", ascending=False)[list(RESPONSES)].cumsum().to_numpy()
    pays = most > 0
    if pays[0]:
        worst = (ranked[:, pays] / most[pays]).min(axis=1).max()
        assert (sums[pays] / most[pays]).min() >= max(worst, 0) - 1e-9
    # Who pays at every response is always among them.
    assert found.send[(found[list(RESPONSES)] > 0).all(axis=1)].all()


KAPPAS = {"letter": (120.0, (0.1, 0.25, 0.5)), "mail": (0.0, (0.02, 0.05, 0.1))}
PEOPLE = st.lists(st.tuples(st.floats(0.01, 0.9), st.floats(100, 40_000)), min_size=1, max_size=5)


def scored(people, offer):
    """Everybody by letter and by mail: kappa p (1 - p) (V - d) - c - p d at each response."""
    rows = []
    for i, (p, margin) in enumerate(people):
        for channel, (cost, kappas) in KAPPAS.items():
            gains = (k * p * (1 - p) * (margin - offer) - cost - p * offer for k in kappas)
            rows.append((f"c{i}", channel, cost, *gains))
    return offers(*rows)


def shares(table, picked):
    """What a choice earns of the best possible at each response."""
    of = table.set_index(["customer_id", "channel"])[list(RESPONSES)]
    earned = of.loc[list(picked.items())].sum().to_numpy() if picked else np.zeros(3)
    return earned / np.array(best_possible(table))


@given(PEOPLE, st.sampled_from([0.0, 300.0]))
@settings(deadline=None, max_examples=60)
def test_of_all_choices_it_is_the_safest_but_for_one_customer(people, offer):
    table = scored(people, offer)
    picked = made(table)
    if best_possible(table)[0] > 0:
        sums = np.zeros((3, 1))  # of every choice, customer by customer
        for _, of in table.groupby("customer_id"):
            ways = np.column_stack([np.zeros(3), of[list(RESPONSES)].to_numpy().T])
            sums = (sums[:, :, None] + ways[:, None, :]).reshape(3, -1)
        safest = (sums / np.array(best_possible(table))[:, None]).min(axis=0).max()
        of_one = table[list(RESPONSES)].abs().max() / np.array(best_possible(table))
        assert shares(table, picked).min() >= max(0, safest - of_one.max()) - 1e-9
    robust = (table[list(RESPONSES)] > 0).all(axis=1)
    assert set(table.customer_id[robust]) <= set(picked)


def test_a_free_channel_does_not_keep_letters_back_that_pay_at_any_response():
    """An offer is given away with free mail as well; whom a letter pays with still gets one."""
    sure_ones, others = [(0.27, 17_404.0), (0.27, 13_890.0)], [(0.27, 9_000.0)] * 20
    table = scored(sure_ones + others, 300.0)
    letters = table[table.channel == "letter"].reset_index(drop=True)
    picked = made(table)
    assert {"c0": "letter", "c1": "letter"}.items() <= picked.items()
    assert shares(table, picked).min() == pytest.approx(shares(letters, made(letters)).min())


def test_what_could_be_earned_is_by_the_best_channel_of_each():
    table = offers(
        ("a", "letter", 120, -90, 30, 200), ("a", "mail", 0, 3, 8, 16),
        ("b", "letter", 120, -90, -60, -5), ("b", "mail", 0, -3, 2, 4),
    )  # fmt: skip
    assert best_possible(table) == (3.0, 32.0, 204.0)
    assert best_possible(table, most=1) == (3.0, 30.0, 200.0)
    assert best_possible(table, budget=100.0) == (3.0, 10.0, 20.0)


def test_a_channel_that_is_not_used_is_no_number_too_large():
    # b has mail alone; letters to a and c at 1.2e15 a unit of money are beyond the largest number
    # if what is missing is taken for one.
    table = sure(("a", "letter", 0, 12), ("b", "mail", 0, 5), ("c", "letter", 3, 9))
    assert made(table, budget=2.0) == {"a": "letter", "b": "mail"}


def test_limits_do_not_make_it_lose_at_a_low_response():
    table = scored([(0.1 * i, 8_000.0 + 900 * i) for i in range(1, 8)], 300.0)
    for limits in ((None, 3), (300.0, None), (240.0, 2), (0.0, None)):
        found = chosen(table, *limits)
        sent = found[found.send]
        assert (sent[list(RESPONSES)].sum() >= 0).all()
        assert limits[1] is None or len(sent) <= limits[1]
        assert limits[0] is None or sent.contact_cost.sum() <= limits[0]


def test_with_one_response_all_that_pays_is_made():
    table = sure(("a", "letter", 1, 5), ("b", "letter", 1, 0), ("c", "letter", 1, -2))
    assert made(table) == {"a": "letter"}


def test_the_channel_is_the_one_with_the_greatest_expected_profit():
    table = sure(
        ("a", "letter", 120, 200), ("a", "mail", 0, 60),
        ("b", "letter", 120, -40), ("b", "mail", 0, 15),
    )  # fmt: skip
    assert made(table) == {"a": "letter", "b": "mail"}


def test_a_dear_channel_that_may_lose_gives_way_to_a_cheap_one_that_does_not():
    table = offers(("a", "letter", 120, -90, 30, 200), ("a", "mail", 0, 3, 8, 16))
    assert made(table) == {"a": "mail"}


def test_money_goes_where_a_yen_earns_most():
    # 120 for 300 or 120 for 90 + 90 by card: with 120 the letter, with 60 one card.
    table = sure(("a", "letter", 120, 300), ("b", "card", 60, 90), ("c", "card", 60, 80))
    assert made(table, budget=120.0) == {"a": "letter"}
    assert made(table, budget=60.0) == {"b": "card"}
    assert made(table, budget=180.0) == {"a": "letter", "b": "card"}


def test_one_good_contact_is_not_lost_to_a_cheap_poor_one():
    table = sure(("a", "letter", 100, 300), ("b", "card", 1, 4))
    assert made(table, budget=100.0) == {"a": "letter"}


def test_who_is_not_contacted_keeps_the_best_channel():
    table = sure(("a", "letter", 120, -50), ("a", "mail", 1, -1), ("b", "letter", 120, 10))
    found = chosen(table, 0.0, None).set_index("customer_id")
    assert found.channel.to_dict() == {"a": "mail", "b": "letter"}
    assert not found.send.any()


def test_shuffled_rows_give_the_same_choice():
    rows = [(f"c{i}", "letter", 10, i % 3) for i in range(12)]
    assert made(sure(*rows), 50.0, 7) == made(sure(*rows[::-1]), 50.0, 7)


@pytest.mark.parametrize("limits", [(None, None), (5.0, None), (None, 3)], ids=str)
def test_nobody_is_no_choice(limits):
    assert chosen(offers(), *limits).empty
