"""The values of F2 side by side are those that stand elsewhere in the report."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup

from toolkit.report import show
from toolkit.report.sections.f2_compared import f2_table, values
from toolkit.words import Words

EN = Words("en")


@pytest.fixture(scope="module")
def sample(client):
    book = client("sample").book
    return book, list(values(book))


def test_the_sample_has_every_value(sample):
    _, rows = sample
    told = [(row["where"], row["span"]["days"]) for row in rows]
    assert told == [
        ("front", 90),
        ("curve", 90),
        ("curve", 365),
        ("steps", 365),
        ("cohorts", 90),
        ("products", 90),
    ]


def test_shares_are_their_numerator_over_their_denominator(sample):
    _, rows = sample
    for row in rows:
        if row["where"] == "curve":
            assert row["again"] is None  # an estimate divides no two counts
        else:
            assert row["share"] == pytest.approx(row["again"] / row["customers"])


def test_the_days_of_page_one_are_the_year_that_had_the_window(sample):
    book, rows = sample
    span = rows[0]["span"]
    assert (book.closing - span["end"]).days == 90
    assert span["start"] == book.year_ago - dt.timedelta(days=89)


def test_the_values_are_those_of_the_sections(client, sample):
    told = client("sample")
    _, rows = sample
    written = {row["where"]: EN.write(row["share"], "share") for row in rows}
    front = show.summary(told.book, told.outlook, told.plan)
    assert written["front"] in str(front.html["en"])
    for section in ("cohorts", "products"):
        page = BeautifulSoup(str(getattr(show, section)(told.book).html["en"]), "html.parser")
        assert written[section] in page.get_text()


def test_the_table_stands_in_the_section_on_coming_again(client, sample):
    _, rows = sample
    page = BeautifulSoup(str(show.repeat(client("sample").book).html["en"]), "html.parser")
    table = page.find("caption", string=EN["second.caption"]).parent
    body = [[c.get_text() for c in tr.find_all(["th", "td"])] for tr in table.tbody.find_all("tr")]
    assert [row[0] for row in body] == [EN[f"second.{row['where']}"] for row in rows]
    assert [row[2] for row in body] == [EN.write(row["share"], "share") for row in rows]
    assert body[1][3] == "–"


def test_values_with_first_visits_of_filling_months_are_marked(client, sample):
    filling = [row["where"] for row in sample[1] if row["filling"]]
    assert filling == ["curve", "curve", "steps", "products"]
    early = client("sample", closing_date="2022-06-30")  # filled from 2021-11-27
    assert next(values(early.book))["filling"]
    table = f2_table(list(values(early.book)), EN)
    assert EN["second.filling"] in table and EN["second.filling_note"] in table
    front = str(show.summary(early.book, early.outlook, early.plan).html["en"])
    assert "where old customers look new" in front
    assert "where old customers look new" not in str(
        show.summary(client("sample").book, client("sample").outlook, client("sample").plan).html
    )


def test_a_handful_has_no_values_to_compare(client):
    assert list(values(client("one customer").book)) == []
    assert f2_table([], EN) is None


def test_in_half_a_year_nobody_has_been_watched_for_a_year(client):
    told = [(row["where"], row["span"]["days"]) for row in values(client("half a year").book)]
    assert told == [("front", 90), ("curve", 90)]
