"""What the command leaves behind, that it does so again, and that plain papermill does too."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from toolkit.report import render_page, tables
from toolkit.words import LANGUAGES, Words

NOT_HERE = re.compile(
    "campaigns|contact|lapsed_reasons|reasons_given|prospects|subscription|twins|outliers|spikes|gaps"
    "|buyers|influence"
)
TABLES = {"customers.parquet", "moves.parquet", "returns.parquet", "columns.csv"}
TABLES |= {f"{table.name}.csv" for table in tables.TABLES if not NOT_HERE.match(table.name)}
FILES = {f"report.{language}.html" for language in LANGUAGES}
FILES |= {"lists.xlsx", "groups.csv", "facts.json", "diagnosis.ipynb"}
FILES |= {f"{name}.csv" for name in ("winback", "about_to_lapse", "golden", "calendar")}
FILES |= {f"tables/{name}" for name in TABLES}
GENERATED = re.compile(r"<time .*?</time>")


def names(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def of_a_handful(folder):
    """The files of a client of whom few tables can be told, with those tables that cannot be."""
    there = names(folder)
    assert there >= {f"tables/{name}.csv" for name in ("bucket", "layers", "columns", "set_aside")}
    return there | {name for name in FILES if name.startswith("tables/")}


def undated(html):
    """A page without the one field two runs differ in."""
    assert len(GENERATED.findall(html)) == 1
    return GENERATED.sub("", html)


def page(folder, language="en"):
    return (folder / f"report.{language}.html").read_text(encoding="utf-8")


def test_the_command_ends_well_and_is_silent_on_the_error_stream(runs):
    assert (runs.first.code, runs.first.err) == (0, "")
    assert runs.first.out.splitlines()[1].endswith(str(runs.home.relative_to(runs.sales.parent)))


def test_exactly_the_promised_files_are_there(runs):
    closing = json.loads((runs.home / "facts.json").read_text(encoding="utf-8"))["closing_date"]
    assert runs.home.name == closing
    assert names(runs.home) == FILES
    beside = [path.name for path in runs.home.parent.iterdir()]
    assert beside == [closing]  # nothing half-finished


def test_nothing_is_left_in_the_temporary_folder(place, runs):
    ended_well = [p.name for p in place.temporary.iterdir() if p.name.startswith("leakybucket-")]
    assert len(ended_well) <= 1  # the run that died may have come before


def test_a_second_run_gives_the_same_bytes_but_for_the_time(runs):
    for language in LANGUAGES:
        assert undated(page(runs.home, language)) == undated(render_page(runs.by_hand, language))
    beside = FILES - {"report.ja.html", "report.en.html", "diagnosis.ipynb"}
    assert names(runs.twin) == beside
    for name in beside:
        assert (runs.home / name).read_bytes() == (runs.twin / name).read_bytes(), name


def test_the_notebook_kept_for_the_consultant_was_run_and_has_no_errors(runs):
    kept = json.loads((runs.home / "diagnosis.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in kept["cells"] if cell["cell_type"] == "code"]
    assert all(cell["execution_count"] for cell in cells)
    outputs = [out for cell in cells for out in cell["outputs"]]
    assert {out["output_type"] for out in outputs} <= {"display_data", "execute_result", "stream"}


@pytest.mark.parametrize("way", ["by_command", "by_hand"])
def test_plain_papermill_and_nbconvert_give_the_same_page(runs, way):
    plain = getattr(runs, way).with_suffix(".html").read_text(encoding="utf-8")
    assert undated(plain) == undated(page(runs.home)), first_difference(plain, page(runs.home))


def first_difference(one, other):
    for left, right in zip(one.splitlines(), other.splitlines(), strict=False):
        if left != right and not GENERATED.search(left):
            return left[:300], right[:300]
    return None


def test_one_customer_is_a_report_of_counts(place, small):
    assert (small.one.code, small.one.err) == (0, "")
    home = place.folder / "edge" / "script-alert(1)-script" / "2024-01-05"
    assert of_a_handful(home) == FILES - {
        "winback.csv",
        "golden.csv",
        "about_to_lapse.csv",
        "groups.csv",
    }
    said = BeautifulSoup(page(home), "html.parser").find(id="summary").get_text(" ")
    assert Words("en").say("verdict.too_little", **{"customers.ever": 1}) in said
    facts = json.loads((home / "facts.json").read_text(encoding="utf-8"))["facts"]
    rates = {fact["id"]: fact["value"] for fact in facts if fact["unit"] == "share"}
    assert set(rates.values()) == {None}


def test_a_hostile_client_and_customer_stay_text(place, small):
    home = place.folder / "edge" / "script-alert(1)-script" / "2024-01-05"
    for language in LANGUAGES:
        soup = BeautifulSoup(page(home, language), "html.parser")
        assert soup.find_all(["script", "img"]) == []
        assert soup.find(class_="client").get_text() == "<script>alert(1)</script>"
        assert "<script" not in page(home, language) and "onerror" not in page(home, language)


def test_orders_of_one_day_are_a_report_of_counts(place, small):
    assert (small.day.code, small.day.err) == (0, "")
    home = place.folder / "edge" / "day" / "2025-06-01"
    assert of_a_handful(home) == FILES - {
        "winback.csv",
        "about_to_lapse.csv",
        "golden.csv",
        "groups.csv",
        "report.ja.html",
    }
    said = BeautifulSoup(page(home), "html.parser").find(id="summary").get_text(" ")
    assert "too short" in said and "80 customers" in said


def test_lines_in_a_file_of_their_own_give_the_report_its_products(place, small):
    assert (small.lines.code, small.lines.err) == (0, "")
    (home,) = (place.folder / "edge").glob("orders/*")
    page = (home / "report.en.html").read_text(encoding="utf-8")
    assert "Product lines items.csv, rows read: 240" in page  # two of each of 120 orders
    assert "come to the amount of their order in all orders with lines (120)" in page
    assert "lines_file = items.csv" in page and "煎茶" in page and 'id="products' in page


def test_a_file_that_is_refused_by_the_notebook_leaves_nothing(place, small):
    assert (small.refused.code, small.refused.out) == (2, "")
    said = small.refused.err.strip()
    beginning, _ = Words("ja")["problem.doubtful_customer"].split("{choices}")
    assert said.startswith(beginning.format(file="refused.csv")) and "--customer" in said
    assert said.endswith("when, order_date, amount") and len(said.splitlines()) == 1
    assert not (place.folder / "none").exists()


def test_a_kernel_that_dies_is_one_sentence_and_exit_code_1(place, small):
    assert (small.died.code, small.died.out) == (1, "")
    assert "Traceback" not in small.died.err and len(small.died.err.strip().splitlines()) == 1
    assert Words("en")["cli.died"] in small.died.err
    (kept,) = place.temporary.glob("leakybucket-*")
    assert str(kept / "diagnosis.ipynb") in small.died.err
    assert (kept / "diagnosis.ipynb").exists()


def test_failed_runs_leave_the_earlier_diagnosis_as_it_was(small):
    assert small.before == small.after and len(small.before) == len(FILES)
