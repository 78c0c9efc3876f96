"""Sections on what lies beside the sales: subscription marks, prospects, contacts."""

import datetime as dt
import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from test_sections import NOT_FOR_PEOPLE, PARTS, in_sentences, numbers, soup, text

from toolkit.book import keep_book
from toolkit.book.intervals import wilson
from toolkit.intake import read_sales
from toolkit.report import show
from toolkit.report.sections.prospects import source_sentence
from toolkit.report.sections.subscriptions import differ
from toolkit.settings import Settings
from toolkit.words import LANGUAGES, Words

EN = Words("en")
SECTIONS = ("subscriptions", "prospects", "contacts")
D = dt.date(2025, 12, 31)
HEAD = {
    "sales": "customer_id,order_date,amount,定期\n",
    "prospects": "customer_id,registered_at,source\n",
    "contacts": "customer_id,contact_date,channel\n",
    "customer": "customer_id,name,gender,birthday,prefecture\n",
}


def days(n):
    return D - dt.timedelta(days=n)


# Sixty customers, three visits each at the most; every third customer is on subscription from the
# second visit on, and of those only every fifth is lapsed at D. Of the others all but every fourth.
SHOP = "".join(
    f"c{n:02},{days(900 - 3 * n)},4000,\n"
    f"c{n:02},{days(430 + n)},30000,{'定期' if n % 3 == 0 else ''}\n"
    + (f"c{n:02},{days(60 + n)},8000,\n" if (n % 5 if n % 3 == 0 else n % 4 == 0) else "")
    for n in range(60)
)
LISTED = "".join(f"p{n:02},{days(400 - n)},{'見本市' if n % 4 else 'web'}\n" for n in range(30))
LISTED += "".join(f"c{n:02},{days(905 - 3 * n)},web\n" for n in range(12))
LOG = "".join(
    f"c{n:02},{days(420 + n)},mail\nc{n:02},{days(80 + n)},call\n" for n in range(0, 60, 2)
)
LOG += "".join(f"p{n:02},{days(200)},call\n" for n in range(7))
MASTER = "".join(
    f"c{n:02},Name {n},{'F' if n < 30 else ''},{1950 + n}-03-04,{'東京都' if n < 12 else ''}\n"
    for n in range(48)
)
ONE = ("A,2025-03-01,1000,1\n", "P,2025-01-01,web\n", "A,2025-06-01,call\n")
SCRIPT = "<script>alert(1)</script>"

