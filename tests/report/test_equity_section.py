"""The section on what the customers are worth: whole in both languages, the numbers the value's."""

import re
from dataclasses import replace

import numpy as np
import pytest
from read_sections import NOT_FOR_PEOPLE, soup, text

from toolkit.foresight import Equity, SecondLives, foresee_value
from toolkit.report.sections.equity import value_chart, worth_told
from toolkit.words import LANGUAGES, Words

EN = Words("en")
CLIENTS = ["sample", "one customer", "one date", "half a year", "dollars", "given back", "twelve"]
PARTS = ("table", "figure", "tr", "td", "li", "h3", "p")
WIDEST = 5  # columns a telephone holds


@pytest.fixture(scope="module")
def valued(client, counting):
    """`valued(name, by)`: the value of a client by `counts`, or nothing."""
    made = {}

    def value(name, by="counts"):
        if (name, by) not in made:
            told = client(name)
            nothing = Equity("none", "nothing_to_learn")
            made[name, by] = (
                nothing
                if by == "nothing"
                else foresee_value(told.book, told.settings, fit=counting)
            )
        return made[name, by]

    return value


@pytest.fixture(scope="module")
def shown(client, valued):
    return lambda name, by="counts": worth_told(client(name).book, valued(name, by))


def says(made, key):
    shape = re.sub(r"\\\{[^}]*\\\}", ".*?", re.escape(EN[key]))
    return bool(re.search(shape, text(made)))


@pytest.mark.parametrize("by", ["counts", "nothing"])
@pytest.mark.parametrize("name", CLIENTS)
def test_the_section_is_whole_and_says_the_same_in_both_languages(shown, name, by):
    made = shown(name, by)
    assert list(made.html) == list(LANGUAGES)
    for language in LANGUAGES:
        page = soup(made, language)
        assert page.section["id"] == made.id == "equity"
        assert page.h2.get_text() == made.titles[language]
        assert not NOT_FOR_PEOPLE.search(text(made, language))
        for table in page.find_all("table"):
            assert table.caption.get_text(strip=True)
            assert len(table.thead.find_all("th")) <= WIDEST
        for figure in page.find_all("figure"):
            assert figure.svg.title.get_text() == figure.h3.get_text()
    ja, en = (soup(made, language) for language in LANGUAGES)
    assert [len(ja.find_all(x)) for x in PARTS] == [len(en.find_all(x)) for x in PARTS]
    cells = [[td.get_text() for td in page.select("td.n, tbody th.n")] for page in (ja, en)]
    assert cells[0] == cells[1]


def test_the_lead_has_the_total_and_its_interval(client, valued, shown):
    total = valued("sample").total()
    lead = soup(shown("sample")).find("p", class_="lead").get_text()
    for name in ("margin_12", "low_12", "high_12", "margin_36", "low_36", "high_36"):
        assert EN.write(total[name], "money") in lead
    assert EN["summary.assumed_mark"] in lead
    assert f"{total['customers']:,}" in lead


def test_what_it_rests_on_is_told(shown):
    assert says(shown("sample"), "equity.judged")
    assert says(shown("sample"), "equity.kept")
    assert says(shown("sample"), "equity.second")
    assert says(shown("sample"), "equity.returned")
    assert says(shown("one date"), "equity.lead_bare")
    assert says(shown("one date"), "equity.not_judged")
    assert says(shown("sample", "nothing"), "equity.none_nothing_to_learn")


@pytest.mark.parametrize("why", ["nothing_to_learn", "too_small", "nobody_came"])
def test_what_it_would_take_is_told_where_there_is_no_value(client, why):
    made = worth_told(client("sample").book, Equity("none", why))
    assert says(made, f"equity.none_{why}")


def test_the_verdict_on_the_amounts_is_told(shown, valued):
    for name in CLIENTS:
        assert says(shown(name), f"spend.{valued(name).spend.verdict}")
    assert says(shown("sample"), "equity.by_counts")


@pytest.mark.parametrize(
    ("came", "key"),
    [((90, 80), "too_much"), ((110, 130), "too_little"), ((90, 130), None)],
    ids=["above at all dates", "below", "either"],
)
def test_where_all_dates_erred_to_one_side_it_is_said(client, valued, came, key):
    found = valued("sample")
    rows = found.records[12].groupby("origin", as_index=False).first().head(2)
    record = rows.assign(foreseen=100, came=came)
    made = worth_told(client("sample").book, replace(found, records={12: record, 36: record}))
    for each in ("too_much", "too_little"):
        assert says(made, f"equity.{each}") == (each == key)
    assert says(made, "equity.stretched") == (record["days"].iloc[0] < 365)


def test_a_given_margin_is_not_called_assumed(client, counting):
    told = client("sample", margin=0.3)
    made = worth_told(told.book, foresee_value(told.book, told.settings, fit=counting))
    assert EN["summary.assumed_mark"] not in text(made)


def test_without_amounts_there_is_no_section(client, counting):
    told = client("no amounts")
    assert worth_told(told.book, foresee_value(told.book, told.settings, fit=counting)) is None


