"""Lists as campaigns: groups, costs, and what a control group can prove."""

import datetime as dt
from dataclasses import asdict, replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from toolkit.action import Economics
from toolkit.action.economics import Way
from toolkit.action.trial.campaign import GROUP_COLUMNS, campaigns_of
from toolkit.action.trial.sizes import campaigns_to_pool, smallest_uplift
from toolkit.settings import Settings

CLOSING = dt.date(2024, 12, 31)
ECONOMICS = Economics(0.4, 120.0, 30.0, (0.1, 0.25, 0.5), ())


def listed(n, start=0, **columns):
    rows = {
        "customer_id": [f"C{start + i}" for i in range(n)],
        "layer": ["steady" if i % 3 else "prime" for i in range(n)],
        "chance": [0.05 + (i * 37 % 100) / 250 for i in range(n)],
        "contact_cost": 120.0,
        "decision": ["leave" if i % 4 == 3 else "contact" for i in range(n)],
        "priority": [-1.0 if i % 4 == 3 else 1.0 for i in range(n)],
    }
    return pd.DataFrame(rows | columns)


def made(lists, earlier=None, **settings):
    return campaigns_of(lists, ECONOMICS, Settings(**settings), CLOSING, earlier)


def test_a_list_gains_groups_and_who_is_left_is_in_none():
    lists, names, (control,) = made({"winback": listed(400)})
    table = lists["winback"]
    assert table.customer_id.tolist() == listed(400).customer_id.tolist()
    assert table.group[table.decision == "leave"].isna().all()
    assert table.group[table.decision != "leave"].value_counts().to_dict() == {
        "contact": 240,
        "hold_out": 60,
    }
    assert (table.channel == "letter").all()
    assert list(names) == list(GROUP_COLUMNS) and len(names) == 300
    assert names[["list", "campaign", "closing_date"]].drop_duplicates().values.tolist() == [
        ["winback", "winback", CLOSING]
    ]
    assert names[
        ["contact_cost", "offer_cost", "margin_share"]
    ].drop_duplicates().values.tolist() == [[120.0, 30.0, 0.4]]
    base = names.chance.mean()
    uplift = (0.25 * names.chance * (1 - names.chance)).mean()
    told = asdict(control)
    assert (told["contacted"], told["held_out"], told["kept"]) == (240, 60, 0)
    assert (told["base"], told["uplift"]) == pytest.approx((base, uplift))
    assert told["smallest"] == smallest_uplift(base, 240, 60)
    assert told["pool"] == campaigns_to_pool(base, uplift, 240, 60)
    assert not control.proves


def test_the_assumed_effect_is_that_of_the_names_channels():
    """Half by mail at a fifth of a letter's response, unless the list has effects of its own."""
    ways = {"letter": Way(120.0), "mail": Way(0.0, 0.2)}
    rows = listed(400).assign(channel=["letter", "mail"] * 200)

    def of(table):
        economics = replace(ECONOMICS, ways=ways)
        return campaigns_of({"winback": table}, economics, Settings(), CLOSING)

    _, names, (control,) = of(rows)
    response = names.channel.map({"letter": 1.0, "mail": 0.2})
    uplift = (0.25 * response * names.chance * (1 - names.chance)).mean()
    assert control.uplift == pytest.approx(uplift)
    assert control.pool == campaigns_to_pool(control.base, uplift, 240, 60)
    _, _, (own,) = of(rows.assign(uplift=0.0125))
    assert own.uplift == pytest.approx(0.0125)
    _, _, (some,) = of(rows.assign(uplift=[0.0125, None] * 200))
    by_mail = uplift_of_mail(names)
    assert some.uplift == pytest.approx(by_mail.where(names.channel == "mail", 0.0125).mean())


def uplift_of_mail(names):
    return 0.25 * 0.2 * names.chance * (1 - names.chance)


def test_who_is_on_two_lists_belongs_to_the_first_and_has_one_group():
    lists, names, controls = made(
        {"winback": None, "about_to_lapse": listed(40), "golden": listed(60)}
    )
    assert set(lists) == {"about_to_lapse", "golden"}
    assert names.customer_id.is_unique
    both = lists["golden"].merge(lists["about_to_lapse"], on="customer_id")
    both = both[both.group_x.notna()]
    assert len(both) and (both.group_x == both.group_y).all()
    assert [c.contacted + c.held_out for c in controls] == [30, 15]


def test_a_campaign_of_a_name_stays_as_it_was_drawn_and_a_new_name_draws_anew():
    _, first, _ = made({"winback": listed(300)}, campaign="spring")
    earlier = first.assign(sent=None, reason="")
    later = listed(420).assign(chance=lambda t: t.chance[::-1].to_numpy())
    _, again, (control,) = made({"winback": later}, earlier, campaign="spring")
    before, after = (t.set_index("customer_id").group for t in (first, again))
    assert after[before.index].equals(before)
    assert control.kept == len(before)
    _, other, _ = made({"winback": later}, earlier, campaign="autumn")
    assert not other.set_index("customer_id").group[before.index].equals(before)


def test_no_share_holds_nobody_out_whatever_was_decided_before():
    _, first, _ = made({"winback": listed(300)})
    lists, names, (control,) = made({"winback": listed(300)}, first, control_share=0)
    assert set(names.group) == {"contact"}
    assert (control.smallest, control.pool, control.proves) == (None, None, False)


@tries(max_examples=25)
@given(st.integers(0, 80), st.randoms(use_true_random=False))
def test_the_order_of_a_list_moves_nobody_and_every_share_is_met(n, shuffling):
    table = listed(n)
    order = list(table.index)
    shuffling.shuffle(order)
    one, two = (made({"winback": t})[1] for t in (table, table.loc[order]))
    columns = ["customer_id", "group", "band"]
    assert one[columns].values.tolist() == two[columns].values.tolist()
    assert abs((one.group == "hold_out").sum() - 0.2 * len(one)) <= 0.5
    for _, part in one.groupby(["layer", "band"]):
        assert abs((part.group == "hold_out").sum() - 0.2 * len(part)) <= 1


def test_without_lists_there_is_nothing():
    lists, names, controls = made({"winback": None})
    assert (lists, controls) == ({}, ()) and names.empty and list(names) == list(GROUP_COLUMNS)
