"""What the section on cohorts says of clients long and short."""

import pytest
from bs4 import BeautifulSoup

from toolkit.report import show
from toolkit.report.sections.cohorts import first_trusted, verdict_of
from toolkit.words import Words

EN = Words("en")


@pytest.fixture(scope="module")
def page(client):
    """`page(name)`: the section in English."""

    def read(name):
        made = show.cohorts(client(name).book)
        return BeautifulSoup(str(made.html["en"]), "html.parser")

    return read


def heat(page):
    rows = page.find(class_="heat").tbody.find_all("tr")
    return {row.th.get_text(): [td.get_text() for td in row.find_all("td")] for row in rows}


def test_at_most_a_year_and_a_half_of_cohorts_are_followed_for_a_year(client, page):
    rows, closing = heat(page("sample")), client("sample").book.closing
    assert len(rows) == 18 and next(iter(rows)) == f"{closing:%Y-%m}"
    assert {len(cells) for cells in rows.values()} == {13}  # customers and twelve months
    assert all(shown == "" for shown in next(iter(rows.values()))[1:])


def test_shares_of_the_table_are_those_of_the_book(client, page):
    months = client("sample").book.cohorts().set_index(["cohort", "age"])
    rows = heat(page("sample"))
    name = list(rows)[-1]
    assert rows[name][0] == str(months.customers[name, 0])
    whole = [f"{int(100 * months.share_buying[name, age] + 0.5)}%" for age in range(1, 13)]
    assert rows[name][1:] == whole


def test_only_the_month_the_closing_date_cuts_is_marked_open(client, page):
    months = client("sample").book.cohorts().set_index(["cohort", "age"])
    starred, rows = 0, heat(page("sample"))
    for name, cells in rows.items():
        for age, cell in enumerate(cells[1:], 1):
            there = (name, age) in months.index
            assert cell.endswith("*") == (there and cell != "" and not months.complete[name, age])
            starred += cell.endswith("*")
    assert 0 < starred <= 12


def test_cohorts_that_hold_old_customers_are_marked(client, page):
    book = client("half a year").book
    assert first_trusted(book) > f"{book.closing:%Y-%m}"
    rows = heat(page("half a year"))
    assert rows and all(name.endswith("†") for name in rows)
    assert not any(name.endswith("†") for name in heat(page("sample")))


@pytest.mark.parametrize("name", ["one customer", "one date", "ledger", "dollars"])
def test_where_there_is_nothing_to_compare_it_says_so_and_shows_nothing(client, page, name):
    first = client(name).book.cohorts().query("age == 0")
    said = EN.say("cohorts.too_few", n=len(first), customers=int(first.customers.sum()))
    assert [p.get_text() for p in page(name).find_all("p")] == [said]
    assert not page(name).find(["table", "figure"])


def test_cut_tables_say_how_many_cohorts_are_not_shown_and_where_they_are(client, page):
    soup, n = page("sample"), client("sample").book.cohorts().cohort.nunique()
    captions = [table.caption.get_text() for table in soup.find_all("table")]
    left = EN.say("page.rows_left_out", shown=18, n=n - 18)
    assert EN["cohorts.heat_caption"] + left in captions
    assert any(c.startswith(EN["cohorts.age_caption"] + " (first 24 rows; ") for c in captions)
    assert "tables/cohorts.csv" in soup.get_text()


def test_the_dagger_is_explained_only_where_one_stands(page):
    assert EN["cohorts.heat_filling"] in page("half a year").get_text()
    assert EN["cohorts.heat_filling"] not in page("sample").get_text()


def test_money_is_shown_where_there_are_amounts(page, client):
    assert page("sample").find(id="cohorts-spend")
    without = client("sample", no_amount=True)
    made = BeautifulSoup(str(show.cohorts(without.book).html["en"]), "html.parser")
    assert made.find(class_="heat") and not made.find(id="cohorts-spend")


def test_a_young_file_is_not_judged(page):
    assert EN.say("cohorts.too_short", days=90) in page("half a year").get_text()


@pytest.mark.parametrize(
    ("verdict", "change", "said"),
    [
        ("better", 0.1, "better"),
        ("worse", -0.1, "worse"),
        ("same", 0.1, "higher"),
        ("same", -0.1, "lower"),
        ("same", 0.0004, "same"),
    ],
)
def test_a_change_within_chance_is_told_as_such(verdict, change, said):
    assert verdict_of({"verdict": verdict, "change": change}) == said
