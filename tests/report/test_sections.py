"""Every section of every kind of client in both languages: whole, readable, honest."""

import base64
import re
from dataclasses import replace

import pandas as pd
import pytest
from read_sections import NOT_FOR_PEOPLE, soup, text

from toolkit.intake import File
from toolkit.report import show
from toolkit.report.style import new_figure
from toolkit.words import LANGUAGES, Words

CLIENTS = ["sample", "one customer", "one date", "no amounts", "half a year"]
SECTIONS = {
    "summary": ("book", "outlook", "plan"),
    "sales": ("book",),
    "bucket": ("book",),
    "periods": ("book",),
    "years": ("book",),
    "layers": ("book",),
    "movement": ("book",),
    "sensitivity": ("book",),
    "repeat": ("book",),
    "cohorts": ("book",),
    "concentration": ("book",),
    "rfm": ("book",),
    "benchmarks": ("book",),
    "edges": ("book",),
    "rhythm": ("book",),
    "certainty": ("book", "outlook"),
    "outlook": ("book",),
    "equity": ("book", "outlook"),
    "about_to_lapse": ("book", "outlook", "plan"),
    "golden": ("book", "outlook", "plan"),
    "winback": ("book", "outlook", "plan"),
    "follow_up": ("book", "plan"),
    "quality": ("book",),
    "reading": ("book",),
}
NEED_AMOUNTS = {"sales", "layers", "movement", "concentration", "winback", "equity", "golden"}
MOST_ROWS = 200
PARTS = ("table", "figure", "tr", "td", "li", "h3")
EN = Words("en")


@pytest.fixture(scope="module")
def shown(client):
    """`shown(name, section)`: what the notebook's cell shows, once."""
    made = {}

    def show_it(name, section):
        if (name, section) not in made:
            told = client(name)
            parts = [getattr(told, part) for part in SECTIONS[section]]
            made[name, section] = getattr(show, section)(*parts)
        return made[name, section]

    return show_it


@pytest.fixture
def shows(shown):
    """`shows(name, section, key)`: whether the section says this sentence, whatever fills it."""

    def said(name, section, key):
        shape = re.sub(r"\\\{[^}]*\\\}", ".+?", re.escape(EN[key]))
        return bool(re.search(shape, text(shown(name, section), "en")))

    return said


def numbers(written):
    return re.findall(r"\d[\d,.]*\d|\d", written)


def in_sentences(language):
    """Numbers that stand in the language's sentences themselves: one year is 1年 in Japanese."""
    words = Words(language)
    sentences = [re.sub(r"\{[^}]*\}", "", words[key]) for key in list(words.keys())]
    return {number for sentence in sentences for number in numbers(sentence)}


BESIDE = {"subscriptions", "prospects", "contacts"}  # in test_beside_sections
TRIED = {"control", "results"}  # in test_results_section
WITH_LINES = {"products"}  # in test_product_section


def test_all_sections_are_tried():
    assert set(show.__all__) == {*SECTIONS, *BESIDE, *WITH_LINES, *TRIED, "figure"}


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("name", CLIENTS)
def test_a_section_is_whole_in_both_languages(shown, name, section):
    made = shown(name, section)
    if name == "no amounts" and section in NEED_AMOUNTS:
        assert made is None
        return
    assert list(made.html) == list(LANGUAGES)
    for language in LANGUAGES:
        page = soup(made, language)
        (outer,) = page.find_all("section")
        assert outer["id"] == section == made.id
        assert page.h2.get_text() == made.titles[language]
        assert outer.find("p").get_text(strip=True)
        assert not NOT_FOR_PEOPLE.search(text(made, language))
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert len(ids) == len(set(ids))
        for table in page.find_all("table"):
            assert table.caption.get_text(strip=True)
            assert len(table.tbody.find_all("tr")) <= MOST_ROWS
        for figure in page.find_all("figure"):
            assert figure.svg.title.get_text() == figure.h3.get_text()
            assert re.search(r"\d|[。.]", figure.svg.desc.get_text())
            assert figure.details.table


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("name", CLIENTS)
def test_a_section_says_the_same_numbers_in_both_languages(shown, name, section):
    made = shown(name, section)
    if made is not None:
        ja, en = (soup(made, language) for language in LANGUAGES)
        assert [len(ja.find_all(x)) for x in PARTS] == [len(en.find_all(x)) for x in PARTS]
        cells = [
            [numbers(td.get_text()) for td in page.select("td.n, tbody th.n")] for page in (ja, en)
        ]
        assert cells[0] == cells[1]
        said = {x: set(numbers(text(made, x))) for x in LANGUAGES}
        assert said["ja"] - said["en"] <= in_sentences("ja")
        assert said["en"] - said["ja"] <= in_sentences("en")


