"""The finished pages, read as a browser and a screen reader would."""

import base64
import csv
import io
import json
import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from toolkit.sample.catalogue import PRODUCTS
from toolkit.sample.files import HEADERS
from toolkit.words import LANGUAGES, Words

SECTIONS = (
    "summary sales bucket periods years layers movement sensitivity repeat cohorts concentration"
    " rfm products rhythm certainty edges about_to_lapse golden winback control follow_up"
    " outlook equity benchmarks quality reading"
)
MOST_ROWS, MOST_BYTES, MOST_BYTES_WITH_LIST = 200, 400_000, 1_000_000
POLICY = (
    "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'"
)
KANA_KANJI = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff01-\uff5e]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z.\-]*[A-Za-z]|[A-Za-z]")
# What a Japanese page may say in Latin letters: file names, measures, methods and settings.
LATIN_WORDS = {
    *("groups.csv", "sent", "reason", "about_to_lapse.csv", "golden.csv"),
    *("lists.xlsx", "winback.csv", "tables", "set", "aside.csv", "report", "CSV", "Excel"),
    *("layer", "table.csv", "statement.csv", "cohorts.csv", "sales.csv", "facts.json"),
    "columns.csv",
    *("calendar.csv", "calendar.toml", "templates", "calendar", "file", "contacts", "personal"),
    *("columns", "campaign", "most", "kappa", "low", "high", "acquisition", "cost"),
    *("F", "AUC", "Brier", "LMDI", "Kaplan-Meier", "SHA", "UTC", "JPY", "CPM", "RFM"),
    *("R", "M", "LTV", "Q", "lapse", "days", "LINE"),
}
JAPANESE_TERMS = {"リピート率", "リピーター率"}  # named on the English page beside what they mean
# The leads of these speak of their own tables; all others of facts.
OF_THEIR_OWN = "movement sensitivity cohorts rfm products edges outlook"


@pytest.fixture(scope="module")
def raw(runs):
    assert runs.first.code == 0, runs.first.err
    pages = {x: (runs.home / f"report.{x}.html").read_text(encoding="utf-8") for x in LANGUAGES}
    return pages


@pytest.fixture(params=LANGUAGES)
def page(raw, request):
    """The page of one language, parsed, with its source and language beside it."""
    soup = BeautifulSoup(raw[request.param], "html.parser")
    soup.language, soup.source = request.param, raw[request.param]
    return soup


def visible(soup):
    """The text people read, without charts."""
    soup = BeautifulSoup(str(soup), "html.parser")
    for tag in soup.find_all(["svg", "style", "title"]):
        tag.decompose()
    return re.sub(r"\s+", " ", soup.get_text(" ", strip=True))


def numbers(text):
    return re.findall(r"\d[\d,.]*\d|\d", text)


def in_sentences(language):
    """Numbers that stand in the sentences themselves: a year is 1年 in Japanese."""
    words = Words(language)
    sentences = [re.sub(r"\{[^}]*\}", "", words[key]) for key in list(words.keys())]
    return {number for sentence in sentences for number in numbers(sentence)}


def test_nothing_is_fetched_from_anywhere(page):
    assert "http:" not in page.source.replace("http://www.w3.org", "")
    assert "https:" not in page.source
    assert "@import" not in page.source
    assert not re.search(r"url\((?!#)", page.source)
    for tag in page.find_all(src=True):
        assert tag["src"].startswith("data:")
    for tag in page.find_all(href=True):
        assert tag["href"].startswith(("#", "data:")), tag["href"]


def test_nothing_can_run_and_the_policy_says_so(page):
    assert not page.find_all(["script", "iframe", "object", "embed", "form", "input"])
    assert page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"] == POLICY
    assert not [a for tag in page.find_all(True) for a in tag.attrs if a.startswith("on")]


def test_the_page_has_its_language_one_title_and_landmarks(page):
    assert page.html["lang"] == page.language
    assert page.title.get_text() == f"{Words(page.language)['page.title']} – sales"
    assert len(page.find_all("h1")) == 1
    for landmark in ("header", "main", "footer", "nav"):
        assert len(page.find_all(landmark)) == 1
    assert page.select_one("a.skip")["href"] == f"#{page.main['id']}"
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile(r"^h[1-6]$"))]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_the_contents_name_every_section_in_order(page):
    entries = [(a["href"].removeprefix("#"), a.get_text()) for a in page.nav.find_all("a")]
    sections = [(s["id"], s.h2.get_text()) for s in page.main.find_all("section")]
    assert entries == sections
    assert [name for name, _ in entries] == SECTIONS.split()


def test_every_id_is_there_once_and_every_link_leads_somewhere(page):
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for tag in page.find_all(href=re.compile("^#")):
        assert tag["href"][1:] in ids
    for tag in page.find_all(attrs={"aria-labelledby": True}):
        assert set(tag["aria-labelledby"].split()) <= set(ids)


def test_every_chart_is_told_in_words_and_in_a_table(page):
    figures = page.find_all("figure")
    assert len(figures) >= 9
    assert len(page.find_all("svg")) == len(figures)
    for figure in figures:
        assert figure.svg["role"] == "img"
        assert figure.svg.title.get_text(strip=True) == figure.h3.get_text(strip=True)
        assert len(figure.svg.desc.get_text(strip=True)) > 10
        assert figure.figcaption.p.get_text() == figure.svg.desc.get_text()
        assert figure.details.summary.get_text(strip=True)
        assert figure.details.table.tbody.find_all("tr")


