"""Quantities with a unit behind them."""

import pyarrow as pa
import pytest

from toolkit.intake.values.count_units import without_units

TEXTS = {
    "2": "2",
    "2個": "2",
    "12 点": "12",
    "x3": "3",
    "3x": "3",
    "2 pcs": "2",
    "1,200本": "1,200",
    "-1個": "-1",
    "0.5kg": "0.5",
    "一式": "1",
    # no counts
    "500g": "500g",
    "2025年": "2025年",
    "500円": "500円",
    "3日": "3日",
    "大": "大",
    "": "",
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_unit_is_taken_off_a_count(text):
    assert without_units(pa.array([text, "個"])).to_pylist() == [TEXTS[text], "個"]


@pytest.mark.parametrize("form", ["{}個", "{}点", "x{}", "{} pcs", "{}"])
def test_price_times_a_quantity_with_a_unit(shop, form):
    rows = (
        f"{n % 9 + 1},2024-{n % 12 + 1:02}-{n % 28 + 1:02},茶{n % 4},500,{form.format(n % 3 + 1)}\n"
        for n in range(60)
    )
    text = "顧客番号,日付,品名,単価,数量\n" + "".join(rows)
    assert sum(shop.amounts(text)) == 500 * 2 * 60


def test_quantities_that_cannot_be_read_are_not_taken_for_one(shop):
    rows = [
        f"{n % 9 + 1},2024-{n % 12 + 1:02}-{n % 28 + 1:02},茶,500,{'若干' if n % 5 == 0 else 2}\n"
        for n in range(60)
    ]
    text = "顧客番号,日付,品名,単価,数量\n" + "".join(rows)
    assert sum(shop.amounts(text)) == 48 * 1000
    assert {reason for _, reason, _ in shop.reasons(text)} == {"unreadable"}