def test_one_customer_gets_counts_and_is_told_what_is_too_little(shown, shows):
    said = text(shown("one customer", "summary"), "en")
    assert EN.say("verdict.too_little", **{"customers.ever": 1}) in said
    assert EN["action.more_data"] in said and EN["summary.findings"] not in said
    assert not shows("one customer", "summary", "page.before")
    assert shows("one customer", "bucket", "bucket.hole_unknown")
    assert shows("one customer", "repeat", "repeat.lead_nobody")
    assert shows("one customer", "winback", "winback.none")
    needed = EN.say("certainty.nothing_to_learn", n=50)
    assert needed in text(shown("one customer", "certainty"), "en")


def test_customers_of_one_day_have_no_last_year(shown, shows):
    assert shows("one date", "summary", "verdict.too_early")
    assert "80 customers" in text(shown("one date", "summary"), "en")
    assert not shows("one date", "summary", "page.before")
    assert len(soup(shown("one date", "bucket"), "en").find_all("figure")) == 1  # no month by month


def test_a_share_that_is_not_told_says_nothing_of_whom_it_counts(client, shows):
    # three counted for F2, too few for a share; one of them in the filling months
    told = client("ledger", lapse_days=306)
    few = text(show.summary(*(getattr(told, part) for part in SECTIONS["summary"])), "en")
    assert EN.say("summary.f2_note", **{"f2.window_days": "90 days"}) in few
    assert "first months" not in few
    assert shows("half a year", "summary", "summary.f2_note_filling")


def test_without_amounts_no_currency_sign_is_shown(shown, shows):
    for section in set(SECTIONS) - NEED_AMOUNTS:
        for language in LANGUAGES:
            assert not re.search("[¥￥$円]", text(shown("no amounts", section), language))
    assert shows("no amounts", "reading", "definition.visit_counts")
    assert not shows("no amounts", "reading", "definition.visit")


def test_half_a_year_is_not_compared_with_a_year_it_does_not_have(shown, shows):
    assert shows("half a year", "sales", "sales.no_previous")
    columns = soup(shown("half a year", "layers"), "en").find("table").thead.get_text(" ")
    assert EN["column.year_ago"] not in columns
    assert shows("half a year", "movement", "movement.too_short")
    assert shows("sample", "movement", "movement.matrix_title")
    months = soup(shown("half a year", "bucket"), "en").find(id="bucket-months").table
    assert {row.find_all("td")[-1].get_text() for row in months.tbody.find_all("tr")} == {
        EN["mark.filling"],
        EN["mark.and"].join([EN["mark.filling"], EN["mark.incomplete"]]),
    }


def test_page_one_shows_five_numbers_and_at_most_three_findings_and_actions(shown):
    page = soup(shown("sample", "summary"), "en")
    assert len(page.select(".tiles > div")) == 5
    assert len(page.select(".findings > li")) == 3
    assert 1 <= len(page.select(".actions > li")) <= 3
    verdict = page.select_one(".verdict").get_text()
    hole = page.select_one(".tiles .value").get_text()
    assert hole in verdict


def test_assumed_money_is_marked_and_asked_for_until_it_is_given(client, shown):
    asked = EN.say("summary.ask_margin", value="40.0%")
    assert asked in text(shown("sample", "summary"), "en")
    told = client("sample", margin=0.55, contact_cost="85")
    given = text(show.summary(told.book, told.outlook, told.plan), "en")
    assert EN["summary.assumed"] not in given and EN["summary.ask_title"] not in given
    lead = text(show.winback(told.book, told.outlook, told.plan), "en")
    assert re.search(r"55\.0%.*¥85 .*¥0", lead)


