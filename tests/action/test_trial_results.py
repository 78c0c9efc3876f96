"""Results read back: outcomes by hand, statuses, pooling, reasons, and the log's own campaigns."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from trial_books import book_of, earlier_of

from toolkit.action.trial.compared import compared, earned, together
from toolkit.action.trial.effect import effect_of, few_came
from toolkit.action.trial.outcomes import with_outcomes
from toolkit.action.trial.response import TENTHS
from toolkit.action.trial.results import read_back
from toolkit.action.trial.sent import once_each, waves_of
from toolkit.settings import Settings

JAN, END = dt.date(2024, 1, 31), dt.date(2024, 3, 31)
SENT = dt.date(2024, 2, 5)
FIRST = dt.date(2023, 6, 1)


def day(n):
    return SENT + dt.timedelta(days=n)


def test_what_each_name_did_in_its_window_by_hand():
    orders = [(c, FIRST, 1000) for c in "abcdef"]
    orders += [("a", day(0), 9000)]  # the day of the contact does not count
    orders += [("b", day(1), 5000), ("b", day(3), -1000), ("c", day(55), 2000), ("e", day(9), 700)]
    earlier = earlier_of(
        [
            ("a", "contact"),
            ("b", "contact"),
            ("c", "contact"),
            ("d", "hold_out"),
            ("e", "hold_out"),
        ],
        sent=pd.Series([SENT, SENT, None, None, None], dtype=object),
    )
    book = book_of(orders, END, earlier, horizon_days=54)
    told = with_outcomes(once_each(waves_of(earlier, None, END)), book).set_index("customer_id")
    assert set(told.until) == {day(54)}
    assert told.came.to_dict() == {"a": 0, "b": 1, "c": 0, "d": 0, "e": 1}
    assert told.amount.to_dict() == {"a": 0, "b": 4000, "c": 0, "d": 0, "e": 700}
    # c has no date in `sent` while others have, so nothing was spent on c
    assert told.margin.to_dict() == pytest.approx(
        {"a": -100, "b": 0.4 * 4000 - 150, "c": 0, "d": 0, "e": 280}
    )


def test_whoever_only_has_a_reason_is_no_name_of_a_campaign():
    names = earlier_of([("a", "contact"), ("b", "hold_out")], reason=["dear", ""])
    others = earlier_of([("c", "")], campaign="", reason="dear")
    earlier = pd.concat([names, others], ignore_index=True)
    found = read_back(book_of([("a", FIRST, 1000), ("c", FIRST, 1000)], END, earlier), Settings())
    (row,) = found.campaigns.to_dict("records")
    assert (row["contacted"], row["held_out"]) == (1, 1)
    assert found.reasons.values.tolist() == [["", 2]]


def test_one_campaign_against_plain_counting():
    """100 contacted of whom 30 come and bring 2,000, 50 held out of whom 10 come."""
    groups = [(f"c{i}", "contact") for i in range(100)] + [(f"h{i}", "hold_out") for i in range(50)]
    orders = [(c, FIRST, 1000) for c, _ in groups]
    orders += [(f"c{i}", day(10), 2000) for i in range(30)]
    orders += [(f"h{i}", day(10), 2000) for i in range(10)]
    sent = pd.Series([SENT] * 100 + [None] * 50, dtype=object)
    reasons = ["dear"] * 5 + ["moved to Aunt Ema"] + [""] * 144
    earlier = earlier_of(groups, sent=sent, reason=reasons)
    book = book_of(orders, END, earlier)
    found = read_back(book, Settings())
    (row,) = found.campaigns.to_dict("records")
    assert (row["contacted"], row["contacted_came"]) == (100, 30)
    assert (row["held_out"], row["held_out_came"]) == (50, 10)
    assert (row["status"], row["judged"], row["days"]) == ("sent", "yes", 55)
    assert row["uplift"] == pytest.approx(0.1)
    plain = pd.DataFrame(groups, columns=["c", "group"])
    plain["came"] = [int(i < 30) for i in range(100)] + [int(i < 10) for i in range(50)]
    expected = effect_of(plain, "came")
    assert (row["uplift_low"], row["uplift_high"]) == pytest.approx((expected.low, expected.high))
    assert row["contacted_margin"] == pytest.approx(0.3 * 800 - 100 - 0.3 * 50)
    assert row["held_out_margin"] == pytest.approx(0.2 * 800)
    assert row["margin"] == pytest.approx(125 - 160)
    assert found.earned()[0] == pytest.approx(100 * (125 - 160))
    assert found.uplift() == pytest.approx((row["uplift"], row["uplift_low"], row["uplift_high"]))
    assert found.reasons.values.tolist() == [["dear", 5], ["", 1]]
    assert found.response.measured == 150
    assert found.files == ("f/groups.csv",)


def test_what_mail_has_shown_is_carried_over_to_a_letter():
    """The same campaign sent as mail, of a fifth of a letter's response, shows five times the
    letter's kappa; one by a channel nobody knows, or of a list without channels, a letter's."""
    groups = [(f"c{i}", "contact") for i in range(100)] + [(f"h{i}", "hold_out") for i in range(50)]
    orders = [(c, FIRST, 1000) for c, _ in groups] + [(c, day(10), 2000) for c, _ in groups[70:110]]
    sent = pd.Series([SENT] * 100 + [None] * 50, dtype=object)
    wide = Settings(kappa_low=0, kappa=0, kappa_high=1)

    def told(channel):
        names = earlier_of(groups, sent=sent, channel=channel, chance=[0.1, 0.3] * 75)
        names.loc[:, "chance"] = names.chance.where(names.index % 3 > 0, 0.2)
        return read_back(book_of(orders, END, names), wide).response

    letter, mail = told("letter"), told("mail")
    assert told("pigeon") == told("") == letter
    assert letter.measured == mail.measured == 150
    spread = 0.5 / TENTHS
    kappas = []
    for each in (letter, mail):  # the measurement alone, without the assumption of 0
        precision = ((each.high - each.middle) / TENTHS) ** -2
        kappas.append(each.middle * precision / (precision - spread**-2))
    assert kappas[1] == pytest.approx(5 * kappas[0], rel=1e-6)


def test_lists_that_were_not_sent_give_no_figures_and_no_response():
    groups = [(f"c{i}", "contact") for i in range(60)] + [(f"h{i}", "hold_out") for i in range(40)]
    orders = [(c, FIRST, 1000) for c, _ in groups] + [(c, day(9), 1000) for c, _ in groups[20:70]]
    earlier = earlier_of(groups)
    log = [("nobody", day(3), "mail", "", "", "")]
    never = read_back(book_of(orders, END, earlier, log), Settings())
    (row,) = never.campaigns.to_dict("records")
    assert (row["judged"], row["contacted"], row["held_out"]) == ("never_sent", 60, 40)
    assert np.isnan(row["uplift"]) and never.uplift() is None and never.earned() is None
    assert (never.response.middle, never.response.measured) == (0.25, 0)
    assert never.response.why == "none"
    unknown = read_back(book_of(orders, END, earlier), Settings())
    assert unknown.campaigns[["status", "judged"]].values.tolist() == [["unknown", "unknown"]]
    assert unknown.uplift() is None and unknown.earned() is None
    assert (unknown.response.measured, unknown.response.why) == (0, "unknown")
    sent = pd.Series([SENT] * 60 + [None] * 40, dtype=object)
    few = orders[:100] + [("c0", day(9), 1000), ("h0", day(9), 1000)]
    few = read_back(book_of(few, END, earlier_of(groups, sent=sent)), Settings())
    assert few.campaigns.judged.tolist() == ["few_came"] and few.uplift() is not None
    assert (few.response.measured, few.response.why) == (0, "few_came")
    early = read_back(book_of(orders[:100], day(8), earlier), Settings())
    assert early.campaigns.judged.tolist() == ["too_early"]


def test_campaigns_are_pooled_and_what_they_earned_is_added_up():
    columns = ["contacted", "uplift", "uplift_low", "uplift_high", "uplift_error", "margin"]
    columns += ["margin_low", "margin_high", "margin_error", "counted"]
    rows = [
        (100, 0.03, 0.0, 0.06, 0.01, 10.0, 0, 0, 2.0, 100),
        (60, 0.08, 0, 0.1, 0.02, -4.0, 0, 0, 1.0, 50),
    ]
    table = pd.DataFrame(rows, columns=columns)
    value, low, high = together(table, "uplift")
    assert value == pytest.approx(0.04) and high - value == pytest.approx(
        1.95996 / 12500**0.5, rel=1e-4
    )
    value, low, high = earned(table)
    assert value == pytest.approx(100 * 10 - 50 * 4)
    assert high - value == pytest.approx(1.95996 * (200**2 + 50**2) ** 0.5, rel=1e-4)
    assert together(table.iloc[:0], "uplift") is None and earned(table.iloc[:0]) is None


def test_where_few_came_the_interval_is_for_few_and_does_not_look_at_who():
    table = pd.DataFrame({"group": ["contact"] * 80 + ["hold_out"] * 20, "came": 0})
    none = few_came(table)
    assert none.value == 0 and none.low < 0 < none.high
    table.loc[:9, "came"] = 1
    # eased shares 11 / 82 and 1 / 22
    found = few_came(table)
    spread = (11 / 82 * 71 / 82 / 82 + 1 / 22 * 21 / 22 / 22) ** 0.5
    assert found.value == pytest.approx(0.125)
    assert found.high == pytest.approx(11 / 82 - 1 / 22 + 1.959964 * spread)
    assert few_came(table.assign(came=[1] * 25 + [0] * 75)) is None
    row = compared(table.assign(chance=0.1, margin=1.0, reached=True))
    assert (row["uplift"], row["margin"]) == (pytest.approx(0.125), None)
    assert row["contacted_margin"] == 1.0


def test_contacts_that_were_chosen_are_counted_side_by_side():
    orders = [(c, FIRST, 1000) for c in "abcdefgh"] + [("new", day(2), 500)]
    orders += [("a", day(5), 1000), ("b", day(0), 1000), ("g", day(7), 1000)]
    log = [(c, SENT, "mail", "", "sale", "") for c in "abc"] + [
        ("d", day(1), "mail", "", "sale", "")
    ]
    log += [("new", SENT, "mail", "", "sale", ""), ("e", day(3), "call", "", "", "")]
    log += [("a", day(5), "", "redemption", "sale", ""), ("x", SENT, "mail", "", "sale", "")]
    found = read_back(book_of(orders, END, None, log), Settings())
    assert found.campaigns.empty and found.uplift() is None
    first, second = found.observed.to_dict("records")
    assert (first["campaign"], first["since"], first["until"]) == ("sale", SENT, END)
    assert (first["contacted"], first["contacted_came"]) == (4, 1)
    assert (first["others"], first["others_came"], first["answered"]) == (4, 1, 1)
    assert (second["campaign"], second["named"]) == ("2024-02", False)
    assert (second["contacted"], second["others"]) == (1, 8)


def test_who_came_is_not_told_below_two_weeks():
    log = [("a", SENT, "mail", "", "sale", "")]
    orders = [("a", FIRST, 1), ("b", FIRST, 1), ("a", day(2), 1)]
    for days, came in (13, None), (14, 1):
        (row,) = read_back(book_of(orders, day(days), None, log), Settings()).observed.to_dict(
            "records"
        )
        assert (row["contacted"], row["others"]) == (1, 1)
        assert came == row["contacted_came"] if came else pd.isna(row["contacted_came"])
        assert pd.isna(row["contacted_share"]) == pd.isna(row["others_came"]) == (came is None)


def test_a_log_that_holds_people_out_is_a_trial_without_a_score():
    groups = [(f"c{i}", "contact") for i in range(40)] + [(f"h{i}", "対照") for i in range(30)]
    orders = [(c, FIRST, 1000) for c, _ in groups] + [(c, day(9), 1000) for c, _ in groups[20:60]]
    log = [(c, SENT, "mail", "", "sale", group) for c, group in groups]
    found = read_back(book_of(orders, END, None, log, contact_cost=10, margin=0.5), Settings())
    (row,) = found.campaigns.to_dict("records")
    assert found.observed.empty
    assert (row["contacted"], row["held_out"], row["judged"]) == (40, 30, "yes")
    assert row["uplift"] == pytest.approx(20 / 40 - 20 / 30)
    assert row["contacted_margin"] == pytest.approx(0.5 * 500 - 10)
    assert found.response.measured == 0


def test_contacts_with_the_names_of_a_list_are_not_shown_again():
    groups = [(f"c{i}", "contact") for i in range(40)] + [(f"h{i}", "hold_out") for i in range(30)]
    orders = [(c, FIRST, 1000) for c, _ in groups] + [(c, day(9), 1000) for c, _ in groups[20:60]]
    log = [(c, SENT, "mail", "", "winback" if c < "c2" else "", "") for c, _ in groups[:40]]
    found = read_back(book_of(orders, END, earlier_of(groups), log), Settings())
    assert found.observed.empty
    assert found.campaigns[["status", "reached"]].values.tolist() == [["sent", 40]]


def test_without_lists_and_log_there_are_no_results():
    assert read_back(book_of([("a", FIRST, 1)], END), Settings()) is None


def test_an_empty_log_has_nothing_to_show():
    found = read_back(book_of([("a", FIRST, 1)], END, None, []), Settings())
    assert found.campaigns.empty and found.observed.empty
