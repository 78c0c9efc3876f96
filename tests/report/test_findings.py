from decimal import Decimal

import pytest

from toolkit.report.facts import CUSTOMERS, DAYS, SHARE, Fact, Facts
from toolkit.report.findings import actions, findings, signed
from toolkit.words import Words

JA, EN = Words("ja"), Words("en")


def yen(key, amount, interval=None):
    return Fact(key, None if amount is None else Decimal(amount), "JPY", interval=interval)


def everything(**changed):
    """Facts behind all five findings, in money: lost 900, prime 500, f2 70, driver 600,
    win-back 80."""
    facts = Facts(
        [
            yen("bridge.lost", 900),
            yen("hole.point_sales", 9),
            Fact("year.lost", 40, CUSTOMERS),
            Fact("year.previous", 100, CUSTOMERS),
            Fact("rate.outflow", 0.4, SHARE),
            Fact("prime.lost", 3, CUSTOMERS),
            yen("prime.lost_sales", 500),
            Fact("layers.prime.active", 7, CUSTOMERS),
            Fact("layers.previous.prime.active", 9, CUSTOMERS),
            Fact("f2.rate", 0.3, SHARE),
            Fact("f2.window_days", 90, DAYS),
            Fact("f2.day_half", 45, DAYS),
            Fact("f2.day_most", 88, DAYS),
            Fact("f2.followed", 365, DAYS),
            Fact("bucket.year.new", 60, CUSTOMERS),
            yen("f2.five_points_sales", 70),
            yen("sales.total", 10_000),
            yen("sales.previous.total", 10_500),
            yen("sales.change", -500),
            yen("sales.change.per_visit", 60),
            yen("sales.change.visits_per_customer", 40),
            yen("sales.change.customers", -600),
            Fact("winback.listed", 30, CUSTOMERS),
            Fact("winback.worth_contacting", 15, CUSTOMERS),
            Fact("winback.contacted", 12, CUSTOMERS),
            Fact("winback.held_out", 3, CUSTOMERS),
            Fact("winback.break_even_response", 0.02, SHARE),
            yen("winback.expected_profit", 80, (Decimal(-20), Decimal(300))),
            yen("winback.cost", 1_440),
            Fact("customers.near_lapse", 11, CUSTOMERS),
            Fact("customers.near_lapse_loyal", 4, CUSTOMERS),
            Fact("customers.near_days", 30, DAYS),
            Fact("lapse.days", 240, DAYS),
        ]
    )
    return Facts(Fact(f.id, changed.get(f.id, f.value), f.unit, interval=f.interval) for f in facts)


def moneys(facts, words=EN, assumed=True):
    return [f.money for f in findings(facts, words, "JPY", assumed)]


def test_the_three_with_the_most_money_are_told_largest_first():
    assert moneys(everything()) == ["¥900", "-¥600", "¥500"]


def test_a_loss_ranks_by_its_size_not_its_sign():
    facts = everything(**{"sales.change.customers": Decimal(-2_000)})
    assert moneys(facts)[0] == "-¥2,000"


def test_both_languages_rank_alike():
    told = [[f.money for f in findings(everything(), words, "JPY", True)] for words in (JA, EN)]
    assert told[0] == told[1]


@pytest.mark.parametrize(
    "missing, left",
    [
        ({"bridge.lost": None}, ["-¥600", "¥500", "¥80"]),
        ({"bridge.lost": Decimal(0)}, ["-¥600", "¥500", "¥80"]),
        ({"rate.outflow": None}, ["-¥600", "¥500", "¥80"]),
        ({"bridge.lost": Decimal(-5)}, ["-¥600", "¥500", "¥80"]),
        ({"hole.point_sales": Decimal(-1)}, ["-¥600", "¥500", "¥80"]),
        ({"prime.lost": 0}, ["¥900", "-¥600", "¥80"]),
        ({"prime.lost_sales": Decimal(0)}, ["¥900", "-¥600", "¥80"]),
        ({"sales.change": Decimal(0)}, ["¥900", "¥500", "¥80"]),
        ({"sales.change.customers": None}, ["¥900", "¥500", "¥80"]),
        ({"prime.lost": 0, "winback.break_even_response": None}, ["¥900", "-¥600", "¥70"]),
        ({"prime.lost": 0, "bridge.lost": None, "f2.rate": None}, ["-¥600", "¥80"]),
        (
            {"prime.lost": 0, "bridge.lost": None, "f2.five_points_sales": Decimal(-7)},
            ["-¥600", "¥80"],
        ),
    ],
)
def test_a_finding_without_its_facts_gives_way_to_the_next(missing, left):
    assert moneys(everything(**missing)) == left


