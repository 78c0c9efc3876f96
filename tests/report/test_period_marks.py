"""What is still filling or not over is hatched in charts and remarked on in tables."""

import datetime as dt

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from toolkit.report import show
from toolkit.report.sections.layer_months import month_chart
from toolkit.report.sections.layer_tables import active
from toolkit.report.sections.period_marks import marked, unsure
from toolkit.words import Words

EN = Words("en")
ENDS = [dt.date(2025, 1, 31), dt.date(2025, 2, 28), dt.date(2025, 3, 31), dt.date(2025, 4, 10)]


def months(trusted=(False, True, True, True), complete=(True, True, True, False)):
    return pd.DataFrame({"month_end": ENDS, "trusted": trusted, "complete": complete})


def test_a_month_that_is_filling_or_not_over_is_remarked_on():
    shown = pd.DataFrame({"month_end": ENDS[::-1], "n": [4, 3, 2, 1]})
    found = marked(shown, months(), EN)
    assert found.mark.tolist() == [EN["mark.incomplete"], "", "", EN["mark.filling"]]
    later = months(complete=[True] * 4)
    assert "mark" not in marked(shown, later, EN, head=3)  # the only remark is not shown
    assert unsure(later) and not unsure(months([True] * 4, [True] * 4))


def table_rows(table):
    return [[c.get_text() for c in row.find_all(["th", "td"])] for row in table.select("tbody tr")]


@pytest.fixture(scope="module")
def book(client):
    return client("sample").book  # 2021-04-01 to 2026-03-18, filled from 2021-11-27


def test_the_chart_of_layers_hatches_the_first_months_and_the_last(book):
    table = book.layer_table()
    axes = month_chart(active(table, "customers"), EN, table).axes[0]
    hatched = [(p.get_x(), p.get_x() + p.get_width()) for p in axes.patches if p.get_hatch()]
    days = pd.to_datetime(["2021-04-30", "2021-12-31", "2026-02-28", "2026-03-18"])
    first, filled, whole, last = ((day - pd.Timestamp(0)).days for day in days)
    assert hatched == [(first, filled), (whole, last)]


def test_the_tables_of_layers_by_month_say_which_month_is_not_over(book):
    soup = BeautifulSoup(str(show.layers(book).html["en"]), "html.parser")
    for key in ("months", "sales", "heads", "change", "shares"):
        start = EN[f"layers.{key}_caption"]
        table = next(t for t in soup.find_all("table") if t.caption.get_text().startswith(start))
        marks = [row[-1] for row in table_rows(table)]
        assert marks[0] == EN["mark.incomplete"] and set(marks[1:36]) == {""}
    people = soup.find(id="layers-months").table
    assert [row[-1] for row in table_rows(people)][-8:] == [EN["mark.filling"]] * 8


def test_the_tables_of_the_bucket_by_layer_and_of_the_level_do_too(book):
    soup = BeautifulSoup(str(show.periods(book).html["en"]), "html.parser")
    start = EN.say("periods.layer_months_caption", n=12)
    by_month = next(t for t in soup.find_all("table") if t.caption.get_text() == start)
    marks = [row[-1] for row in table_rows(by_month)]
    assert marks == [EN["mark.incomplete"]] * 5 + [""] * 55
    level = dict((row[0], row[-1]) for row in table_rows(soup.find(id="periods-level").table))
    assert level["2026-03"] == EN["mark.incomplete"] and level["2026-02"] == ""
