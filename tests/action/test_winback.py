"""The win-back list: decisions, order, who is off it, and how many letters pay."""

import pandas as pd
import pytest

from toolkit.action import Economics
from toolkit.action.economics import Way
from toolkit.action.winback import LIST_COLUMNS, off_list, profit_curve, winback_list
from toolkit.frames import frame
from toolkit.settings import Settings

SETTINGS = Settings()  # off the list beyond 1,095 days; first-time beyond the line + 180


def test_decisions_follow_the_three_assumed_responses(economics, customers):
    # Chance 1/2: uplift 2.5, 6.25 and 12.5 points at a letter of 100.
    table = winback_list(
        customers(
            ("contact", 0.5, 5000.0),  # earns 25, 212.5, 525
            ("zero", 0.5, 4000.0),  # earns 0 at the low response: does not pay there
            ("test", 0.5, 1000.0),  # loses 75 and 37.5, earns 25
            ("leave", 0.5, 500.0),  # loses 87.5, 68.75, 37.5
        ),
        economics(),
    ).set_index("customer_id")
    assert table.decision.to_dict() == {
        "contact": "contact",
        "zero": "test",
        "test": "test",
        "leave": "leave",
    }
    earned = table.loc["contact", ["priority_low", "priority", "priority_high"]]
    assert earned.tolist() == pytest.approx([25, 212.5, 525])


def test_the_best_contact_comes_first_and_ties_go_by_customer(economics, customers):
    rows = [("b", 0.3, 5000.0), ("d", 0.3, 9000.0), ("a", 0.3, 5000.0), ("c", 0.97, 9000.0)]
    expected = ["d", "a", "b", "c"]
    for shuffled in (rows, rows[::-1]):
        table = winback_list(customers(*shuffled), economics())
        assert table.customer_id.tolist() == expected
        assert table["rank"].tolist() == [1, 2, 3, 4]


def test_the_list_has_its_columns_and_the_cost_of_a_letter(economics, customers):
    table = winback_list(customers(("a", 0.3, 5000.0)), economics(85.0))
    assert tuple(table.columns) == LIST_COLUMNS
    row = table.iloc[0]
    assert (row.contact_cost, row.gap_days, row.n_visits, row.amount) == (85.0, 300, 3, 30_000)


def test_customers_without_a_chance_or_a_margin_are_not_listed(economics, customers):
    table = winback_list(customers(("a", None, 5000.0), ("b", 0.3, None)), economics())
    assert table.empty


def off(customers, *rows, lapse_days=240, ways=None):
    economics = Economics(0.4, 100.0, 0.0, (0.1, 0.25, 0.5), (), ways=ways or {})
    found = customers(*((name, 0.1, 1000.0, changes) for name, changes in rows))
    why = off_list(found, lapse_days, SETTINGS, economics)
    reasons = frame(found.select("customer_id", off=why))
    return {name: None if pd.isna(why) else why for name, why in reasons.itertuples(index=False)}


def test_a_silence_of_1095_days_stays_and_one_more_is_too_long(customers):
    found = off(customers, ("stays", {"gap_days": 1095}), ("goes", {"gap_days": 1096}))
    assert found == {"stays": None, "goes": "too_long"}


def test_a_first_time_customer_stays_to_the_line_and_180_days(customers):
    found = off(
        customers,
        ("stays", {"n_visits": 1, "gap_days": 420}),
        ("goes", {"n_visits": 1, "gap_days": 421}),
        ("came_twice", {"n_visits": 2, "gap_days": 421}),
        ("long_gone", {"n_visits": 1, "gap_days": 1096}),
    )
    assert found == {
        "stays": None,
        "goes": "first_time",
        "came_twice": None,
        "long_gone": "too_long",
    }


def test_the_limit_of_first_time_customers_moves_with_the_lapse_line(customers):
    rows = ("a", {"n_visits": 1, "gap_days": 300}), ("b", {"n_visits": 1, "gap_days": 301})
    assert off(customers, *rows, lapse_days=120) == {"a": None, "b": "first_time"}


