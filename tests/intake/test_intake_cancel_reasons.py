"""Why or by whom an order was cancelled."""

import pytest
from status_files import MARKED, filled_in, said

REASONS = ("キャンセル理由", "取消理由", "キャンセル者", "取消者", "キャンセル担当", "取消担当者")
REASONS += ("cancel_reason", "cancelled_by", "cancellation reason")


@pytest.mark.parametrize("name", REASONS)
def test_why_or_by_whom_an_order_was_cancelled_cancels_it(shop, name):
    text = filled_in(name, {2: "都合", 5: "欠品"})
    assert shop.reasons(text) == [(4, "cancelled", "300"), (7, "cancelled", "600")]
    assert said(shop, text) == [
        f"Status “{name}”: (blank) 8 counted, 欠品 1 left out, 都合 1 left out."
    ]


@pytest.mark.parametrize("none", ["なし", "-", "0", "none", "N/A", "ー", "特になし", "0.0"])
def test_what_stands_for_no_reason_cancels_nothing(shop, none):
    text = filled_in("キャンセル理由", {2: "都合", 5: "3"}, blank=none)
    assert shop.amounts(text) == [100, 200, 400, 500, 700, 800, 900, 1000]
    assert len(shop.amounts(filled_in("キャンセル理由", {}, blank=none))) == 10


def test_reasons_in_half_of_the_rows_are_told_and_left_in(shop):
    text = filled_in("キャンセル理由", dict.fromkeys(range(5), "都合"))
    assert len(shop.amounts(text)) == 10
    told = {"column": "キャンセル理由", "n": 5, "typed": "キャンセル理由"}
    assert shop.notes(text)["status_reason"] == told
    assert len(shop.amounts(text, status_column="キャンセル理由")) == 5


@pytest.mark.parametrize(
    ("name", "kept", "out"),
    [("ステータス", "完了", "キャンセル"), ("取消フラグ", "0", "1"), ("取消日", "", "2024-02-01")],
)
def test_a_reason_goes_by_the_column_that_says_what_is_cancelled(shop, name, kept, out):
    rows = {2: f"都合,{out}", 5: f"欠品,{out}"}
    text = filled_in(f"キャンセル理由,{name}", rows, blank=f",{kept}")
    assert shop.amounts(text) == [100, 200, 400, 500, 700, 800, 900, 1000]
    assert "status_reason" not in shop.notes(text)
    text = filled_in(f"キャンセル理由,{name}", rows | {7: f"保留,{kept}"}, blank=f",{kept}")
    assert shop.amounts(text) == [100, 200, 400, 500, 700, 800, 900, 1000]
    assert shop.notes(text)["status_reason"]["n"] == 1


def test_a_reason_cancels_where_the_status_cancels_nothing(shop):
    text = filled_in("キャンセル理由,配送状況", {2: "都合,発送前"}, blank=",発送済")
    assert shop.reasons(text) == [(4, "cancelled", "300")]


def test_a_reason_on_a_slip_of_cancelling_leaves_its_money_going_back(shop):
    text = MARKED.format(name="取消理由") + (
        "1,2024-01-05,A,500,\n2,2024-01-06,A,-500,誤入力\n3,2024-01-06,B,300,\n"
    )
    assert shop.amounts(text) == [500, -500, 300]


@pytest.mark.parametrize("name", ["定期キャンセル理由", "キャンセル不可理由", "理由"])
def test_reasons_of_something_else_cancel_nothing(shop, name):
    text = filled_in(name, {2: "都合", 5: "欠品"})
    assert len(shop.amounts(text)) == 10
    assert "status_reason" not in shop.notes(text)
