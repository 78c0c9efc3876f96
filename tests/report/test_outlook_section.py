"""The section on what comes, in both languages: whole, readable, honest about what is missing."""

import dataclasses
import re
import sys
from types import SimpleNamespace

import pandas as pd
import pytest
from read_sections import NOT_FOR_PEOPLE, soup, text

from toolkit.foresight import EVERYBODY, look_ahead
from toolkit.report.facts import in_major
from toolkit.report.sections.outlook import outlook
from toolkit.words import LANGUAGES, Words

EN = Words("en")
CLIENTS = ["sample", "one customer", "one date", "no amounts", "half a year", "five for years"]
FIGURES = ["outlook-fan", "outlook-five"]


def numbers(cells):
    return [re.findall(r"\d[\d,.]*", cell.get_text()) for cell in cells]


@pytest.mark.parametrize("name", CLIENTS)
def test_the_section_is_whole_and_says_the_same_in_both_languages(client, name):
    shown = outlook(client(name).book)
    assert list(shown.html) == list(LANGUAGES) and shown.id == "outlook"
    pages = [soup(shown, language) for language in LANGUAGES]
    cells = [numbers(page.select("tbody td")) for page in pages]
    assert cells[0] == cells[1]
    for page, language in zip(pages, LANGUAGES, strict=True):
        assert page.find("p").get_text(strip=True)
        assert not NOT_FOR_PEOPLE.search(text(shown, language))
        assert all(table.caption.get_text(strip=True) for table in page.find_all("table"))
        assert all(figure.details.table for figure in page.find_all("figure"))


def test_the_sample_shop_gets_its_fan_its_five_years_and_its_levers(client):
    book = client("sample").book
    page, ahead = soup(outlook(book), "en"), look_ahead(book)
    assert [figure["id"] for figure in page.find_all("figure")] == FIGURES
    months, sales, years, levers, more = page.find_all("table")
    assert len(months.tbody.find_all("tr")) == len(sales.tbody.find_all("tr")) == 12
    (total, *ends), last = ahead.year_sales, ahead.last_year
    for amount in (total, *ends, last):
        assert EN.write(in_major(round(amount), "JPY"), "money") in page.find("p").get_text()
    assert len(years.tbody.find_all("tr")) == 36
    assert len(levers.tbody.find_all("tr")) == len(more.tbody.find_all("tr")) == 4
    ends = ["more_active_1", "more_active_1_low", "more_active_1_high"]
    gains = [f"{value:,}" for value in ahead.levers[ends].iloc[1:].to_numpy().ravel()]
    assert [cell.get_text() for cell in levers.select("tbody td")] == gains
    last = ahead.fan[(ahead.fan.measure == "active") & (ahead.fan.month == 12)].iloc[0]
    lead = page.find("p", class_="lead").get_text()
    assert f"{last.low:,.0f}" in lead and f"{last.high:,.0f}" in lead
    assert f"{ahead.multiple:.2f} times" in text(outlook(book))
    assert f"{100 * ahead.hole:.1f}%" in text(outlook(book))


@pytest.mark.parametrize(
    ("name", "there"),
    [("half a year", 60), ("five for years", 5)],
    ids=["sixty", "five"],
)
def test_below_300_customers_there_is_no_model_and_what_it_takes_is_said(client, name, there):
    book = client(name).book
    page = soup(outlook(book), "en")
    assert look_ahead(book).why == "ahead_too_small"
    assert not page.find("figure") and not page.find("table")
    assert page.find("p").get_text() == EN.say("outlook.ahead_too_small", n=300, there=there)


@pytest.mark.parametrize("why", ["ahead_too_short", "ahead_too_few"])
def test_what_is_missing_is_said_and_no_number_is_made_up(client, why, monkeypatch):
    told = client("sample")
    missing = dataclasses.replace(look_ahead(told.book), rates=None, why=why)
    home = sys.modules["toolkit.report.sections.outlook"]  # the function has its name
    monkeypatch.setattr(home, "look_ahead", lambda book: missing)
    page = soup(outlook(told.book), "en")
    assert not page.find("figure") and not page.find("table")
    needed = {"ahead_too_short": 6, "ahead_too_few": 50}[why]
    said = EN.say(f"outlook.{why}", n=needed, line=told.book.cutoffs.lapse_days)
    assert page.find("p").get_text() == said


