"""Follow-ups of the calendar in the comparison of a list: what they cost, and who counts once."""

import datetime as dt

import pandas as pd
import pytest
from trial_books import book_of, earlier_of

from toolkit.action.trial.followed import counted_once, follow_ups, with_follow_ups
from toolkit.action.trial.results import read_back
from toolkit.settings import Settings

FIRST, JAN, FEB = dt.date(2023, 6, 1), dt.date(2024, 1, 31), dt.date(2024, 2, 20)
END = dt.date(2024, 3, 31)


def day(n):
    return JAN + dt.timedelta(days=n)


def dated(*rows, closing=JAN):
    """Contacts of a calendar: (customer, group, due, sent, cost), of a campaign unless the group
    is empty."""
    table = earlier_of([(who, group) for who, group, *_ in rows], list="calendar")
    names = [name and "month" for name in table.group]
    rest = {"due": [r[2] for r in rows], "sent": [r[3] for r in rows]}
    costs = {"contact_cost": [r[4] for r in rows], "campaign": names, "closing_date": closing}
    return table.assign(**rest, **costs).astype({"due": object, "sent": object})


def told(table, log=None, closing=END):
    made = follow_ups(table, log, closing, 100.0)
    return [tuple(row) for row in made.sort_values(["customer_id", "day"]).itertuples(index=False)]


def test_of_a_calendar_with_a_day_known_those_with_one_were_made():
    rows = [("a", "contact", day(5), day(6), 84.0), ("b", "contact", day(5), None, 84.0)]
    rows += [("c", "hold_out", day(5), None, 84.0), ("d", "", day(1), day(1), 0.0)]
    rows += [("e", "", day(1), None, 50.0), ("f", "", day(9), day(9), float("nan"))]
    assert told(dated(*rows)) == [
        ("a", day(6), 84.0),
        ("d", day(1), 0.0),
        ("f", day(9), 100.0),  # its cost is not told: a letter's
    ]


def test_where_nothing_is_known_all_that_fell_due_may_have_been_made():
    rows = [("a", "contact", day(5), None, 84.0), ("b", "", day(25), None, 30.0)]
    rows += [("c", "contact", day(90), None, 84.0), ("d", "hold_out", day(5), None, 84.0)]
    assert told(dated(*rows)) == [("a", day(5), 84.0), ("b", day(25), 30.0)]
    later = dated(("z", "contact", day(30), None, 84.0), closing=FEB)
    both = pd.concat([dated(*rows), later], ignore_index=True)
    # b's was due on 25 February, after the calendar of the 20th had taken its place
    assert told(both) == [("a", day(5), 84.0), ("z", day(30), 84.0)]
    assert follow_ups(None, None, END, 1.0).empty and not told(earlier_of([("a", "contact")]))


def test_a_log_that_goes_on_without_them_says_that_none_was_made():
    log = pd.DataFrame([("x", day(50), "")], columns=["customer_id", "date", "campaign"])
    rows = [("a", "contact", day(5), None, 84.0), ("b", "", day(6), None, 30.0)]
    assert told(dated(*rows), log) == []
    log.loc[1] = ("b", day(7), "")
    assert told(dated(*rows), log) == [("b", day(6), 30.0)]


def test_the_cost_of_follow_ups_in_the_window_is_taken_off_the_names_of_lists():
    columns = ["customer_id", "list", "closing_date", "until", "margin"]
    rows = [("a", "golden", JAN, day(30), 500.0), ("a", "calendar", JAN, day(30), 70.0)]
    rows += [("b", "golden", JAN, day(30), 0.0), ("a", "winback", day(8), day(30), 9.0)]
    names = pd.DataFrame(rows, columns=columns)
    made = [("a", JAN, 1.0), ("a", day(5), 84.0), ("a", day(30), 16.0), ("a", day(31), 5.0)]
    made = pd.DataFrame([*made, ("z", day(5), 3.0)], columns=["customer_id", "day", "cost"])
    found = with_follow_ups(names, made)
    assert found.follow_ups.tolist() == [2, 0, 0, 1]
    assert found.follow_up_cost.tolist() == [100, 0, 0, 16]
    assert found.margin.tolist() == [400, 70, 0, -7]


