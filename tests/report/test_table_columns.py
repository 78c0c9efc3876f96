import csv
import datetime as dt
import re

import pandas as pd
import pyarrow.parquet as pq
import pytest

from toolkit.foresight.competitors import RULES, VISITS, WORTH
from toolkit.report import tables
from toolkit.report.tables.columns import DATE, FLAG, NUMBER, TEXT, UNITS, unit_of
from toolkit.report.tables.listed import PARQUET
from toolkit.report.tables.table import Table
from toolkit.words import Words

EN = Words("en")
CLIENTS = ("whole", "ledger", "no amounts", "one order", "dollars")
WHOLE = ("customers", "visits", "orders", "rows")
EXPECTED = re.compile("expected|usual|missing|low|high")
SIGNED = {"cohort_trend.change", "cohort_trend.low", "cohort_trend.high"}
SIGNED |= {"campaigns.uplift", "campaigns.uplift_low", "campaigns.uplift_high"}


@pytest.fixture(scope="module")
def delivered(client, tmp_path_factory):
    """`delivered(name, **settings)`: (folder of the tables, rows of columns.csv)."""
    made = {}

    def deliver(name, **settings):
        told = client(name, **settings)
        if told.book not in made:
            folder = tmp_path_factory.mktemp("columns")
            tables.write(folder, told.book, told.outlook, told.plan)
            made[told.book] = folder, rows(folder / "columns.csv")
        return made[told.book]

    return deliver


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def header(path):
    if path.suffix == ".parquet":
        return pq.read_schema(path).names
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return next(csv.reader(stream))


@pytest.mark.parametrize("name", CLIENTS)
def test_every_column_of_every_file_is_described_and_no_other(delivered, name):
    folder, described = delivered(name)
    told = {}
    for row in described:
        told.setdefault(row["file"], []).append(row["column"])
    there = {p.name: header(p) for p in folder.iterdir() if p.name != "columns.csv"}
    assert told == there
    assert all(cell for row in described for cell in row.values())


@pytest.mark.parametrize("name", CLIENTS)
def test_every_cell_is_of_the_unit_its_column_is_said_to_have(delivered, name):
    folder, described = delivered(name)
    said = {(row["file"], row["column"]): row["unit"] for row in described}
    for path in folder.glob("*.csv"):
        for row in rows(path) if path.name != "columns.csv" else ():
            for column, cell in row.items():
                at = f"{path.stem}.{column}"
                assert cell == "" or fits(cell, said[path.name, column], at), (at, cell)


def fits(cell, unit, at):
    """Whether a cell can be of a unit."""
    if unit == FLAG:
        return cell in ("True", "False")
    if unit == DATE:
        return at.startswith("second_visit") or str(dt.date.fromisoformat(cell)) == cell
    if unit == TEXT:
        return not re.fullmatch(r"\d+\.\d+", cell)
    if unit == "share":
        return (-1 if at in SIGNED else 0) <= float(cell) <= 1
    if unit in WHOLE and not EXPECTED.search(at) and at != "level.active":
        return re.fullmatch(r"\d+", cell)
    return re.fullmatch(r"-?\d+(\.\d+)?(e-\d+)?", cell)


def test_no_unit_and_no_meaning_is_left_over(delivered):
    used = {(r["file"].split(".")[0], r["column"]) for n in CLIENTS for r in delivered(n)[1]}
    exact, names = {".".join(pair) for pair in used}, {column for _, column in used}
    for unit, columns in UNITS.items():
        assert set(columns) <= exact | names, unit
    meanings = {key.removeprefix("meaning.") for key in EN.keys() if key.startswith("meaning.")}  # noqa: SIM118 - Words is no mapping
    assert meanings <= exact | names
    general = {c for t, c in used if f"{t}.{c}" not in meanings}
    assert {m for m in meanings if "." not in m} == general
    grains = {key.removeprefix("table.") for key in EN.keys() if key.startswith("table.")}  # noqa: SIM118
    assert grains == {table.name for table in (*tables.TABLES, *PARQUET)}


@pytest.mark.parametrize("words", [EN, Words("ja")])
@pytest.mark.parametrize(
    ("table", "methods"),
    [("prediction", RULES), ("prediction_counts", VISITS), ("prediction_value", WORTH)],
)
def test_every_method_that_can_be_there_is_named_with_its_column(table, methods, words):
    meaning = words[f"meaning.{table}.method"]
    assert [name for name in methods if f"{name} " not in meaning] == []


def test_columns_are_told_in_the_languages_of_the_report(delivered):
    both = delivered("ledger")[1][0]
    assert list(both)[:3] == ["file", "column", "unit"]
    assert list(both)[3:] == [
        f"{part}_{x}" for x in ("ja", "en") for part in ("section", "one_row_per", "meaning")
    ]
    one = delivered("ledger", language="en")[1]
    assert list(one[0])[3:] == ["section", "one_row_per", "meaning"]
    (row,) = (r for r in one if (r["file"], r["column"]) == ("movement.csv", "customers"))
    assert row["section"] == EN["movement.title"] and row["unit"] == "customers"
    assert row["one_row_per"] == EN["table.movement"]


def test_money_has_the_currency_and_a_column_of_several_units_names_the_other():
    money = Table("deciles", "concentration", None, ("sales",), ("least",))
    assert unit_of(money, "least", pd.Series([1.5]), "USD") == "USD"
    mixed = Table("rfm_scores", "rfm", None, ("from",), only=("letter", "M"))
    assert unit_of(mixed, "from", pd.Series([1]), "USD") == "by letter"


def test_the_file_itself_says_more_than_the_column_name():
    table = Table("open_month", "edges", None)
    assert unit_of(table, "low", pd.Series([1.0]), "JPY") == "customers"
    assert unit_of(Table("same_age", "cohorts", None), "low", pd.Series([1.0]), "JPY") == "share"


def test_what_is_no_number_is_a_flag_a_date_or_text():
    table = Table("x", "rfm", None)
    kinds = {FLAG: [True], DATE: [None, dt.date(2025, 1, 1)], TEXT: [None, "a"]}
    for unit, cells in kinds.items():
        assert unit_of(table, "any", pd.Series(cells), "JPY") == unit
    assert unit_of(table, "nth", pd.Series([1]), "JPY") == NUMBER
    assert unit_of(table, "any", pd.Series([None]), "JPY") == TEXT