def test_tables_are_short_and_have_headings_and_captions(page):
    for table in page.find_all("table"):
        assert table.caption.get_text(strip=True)
        assert len(table.tbody.find_all("tr")) <= MOST_ROWS
        headings = table.thead.find_all("th")
        assert all(th.get("scope") == "col" and th.get_text(strip=True) for th in headings)
        for row in table.tbody.find_all("tr"):
            assert len(row.find_all(["th", "td"])) == len(headings) or row.td.get("colspan")


def test_the_page_fits_into_a_mail(page):
    packed = sum(len(link["href"]) for link in page.select("a.download"))
    assert len(page.source.encode("utf-8")) <= MOST_BYTES_WITH_LIST
    assert len(page.source.encode("utf-8")) - packed <= MOST_BYTES


def test_each_page_is_in_one_language(raw):
    of_the_file = {word for name in HEADERS.values() for word in KANA_KANJI.findall(name)}
    of_the_file |= {"出荷済", "キャンセル", "返品"}  # what stands in its status column
    sold = {word for name in PRODUCTS.product_name for word in KANA_KANJI.findall(name)}
    english = BeautifulSoup(raw["en"], "html.parser")
    assert set(KANA_KANJI.findall(visible(english))) <= of_the_file | sold | JAPANESE_TERMS
    drawn = " ".join(svg.get_text(" ") for svg in english.find_all("svg"))
    assert set(KANA_KANJI.findall(drawn)) <= sold | JAPANESE_TERMS


def test_no_english_is_left_on_the_japanese_page(raw):
    page = BeautifulSoup(raw["ja"], "html.parser")
    page.header.find(class_="client").decompose()
    method = page.find(id="reading").find_all("details")[-1]  # file, settings, versions
    method.decompose()
    page.find(id="benchmarks").decompose()  # names its sources
    sold = {word for name in PRODUCTS.product_name for word in LATIN.findall(name)}
    for cell in page.find_all(["svg", "time"]):
        cell.decompose()
    assert set(LATIN.findall(visible(page))) - LATIN_WORDS - sold == set()


def test_both_pages_say_the_same_numbers(raw):
    said = {x: set(numbers(visible(BeautifulSoup(raw[x], "html.parser")))) for x in LANGUAGES}
    assert said["ja"] - said["en"] <= in_sentences("ja")
    assert said["en"] - said["ja"] <= in_sentences("en")
    tables = [
        [
            td.get_text()
            for td in BeautifulSoup(raw[x], "html.parser").select("table[class] tbody td")
        ]
        for x in LANGUAGES
    ]
    assert len(tables[0]) > 200
    assert [numbers(cell) for cell in tables[0]] == [numbers(cell) for cell in tables[1]]


def written(fact, words):
    """The ways a sentence may write a fact: its value, its parts, its interval."""
    unit, told = fact["unit"], [fact["numerator"], fact["denominator"]]
    form = {"share": "share", "ratio": "ratio", "days": "days"}.get(unit)
    form = form or ("count" if unit in ("customers", "visits", "rows") else "money")
    for value in [fact["value"], *(fact["interval"] or [])]:
        if value is not None:
            number = Decimal(value) if form == "money" else value
            yield words.write(number, form)
            if form == "money":
                yield words.write(abs(number), form)
    yield from (words.write(part) for part in told if part is not None)


def test_numbers_of_page_one_are_facts(raw, runs):
    document = json.loads((runs.home / "facts.json").read_text(encoding="utf-8"))
    for language in LANGUAGES:
        words = Words(language)
        known = {
            n for fact in document["facts"] for text in written(fact, words) for n in numbers(text)
        }
        page = BeautifulSoup(raw[language], "html.parser").find(id="summary")
        page.find(class_="assumed").decompose()  # settings, not facts
        assert set(numbers(visible(page))) - known <= in_sentences(language)


def test_lead_sentences_of_the_sections_are_facts(raw, runs):
    document = json.loads((runs.home / "facts.json").read_text(encoding="utf-8"))
    settings = {"90", "70,000", "210", "240", "120"}
    for language in LANGUAGES:
        words = Words(language)
        known = {
            n for fact in document["facts"] for text in written(fact, words) for n in numbers(text)
        }
        page = BeautifulSoup(raw[language], "html.parser")
        changed = {words.write(_change(document), "points")}
        known |= settings | {n for text in changed for n in numbers(text)}
        for section in OF_THEIR_OWN.split():
            page.find(id=section).decompose()
        for lead in page.select("p.lead"):
            assert set(numbers(lead.get_text())) - known <= in_sentences(language), lead


def _change(document):
    facts = {fact["id"]: fact["value"] for fact in document["facts"]}
    return abs(facts["hole.year"] - facts["hole.previous"])


@pytest.mark.parametrize("name", ["winback", "about_to_lapse", "golden"])
def test_the_list_inside_the_page_is_the_head_of_the_list_beside_it(raw, runs, name):
    link = BeautifulSoup(raw["en"], "html.parser").select_one(f"#{name} a.download")
    packed = base64.b64decode(link["href"].split(",", 1)[1])
    assert packed.startswith(b"\xef\xbb\xbf")
    inside = list(csv.reader(io.StringIO(packed.decode("utf-8-sig"))))
    beside = (runs.home / f"{name}.csv").read_text(encoding="utf-8-sig")
    beside = list(csv.reader(io.StringIO(beside)))
    assert len(inside) - 1 == min(MOST_ROWS, len(beside) - 1)
    for one, other in zip(inside[1:], beside[1:], strict=False):
        assert one[:2] == other[:2] and one[-3:] == other[-3:]