def test_without_facts_there_are_no_findings():
    assert findings(Facts([]), EN, "JPY", True) == []


def test_falling_sales_name_the_factor_that_fell_most():
    driver = findings(everything(), EN, "JPY", True)[1]
    assert driver.title == "Sales changed by -¥500; what moved them most was number of customers"
    assert driver.text.startswith("Number of customers alone accounts for -¥600")
    assert driver.confidence == "Counted sales, split among three factors"


def test_rising_sales_name_the_factor_that_rose_most():
    risen = {
        "sales.change": Decimal(500),
        "sales.change.per_visit": Decimal(950),
        "sales.change.customers": Decimal(-1_200),
    }
    told = findings(everything(**risen), EN, "JPY", True)
    assert told[0].title == "Sales changed by +¥500; what moved them most was price per visit"
    assert told[0].money == "¥950"


@pytest.mark.parametrize(("ever", "said"), [(299, "could pay for itself"), (300, "should pay")])
def test_a_shop_too_small_for_a_model_is_told_that_win_back_is_not_tested(ever, said):
    few = {"bridge.lost": None, "prime.lost": 0, "sales.change.customers": None}
    known = Facts([*everything(**few), Fact("customers.ever", ever, CUSTOMERS)])
    winback = findings(known, EN, "JPY", assumed=True)[0]
    assert said in winback.title and ("not tested" in winback.title) == (ever < 300)


def test_only_the_estimate_shows_its_range_and_what_is_assumed():
    few = {"bridge.lost": None, "prime.lost": 0, "sales.change.customers": None}
    winback, f2 = findings(everything(**few), EN, "JPY", assumed=True)
    assert winback.confidence == "Estimate (range -¥20 to ¥300)"
    assert (winback.assumed, f2.assumed) == ("assumed", None)
    assert findings(everything(**few), EN, "JPY", assumed=False)[0].assumed is None


def test_a_plus_is_written_out():
    amounts = [Decimal(5), Decimal(0), Decimal(-5)]
    assert [signed(a, EN, "JPY") for a in amounts] == ["+¥5", "¥0", "-¥5"]


def test_three_actions_for_monday():
    told = actions(everything(), EN, "¥120", True, " (assumed)")
    assert [a.what for a in told] == [
        "Contact 12 lapsed customers",
        "Contact the 11 customers about to lapse",
        "Let a follow-up reach first-time customers by day 45",
    ]
    assert "Begin with the 4 steady and prime ones" in told[1].how


def test_page_one_tells_the_day_of_the_follow_up_as_the_section_does():
    few = {"bridge.lost": None, "prime.lost": 0}
    (f2,) = [f for f in findings(everything(**few), EN, "JPY", False) if "second time" in f.title]
    assert f2.next_step.startswith("Let a follow-up, without a discount, reach them by day 45")
    how = actions(everything(), EN, "¥120", True, "")[2].how
    assert how.startswith("Of those who come again within a year, half have come by day 45")
    assert "waits for day 88" in how
    how = actions(everything(), JA, "¥120", True, "")[2].how
    assert (
        how.startswith("1年以内に2回目を買う人の半分は、初回から45日まで")
        and "88日まで待ちます" in how
    )


def test_a_file_under_a_year_speaks_of_the_days_it_can_follow():
    short = everything(**{"f2.followed": 144})
    how = actions(short, EN, "¥120", True, "")[2].how
    assert "the days this file can follow (144 days)" in how and "within a year" not in how
    how = actions(short, JA, "¥120", True, "")[2].how
    assert how.startswith("このファイルで追える144日のうちに")


