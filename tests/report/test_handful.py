"""Files of a handful of customers: no sentence is empty, silly or in the wrong number."""

import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from toolkit.report import show
from toolkit.report.facts import Fact, Facts
from toolkit.report.sections.cohorts import _age_finding
from toolkit.report.sections.layers import _described
from toolkit.report.sections.sales import _not_split
from toolkit.report.sections.sensitivity import LAPSE, strip_chart
from toolkit.words import LANGUAGES, Words

EN, JA = Words("en"), Words("ja")
CLIENTS = (
    *("one order", "two in a day", "three in a year", "five for years", "five without amounts"),
    *("four who return", "one customer", "twelve", "ledger"),
)
PARTS = {
    "summary": ("book", "outlook", "plan"),
    "certainty": ("book", "outlook"),
    "equity": ("book", "outlook"),
    "about_to_lapse": ("book", "outlook", "plan"),
    "golden": ("book", "outlook", "plan"),
    "winback": ("book", "outlook", "plan"),
    "follow_up": ("book", "plan"),
    "control": ("book", "plan"),
    "results": ("book", "plan"),
}
SECTIONS = set(show.__all__) - {"figure", "benchmarks"}
SILLY = {
    "en": (
        r"\b1 (?:\w+ )?(?:amounts|customers|days|letters|months|orders|rows|visits)\b",
        r"\b1 (?:were|are|have)\b",
        r"\b([\d.,%]*[\d%]) to \1(?![\d.,%])",  # from so much to as much
        r"\b0 (?:set aside|were followed|active prime)",
        r"\(0\)|shared with 0|They are 0\.0%|brought 0\.0%",
    ),
    "ja": (
        r"(?<![\d,.])([\d,.]+%?)〜\1(?![\d.,])",
        r"0行を次の理由|うちコツコツ・優良の0人|全体の0\.0%|分は0\.0%|ではなかった0人",
        r"、。|。。|（）|「」",
    ),
}


@pytest.fixture(scope="module")
def told(client):
    """`told(name, language)`: every sentence of every section, one below the other."""
    made = {}

    def read(name, language):
        if name not in made:
            story = client(name)
            made[name] = [
                getattr(show, section)(*(getattr(story, p) for p in PARTS.get(section, ("book",))))
                for section in sorted(SECTIONS)
            ]
        return "\n".join(sentences(part, language) for part in made[name] if part is not None)

    return read


def sentences(shown, language):
    page = BeautifulSoup(str(shown.html[language]), "html.parser")
    for part in page.select("svg, tbody, .method"):
        part.decompose()
    return "\n".join(
        tag.get_text(" ", strip=True) for tag in page.find_all(["p", "h3", "li", "dd", "caption"])
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CLIENTS)
def test_no_sentence_is_empty_or_silly(told, name, language):
    said = told(name, language)
    assert all(said.splitlines())
    for pattern in SILLY[language]:
        found = re.search(pattern, said)
        assert not found, said[max(0, found.start() - 80) : found.end() + 80]


def test_a_file_of_one_order_says_what_there_is(told):
    said = told("one order", "en")
    assert "The level is 1 customer (a year ago: 0)" in said
    assert EN.say("bucket.nobody_lost", **{"lapse.days": "240 days"}) in said
    assert "1 row was read and kept; none was set aside." in said
    assert EN["layers.finding_none"] in said and EN["winback.none"] in said
    assert "Active customers number 1 even with the lapse line 25% shorter or longer" in said
    assert "They can be from 2027-01-27 on" in said  # 2025-06-01 + 240 days, a year later


def test_the_same_file_in_japanese(told):
    said = told("one order", "ja")
    assert "いまの水位は1人です（1年前は0人）" in said
    assert "1行を読み、すべて使いました。" in said
    assert "離脱の線を25%動かしても、現役の人数は1人のままです" in said


def test_nobody_is_to_be_contacted_first_among_none(told):
    assert "Contact the 1 customer about to lapse" in told("three in a year", "en")
    assert "steady and prime ones" not in told("three in a year", "en")


def test_shares_of_fewer_than_five_new_customers_are_not_estimated(client, told):
    assert client("four at first").book.left_edge_total()["share"] is not None
    for language in LANGUAGES:
        said = EN if language == "en" else JA
        few = said.say("edges.left_few", first="2022-01-10", new=4)
        assert few in told("four at first", language)
    assert "probably old" not in told("four at first", "en")


def test_where_everybody_stayed_the_change_is_theirs(told):
    # A bought once more in 2025, for 9
    assert "All of the change comes from those who kept buying: +\u2060¥9" in told(
        "five for years", "en"
    )
    assert "増減はすべて続けて買った人によるもので、+\u2060¥9です" in told("five for years", "ja")


NEGATIVE = Facts([Fact("sales.change", -5, "JPY")])  # two years known, one of them below zero


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (NEGATIVE, "no_split"),
        (NEGATIVE + Facts([Fact("sales.change.per_visit", 1, "JPY")]), "few"),
        (Facts([]), "no_previous"),
    ],
)
def test_why_the_change_is_not_split_is_told_as_it_is(facts, said):
    assert _not_split(facts) == said and f"sales.{said}" in EN


def test_without_sales_prime_customers_have_no_share_of_them():
    rows = [("prime", "active", 2, 0.2, None), ("first", "active", 8, 0.8, None)]
    named = pd.DataFrame(rows, columns=["layer", "state", "customers", "share", "sales_share"])
    assert _described(named, EN) == "They are 20.0% of all customers."


def test_a_file_without_amounts_has_no_cutoffs_of_layers_to_move(client):
    bare = str(show.sensitivity(client("five without amounts").book).html["en"])
    assert EN["sensitivity.note"] not in bare
    assert EN["sensitivity.note"] in str(show.sensitivity(client("twelve").book).html["en"])


def test_months_of_one_name_are_told_once():
    same = pd.DataFrame(
        {"cohort": ["2022-01"], "within_days": 90, "share": 0.5, "again": 5, "customers": 10}
    )
    assert _age_finding(same, EN).startswith("Of those who first bought in 2022-01, 50.0%")


@pytest.mark.parametrize(("line", "names"), [(2, ["−25%", "as set", "+25%"]), (240, None)])
def test_no_two_strips_bear_one_name(line, names):
    rows = pd.DataFrame(
        {
            "lapse_days": [line * 3 // 4 or 1, line, line * 5 // 4],
            "active": [3, 4, 5],
        },
        index=list(LAPSE),
    )
    axes = strip_chart(rows, EN).axes[0]
    ticks = [label.get_text() for label in axes.get_xticklabels()]
    assert ticks == (names or ["180 days", "240 days", "300 days"])
    assert [bar.get_height() for bar in axes.patches] == [3, 4, 5]
