"""The section on products: for every kind of file with product lines, and names of any kind."""

import csv
import datetime as dt
import io
from functools import cache

import pytest
from test_sections import NOT_FOR_PEOPLE, PARTS, in_sentences, numbers, soup, text

from toolkit.book import keep_book
from toolkit.intake import read_sales
from toolkit.report import show
from toolkit.settings import Settings
from toolkit.words import LANGUAGES, Words

EN = Words("en")
HEAD = ["customer_id", "order_date", "product_id", "product_name", "quantity", "amount"]
HOSTILE = {
    "tea": "<script>alert(1)</script>",
    "cup": "$tea$ & {cup} 🍵 " + "長い名前の湯のみ" * 12,
    "pot": '</td><img src=x onerror="alert(2)">',
    "tin": "=1+1\ntwo lines",
}
FIGURES = ["first", "leaving", "together", "next", "tiers"]


def days(n):
    return dt.date(2025, 12, 31) - dt.timedelta(days=n)


OTHER_PAIRS = (["mug", "spoon"], ["spoon", "tea"], ["pot", "spoon"], ["cup", "mug"])


def planted(names):
    """Who began with tea came again and stayed; who began with a mug came late, and left.

    Cup and pot were bought together after tea. Of the visits of the twelve months to a year before
    the closing date those 520 - n and 500 - n days ago are left, of one product each.
    """
    rows = []
    for n in range(160):
        visits = [(1000 - n, ["tea" if n % 2 else "mug"])]
        if n % 2:
            visits += [(990 - n, ["cup", "pot"]), (500 - n, ["tea"]), (100, ["tin"])]
        else:
            visits += [(892 - n, OTHER_PAIRS[n // 2 % 4]), (520 - n, ["mug"])]
        for day, basket in visits:
            for at, code in enumerate(basket):
                price = 300 + 100 * at + 37 * len(code) * (n % 3)
                rows.append((f"c{n}", days(day), code, names.get(code, code), 2, 2 * price))
    return [*rows, ("last", days(0), "tea", names.get("tea", "tea"), 1, 400)]


FILES = {
    "planted": (planted({}), {}),
    "hostile": (planted(HOSTILE), {}),
    "no amounts": ([(*row[:5], "") for row in planted({})], {"no_amount": True}),
    "dollars": (planted({}), {"currency": "USD", "profile": "classic"}),
    "young": ([row for row in planted({}) if row[1] > days(300)], {}),
    "one customer": ([("A", days(400), "tea", "tea", 1, 100), ("A", days(3), "tea", "", 1, 9)], {}),
    "postage only": ([("A", days(3), "P", "postage", 1, 100)], {}),
    "all the same": (
        [("z", days(n), "cup", "cup", 1, 100) for n in (900, 250, 0)]
        + [(f"c{n}", days(500), "tea", "tea", 1, 100) for n in range(60)],
        {},
    ),
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """`shown(name)`: the section of a file, once."""

    @cache
    def show_it(name):
        rows, settings = FILES[name]
        path = tmp_path_factory.mktemp("products") / "sales.csv"
        text = io.StringIO()
        csv.writer(text).writerows([HEAD, *rows])
        path.write_text(text.getvalue(), encoding="utf-8")
        chosen = Settings.checked({"sales_file": str(path)} | settings)
        return show.products(keep_book(read_sales(path, chosen), chosen))

    return show_it


def test_lines_in_a_file_of_their_own_come_to_the_same_section(tmp_path, shown):
    orders, items = {}, [["order_id", "product_id", "product_name", "quantity", "amount"]]
    for customer, day, code, name, quantity, amount in planted({}):
        number = f"N{customer}-{day:%y%m%d}"
        orders.setdefault(number, [number, customer, day, 0])[3] += amount
        items.append([number, code, name, quantity, amount])
    head = ["order_id", "customer_id", "order_date", "total"]
    for file, rows in (("orders.csv", [head, *orders.values()]), ("items.csv", items)):
        with (tmp_path / file).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    for sales, more in (
        (tmp_path, {}),
        (tmp_path / "orders.csv", {"lines_file": str(tmp_path / "items.csv")}),
    ):
        chosen = Settings.checked({"sales_file": str(sales)} | more)
        made = show.products(keep_book(read_sales(sales, chosen), chosen))
        for language in LANGUAGES:
            assert str(made.html[language]) == str(shown("planted").html[language])


def headings(section, language="en"):
    """Heading of every figure, by the figure's id."""
    return {f["id"]: f.h3.get_text() for f in soup(section, language).find_all("figure")}


@pytest.mark.parametrize("name", [name for name in FILES if name != "postage only"])
def test_the_section_is_whole_and_the_same_in_both_languages(shown, name):
    made = shown(name)
    ja, en = (soup(made, language) for language in LANGUAGES)
    assert [len(ja.find_all(x)) for x in PARTS] == [len(en.find_all(x)) for x in PARTS]
    cells = [
        [numbers(td.get_text()) for td in page.select("td.n, tbody th.n")] for page in (ja, en)
    ]
    assert cells[0] == cells[1]
    said = {language: set(numbers(text(made, language))) for language in LANGUAGES}
    assert said["ja"] ^ said["en"] <= in_sentences("ja") | in_sentences("en")
    for language in LANGUAGES:
        if name != "hostile":
            assert not NOT_FOR_PEOPLE.search(text(made, language))
        for figure in soup(made, language).find_all("figure"):
            assert figure.svg.title.get_text() == figure.h3.get_text()
            assert figure.details.table.caption.get_text(strip=True)


def test_what_was_planted_is_said(shown):
    said = headings(shown("planted"))
    assert list(said) == [f"products-{name}" for name in FIGURES]
    assert said["products-first"].startswith("100.0% of the 80 who began with tea came again")
    assert said["products-leaving"].startswith("100.0% of the 78 who bought mug were lost")
    assert said["products-together"].startswith("cup and pot were bought together on 80 visits")
    assert said["products-next"].startswith(
        "Of 80 customers who bought mug and came again, 60 then"
    )


def test_the_comparison_with_everybody_heads_the_tables(shown):
    tables = soup(shown("planted"), "en").find_all("figure")
    for figure, n in zip(tables[:2], ("160", "146"), strict=True):
        head = figure.table.tbody.find("tr")
        assert head.th.get_text() == EN["products.everybody"]
        assert head.td.get_text() == n
    marks = [row.find_all("td")[-1].get_text() for row in tables[0].table.tbody.find_all("tr")]
    assert marks == ["", EN["products.beyond_chance"], EN["products.beyond_chance"]]


def test_names_stay_text_and_are_shortened_in_charts(shown):
    for language in LANGUAGES:
        made = shown("hostile")
        page = soup(made, language)
        assert page.find_all(["script", "img", "b"]) == []
        assert "<script" not in str(made.html[language])
        labels = [node.get_text() for node in page.select("svg text")]
        assert any(label.startswith("$tea$ & {cup} 〓") and "…" in label for label in labels)
        assert max(map(len, labels)) < 40
        cells = {cell.get_text() for cell in page.select("tbody th, tbody td")}
        assert HOSTILE["cup"] in cells  # in full in the table


def test_without_amounts_there_is_no_money(shown):
    assert "products-tiers" not in headings(shown("no amounts"))
    assert not set("¥￥$円") & set(text(shown("no amounts"), "ja"))
    assert "$" in text(shown("dollars"), "en")


def test_what_a_file_is_too_short_for_is_said_instead(shown):
    said = text(shown("young"), "en")
    assert EN["products.leaving_none_known"] in said
    assert EN.say("products.first_few", least=20) in said
    assert headings(shown("one customer")) == {}


def test_products_of_which_all_do_the_same_are_not_told_apart(shown):
    said = headings(shown("all the same"))
    assert said["products-first"] == EN["products.first_none"]
    assert said["products-leaving"] == EN["products.leaving_none"]
    assert EN["products.together_none"] in text(shown("all the same"), "en")


def test_a_file_without_products_has_no_section(shown, client):
    assert shown("postage only") is None
    assert show.products(client("ledger").book) is None


def test_the_sample_shop_has_the_section(client):
    made = show.products(client("sample").book)
    assert {"products-first", "products-leaving"} <= set(headings(made))
    assert max(len(str(html).encode()) for html in made.html.values()) < 70_000
