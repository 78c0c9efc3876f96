"""The sections on periods and years, and who moved sales: what stands in them, and when."""

import pytest
from bs4 import BeautifulSoup

from toolkit.report import show
from toolkit.report.sections.level import AHEAD, coming
from toolkit.words import Words

EN = Words("en")


@pytest.fixture(scope="module")
def page(client):
    """`page(name, section)`: the English section, parsed."""

    def parsed(name, section):
        made = getattr(show, section)(client(name).book)
        return BeautifulSoup(str(made.html["en"]), "html.parser")

    return parsed


def rows(table):
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.select("tr")]


def number(text):
    return int(text.replace(",", ""))


def test_the_layers_of_the_year_add_up_in_the_table(page):
    table = page("sample", "periods").find(id="periods-layers").table
    body = rows(table)[1:]
    assert [row[0] for row in body] == [
        *(EN[f"layer.{name}"] for name in ("first", "fledgling", "steady", "burst", "prime")),
        EN["periods.all_layers"],
    ]
    counts = [[number(cell) for cell in row[1:]] for row in body]
    for opening, new, returned, moved_in, moved_out, lost, closing in counts:
        assert opening + new + returned + moved_in - moved_out - lost == closing
    assert counts[-1] == [sum(column) for column in zip(*counts[:-1], strict=True)]
    assert counts[-1][3] == counts[-1][4]


def test_long_tables_open_on_demand_and_begin_with_the_newest(page, client):
    section = page("sample", "periods")
    tables = section.select("details.more > .scroll > table")
    book = client("sample").book
    quarters, years = book.bucket_statement("quarter"), book.bucket_statement("year")
    assert [len(rows(table)) - 1 for table in tables] == [
        len(quarters),
        len(years),
        5 * len(years),
    ]
    assert rows(tables[0])[1][0] == quarters.period.iloc[-1]
    assert [row[0] for row in rows(tables[2])[1:6]] == [f"{book.closing}"] * 5


def test_the_level_ahead_closes_on_where_it_settles(client):
    book = client("sample").book
    found, months = book.settling_level(), book.bucket_statement("month")
    ahead = coming(months[["period", "closing"]], found)
    assert len(ahead) == AHEAD
    gaps = [abs(found["level"] - value) for value in (found["active"], *ahead.closing)]
    assert all(later < earlier for earlier, later in zip(gaps, gaps[1:], strict=False))
    # one month on: what is left of the level plus what comes in
    first = found["active"] * (1 - found["hole"]) + found["inflow"]
    assert ahead.closing.iloc[0] == pytest.approx(first)


def test_a_short_file_has_its_counts_and_is_told_what_is_missing(page):
    section = page("half a year", "periods")
    unknown = EN.say("periods.level_unknown", **{"lapse.days": "240 days"})
    assert section.find("p").get_text() == unknown
    assert section.find_all("figure") == []
    assert EN["years.too_short"] in page("half a year", "years").get_text()
    assert page("half a year", "years").find_all("table") == []


def test_a_handful_has_no_level_and_no_ratios(page):
    section = page("ledger", "periods")
    assert section.find("p").get_text() == EN["periods.level_few"]
    assert [figure["id"] for figure in section.find_all("figure")] == ["periods-layers"]


def test_years_show_people_and_money_newest_first(page, client):
    history = client("sample").book.year_history()
    people, money = page("sample", "years").find(id="years-active").find_all("table")
    assert [row[0] for row in rows(people)[1:]] == [f"{end}" for end in history.end[::-1]]
    assert number(rows(people)[1][1]) == history.active.iloc[-1]
    assert rows(people)[-1][2:] == ["–"] * 6  # the oldest year is not divided
    assert rows(money)[1][1].startswith("¥")


def test_years_without_amounts_are_counts_only(page):
    section = page("no amounts", "years")
    assert len(section.find(id="years-active").find_all("table")) == 1
    assert "¥" not in section.get_text()


def test_who_moved_sales_is_in_the_section_on_sales(page, client):
    section = page("ledger", "sales").find(id="sales-groups")
    body = rows(section.table)[1:]
    assert body[-1] == [EN["mover.total"], "10", "11", "8", "¥233,000", "¥113,000", "-¥120,000"]
    assert "+¥81,500" in section.h3.get_text() and "-¥141,000" in section.h3.get_text()
    assert page("half a year", "sales").find(id="sales-groups") is None