def test_a_follow_up_with_somebody_a_list_contacted_counts_with_the_list():
    columns = ["customer_id", "campaign", "list", "group", "closing_date", "since", "until"]
    rows = [("a", "golden", "golden", "contact", JAN, JAN, day(30))]
    rows += [("h", "golden", "golden", "hold_out", JAN, JAN, day(30))]
    rows += [(who, "month", "calendar", "contact", JAN, day(9), day(60)) for who in "ahx"]
    rows += [("a", "late", "calendar", "contact", JAN, day(31), day(60))]
    names = pd.DataFrame(rows, columns=columns)
    once = counted_once(names, {("golden", "golden")})
    assert once.tolist() == [True, True, False, True, True, True]
    assert counted_once(names, set()).all()


def test_read_back_takes_them_off_and_counts_nobody_twice():
    """60 contacted and 40 held out of a list; 30 of those contacted and 60 others get a card."""
    groups = [(f"c{i}", "contact") for i in range(60)] + [(f"h{i}", "hold_out") for i in range(40)]
    cards = [(f"c{i}", "contact") for i in range(30)] + [(f"x{i}", "contact") for i in range(60)]
    cards += [(f"y{i}", "hold_out") for i in range(30)]
    who = sorted({name for name, _ in groups + cards})
    orders = [(c, FIRST, 1000) for c in who]
    came = [c for i, c in enumerate(who) if i % 3 == 0]
    orders += [(c, day(40), 2000) for c in came]
    listed = earlier_of(groups, sent=pd.Series([day(1)] * 60 + [None] * 40, dtype=object))
    rows = [(c, group, day(9), day(9) if group == "contact" else None, 84.0) for c, group in cards]
    earlier = pd.concat([listed.assign(due=None), dated(*rows)], ignore_index=True)
    found = read_back(book_of(orders, END, earlier), Settings())
    of = found.campaigns.set_index("list")
    assert of.judged.to_dict() == {"winback": "yes", "calendar": "yes"}
    assert of.follow_ups.to_dict() == {"winback": 30, "calendar": 0}
    assert of.follow_up_cost["winback"] == 30 * 84
    share = sum(c[0] == "c" for c in came) / 60
    plain = share * (0.4 * 2000 - 50) - 100
    assert of.contacted_margin["winback"] == pytest.approx(plain - 84 / 2)
    assert of.counted.to_dict() == {"winback": 60, "calendar": 60}
    whole = 60 * of.margin.winback + 60 * of.margin.calendar
    assert found.earned()[0] == pytest.approx(whole)
    assert found.margin() == pytest.approx(tuple(each / 120 for each in found.earned()))


def test_names_of_unknown_fate_stand_apart_from_those_sent():
    """Of one calendar the log knows contacts; the log ends before the next has fallen due."""
    cards = [(f"c{i}", "contact") for i in range(40)] + [(f"h{i}", "hold_out") for i in range(30)]
    later = [(f"d{i}", "contact") for i in range(50)] + [(f"e{i}", "hold_out") for i in range(20)]
    orders = [(c, FIRST, 1000) for c, _ in cards + later]
    orders += [(c, day(40), 1000) for c, _ in cards[20:60]]
    first = dated(*((c, group, day(2), None, 84.0) for c, group in cards))
    second = dated(*((c, group, day(30), None, 84.0) for c, group in later), closing=FEB)
    log = [(c, day(3), "card", "", "month", "") for c, _ in cards[:40]]
    earlier = pd.concat([first, second], ignore_index=True)
    found = read_back(book_of(orders, END, earlier, log), Settings())
    of = found.campaigns.set_index("status")
    assert of.judged.to_dict() == {"sent": "yes", "unknown": "unknown"}
    assert of.contacted.to_dict() == {"sent": 40, "unknown": 50}
    assert of.counted["sent"] == 40 and pd.isna(of.counted["unknown"])
    assert found.earned()[0] == pytest.approx(40 * of.margin["sent"])
