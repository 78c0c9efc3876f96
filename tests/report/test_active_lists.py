"""The lists of the active in words: with nobody on them, and by a channel of the client's own."""

from types import SimpleNamespace

import pytest

from toolkit.report.active_lists import in_words
from toolkit.report.active_sheets import active_frames
from toolkit.words import Words

EN = Words("en")
LISTS = [pytest.param(name, id=name) for name in ("about_to_lapse", "golden")]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("group", [pytest.param(True, id="groups"), pytest.param(False, id="none")])
def test_nobody_on_a_list_is_no_trouble(client, name, group):
    listed = getattr(client("sample").plan, name).head(0)
    listed = listed if group else listed.drop(columns="group")
    # As a list comes out without products, or out of a client of one visit: of other types.
    for empty in (listed, listed.astype("float64"), listed.astype("object")):
        told = in_words(empty, "JPY", EN)
        assert told.empty and {"why", "place", "decision"} <= set(told)


def test_sheets_in_both_languages_of_nobody(client):
    found = client("sample")
    plan = SimpleNamespace(
        about_to_lapse=found.plan.about_to_lapse.head(0), golden=found.plan.golden.head(0)
    )
    made = active_frames(found.book, plan, [Words("ja"), EN])
    assert [len(frame) for frame in made.values()] == [0, 0]
    assert all({"why@ja", "why@en"} <= set(frame) for frame in made.values())


@pytest.mark.parametrize("name", LISTS)
def test_groups_stand_in_words_behind_the_decision(client, name):
    listed = getattr(client("sample").plan, name)
    told = in_words(listed, "JPY", EN)
    assert told.columns[:5].tolist() == ["rank", "customer_id", "decision", "group", "send"]
    assert set(told.send) <= {"yes", "no"}
    names = {"contact": EN["group.contact"], "hold_out": EN["group.hold_out"]}
    assert told.group.tolist() == [names.get(g, "–") for g in listed.group]


def test_a_channel_of_the_clients_own_keeps_its_name(client):
    listed = client("sample").plan.golden.head(2).assign(channel=["visit", "line"])
    assert in_words(listed, "JPY", EN).channel.tolist() == ["visit", EN["channel.line"]]