def test_a_bar_ends_at_its_sum_and_the_line_at_the_interval(valued):
    rows = valued("sample").groups
    places = rows[(rows.layer != "all") & (rows.state != "all")]
    places = places.assign(place=[f"place {i}" for i in range(len(places))])
    (axes,) = value_chart(places, EN, "JPY").axes
    widths = [bar.get_width() for bar in axes.patches]
    assert widths == places.margin_12.tolist()
    (lines,) = axes.collections
    ends = np.array([segment[:, 0] for segment in lines.get_segments()])
    known = places[places.low_12.notna()]
    assert 5 < len(known) < len(places)  # what cannot be told has no line
    assert ends[:, 0] == pytest.approx(known.low_12.to_numpy())
    assert ends[:, 1] == pytest.approx(known.high_12.to_numpy())


@pytest.mark.parametrize(("kept", "key"), [(0.0, "equity.all_back"), (1.0, "equity.nobody")])
def test_where_no_margin_is_to_come_one_sentence_says_why(client, valued, kept, key):
    found = valued("sample")
    nothing = found.groups.assign(**dict.fromkeys(("margin_12", "margin_36"), 0))
    spend = replace(found.spend, kept_share=kept)
    made = worth_told(client("sample").book, replace(found, groups=nothing, spend=spend))
    assert text(made) == f"{EN['equity.title']} {EN[key]}"


@pytest.mark.parametrize("method", ["winners", "alike"])
@pytest.mark.parametrize("visits", ["chance_x_back", "count_model"])
def test_the_methods_that_speak_are_named(client, valued, visits, method):
    found = replace(valued("sample"), method=method, visits_by=visits, amounts_by="visits_x_own")
    made = worth_told(client("sample").book, found)
    assert says(made, "equity.by") == (method == "winners")
    assert says(made, "equity.by_alike") == (method == "alike")
    assert says(made, "equity.goes_on") == (visits != "count_model")
    assert says(made, "equity.second_amounts")
    assert method == "alike" or EN[f"method.{visits}"] in text(made)


@pytest.mark.parametrize("times", [0.88, 0.92, 1.08, 1.12, 50])
def test_the_outlook_s_sum_is_named_where_it_is_more_than_a_tenth_off(client, valued, times):
    book, found = client("sample").book, valued("sample")
    total, share = found.total(), book.settings.margin_share
    made = worth_told(book, found, round(total["margin_12"] * times / share))
    assert says(made, "equity.two_ways") == (times not in (0.92, 1.08))
    inside = times != 50 and total["low_12"] <= total["margin_12"] * times <= total["high_12"]
    if says(made, "equity.two_ways"):
        assert EN.write(times, "ratio") in text(made)
        assert says(made, "equity.two_ways_inside") == inside
        assert says(made, "equity.two_ways_outside") == (not inside)
    assert not says(worth_told(book, found), "equity.two_ways")


def untold(found, *months):
    """The value without the intervals of some months."""
    ends = {f"{end}_{m}": np.nan for m in months for end in ("low", "high")}
    return replace(found, groups=found.groups.assign(**ends))


def test_a_missing_interval_is_told_with_its_reason(client, valued):
    book, found = client("sample").book, valued("sample")
    told = {
        "too_wide": untold(found, 12, 36),
        "too_wide_36": untold(found, 36),
        "not_judged_36": replace(
            untold(found, 36), records=found.records | {36: found.records[36].head(0)}
        ),
    }
    for key, one in told.items():
        made = worth_told(book, one)
        assert [k for k in told if says(made, f"equity.{k}")] == [key]
        assert says(made, "equity.judged") == (key != "too_wide")
        lead = soup(made).find("p", class_="lead").get_text()
        assert ("80%" in lead) == (key != "too_wide")


def test_a_place_without_an_interval_is_explained_where_others_have_one(client, valued):
    book, found = client("sample").book, valued("sample")
    rows = found.groups.copy()
    rows.loc[0, ["low_12", "high_12"]] = np.nan
    assert EN["equity.some_untold"] in text(worth_told(book, replace(found, groups=rows)))
    everywhere = rows.assign(**{end: rows.margin_12 for end in ("low_12", "high_12")})
    everywhere = everywhere.assign(low_36=np.nan, high_36=np.nan)
    made = worth_told(book, replace(found, groups=everywhere))
    assert EN["equity.some_untold"] not in text(made)


LIVES = {
    ("returns", 40): ["lives"],
    ("visits", 0): ["lives_no", "lives_visits"],
    ("visits", 7): ["lives_few", "lives_visits"],
    (None, 0): ["lives_no", "lives_unchecked"],
    (None, 7): ["lives_few", "lives_unchecked"],
}


@pytest.mark.parametrize(("of", "returners"), LIVES)
def test_what_the_second_life_was_checked_on_is_told(client, valued, of, returners):
    lives = SecondLives(returners, 0.6, 1.8, 1 / 3, 0.1, of, 40)
    made = worth_told(client("sample").book, replace(valued("sample"), lives=lives))
    keys = sorted({key for some in LIVES.values() for key in some})
    assert [key for key in keys if says(made, f"equity.{key}")] == sorted(LIVES[of, returners])
