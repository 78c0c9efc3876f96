"""The section on rhythm and its facts: whole for every kind of client, in both languages."""

import importlib
import re
from dataclasses import replace

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from read_sections import NOT_FOR_PEOPLE, text, text_of

from toolkit.foresight.rhythm import LapseLine, rhythm_of
from toolkit.report.facts import Facts
from toolkit.report.rhythm_facts import rhythm_facts
from toolkit.report.sections.rhythm import rhythm
from toolkit.report.sections.rhythm_charts import line_chart
from toolkit.words import LANGUAGES, Words

rhythm_section = importlib.import_module("toolkit.report.sections.rhythm")
CLIENTS = ["sample", "one customer", "one date", "no amounts", "half a year", "five for years"]
EN = Words("en")
PARTS = ("table", "figure", "tr", "td", "h3", "p")


@pytest.fixture(scope="module")
def pages(client):
    """`pages(name)`: the section of a client as a parsed page in each language."""
    made = {}

    def show(name):
        if name not in made:
            shown = rhythm(client(name).book)
            made[name] = {x: BeautifulSoup(str(shown.html[x]), "html.parser") for x in shown.html}
        return made[name]

    return show


@pytest.mark.parametrize("name", CLIENTS)
def test_the_section_is_whole_in_both_languages(pages, name):
    both = pages(name)
    assert list(both) == list(LANGUAGES)
    for language, page in both.items():
        assert page.h2.get_text() == Words(language)["rhythm.title"]
        assert page.find("p").get_text(strip=True)
        for figure in page.find_all("figure"):
            assert figure.svg.title.get_text() == figure.h3.get_text()
            assert figure.details.table
        for table in page.find_all("table"):
            assert table.caption.get_text(strip=True)
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert len(ids) == len(set(ids))
    ja, en = both.values()
    assert [len(ja.find_all(x)) for x in PARTS] == [len(en.find_all(x)) for x in PARTS]
    cells = [
        [td.get_text() for td in p.find_all("td") if td.get_text()[:1].isdigit()]
        for p in both.values()
    ]
    assert cells[0] == cells[1]


@pytest.mark.parametrize("name", CLIENTS)
def test_nothing_is_said_that_is_not_for_people(pages, name):
    assert [x for x, page in pages(name).items() if NOT_FOR_PEOPLE.search(text_of(page))] == []


def test_the_sample_shop_is_told_its_line_beside_the_classic(client):
    book = client("sample").book
    told, facts = rhythm_of(book), rhythm_facts(book)
    line = told.recommended.line_days
    row = told.errors.set_index("line_days").loc[line]
    fact = facts["rhythm.line_error"]
    assert (fact.numerator, fact.denominator) == (row.came_back, row.called_lost)
    assert facts.value("rhythm.line") == line and facts.known("rhythm.classic_error")
    low, high = facts["rhythm.line"].interval
    assert low <= line <= high
    said = text(rhythm(book))
    assert fact.interval[1] > 0.2  # so that it is told with care, and from where on it is certain
    given = {f.id: f for f in facts} | _parts(fact)
    assert EN.say("rhythm.lead_may", **given) in said
    assert EN.say("rhythm.lead_may_classic", **given) in said
    assert EN.say("rhythm.lead_may_late", late=told.recommended.latest) in said
    assert "would do" not in said and "certain that at most" in said or "may be up to" in said
    assert EN["rhythm.recommended"] in said and EN["rhythm.classic"] in said


@pytest.mark.parametrize(("high", "key"), [(0.2, "lead_classic"), (0.201, "lead_may")])
def test_a_line_is_called_good_only_where_its_whole_interval_is(client, monkeypatch, high, key):
    book = client("sample").book
    error = replace(rhythm_facts(book)["rhythm.line_error"], interval=(0.15, high))
    facts = Facts([error if f.id == error.id else f for f in rhythm_facts(book)])
    monkeypatch.setattr(rhythm_section, "rhythm_facts", lambda book: facts)
    lead = EN.say(f"rhythm.{key}", **{f.id: f for f in facts}, **_parts(error))
    assert lead in text(rhythm(book))


def _parts(fact):
    low, high = fact.interval
    return {"back": fact.numerator, "lapses": fact.denominator, "low": low, "high": high}


def test_a_short_file_is_told_that_it_cannot_be_told(client):
    book = client("half a year").book
    facts = rhythm_facts(book)
    assert facts["rhythm.line"].why == "file_too_short"
    said = text(rhythm(book))
    assert EN["rhythm.lead_unknown"] in said


@pytest.mark.parametrize(
    ("found", "key"),
    [
        (LapseLine(None, None, None, 120, "too_short"), "lead_short"),
        (LapseLine(None, None, None, 730, "none"), "lead_none"),
        (LapseLine(240, 240, 250, 730, None), "lead_same"),
        (LapseLine(300, 300, None, 730, None), "lead_classic"),
    ],
)
def test_each_outcome_has_its_sentence(client, monkeypatch, found, key):
    book = client("sample").book
    told = rhythm_of(book)
    other = replace(told, recommended=found)
    monkeypatch.setattr(rhythm_section, "rhythm_of", lambda _: other)
    monkeypatch.setattr("toolkit.report.rhythm_facts.rhythm_of", lambda _: other)
    rhythm_facts.cache_clear()
    said = text(rhythm(book))
    rhythm_facts.cache_clear()
    shape = re.sub(r"\\\{[^}]*\\\}", ".+?", re.escape(EN[f"rhythm.{key}"]))
    assert re.search(shape, said)


def test_a_line_at_the_far_end_is_named_within_the_chart(client):
    told = rhythm_of(client("sample").book)
    judged = told.errors[told.errors.line_days % 10 == 0].query("called_lost >= 100")
    axes = line_chart(judged, told, int(judged.line_days.iloc[-1]), EN).axes[0]
    assert [t.get_ha() for t in axes.texts][-1] == "right"


def test_rows_of_unknown_rates_are_not_drawn(client):
    told = rhythm_of(client("one customer").book)
    assert pd.isna(told.lines.error).all()
    assert "<figure" not in str(rhythm(client("one customer").book).html["en"])


def test_a_line_no_silence_was_watched_beyond_is_named_with_the_reason():
    lines = pd.DataFrame(
        {
            "line_days": [120, 210, 240, 365],
            "called_lost": [9, 0, 0, 0],
            "in_force": [False, True, False, False],
        }
    )
    (said,) = rhythm_section._missing(lines, EN)
    assert "210 days (in force), 240 days (classic)" in str(said) and "365" not in str(said)
    assert rhythm_section._missing(lines.assign(called_lost=9), EN) == []
