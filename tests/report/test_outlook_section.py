"""The section on what comes, in both languages: whole, readable, honest about what is missing."""

import dataclasses
import re
import sys
from types import SimpleNamespace

import pandas as pd
import pytest
from read_sections import NOT_FOR_PEOPLE, soup, text

from toolkit.foresight import look_ahead
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
    months, years, levers, more = page.find_all("table")
    assert len(months.tbody.find_all("tr")) == 12
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
        rates=whole.rates,
        notes=["ahead_part_year"],
        five_years=None,
        levers=whole.levers.assign(**dict.fromkeys(five, pd.NA)),
    )
    home = sys.modules["toolkit.report.sections.outlook"]  # the function has its name
    monkeypatch.setattr(home, "look_ahead", lambda book: short)
    said = text(outlook(told.book))
    assert EN["outlook.five_short"] in said and EN["outlook.ahead_part_year"] in said
    assert EN["outlook.column_more_active_5"] not in said
    assert EN["outlook.column_more_active_1"] in said


def test_without_amounts_no_money_is_shown(client):
    book = client("no amounts").book
    assert not re.search("[¥$円]", text(outlook(book), "ja"))