CLIENTS = {
    "shop": (SHOP, LISTED, LOG, {}),
    "one of each": (*ONE, {}),
    "no amounts": (re.sub(r",\d+,", ",,", SHOP), LISTED, LOG, {"no_amount": True}),
    "no log": (SHOP, LISTED, None, {}),
    "empty log": (SHOP, LISTED, "", {}),
    "hostile": (SHOP, LISTED.replace("web", SCRIPT), LOG.replace("call", SCRIPT), {}),
    "dollars": (SHOP, LISTED, LOG, {"currency": "USD", "profile": "classic"}),
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """`shown(client, section)`: what the notebook's cell shows, once."""
    folder, books, made = tmp_path_factory.mktemp("beside"), {}, {}

    def book_of(client):
        *texts, more = CLIENTS[client]
        given = {"client": "x"} | more
        if client == "shop":
            texts.append(MASTER)
        for name, content in zip(HEAD, texts, strict=False):
            if content is not None:
                path = folder / f"{client}-{name}.csv"
                path.write_text(HEAD[name] + content, encoding="utf-8")
                given[f"{name}_file"] = str(path)
        settings = Settings.checked(given)
        return keep_book(read_sales(settings.sales_file, settings), settings)

    def show_it(client, section):
        if client not in books:
            books[client] = book_of(client)
        if (client, section) not in made:
            made[client, section] = getattr(show, section)(books[client])
        return made[client, section]

    return show_it


@pytest.mark.parametrize(
    ("sources", "counts", "said"),
    [
        (["web", "fair"], [9, 4], "The source with most prospects is “web”: 9."),
        (["web", "fair"], [4, 4], "By source (2 named)"),
        (["", "web"], [9, 4], "By source (1 named)"),
        (["web", ""], [9, 4], "The source with most prospects is “web”: 9."),
        (["web"], [4], "All 4 on the list have the same source, “web”."),
        ([""], [4], "The list names no sources."),
    ],
)
def test_a_source_leads_only_where_there_are_others(sources, counts, said):
    stages = pd.DataFrame({"source": [*sources, None], "prospects": [*counts, sum(counts)]})
    assert said in source_sentence(stages, EN)


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("name", CLIENTS)
def test_a_section_is_whole_in_both_languages(shown, name, section):
    made = shown(name, section)
    if (name, section) == ("no log", "contacts"):
        assert made is None
        return
    assert list(made.html) == list(LANGUAGES)
    for language in LANGUAGES:
        page = soup(made, language)
        (outer,) = page.find_all("section")
        assert outer["id"] == section
        assert page.h2.get_text() == made.titles[language]
        assert outer.find("p").get_text(strip=True)
        assert not NOT_FOR_PEOPLE.search(text(made, language))
        assert page.find("script") is None
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert len(ids) == len(set(ids))
        for figure in page.find_all("figure"):
            assert figure.svg.title.get_text() == figure.h3.get_text()
            assert figure.details.table.caption.get_text(strip=True)


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("name", CLIENTS)
def test_a_section_says_the_same_numbers_in_both_languages(shown, name, section):
    made = shown(name, section)
    if made is None:
        return
    ja, en = (soup(made, language) for language in LANGUAGES)
    assert [len(ja.find_all(x)) for x in PARTS] == [len(en.find_all(x)) for x in PARTS]
    said = {x: set(numbers(text(made, x))) for x in LANGUAGES}
    assert said["ja"] - said["en"] <= in_sentences("ja")
    assert said["en"] - said["ja"] <= in_sentences("en")


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("name", ["sample", "ledger", "one customer", "no amounts"])
def test_who_has_no_such_thing_sees_no_such_section(client, name, section):
    assert getattr(show, section)(client(name).book) is None


def test_the_subscription_section_tells_the_two_holes(shown):
    # A year before D the 60 second visits (430 to 489 days before D) are 65 to 124 days old: all
    # active. Subscribers 20, lapsed those of n % 15 == 0 (4); others 40, lapsed n % 4 > 0 (30).
    said = text(shown("shop", "subscriptions"), "en")
    assert EN.say("subscriptions.finding_lower", on=0.2, off=0.75) in said
    page = soup(shown("shop", "subscriptions"), "en")
    rows = page.find(id="subscriptions-churn").table.tbody.find_all("tr")
    assert [cell.get_text() for cell in rows[0].find_all(["th", "td"])][:4] == [
        *(EN["subscriptions.kind_subscription"], "20", "4", "20.0%")
    ]
    # The second visit comes 470 - 4n days after the first: within a year from n = 27 on.
    assert EN.say("subscriptions.upgrade", came=11, of=60, share=11 / 60) in said


def test_the_shares_of_subscriptions_are_drawn_with_who_went_over(shown):
    page = soup(shown("shop", "subscriptions"), "en")
    drawn = page.find(id="subscriptions-share")
    assert EN["subscriptions.went_over"] in drawn.svg.get_text(" ")
    assert f"{100 * 11 / 60:.1f}%" in drawn.svg.get_text(" ")
    assert len(drawn.table.tbody.find_all("tr")) == 3
    assert soup(shown("one of each", "subscriptions"), "en").find(id="subscriptions-share") is None


def test_one_subscriber_gets_counts_without_rates(shown):
    said = text(shown("one of each", "subscriptions"), "en")
    assert EN["subscriptions.churn_unknown"] in said
    assert soup(shown("one of each", "subscriptions"), "en").figure is None


def test_the_prospects_section_tells_who_was_never_contacted(shown):
    said = text(shown("shop", "prospects"), "en")
    assert EN.say("prospects.finding_forgotten", waiting=30, n=23) in said
    lead = {"prospects": 42, "already": 0, "open": 42, "converted": 12, "share": 12 / 42}
    assert EN.say("prospects.lead_share", **lead) in said
    page = soup(shown("no log", "prospects"), "en")
    assert EN["column.not_followed"] not in page.table.thead.get_text(" ")
    assert page.h3.get_text() == EN.say("prospects.finding", waiting=30)


def test_an_empty_log_means_that_nobody_was_contacted(shown):
    said = text(shown("empty log", "contacts"), "en")
    assert EN.say("contacts.lead", months=12, contacted=0, customers=60, share=0.0) in said
    forgotten = EN.say("contacts.forgotten_title", lapsed=34, n=34)
    assert forgotten in said


def test_the_contacts_section_tells_who_was_sold_and_forgotten(shown):
    # Contacted are the even numbers, after the second visit and again 80 + n days before D. Lapsed
    # are n % 15 == 0 (0, 15, 30, 45) and n % 4 > 0 of the others: even ones are contacted since.
    lapsed = [n for n in range(60) if (n % 5 == 0 if n % 3 == 0 else n % 4 > 0)]
    odd = [n for n in lapsed if n % 2]
    said = text(shown("shop", "contacts"), "en")
    assert EN.say("contacts.forgotten_title", lapsed=len(lapsed), n=len(odd)) in said
    assert EN.say("contacts.lead", months=12, contacted=30, customers=60, share=0.5) in said
    assert EN["contacts.lag_description"] in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_on_contacts_gives_a_rate_of_fewer_than_five(shown, language):
    heads = [head.get_text() for head in soup(shown("one of each", "contacts"), language)("h3")]
    assert heads and not re.search(r"0 of 1|1 of 1|1人", " ".join(heads))
    words = Words(language)
    assert words.say("contacts.finding_few", months=12) in heads
    assert words["contacts.forgotten_few"] not in heads  # A was called after the only purchase


def test_layers_that_stay_as_they_are_without_subscriptions_are_told_so(shown):
    said = text(shown("one of each", "subscriptions"), "en")
    assert EN.say("subscriptions.layers_text_same", now=0) in said and "0 instead of 0" not in said


def test_a_source_of_hostile_text_stays_text(shown):
    html = str(shown("hostile", "prospects").html["en"])
    assert "<script" not in html
    page = BeautifulSoup(html, "html.parser")
    assert SCRIPT in [cell.get_text() for cell in page.table.find_all("th")]


def test_the_reading_section_names_the_files_without_their_folder(shown):
    said = text(shown("shop", "reading"), "en")
    assert "contacts_file = shop-contacts.csv" in said
    assert "prospects_file = shop-prospects.csv" in said
    assert "customer_file = shop-customer.csv" in said
    assert EN["note.prospects_read"].split("{")[0] in text(shown("shop", "quality"), "en")


def test_the_quality_page_says_what_the_customer_master_covers_and_of_nobody_what(shown):
    # 48 of 60 customers are in it; of these 30 have a gender, 48 a birthday and 12 a prefecture
    said = text(shown("shop", "quality"), "en")
    assert (
        "80.0% of the customers are in it; gender is told of 50.0%, birthday of 80.0%, area of "
        "20.0%." in said
    )
    assert EN["quality.term_master"] not in text(shown("no log", "quality"), "en")
    page = str(shown("shop", "quality").html["en"])
    assert not any(word in page for word in ("1950-03-04", "東京都", "Name 1", "female"))


@pytest.mark.parametrize(
    ("on", "off", "told"),
    [
        ((35, 39), (82, 118), True),  # 89.7 % against 69.5 %: 20 points, at least 6 of them sure
        ((82, 118), (35, 39), True),
        ((9, 12), (82, 118), False),
        ((5, 10), (5, 10), False),
    ],
)
def test_two_holes_differ_where_zero_is_outside_the_interval_of_the_difference(on, off, told):
    rows = []
    for lost, active in (on, off):
        low, high = wilson(lost / active, active)
        rows.append(pd.Series({"hole": lost / active, "low": float(low), "high": float(high)}))
    assert differ(*rows) is told
