"""Orders without money, of which the product lines have it."""

import pytest
from test_intake_other_files import notes, read

from toolkit.intake import read_sales
from toolkit.problems import InputProblem
from toolkit.settings import Settings

ORDERS = "注文番号,注文日,会員番号\n" + "".join(
    f"A{i},2024/{i % 12 + 1:02}/{i % 28 + 1:02},{1000 + i % 13}\n" for i in range(40)
)
ITEMS = "注文番号,商品コード,商品名,数量,単価\n" + "".join(
    f"A{i},P{i % 7},緑茶{i % 7},2,{100 + i}\nA{i},Q{i % 5},大皿{i % 5},1,500\n" for i in range(39)
)


def amounts(ledger):
    rows = ledger.orders.order_by("source_row").to_pyarrow().to_pylist()
    return [row["amount"] for row in rows]


def test_lines_are_added_up_for_each_order(tmp_path):
    """2 x (100 + i) + 500; the last order has no lines, and so no amount."""
    ledger = read(tmp_path, {"orders.csv": ORDERS, "lines.csv": ITEMS})
    assert amounts(ledger) == [700 + 2 * i for i in range(39)]
    assert ledger.set_aside[["source_row", "reason"]].values.tolist() == [[41, "unreadable"]]
    told = notes(ledger)
    assert told["amount_of_lines"] == {
        "file": "orders.csv",
        "lines": "lines.csv",
        "columns": "単価 × 数量",
    }
    assert told["lines_meet"]["n"] == 39 and "lines_read" not in told


def test_lines_named_beside_the_sales(tmp_path):
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    (tmp_path / "lines.csv").write_text(ITEMS, encoding="utf-8")
    given = {"language": "en", "lines_file": str(tmp_path / "lines.csv")}
    ledger = read_sales(tmp_path / "orders.csv", Settings.checked(given))
    assert amounts(ledger) == [700 + 2 * i for i in range(39)]


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        pytest.param("Discount", lambda i: "0.25" if i % 2 else "0", id="shares"),
        pytest.param("割引率", lambda i: "25%" if i % 2 else "", id="per cent"),
    ],
)
def test_discounts_that_are_shares_are_taken_off(tmp_path, head, cell):
    """A quarter off in odd orders."""
    items = f"注文番号,商品コード,商品名,数量,単価,{head}\n" + "".join(
        f"A{i},P{i % 7},緑茶{i % 7},{i % 3 + 1},{200 + 4 * i},{cell(i)}\n" for i in range(40)
    )
    ledger = read(tmp_path, {"orders.csv": ORDERS, "lines.csv": items})
    full = [(i % 3 + 1) * (200 + 4 * i) for i in range(40)]
    assert amounts(ledger) == [f * 3 // 4 if i % 2 else f for i, f in enumerate(full)]
    assert notes(ledger)["discount_share"] == {"column": head}
    assert notes(ledger)["lines_meet"]["n"] == 40


def test_an_order_with_a_line_that_cannot_be_read_has_no_amount(tmp_path):
    items = ITEMS.replace("A3,Q3,大皿3,1,500", "A3,Q3,大皿3,1,未定")
    ledger = read(tmp_path, {"orders.csv": ORDERS, "lines.csv": items})
    assert ledger.source.set_aside == {"unreadable": 2}


def test_postage_of_the_order_is_not_taken_off_its_goods(tmp_path):
    orders = ORDERS.replace("\n", ",550\n").replace("会員番号,550", "会員番号,送料")
    ledger = read(tmp_path, {"orders.csv": orders, "lines.csv": ITEMS})
    assert amounts(ledger) == [700 + 2 * i for i in range(39)]


def test_orders_named_twice_are_refused_as_before(tmp_path):
    with pytest.raises(InputProblem) as caught:
        read(tmp_path, {"orders.csv": ORDERS + ORDERS.split("\n")[1], "lines.csv": ITEMS})
    assert "no_amount_column" in dict(caught.value.faults)


def test_shares_of_cents_are_rounded_for_each_order(tmp_path):
    """15 % off 10.01 + i is 8.5085 + 0.85 i, 8.51 for the first."""
    items = "OrderID,ProductID,UnitPrice,Quantity,Discount\n" + "".join(
        f"A{i},P{i % 7},{10 + i}.01,1,0.15\n" for i in range(40)
    )
    files = {"orders.csv": ORDERS.replace("注文番号", "OrderID"), "lines.csv": items}
    ledger = read(tmp_path, files, currency="USD", lapse_days=240)
    assert amounts(ledger) == [851 + 85 * i for i in range(40)]
    assert notes(ledger)["lines_meet"]["n"] == 40