def test_nobody_is_put_first_where_nobody_is_steady_or_prime():
    one = everything(**{"customers.near_lapse_loyal": 1})
    assert "Begin with the 1 steady or prime one;" in actions(one, EN, "¥120", True, "")[1].how
    none = everything(**{"customers.near_lapse_loyal": 0, "customers.near_lapse": 1})
    near = actions(none, EN, "¥120", True, "")[1]
    assert near.what == "Contact the 1 customer about to lapse" and "Begin" not in near.how


def with_near(contacted, loyal):
    made = {"worth_contacting": 7, "contacted": contacted, "held_out": 2, "contacted_loyal": loyal}
    told = [Fact(f"about_to_lapse.{key}", n, CUSTOMERS) for key, n in made.items()]
    return everything() + Facts(told)


def test_of_those_about_to_lapse_only_the_ones_to_be_contacted_are_to_be():
    near = actions(with_near(5, 3), EN, "¥120", True, "")[1]
    assert near.what == "11 customers are about to lapse: contact 5 of them"
    assert "7 are worth a contact, of whom 2 are held out" in near.how
    assert "Begin with the 3 steady and prime ones to be contacted" in near.how
    assert "Begin" not in actions(with_near(5, 0), EN, "¥120", True, "")[1].how
    told = [each.what for each in actions(with_near(0, 0), EN, "¥120", True, "")]
    assert len(told) == 2 and not any("about to lapse" in what for what in told)


def test_no_letters_are_sent_when_none_pays():
    told = actions(
        everything(**{"winback.worth_contacting": 0, "winback.contacted": 0}),
        EN,
        "¥120",
        True,
        " (assumed)",
    )
    assert told[0].what == "Do not send win-back letters yet"
    assert "At ¥120 a letter, none of the 30" in told[0].how


def test_without_amounts_nobody_is_told_of_layers():
    near = actions(everything(**{"winback.worth_contacting": None}), EN, "¥120", False, "")[0]
    assert near.what.startswith("Contact the 11") and "steady" not in near.how


def test_with_nothing_to_do_history_is_gathered():
    nothing = {
        "winback.worth_contacting": None,
        "customers.near_lapse": 0,
        "f2.day_half": None,
    }
    assert [a.what for a in actions(everything(**nothing), EN, "¥120", True, " (assumed)")] == [
        "Diagnose again with more customers and a longer history"
    ]


def test_with_nobody_on_the_list_nothing_is_said_about_its_letters():
    none = everything(
        **{"winback.listed": 0, "winback.worth_contacting": 0, "winback.contacted": 0}
    )
    told = [action.what for action in actions(none, EN, "120", True, "")]
    assert EN["action.no_winback"] not in told and len(told) == 2
    few = everything(**{"winback.listed": 3, "winback.worth_contacting": 0, "winback.contacted": 0})
    assert EN["action.no_winback"] in [a.what for a in actions(few, EN, "120", True, "")]


def test_page_one_says_that_the_limit_leaves_room_for_none():
    none = everything(**{"winback.worth_contacting": 0, "winback.contacted": 0})
    pays = Fact("winback.paying", 5, CUSTOMERS)
    shut = none + Facts([pays, Fact("winback.no_room", 5, CUSTOMERS)])
    told = actions(shut, EN, "¥120", True, "")[0]
    assert told.what == EN["action.limit_winback"] and "leaves room for none" in told.how
    few = none + Facts([pays, Fact("winback.no_room", 0, CUSTOMERS)])
    told = actions(few, EN, "¥120", True, "")[0]
    assert "at the low one any list would lose" in told.how and "held out" in told.how
    assert "held out" not in actions(few, EN, "¥120", True, "", held=False)[0].how


def test_where_nobody_is_held_out_nothing_is_said_of_it():
    every = everything(**{"winback.held_out": 0})
    assert "held out" not in actions(every, EN, "¥120", True, "")[0].how
    assert not any("held out" in each.text for each in findings(every, EN, "JPY", True))
    assert "held out: 3" in actions(everything(), EN, "¥120", True, "")[0].how


def test_without_letters_no_letter_is_spoken_of():
    none = everything(**{"winback.worth_contacting": 0, "winback.contacted": 0})
    told = actions(none, EN, "¥120", True, "", ways="phone ¥480")[0]
    assert "letter" not in told.what + told.how and "(phone ¥480)" in told.how