def test_a_rate_of_less_than_a_year_gives_no_five_years(client, monkeypatch):
    told = client("sample")
    whole = look_ahead(told.book)
    five = [column for column in whole.levers if column.endswith("_5")]
    short = SimpleNamespace(
        **{name: getattr(whole, name) for name in ("why", "fan", "months", "errors", "hole")},
        book=told.book,
        rates=dataclasses.replace(whole.rates, months=11),
        notes=["ahead_part_year"],
        doubt=None,
        has_sales=False,
        year_sales=None,
        last_year=whole.last_year,
        five_years=None,
        levers=whole.levers.assign(**dict.fromkeys(five, pd.NA)),
    )
    home = sys.modules["toolkit.report.sections.outlook"]  # the function has its name
    monkeypatch.setattr(home, "look_ahead", lambda book: short)
    lead = soup(outlook(told.book), "en").find("p", class_="lead").get_text()
    assert "whether the level rises or falls cannot be told" in lead and "11 months" in lead
    assert EN["outlook.sales_short"] in lead
    assert EN.write(in_major(whole.last_year, "JPY"), "money") in lead
    said = text(outlook(told.book))
    assert EN["outlook.sales_caption"] not in said and EN["outlook.column_more_sales_1"] not in said
    assert EN["outlook.five_short"] in said
    assert EN["outlook.column_more_active_5"] not in said
    assert EN["outlook.column_more_active_1"] in said


def test_a_record_against_it_is_in_the_lead_and_five_years_and_levers_are_left_out(
    client, monkeypatch
):
    told = client("sample")
    doubtful = dataclasses.replace(look_ahead(told.book))
    level = doubtful.errors.measure == "active"
    happened = doubtful.errors.expected.where(~level, doubtful.errors.expected / 2)
    vars(doubtful)["errors"] = doubtful.errors.assign(happened=happened)
    home = sys.modules["toolkit.report.sections.outlook"]  # the function has its name
    monkeypatch.setattr(home, "look_ahead", lambda book: doubtful)
    page = soup(outlook(told.book), "en")
    assert EN["outlook.ahead_always_less"] in page.find("p", class_="lead").get_text()
    assert [figure["id"] for figure in page.find_all("figure")] == FIGURES[:1]
    assert EN["outlook.doubt_more"] in page.get_text()
    assert EN["outlook.levers_title"] not in page.get_text()


def test_one_group_of_customers_is_not_shown_twice(client, monkeypatch):
    told = client("sample")
    one = dataclasses.replace(look_ahead(told.book))
    years = one.five_years[one.five_years.layer == EVERYBODY]
    vars(one)["five_years"] = pd.concat([years.assign(layer="any"), years])
    home = sys.modules["toolkit.report.sections.outlook"]  # the function has its name
    monkeypatch.setattr(home, "look_ahead", lambda book: one)
    page = soup(outlook(told.book), "en")
    years = page.find(id="outlook-five").find("table")
    assert [row.get_text() for row in years.select("tbody th")] == list("012345")


def test_nobody_is_not_called_about_nought(client, monkeypatch):
    told = client("sample")
    still = dataclasses.replace(look_ahead(told.book))
    vars(still)["months"] = still.months.assign(new=0.01, returned=0.0)
    home = sys.modules["toolkit.report.sections.outlook"]  # the function has its name
    monkeypatch.setattr(home, "look_ahead", lambda book: still)
    said = text(outlook(told.book))
    assert "nobody new, nobody returning, about " in said and "about 0" not in said


def test_without_amounts_no_money_is_shown(client):
    book = client("no amounts").book
    assert not re.search("[¥$円]", text(outlook(book), "ja"))
