import datetime as dt

import pandas as pd

from toolkit.report.lists import ORDER, headers, list_in_words, sentences
from toolkit.words import Words

JA, EN = Words("ja"), Words("en")


def test_the_list_is_in_words_and_in_major_units(ranked):
    told = list_in_words(ranked, "USD", EN)
    assert list(told.columns) == list(ORDER)
    first = told.iloc[0]
    assert first.customer_id == "=1+1"
    assert (first.place, first.decision) == ("Prime, lapsed", "contact")
    assert (first.amount, first.margin_if_returns, first.contact_cost) == (1500.0, 90.0, 1.2)
    assert (first.priority, first.priority_low, first.priority_high) == (2.4, 0.24, 6.0)
    assert first.last_date == dt.date(2025, 3, 6)
    assert (first.gap_days, first.n_visits, first.chance) == (300, 12, 0.2)


def test_nobody_reads_seventeen_digits(ranked):
    long = ranked.assign(priority=[31.172991641361136, -0.004, 1 / 3, None], chance=2 / 3)
    told = list_in_words(long, "JPY", EN)
    assert told.priority.tolist()[:3] == [31.17, -0.0, 0.33] and pd.isna(told.priority[3])
    assert told.chance[0] == 0.666667


def test_the_same_list_in_japanese(ranked):
    told = list_in_words(ranked, "JPY", JA)
    assert told.amount.tolist() == [150_000, 6_000, 3_000, 90_000]
    assert told.place[0] == JA.say("place.name", layer=JA["layer.prime"], state=JA["state.lapsed"])
    assert told.channel.tolist() == [JA["channel.letter"]] * 4
    assert told.send.tolist() == [JA[f"answer.{yes}"] for yes in ("true", "true", "false", "false")]
    assert told.decision.tolist() == [JA[f"decision.{d}"] for d in ranked.decision]


def test_each_customer_has_a_sentence(ranked):
    for words in (JA, EN):
        points = [words.write(even, "points") for even in (0.013, 0.04, 0.06)]
        pays = [words.say("why.break_even", even=even, uplift=points[1]) for even in points]
        assert sentences(ranked, words).tolist() == [
            words.say("why.often", n=12, rhythm=30, gap=300) + pays[0],
            words.say("why.often", n=2, rhythm=61, gap=250) + pays[1],
            words.say("why.once", gap=244) + pays[2],
            words.say("why.often", n=3, rhythm=10, gap=900) + words["why.never_pays"],
        ]


def test_one_day_is_a_day(ranked):
    short = ranked.assign(n_visits=[2, 1, 1, 3], gap_days=1, rhythm_days=[1.2, 9.0, 9.0, 2.0])
    told = sentences(short, EN)
    assert told[0].startswith("2 visits, about every 1 day; silent 1. ")
    assert told[1].startswith("1 visit; silent 1 day. ")
    assert told[3].startswith("3 visits, about every 2 days; silent 1. ")


def test_sentences_keep_the_rows_they_belong_to(ranked):
    turned = ranked.iloc[::-1]
    assert sentences(turned, EN)[0] == sentences(ranked, EN)[0]


def test_no_sentence_is_missing_a_number(ranked):
    for words in (JA, EN):
        told = sentences(ranked, words)
        assert not told.str.contains(r"nan|None|\{|–").any()


def test_an_empty_list_stays_empty(ranked):
    assert list_in_words(ranked.iloc[:0], "JPY", EN).empty


def test_a_channel_of_the_clients_own_has_its_own_name(ranked):
    told = list_in_words(ranked.assign(channel=["fax", "mail", "line", "fax"]), "JPY", EN)
    assert told.channel.tolist() == ["fax", "mail", "LINE", "fax"]


def test_the_reason_for_leaving_is_left_to_be_filled_in(ranked):
    assert list_in_words(ranked, "JPY", EN).reason.isna().all()
    heard = ranked.assign(reason=["moved", None, "price", None])
    assert list_in_words(heard, "JPY", EN).reason.dropna().tolist() == ["moved", "price"]


def test_headings_are_the_readers_words():
    assert headers(["rank", "priority"], EN) == {"rank": "Rank", "priority": "Expected profit"}
    assert all(headers(ORDER, JA).values())
    assert pd.Series(headers(ORDER, EN)).is_unique and pd.Series(headers(ORDER, JA)).is_unique
