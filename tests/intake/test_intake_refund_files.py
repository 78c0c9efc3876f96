"""Files of refunds beside the sales."""

import pytest
from test_intake_other_files import SALES, notes, read


def amounts(ledger, order):
    rows = ledger.orders.order_by("date").to_pyarrow().to_pylist()
    return [(str(row["date"]), row["amount"]) for row in rows if row["order_id"] == order]


@pytest.mark.parametrize("name", ["a.csv", "refunds.csv"], ids=["first", "last"])
@pytest.mark.parametrize("refund", ["500", "-500", "¥500", "▲500"])
def test_refunds_go_back_on_their_own_date(tmp_path, name, refund):
    """A5 is of 6 June, at 1000 + 37 x 5."""
    content = f"注文番号,返金日,会員番号,返金額\nA5,2024/12/20,1005,{refund}\n"
    ledger = read(tmp_path, {"orders.csv": SALES, name: content})
    assert amounts(ledger, "A5") == [("2024-06-06", 1185)]
    assert amounts(ledger, "A5 (refund)") == [("2024-12-20", -500)]
    assert notes(ledger)["refunds_read"] == {"file": name, "column": "返金額"}
    assert "amount_goods_off" not in notes(ledger)


UNUSABLE = {
    "no customer": (SALES, "注文番号,返金日,返金額\nA5,2024/12/20,500\n"),
    "no date": (SALES, "注文番号,会員番号,返金額\nA5,1005,500\n"),
    "refunds in the sales": (
        SALES.replace("\n", ",0\n").replace("合計金額,0", "合計金額,返金額"),
        "注文番号,返金日,会員番号,返金額\nA5,2024/12/20,1005,500\n",
    ),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_refunds_that_cannot_be_placed_are_left_out_and_told(tmp_path, case):
    sales, refunds = UNUSABLE[case]
    ledger = read(tmp_path, {"orders.csv": sales, "refunds.csv": refunds})
    assert notes(ledger)["refunds_left_out"] == {"file": "refunds.csv"}
    assert amounts(ledger, "A5") == [("2024-06-06", 1185)]


def test_a_refund_on_the_day_of_its_order_leaves_the_order(tmp_path):
    refunds = "注文番号,返金日,会員番号,返金額\nA5,2024/06/06,1005,500\n"
    ledger = read(tmp_path, {"orders.csv": SALES, "refunds.csv": refunds})
    assert ledger.source.rows_kept == 401
    assert amounts(ledger, "A5") == [("2024-06-06", 1185)]
    assert amounts(ledger, "A5 (refund)") == [("2024-06-06", -500)]


def test_the_refund_of_a_cancelled_order_goes_with_it(tmp_path):
    sales = SALES.replace("\n", ",発送済\n").replace("合計金額,発送済", "合計金額,注文状況")
    sales = sales.replace("1005,1185,発送済", "1005,1185,キャンセル", 1)
    refunds = "注文番号,返金日,会員番号,返金額\nA5,2024/12/20,1005,1185\nA6,2024/12/20,1006,9\n"
    ledger = read(tmp_path, {"orders.csv": sales, "refunds.csv": refunds})
    assert ledger.source.set_aside == {"cancelled": 2}
    assert amounts(ledger, "A6 (refund)") == [("2024-12-20", -9)]
