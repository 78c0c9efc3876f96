"""Prospects and what became of them, worked by hand. D = 2025-12-31."""

import pandas as pd
import pytest
from beside_typed import book_beside

D = "2025-12-31"
ROWS = [("A", "2025-03-01", 100), ("B", "2025-06-01", 100), ("Z", D, 100)]


@pytest.fixture
def stages(typed):
    """The stages by source; the total stands under None."""

    def read(prospects, rows=ROWS, contacts=None, closing=D):
        book = book_beside(typed, rows, closing, contacts, prospects)
        table = book.prospects.stages()
        sources = [None if pd.isna(source) else source for source in table.source]
        return dict(zip(sources, table.to_dict("records"), strict=True))

    return read


def test_without_a_list_there_is_nothing_to_say(typed):
    assert book_beside(typed, ROWS).prospects is None


def test_a_prospect_is_converted_by_a_first_visit_on_or_after_the_date(stages):
    found = stages(
        [
            ("A", "2025-03-01", "fair"),  # bought on the day itself
            ("B", "2025-06-02", "fair"),  # bought the day before: already a customer
            ("P", "2025-01-01", "fair"),  # waits
        ]
    )["fair"]
    assert (found["prospects"], found["already"]) == (3, 1)
    assert (found["converted"], found["waiting"]) == (1, 1)


def test_a_prospect_counts_once_from_the_first_date_and_its_source(stages):
    found = stages([("A", "2025-02-01", "web"), ("A", "2025-01-01", "fair"), ("A", D, "web")])
    assert list(found) == ["fair", None]
    assert found[None]["prospects"] == 1


def test_sources_stand_by_size_and_the_total_last(stages):
    told = [("P1", D, "web"), ("P2", D, "fair"), ("P3", D, "fair"), ("P4", D, "")]
    found = stages(told)
    assert list(found) == ["fair", "", "web", None]
    assert [found[s]["waiting"] for s in found] == [2, 1, 1, 4]


def test_who_waits_without_a_contact_since_is_not_followed(stages):
    listed = [(p, "2025-05-01", "web") for p in ("P", "Q", "R", "S", "A")]
    contacts = [("P", "2025-05-01"), ("Q", "2025-04-30"), ("R", "2025-04-01"), ("R", "2025-07-01")]
    total = stages(listed, contacts=contacts)[None]
    assert total["not_followed"] == 2  # Q (only before) and S; A was a customer already
    assert (total["waiting"], total["already"]) == (4, 1)


def test_a_contact_after_the_closing_date_is_not_known_yet(stages):
    contacts = [("P", "2026-01-01")]
    assert stages([("P", "2025-05-01", "web")], contacts=contacts)[None]["not_followed"] == 1


def test_without_a_contact_log_it_is_not_known_who_was_followed(stages):
    assert stages([("P", "2025-05-01", "web")])[None]["not_followed"] is None


def test_the_share_leaves_out_who_was_a_customer_already(stages):
    listed = [("A", "2025-02-01", "w"), ("B", "2025-07-01", "w")]
    listed += [(f"P{n}", "2025-01-01", "w") for n in range(4)]
    assert stages(listed)["w"]["share"] == pytest.approx(1 / 5)
    assert pd.isna(stages(listed[:-1])["w"]["share"])  # 1 of 4


def test_the_median_counts_the_waiting_for_as_long_as_they_have_waited(stages):
    # Six prospects: bought after 10, 20, 30 days; one waits 15 days, two wait 300.
    # Left: 10 days 5/6; at 20 days 4 at risk, 5/6 * 3/4 = 0.625; at 30 days 3 at risk,
    # 0.625 * 2/3 = 0.4167: the half is reached after 30 days.
    rows = [("A", "2025-01-11", 1), ("B", "2025-01-21", 1), ("C", "2025-01-31", 1), ("Z", D, 1)]
    listed = [(p, "2025-01-01", "w") for p in "ABC"]
    listed += [("P", "2025-12-16", "w"), ("Q", "2025-03-06", "w"), ("R", "2025-03-06", "w")]
    assert stages(listed, rows)["w"]["median_days"] == 30
    more = [*listed, ("S", "2025-03-06", "w")]  # 6/7 * 4/5 * 3/4 = 0.514: not reached
    assert stages(more, rows)["w"]["median_days"] is None
    assert stages(listed[:4], rows)["w"]["median_days"] is None  # four customers are too few


def test_exactly_half_is_reached(stages):
    rows = [(c, "2025-01-11", 1) for c in "ABC"] + [("Z", D, 1)]
    listed = [(p, "2025-01-01", "w") for p in "ABCPQR"]
    assert stages(listed, rows)["w"]["median_days"] == 10


def test_prospects_enter_no_list_and_no_count_of_customers(typed):
    listed = [("P", "2025-01-01", "w"), ("A", "2024-01-01", "w")]
    contacts = [("P", "2025-02-01"), ("A", "2025-02-01")]
    alone = book_beside(typed, ROWS, D)
    beside = book_beside(typed, ROWS, D, contacts, listed)
    pd.testing.assert_frame_equal(alone.customers(), beside.customers())
    pd.testing.assert_frame_equal(alone.moves(), beside.moves())
    pd.testing.assert_frame_equal(alone.places(), beside.places())
    assert list(beside.customers().customer_id) == ["A", "B", "Z"]
    assert beside.contacts.by_place().customers.sum() == 3
    assert beside.contacts.by_place().contacted.sum() == 1


def test_a_customer_of_returns_only_has_not_bought(stages):
    rows = [*ROWS, ("P", "2025-08-01", -5)]
    found = stages([("P", "2025-01-01", "w")], rows)
    assert (found["w"]["waiting"], found["w"]["converted"]) == (1, 0)


def test_prospects_after_the_closing_date_are_not_seen(stages):
    found = stages([("P", "2025-01-01", "w"), ("Q", "2025-12-31", "w")], closing="2025-12-31")
    assert found[None]["prospects"] == 2
    none = stages([("P", "2026-01-01", "w")])
    assert none[None]["prospects"] == 0
