"""Amounts written in thousands or millions."""

import pytest

from toolkit.intake import read_sales
from toolkit.settings import Settings

ROWS = 'A,2024-01-05,12\nB,2024-01-06,0.5\nA,2024-02-10,"1,200"\n'
FULL = [12_000, 500, 1_200_000]


def sales(heading, above=""):
    return f"{above}会員番号,注文日,{heading}\n{ROWS}"


@pytest.mark.parametrize(
    "heading", ["金額(千円)", "売上（単位：千円）", "金額(税込・千円)", "金額 千円"]
)
def test_the_heading_names_the_unit(shop, heading):
    assert shop.amounts(sales(heading)) == FULL
    told = {"file": "sales.csv", "column": heading, "unit": "千円", "factor": 1000}
    assert shop.notes(sales(heading))["unit_heading"] == told


def test_a_line_above_the_headings_names_the_unit(shop):
    above = "売上一覧\n,,単位：千円\n"
    assert shop.amounts(sales("金額", above)) == FULL
    told = {"file": "sales.csv", "column": "金額", "unit": "千円", "factor": 1000}
    assert shop.notes(sales("金額", above))["unit_above"] == told
    assert shop.amounts(sales("金額(百万円)", above))[0] == 12_000_000  # the heading goes first


def test_plain_yen_is_no_unit_to_multiply_by(shop):
    rows = "A,2024-01-05,12\nB,2024-01-06,5\n"
    for heading in ("金額（円）", "金額(税込・円)", "金額[円]"):
        content = f"単位：千円\n会員番号,注文日,{heading}\n{rows}"
        assert shop.amounts(content) == [12, 5]
        assert not {"unit_heading", "unit_above"} & shop.notes(content).keys()


def test_the_number_of_pieces_is_not_multiplied(shop):
    content = "単位：千円\n会員番号,注文日,単価,数量\nA,2024-01-05,4,3\nB,2024-01-06,5,2\n"
    assert shop.amounts(content) == [12_000, 10_000]


def test_an_amount_with_a_unit_of_its_own_is_in_that(shop):
    content = "会員番号,注文日,金額(千円)\nA,2024-01-05,12\nB,2024-01-06,3万円\n"
    assert shop.amounts(content) == [12_000, 30_000]


def test_plain_yen_under_another_unit_stops_the_run(shop):
    content = "会員番号,注文日,金額(千円)\nA,2024-01-05,12\nB,2024-01-06,500円\n"
    told = shop.faults(content)["amount_unit"]
    assert (told["row"], told["value"], told["unit"]) == (3, "500円", "千円")


def test_each_of_several_files_has_the_unit_it_states(tmp_path):

    (tmp_path / "a.csv").write_text("単位：千円\n会員番号,注文日,金額\nA,2024-01-05,12\n", "utf-8")
    (tmp_path / "b.csv").write_text("会員番号,注文日,金額\nB,2024-01-06,500\n", "utf-8")
    ledger = read_sales(tmp_path, Settings.checked({"language": "en"}))
    amounts = ledger.orders.order_by("source_file").amount.to_pyarrow().to_pylist()
    assert amounts == [12_000, 500]