def test_the_win_back_list_is_cut_off_on_the_page_and_complete_beside_it(client, shown):
    told = client("sample")
    page = soup(shown("sample", "winback"), "en")
    head = page.find_all("table")[-1]
    assert len(head.tbody.find_all("tr")) == 20
    caption = EN.say(
        "winback.head_caption", n=20, of=len(told.plan.winback), mark=EN["summary.assumed_mark"]
    )
    assert head.caption.get_text() == caption
    assert page.select_one("a.download")["href"].startswith("data:text/csv;base64,")


def test_hostile_customer_numbers_stay_text(client):
    told = client("hostile", client="<script>alert(0)</script>")
    made = show.winback(told.book, told.outlook, told.plan)
    for language in LANGUAGES:
        page = soup(made, language)
        assert page.find_all(["script", "img"]) == [] and "<img" not in made.html[language]
        ids = [row.td.get_text() for row in page.find_all("table")[-1].tbody.find_all("tr")]
        assert ids == told.plan.winback.customer_id.head(20).tolist()
        assert {i[0] for i in ids} == {"=", "<"}
        packed = page.select_one("a.download")["href"].split(",", 1)[1]
        inside = base64.b64decode(packed).decode("utf-8-sig")
        assert "'=1+1|" in inside and ",=1+1" not in inside
    front = show.summary(told.book, told.outlook, told.plan)
    assert "<script" not in str(front.html["ja"]) + str(front.html["en"])


def test_a_plan_on_which_no_letter_pays_says_so(client):
    told = client("sample", contact_cost="100000", language="en")
    said = text(show.winback(told.book, told.outlook, told.plan), "en")
    assert "¥100,000" in said and EN["winback.curve_finding_none"] in said
    page_one = text(show.summary(told.book, told.outlook, told.plan), "en")
    assert EN["action.no_winback"] in page_one


def test_the_reading_section_says_where_the_report_comes_from(client, shown):
    said = text(shown("sample", "reading"), "en")
    assert client("sample").book.ledger.source.sha256 in said and "sample.csv" in said


def test_the_files_read_beside_the_sales_stand_in_the_provenance(client):
    book = client("sample").book
    log = File("log.csv", "5" * 64, 1234)
    source = replace(book.ledger.source, beside=(log,))
    said = text(show.reading(replace(book, ledger=replace(book.ledger, source=source))), "en")
    assert EN["provenance.beside"] in said and "1,234" in said and log.sha256 in said


def test_mail_addresses_that_tell_customers_apart_are_named_and_not_shown(client):
    said = text(show.reading(client("mail addresses").book), "en")
    assert EN.say("reading.privacy_hidden", column="Email") in said
    assert "@example.com" not in said


def test_an_own_figure_stands_beside_the_others():
    frame = pd.DataFrame({"店": ["東京", "<b>大阪</b>"], "sales": [1200.5, 3]})
    figure, axes = new_figure(3, 2)
    axes.bar([0, 1], frame.sales)
    made = show.figure(
        figure,
        frame,
        title="Shops & co",
        finding="Tokyo leads",
        description="Two shops, 1,200 and 3.",
        forms={"sales": "money"},
        currency="USD",
        language="both",
    )
    assert (made.id, list(made.html)) == ("own-shops-co", list(LANGUAGES))
    for language in LANGUAGES:
        page = soup(made, language)
        assert page.h2.get_text() == "Shops & co"
        assert page.svg.title.get_text() == "Tokyo leads"
        cells = [cell.get_text() for cell in page.tbody.find_all(["th", "td"])]
        assert cells == ["東京", "$1,200.50", "<b>大阪</b>", "$3.00"]
        assert page.b is None


def test_an_own_figure_with_a_japanese_title_has_an_id_of_its_own():
    frame = pd.DataFrame({"n": [1]})
    made = [
        show.figure(new_figure(2, 2)[0], frame, title=t, finding="f", description="d. 1")
        for t in ("店舗別", "曜日別")
    ]
    assert made[0].id != made[1].id
    assert list(made[0].html) == ["ja"]
