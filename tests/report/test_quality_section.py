"""The page on the quality of the file: what it says, and when it has nothing to say."""

import datetime as dt
import re

import pytest
from test_sections import NOT_FOR_PEOPLE, PARTS, in_sentences, numbers, soup, text

from toolkit.book import keep_book
from toolkit.intake import read_sales
from toolkit.report import show
from toolkit.report.book_facts import book_facts
from toolkit.report.sections.quality_weeks import weeks_chart
from toolkit.report.sections.urgent import urgent
from toolkit.settings import Settings
from toolkit.words import LANGUAGES, Words

EN = Words("en")
HEAD = "注文番号,会員ID,メールアドレス,注文日,合計金額,状態\n"
START = dt.date(2023, 1, 2)


def shop():
    """Two years and a half of 120 customers, four orders a day, with something of everything.

    C000 and D000 have one mail address; a month is missing; one day has 60 orders, one order is
    a thousand times too large, and Z999 puts in twelve orders on a day.
    """
    rows, silent = [], range(400, 430)
    for n in (n for n in range(900) if n not in silent):
        for k in range(60 if n == 600 else 4):
            who = (4 * n + 7 * k) % 120
            rows.append((f"C{who:03}", f"m{who}@x.jp", n, 2_000 + 100 * (who % 9), "出荷済"))
    rows += [("Z999", "z@x.jp", 800 + k % 2, 20_000, "出荷済") for k in range(24)]
    rows.append(("D000", "m0@x.jp", 700, 3_000, "出荷済"))
    rows.append(("C001", "m1@x.jp", 500, 3_000_000, "出荷済"))
    rows += [("", "", 10, 4_000, "出荷済"), ("C002", "m2@x.jp", 11, 5_000, "キャンセル")]
    rows.append(("C003", "m3@x.jp", 12, "不明", "出荷済"))
    return [
        f"N{number:05},{who},{mail},{START + dt.timedelta(n)},{amount},{status}"
        for number, (who, mail, n, amount, status) in enumerate(rows)
    ]


def without(rows, column):
    return [",".join(c for i, c in enumerate(r.split(",")) if i != column) for r in rows]


