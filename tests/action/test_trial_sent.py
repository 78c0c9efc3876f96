"""Which lists were sent, from when on, and whom they reached."""

import datetime as dt

import pandas as pd
import pytest

from toolkit.action.trial.sent import crossed, once_each, waves_of

JAN, FEB, MAR = dt.date(2024, 1, 31), dt.date(2024, 2, 29), dt.date(2024, 3, 31)


def names(*rows):
    """(customer, closing date, group, sent, campaign)"""
    columns = ["customer_id", "closing_date", "group", "sent", "campaign"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(list="winback", chance=0.1, contact_cost=1.0, offer_cost=0.0)


def log(*rows):
    return pd.DataFrame(rows, columns=["customer_id", "date", "campaign"])


A, B = ("a", JAN, "contact", None, "x"), ("b", JAN, "hold_out", None, "x")
ON_5TH, ON_9TH = dt.date(2024, 2, 5), dt.date(2024, 2, 9)


@pytest.mark.parametrize(
    ("table", "logged", "status", "since"),
    [
        (names(A, B), None, "unknown", JAN),
        (names((*A[:3], ON_5TH, "x"), B), None, "sent", ON_5TH),
        (names((*A[:3], dt.date(2024, 4, 2), "x"), B), None, "unknown", JAN),
        (names(A, B), log(("a", ON_9TH, ""), ("a", ON_5TH, "x")), "sent", ON_5TH),
        (names(A, B), log(("a", ON_5TH, "other")), "never_sent", JAN),
        (names(A, B), log(("z", ON_5TH, "")), "never_sent", JAN),
        (names(A, B), log(("b", ON_5TH, "")), "never_sent", JAN),
        (names(A, B), log(("a", JAN, "x")), "unknown", JAN),
    ],
    ids=["nothing", "sent", "not-yet", "logged", "other", "nobody", "only-held-out", "log-ends"],
)
def test_a_list_was_sent_or_not_or_it_cannot_be_known(table, logged, status, since):
    told = waves_of(table, logged, MAR)
    assert set(told.status) == {status}
    assert set(told.since) == {since}


def test_a_list_left_empty_while_another_is_filled_was_never_sent():
    filled = ("a", FEB, "contact", dt.date(2024, 3, 4), "x")
    told = waves_of(names(A, B, filled), None, MAR)
    assert told.status.tolist() == ["never_sent", "never_sent", "sent"]
    assert once_each(told).closing_date.tolist() == [FEB]


def test_a_contact_without_a_campaign_counts_only_where_nobody_filled_in_sent():
    filled = ("c", FEB, "contact", dt.date(2024, 3, 4), "x")
    told = waves_of(names(A, B, filled), log(("a", ON_5TH, "")), MAR)
    assert told.status.tolist() == ["never_sent", "never_sent", "sent"]
    told = waves_of(names(A, B, filled), log(("a", ON_5TH, "x")), MAR)
    assert told.status.tolist() == ["sent"] * 3


def test_a_customer_of_two_waves_counts_with_the_first_that_was_sent():
    rows = [("a", JAN, "contact", ON_5TH, "x"), ("a", FEB, "contact", MAR, "x")]
    rows += [("a", FEB, "contact", MAR, "y"), ("c", FEB, "hold_out", None, "x")]
    told = once_each(waves_of(names(*rows), None, MAR))
    assert told[["campaign", "customer_id", "closing_date"]].values.tolist() == [
        ["x", "a", JAN],
        ["x", "c", FEB],
        ["y", "a", FEB],
    ]


def test_reached_and_crossed_are_told_of_the_very_names():
    rows = [A, ("c", JAN, "contact", None, "x"), B, ("d", JAN, "hold_out", None, "x")]
    told = waves_of(names(*rows), log(("a", ON_5TH, "x"), ("b", ON_9TH, "")), MAR)
    assert told.reached.tolist() == [True, False, True, False]
    assert crossed(told) == 1


def test_a_wave_known_to_be_sent_comes_before_one_of_which_it_is_not_known():
    rows = [("a", JAN, "contact", None, "x"), ("a", FEB, "contact", None, "x")]
    rows += [("b", JAN, "hold_out", None, "x")]
    waves = names(*rows).assign(status=["unknown", "sent", "unknown"])
    told = once_each(waves)
    assert told[["customer_id", "closing_date"]].values.tolist() == [["b", JAN], ["a", FEB]]
