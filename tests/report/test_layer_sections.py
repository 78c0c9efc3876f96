"""The sections on layers, on who moved, and on the lines: what they show is the book's."""

import datetime as dt
import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from toolkit.book import LAYERS
from toolkit.report import show
from toolkit.report.sections.layer_months import month_chart
from toolkit.report.sections.layers import place_chart
from toolkit.report.style import INK, drawing
from toolkit.words import LANGUAGES, Words

EN = Words("en")
NOW = [100, 58, 58, 58, 40, 3, 0, 0, 14, 90]
AGO = [60, 352, 60, 58, 41, 5, 0, 212, 100, 89]


def page(shown, language="en"):
    return BeautifulSoup(str(shown.html[language]), "html.parser")


def cells(table):
    """{first cell: the numbers after it} of a table."""
    rows = [
        [cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")
    ]
    return {row[0]: [float(re.sub("[^0-9.-]", "", x) or "nan") for x in row[1:]] for row in rows}


def captioned(soup, key):
    start = EN[key].split("{")[0]
    return next(t for t in soup.find_all("table") if t.caption.get_text().startswith(start))


@pytest.mark.parametrize("many", [1, 1_000])
def test_a_number_stands_at_the_end_of_its_own_bar_and_not_beside_the_tick(many):
    places = pd.DataFrame(
        {
            "place": [f"place {i}" for i in range(10)],
            "state": "active",
            "customers": [many * n for n in NOW],
            "year_ago": [many * n for n in AGO],
        }
    )
    figure = place_chart(places, EN)
    with drawing():
        figure.canvas.draw()
        (axes,) = figure.axes
        boxes = [text.get_window_extent() for text in axes.texts]
    point = figure.dpi / 72
    drawn = zip(axes.texts, boxes, places.customers, places.year_ago, strict=True)
    for text, box, now, ago in drawn:
        end, tick = (axes.transData.transform((x, 0))[0] for x in (now, ago))
        assert text.get_text() == f"{now:,}"
        assert not box.x0 - point < tick < box.x1 + point  # the tick runs through no number
        behind, gap = box.x0 - end, 6 * point
        assert box.x1 < end or 0 < behind < gap or end <= tick < box.x0 < tick + gap
        assert text.get_color() == ("white" if box.x1 < end else INK)
    beside = [abs(text.xyann[0]) < 12 for text in axes.texts]
    assert all(beside)


def test_a_short_file_names_each_month_once():
    days = [dt.date(2024, 1, 31), dt.date(2024, 2, 29), dt.date(2024, 3, 31), dt.date(2024, 4, 9)]
    wide = pd.DataFrame({layer: [1, 2, 3, 4] for layer in LAYERS}, index=days)
    months = pd.DataFrame({"month_end": days, "trusted": True, "complete": True})
    axes = month_chart(wide, EN, months).axes[0]
    names = [label.get_text() for label in axes.get_xticklabels()]
    assert names == ["2024-02", "2024-03", "2024-04"]


def test_the_matrix_shows_ten_places_and_adds_up_both_ways(client):
    book = client("sample").book
    matrix = captioned(page(show.movement(book)), "movement.caption")
    rows = cells(matrix)
    assert len(rows) == 12 and len(matrix.thead.find_all("th")) == 12
    total = rows.pop(EN["column.total"])
    assert total == [sum(column) for column in zip(*rows.values(), strict=True)]
    assert all(row[0] == sum(row[1:]) for row in rows.values())
    assert total[1:] == book.places().customers.tolist()
    before = list(rows.values())[:10]
    assert [row[0] for row in before] == book.places(book.year_ago).customers.tolist()


def test_the_matrix_can_be_asked_for_between_any_two_dates(client):
    book = client("sample").book
    start, end = dt.date(2024, 6, 30), dt.date(2025, 1, 31)
    soup = page(show.movement(book, "2024-06-30", end))
    matrix = soup.find("caption", string=EN.say("movement.caption", start=start, end=end)).parent
    total = cells(matrix)[EN["column.total"]]
    assert total[1:] == book.places(end).customers.tolist()


def test_every_month_of_the_file_is_in_the_table_of_ten_layers(client):
    book = client("sample").book
    rows = cells(captioned(page(show.layers(book)), "layers.months_caption"))
    months = book.layer_months()
    assert len(rows) == months.month_end.nunique() > 12
    assert list(rows) == sorted(rows, reverse=True)
    assert rows[str(book.closing)][:10] == months.customers.tail(10).tolist()


def test_the_places_of_a_year_ago_stand_beside_those_of_now(client):
    book = client("sample").book
    soup = page(show.layers(book))
    people = cells(captioned(soup, "layers.caption_people"))
    ago = book.places(book.year_ago)
    assert [row[1] for row in people.values()] == ago.customers.tolist()
    heads = captioned(soup, "layers.caption_heads").thead.get_text(" ")
    for name in ("per_head", "per_head_ago", "visits_per_head", "visits_per_head_ago"):
        assert EN[f"column.{name}"] in heads


def test_a_file_of_half_a_year_has_no_column_of_a_year_ago(client):
    soup = page(show.layers(client("half a year").book))
    assert "ago" not in " ".join(head.get_text() for head in soup.find_all("thead"))
    assert EN["column.visits_per_head"] in soup.get_text()


def test_few_customers_get_no_rates_of_layers(client):
    soup = page(show.movement(client("ledger").book))
    assert EN["movement.few"] in soup.get_text() and not soup.find("figure")
    assert captioned(soup, "movement.caption")


@pytest.mark.parametrize(
    ("name", "settings", "message"),
    [
        ("sample", {}, "plug"),
        ("sample", {"small_hole": "0.99"}, "tap"),
        ("half a year", {}, "counts_same"),
        ("one customer", {}, "counts_same"),
        ("no amounts", {}, "counts"),
    ],
)
def test_the_lines_say_whether_the_message_depends_on_them(client, name, settings, message):
    shown = show.sensitivity(client(name, **settings).book)
    for language in LANGUAGES:
        said = Words(language)[f"sensitivity.finding_{message}"].split("{")[0]
        assert page(shown, language).h3.get_text().startswith(said)


def test_a_hole_on_both_sides_of_the_small_one_makes_the_message_depend_on_the_line(client):
    book = client("sample").book
    holes = book.sensitivity().set_index("scenario").hole
    between = (holes.min() + holes.max()) / 2
    assert holes.min() < between < holes.max()
    told = client("sample", small_hole=str(round(between, 4))).book
    said = EN["sensitivity.finding_depends"].split("{")[0]
    assert page(show.sensitivity(told)).h3.get_text().startswith(said)


def test_without_amounts_the_lines_of_layers_are_not_spoken_of(client):
    soup = page(show.sensitivity(client("no amounts").book))
    assert len(soup.find_all("table")) == 1 and not soup.select("details.more")
    assert show.movement(client("no amounts").book) is None
