"""Who can be reached by which channel, and which channel stands for one the client has not."""

import ibis
import pyarrow as pa
import pytest

from toolkit.action import Economics
from toolkit.action.active import by_best_channel
from toolkit.action.calendar import follow_up
from toolkit.action.economics import Way
from toolkit.action.reach import PARTS, in_place_of, reachable, with_reach
from toolkit.action.winback import off_list, winback_list
from toolkit.frames import frame
from toolkit.settings import Settings

WAYS = {"letter": Way(100.0), "mail": Way(0.0, 0.2), "line": Way(4.0, 0.3)}


def known(**parts):
    """Addresses: by customer the parts that are known of them."""
    rows = [
        {"customer_id": who, **{part: "x" * (part in told) for part in PARTS}}
        for who, told in parts.items()
    ]
    return ibis.memtable(pa.Table.from_pylist(rows))


@pytest.fixture
def four(customers):
    """a has all, b a postal address, c a mail address, d (not among the addresses) nothing."""
    people = customers(*((who, 0.3, 50_000.0) for who in "abcd"))
    return with_reach(people, known(a=PARTS, b=["address"], c=["mail"]))


def test_a_channel_is_chosen_only_where_its_address_is_known(four):
    ways = Economics(0.4, 100.0, 0.0, (0.1, 0.25, 0.5), (), ways=WAYS)
    why = off_list(four, 240, Settings(), ways)
    told = frame(four.select("customer_id", off=why)).dropna()
    assert dict(told.itertuples(index=False)) == {"d": "unreached"}
    listed = winback_list(four, ways).set_index("customer_id")
    assert listed.channel.to_dict() == {"a": "letter", "b": "letter", "c": "mail"}
    assert listed.contact_cost.to_dict() == {"a": 100.0, "b": 100.0, "c": 0.0}
    active = by_best_channel(four, ways).set_index("customer_id")
    assert active.channel.to_dict() == {"a": "letter", "b": "letter", "c": "mail"}
    line = frame(four.filter(reachable(four, ["line"])))
    assert line.customer_id.tolist() == ["a"]


def test_what_nobody_has_was_not_asked_for(customers):
    people = customers(("a", 0.3, 1.0))
    assert with_reach(people, None) is people
    assert with_reach(people, known(a=[])).columns == people.columns
    told = with_reach(people, known(z=["mail"]))
    assert [name for name in told.columns if name.startswith("has_")] == ["has_mail"]
    assert frame(told.filter(reachable(told, ["letter", "fax"]))).shape[0] == 1


@pytest.mark.parametrize(
    ("channel", "client", "found"),
    [
        ("card", "", ("card",)),
        ("card", "mail,card", ("card", "mail")),
        ("card", "letter,phone,mail,line", ("letter", "mail", "line", "phone")),
        ("mail", "letter,line", ("line", "letter")),
        ("fax", "phone,letter", ("letter", "phone")),
    ],
    ids=["none-named", "own-first", "same-address", "cheapest", "unknown"],
)
def test_a_channel_the_client_has_not_gives_way_to_one_there_is(channel, client, found):
    costs = {"letter": 120.0, "card": 84.0, "phone": 480.0, "line": 4.8, "mail": 0.0}
    assert in_place_of(channel, Settings(channels=client).channel_names, costs) == found


def test_each_contact_of_the_calendar_goes_by_what_reaches_the_customer():
    from test_follow_up import CLOSING, THANKS, rules, shop

    people = shop(**dict.fromkeys("abcd", CLOSING))
    people = people.assign(has_mail=[True, False, False, True], has_address=[True, True, False, 0])
    found = follow_up(
        people,
        rules(THANKS),
        CLOSING,
        best_day=None,
        costs={"mail": 0.0, "letter": 120.0},
        unwilling=frozenset("d"),
        ways={"thanks": ("mail", "letter")},
    )
    assert found.made[["customer_id", "channel", "contact_cost"]].values.tolist() == [
        ["a", "mail", 0.0],
        ["b", "letter", 120.0],
    ]
    assert found.unreached.customer_id.tolist() == ["c"]
    assert found.by_rule().values.tolist() == [["thanks", "mail", 4, 1, 0, 1, 0, 0, 2, 1, 120.0]]
    assert found.by_week()[["channel", "contacts", "cost"]].values.tolist() == [
        ["letter", 1, 120.0],
        ["mail", 1, 0.0],
    ]