CLIENTS = {
    "shop": ([HEAD + "\n".join(shop())], {}),
    "two files": ([HEAD + "\n".join(shop()[:1500]), HEAD + "\n".join(shop()[1500:])], {}),
    "no amounts": ([HEAD + "\n".join(shop())], {"no_amount": True}),
    "left out": ([HEAD + "\n".join(shop())], {"exclude_customers": "Z999,someone@x.jp"}),
    "mail alone": ([HEAD.replace("会員ID,", "") + "\n".join(without(shop(), 1))], {}),
    "dollars": ([HEAD + "\n".join(shop())], {"currency": "USD", "profile": "classic"}),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """`book(client)`: the book of its files, once."""
    folder, made = tmp_path_factory.mktemp("quality"), {}

    def kept(name):
        if name not in made:
            texts, more = CLIENTS[name]
            paths = [folder / f"{name}-{n}.csv" for n in range(1, len(texts) + 1)]
            for path, content in zip(paths, texts, strict=True):
                path.write_text(content, encoding="utf-8")
            settings = Settings.checked({"sales_file": str(paths[0])} | more)
            made[name] = keep_book(read_sales(paths, settings), settings)
        return made[name]

    return kept


@pytest.mark.parametrize("name", CLIENTS)
def test_the_page_is_whole_and_the_same_in_both_languages(book, name):
    made = show.quality(book(name))
    ja, en = (soup(made, language) for language in LANGUAGES)
    assert [len(ja.find_all(x)) for x in PARTS] == [len(en.find_all(x)) for x in PARTS]
    said = {x: set(numbers(text(made, x))) for x in LANGUAGES}
    assert said["ja"] - said["en"] <= in_sentences("ja")
    assert said["en"] - said["ja"] <= in_sentences("en")
    for language in LANGUAGES:
        assert not NOT_FOR_PEOPLE.search(text(made, language))


def cells(page, caption):
    """The rows of the table under a caption, as text."""
    tables = [t for t in page.find_all("table") if t.caption.get_text() == caption]
    (table,) = tables
    rows = table.tbody.find_all("tr")
    return [[c.get_text() for c in row.find_all(["th", "td"])] for row in rows]


def test_rows_set_aside_are_told_with_their_money_and_three_of_them(book):
    page = soup(show.quality(book("shop")), "en")
    # 4 x 870 + 56 on the busy day, 24, 1 and 1 are in front of the last three rows
    assert cells(page, EN["quality.reasons"]) == [
        ["unreadable", "1", "–", "row 3566"],
        ["no customer", "1", "¥4,000", "row 3564"],
        ["cancelled", "1", "¥5,000", "row 3565"],
    ]


def test_everything_that_looks_wrong_is_told_with_how_many_how_much_and_where(book):
    page = soup(show.quality(book("shop")), "en")
    rows = {row[0]: row[1:] for row in cells(page, EN["quality.oddities"])}
    assert rows[EN["oddity.outliers"]] == ["1", "¥3,000,000", "row 3563"]
    busy, gap = (str(START + dt.timedelta(n)) for n in (600, 400))
    assert rows[EN["oddity.spikes"]][0::2] == ["1", busy]
    assert rows[EN["oddity.gaps"]][0::2] == ["1", f"30 days from {gap}"]
    assert rows[EN["oddity.twins"]][0::2] == ["2", "row 2, 3562"]
    # C001 is large in the year of its order out of proportion, Z999 has twelve orders on a day
    assert rows[EN["oddity.buyers"]] == ["1", "¥480,000", "customer Z999"]
    assert EN["oddity_do.outliers"] in page.get_text()
    said = text(show.quality(book("shop")), "en")
    assert EN.say("quality.found", n=5, of=5) in said
    assert "about 120 purchases are missing" in said


def test_the_headline_figures_stand_with_and_without_the_buyers(book):
    facts = book_facts(book("shop"))
    page = soup(show.quality(book("shop")), "en")
    caption = facts.say(EN, "quality.influence_caption")
    rows = {row[0]: row[1:] for row in cells(page, caption)}
    # 120 customers, D000 (its one order is within the lapse line) and Z999
    assert rows[EN["quality.headline_active"]] == ["122", "121"]
    assert facts.value("quality.all.active") == facts.value("customers.active")
    assert facts.value("quality.all.hole") == facts.value("hole.year")
    assert facts.value("quality.all.retention") == facts.value("rate.retention")
    assert facts.value("quality.all.sales") == facts.value("sales.total")
    less = facts.value("quality.all.sales") - facts.value("quality.without.sales")
    assert less == facts.value("quality.buyer_sales") == 480_000


def test_of_several_files_rows_are_named_with_their_file_and_hashes_stand_in_the_provenance(book):
    kept = book("two files")
    said = text(show.quality(kept), "en")
    assert "two files-2.csv, row 2063" in said  # the order out of proportion
    assert "two files-1.csv, row 2, two files-2.csv, row 2062" in said
    assert EN.say("quality.files", n=2) in said
    provenance = text(show.reading(kept), "en")
    for file in kept.ledger.source.files:
        assert file.name in provenance and file.sha256 in provenance


def test_without_amounts_there_is_no_money_on_the_page(book):
    for language in LANGUAGES:
        assert not re.search("[¥￥$円]", text(show.quality(book("no amounts")), language))
    page = soup(show.quality(book("no amounts")), "en")
    names = [row[0] for row in cells(page, EN["quality.oddities"])]
    assert names == [EN[f"oddity.{kind}"] for kind in ("spikes", "gaps", "twins", "buyers")]


def test_where_customers_are_told_apart_by_mail_no_address_is_shown(book):
    made = show.quality(book("mail alone"))
    for language in LANGUAGES:
        assert "@" not in made.html[language]
        where = cells(soup(made, language), Words(language)["quality.oddities"])[-1][-1]
        assert re.search(r"\d", where) and "x.jp" not in where


def test_of_the_customers_left_out_only_their_number_is_shown(book):
    for section in (show.reading, show.quality):
        said = text(section(book("left out")), "en")
        assert "someone" not in said and "Z999" not in said
    assert "exclude_customers = 2" in text(show.reading(book("left out")), "en")


def test_a_file_with_nothing_wrong_says_so_in_a_sentence(client):
    made = show.quality(client("sample").book)
    said = text(made, "en")
    assert EN["quality.nothing"] in said and EN["quality.oddities"] not in said
    assert soup(made, "en").find(id="quality-weeks")
    assert not book_facts(client("sample").book).value("quality.buyers")


@pytest.mark.parametrize("name", ["one customer", "one date", "ledger"])
def test_a_handful_of_customers_gets_no_chart_and_is_told_what_was_not_looked_at(client, name):
    made = show.quality(client(name).book)
    assert EN["quality.too_few"] in text(made, "en")
    assert soup(made, "en").find("figure") is None


def test_how_much_of_the_sales_is_identified(client):
    book = client("ledger").book
    facts = book_facts(book)
    rows, money = (facts[f"quality.identified_{part}"] for part in ("rows", "sales"))
    assert (rows.numerator, rows.denominator) == (21, 22)
    assert (money.numerator, money.denominator) == (346_000, 354_000)
    said = text(show.quality(book), "en")
    assert "95.5% of the rows, 97.7% of the money" in said


def test_returns_only_customers_are_told_of(client):
    said = text(show.quality(client("ledger").book), "en")
    assert EN.say("quality.outside", n=1) in said
    assert EN.say("quality.outside", n=0) not in text(show.quality(client("one date").book), "en")


def test_the_section_accounts_for_every_row(client):
    source = client("sample").book.ledger.source
    said = text(show.quality(client("sample").book), "en")
    assert f"{source.rows_read:,} rows" in said and f"{source.rows_kept:,} used" in said
    for n in source.set_aside.values():
        assert f"{n:,}" in said


def test_the_rules_stand_under_the_definitions(book):
    said = text(show.reading(book("shop")), "en")
    for rule in ("outliers", "spikes", "gaps", "twins", "buyers"):
        assert EN[f"oddity_rule.{rule}"] in said
    said = text(show.reading(book("no amounts")), "en")
    assert EN["oddity_rule.outliers"] not in said and EN["oddity_rule.buyers"] not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_strip_marks_what_stands_out(book, language):
    quality = book("shop").quality
    words = Words(language)
    drawn = weeks_chart(quality.weeks(), quality.gaps(), quality.spikes(), words)
    (axes,) = drawn.axes
    assert len(axes.patches) == 2  # the steps and the gap
    assert axes.lines[0].get_xdata().tolist() == [pytest.approx(600 / 7)]
    named = [label.get_text() for label in axes.get_xticklabels()]
    assert named == ["2023-07", "2024-01", "2024-07", "2025-01"]


def test_a_missing_month_is_said_on_page_one_and_a_holiday_is_not(book, client):
    kept = book("shop")
    told = urgent(kept, book_facts(kept), EN)
    assert told == [EN.say("summary.gap", first=START + dt.timedelta(400), days=30)]
    assert urgent(client("sample").book, book_facts(client("sample").book), EN) == []


def test_sales_of_nobody_known_are_said_on_page_one(tmp_path):
    path = tmp_path / "sales.csv"
    rows = "A,2025-01-01,158\n" * 5 + ",2025-01-01,210\n"
    path.write_text("customer_id,date,amount\n" + rows, encoding="utf-8")
    settings = Settings.checked({"sales_file": str(path)})
    kept = keep_book(read_sales(path, settings), settings)
    facts = book_facts(kept)
    assert urgent(kept, facts, EN) == [facts.say(EN, "summary.unidentified")]


@pytest.mark.parametrize(("line", "told"), [(240, True), (941, True), (942, False)])
def test_a_file_nobody_new_comes_into_is_said_on_page_one(client, line, told):
    # one customer, first on 1 January 2023, 942 days before the closing date
    book = client("one regular", lapse_days=line).book
    said = EN.say("summary.none_new", last="2023-01-01", days=942)
    assert urgent(book, book_facts(book), EN) == ([said] if told else [])
