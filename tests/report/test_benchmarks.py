import re

import pytest
from bs4 import BeautifulSoup

from toolkit.problems import InputProblem
from toolkit.report import show
from toolkit.report.benchmarks import MEASURES, read_benchmarks
from toolkit.report.sections.benchmarks import own_values
from toolkit.words import LANGUAGES

ENTRY = """[[benchmark]]
name = { ja = "率", en = "Rate" }
trade = { ja = "店", en = "Shop" }
low = 0.3
source = { ja = "本（2020年）", en = "A book (2020)" }
"""


@pytest.fixture
def written(tmp_path):
    """`written(text)`: a file of quoted figures."""

    def write(text):
        path = tmp_path / "benchmarks.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def faults(path):
    with pytest.raises(InputProblem) as caught:
        read_benchmarks(path)
    return [(key, values.get("n"), values.get("field")) for key, values in caught.value.faults]


def cells(shown, language):
    page = BeautifulSoup(str(shown.html[language]), "html.parser")
    return [[c.get_text() for c in tr.find_all(["th", "td"])] for tr in page.tbody.find_all("tr")]


def test_every_figure_delivered_names_its_source_with_a_year_or_without():
    quoted = read_benchmarks()
    assert {entry.measure for entry in quoted} == {*MEASURES, None}
    for entry in quoted:
        assert re.search(r"\(.*\b(19|20)\d\d\b|no year given", entry.source.en)
        assert "http" not in entry.source.ja + entry.source.en


def test_an_entry_needs_no_high_no_measure_and_no_note(written):
    (entry,) = read_benchmarks(written(ENTRY))
    assert (entry.low, entry.high, entry.measure, entry.note) == (0.3, None, None, None)


def test_without_a_file_or_entries_nothing_is_quoted(written, tmp_path):
    assert read_benchmarks(tmp_path / "none.toml") == read_benchmarks(written("")) == []


def test_every_entry_at_fault_is_told_at_once(written):
    wrong = ENTRY.replace("0.3", "30") + ENTRY.replace("low", "high")
    wrong += ENTRY + 'measure = "profit"\n' + ENTRY + "high = 0.2\n"
    assert faults(written(wrong)) == [
        ("benchmarks_entry", 1, "low"),
        ("benchmarks_entry", 2, "low"),
        ("benchmarks_entry", 3, "measure"),
        ("benchmarks_entry", 4, "low, high"),
    ]


def test_a_file_that_is_no_toml_is_told_with_its_line(written):
    with pytest.raises(InputProblem, match=r"benchmarks\.toml .*line 1"):
        read_benchmarks(written("[[benchmark]\n"))


def test_a_fault_says_in_both_languages_what_to_write(written):
    with pytest.raises(InputProblem) as caught:
        read_benchmarks(written(ENTRY.replace("0.3", "30")))
    assert all("30" in caught.value.text(x) and "0.3" in caught.value.text(x) for x in LANGUAGES)


def test_the_clients_own_values_are_those_of_the_book(client):
    book = client("ledger").book
    own = own_values(book)
    # 7 customers bought in 2024 (D - 1 year), 4 of them not in 2025
    assert own["outflow"] == 4 / 7
    counts = book.customers().n_visits
    assert own["once"] == (counts == 1).sum() / len(counts)
    assert set(own) == set(MEASURES)


def test_a_file_too_short_has_dashes_beside_the_figures(client):
    rows = cells(show.benchmarks(client("one customer").book), "en")
    assert {row[3] for row in rows} == {"–"} and len(rows) == len(read_benchmarks())


def test_figures_are_written_as_quoted(client, monkeypatch, written):
    text = ENTRY + "high = 0.4\n" + ENTRY + "at_least = true\n" + ENTRY.replace("0.3", "0.773")
    quoted = read_benchmarks(written(text + 'note = { ja = "注", en = "Beware" }\n'))
    monkeypatch.setitem(show.benchmarks.__globals__, "read_benchmarks", lambda: quoted)
    shown = show.benchmarks(client("ledger").book)
    assert [row[2] for row in cells(shown, "en")] == ["30 to 40%", "30% or more", "77.3%"]
    assert [row[2] for row in cells(shown, "ja")] == ["30〜40%", "30%以上", "77.3%"]
    assert cells(shown, "en")[2][4] == "A book (2020). Beware"


def test_no_figures_no_section(client, monkeypatch):
    monkeypatch.setitem(show.benchmarks.__globals__, "read_benchmarks", list)
    assert show.benchmarks(client("ledger").book) is None


def test_the_figures_stand_closed_and_called_no_target(client):
    shown = show.benchmarks(client("ledger").book)
    for language, said in (("ja", "目標"), ("en", "no targets")):
        page = BeautifulSoup(str(shown.html[language]), "html.parser")
        assert not page.details.has_attr("open") and page.details.table
        assert said in page.p.get_text()