def test_letters_do_not_go_to_those_who_bought_once_or_in_a_burst(customers):
    ways = {"letter": Way(100.0, 1.0, ("fledgling", "steady", "prime"))}
    rows = ("a", {"layer": "burst"}), ("b", {}), ("c", {"layer": "burst", "gap_days": 1096})
    assert off(customers, *rows, ways=ways) == {"a": "no_channel", "b": None, "c": "too_long"}
    ways |= {"mail": Way(0.0, 0.2)}
    assert off(customers, *rows, ways=ways) == {"a": None, "b": None, "c": "too_long"}


def test_each_customer_has_the_channel_that_earns_most(customers):
    # Chance 1/2: a letter for 100 adds 6.25 points, mail for nothing 1.25. Mail earns more where a
    # margin of less than 2,000 is at stake.
    ways = {"letter": Way(100.0), "mail": Way(0.0, 0.2)}
    costs = Economics(0.4, 100.0, 0.0, (0.25, 0.25, 0.25), (), ways=ways)
    table = winback_list(customers(("a", 0.5, 1999.0), ("b", 0.5, 2001.0)), costs)
    rows = table.set_index("customer_id")
    assert rows.channel.to_dict() == {"a": "mail", "b": "letter"}
    assert rows.contact_cost.to_dict() == {"a": 0.0, "b": 100.0}
    assert rows.kappa.to_dict() == {"a": 0.05, "b": 0.25}
    assert rows.priority.to_dict() == {"a": 24.99, "b": 25.06}
    assert table["rank"].tolist() == [1, 2] and table.send.all()


def test_contacts_to_be_made_come_first(economics, customers):
    rows = [(f"c{i}", 0.5, 9000.0 - 1000 * i) for i in range(8)]
    table = winback_list(customers(*rows), economics())
    assert table.send.tolist() == sorted(table.send, reverse=True)
    assert 0 < table.send.sum() < (table.priority > 0).sum()
    sums = table[table.send][["priority_low", "priority", "priority_high"]].sum()
    assert (sums > 0).all()


def test_the_profit_curve_adds_up_from_nothing(economics, customers):
    # Earned at the middle response: 212.5, 25, -37.5.
    table = winback_list(
        customers(("a", 0.5, 5000.0), ("b", 0.5, 2000.0), ("c", 0.5, 1000.0)), economics()
    )
    curve = profit_curve(table)
    assert curve.letters.tolist() == [0, 1, 2, 3]
    assert curve.middle.tolist() == pytest.approx([0, 212.5, 237.5, 200])
    assert curve.low.tolist() == pytest.approx([0, 25, -25, -100])
    assert curve.high.tolist() == pytest.approx([0, 525, 675, 700])
    assert curve.each.tolist()[1:] == pytest.approx([212.5, 25, -37.5])


def test_the_profit_curve_is_highest_at_the_number_worth_contacting(economics, customers):
    rows = ((f"c{i:02}", 0.2, 550.0 + 100 * i) for i in range(60))
    table = winback_list(customers(*rows), economics())
    worth = int((table.priority > 0).sum())
    # .04 x (550 + 100 i) > 100 from i = 20 on.
    assert worth == 40
    curve = profit_curve(table)
    assert curve.letters[curve.middle.idxmax()] == worth
    assert curve.middle.max() == pytest.approx(table.priority[table.priority > 0].sum())


def test_a_long_curve_is_thinned_and_keeps_both_ends(economics, customers):
    rows = ((f"c{i:03}", 0.2, 500.0 + 30 * i) for i in range(130))
    table = winback_list(customers(*rows), economics())
    curve = profit_curve(table, points=20)
    assert len(curve) == 21
    assert (curve.letters.iloc[0], curve.letters.iloc[-1]) == (0, 130)
    assert curve.letters.is_unique
    assert curve.middle.iloc[-1] == pytest.approx(table.priority.sum())


def test_the_curve_of_an_empty_list_is_one_point(economics, customers):
    table = winback_list(customers(("a", None, None)), economics())
    assert profit_curve(table).to_dict("list") == {
        "letters": [0],
        "low": [0.0],
        "middle": [0.0],
        "high": [0.0],
        "each": [pytest.approx(float("nan"), nan_ok=True)],
    }
