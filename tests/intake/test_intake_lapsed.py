"""Reasons and dates of cancelling a subscription, which cancel no order."""

import pytest

ORDERS = (
    *("1,2024/01/10,C1,1000", "2,2024/02/10,C1,1000", "3,2024/03/10,C1,1000"),
    *("4,2024/01/11,C2,500", "5,2024/02/11,C2,500"),
    *("6,2024/01/12,C3,700", "7,2024/02/12,C3,700", "8,2024/03/12,C3,700"),
)


def sales(name, values):
    lines = [f"{row},{value}" for row, value in zip(ORDERS, values, strict=True)]
    return f"注文番号,注文日,会員番号,合計金額,{name}\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("name", "cell"), [("キャンセル理由", "高い"), ("キャンセル処理日", "2024/04/01")]
)
def test_what_is_the_same_on_all_orders_of_a_customer_is_not_the_orders(shop, name, cell):
    text = sales(name, [cell] * 3 + [""] * 5)
    assert len(shop.amounts(text)) == 8
    assert shop.notes(text)["status_reason"]["n"] == 3
    assert len(shop.amounts(text, status_column=name)) == 5


@pytest.mark.parametrize("beside", ["定期ステータス", "解約日", "退会フラグ", "契約状態"])
def test_what_goes_with_the_end_of_a_subscription_is_of_that(shop, beside):
    cells = {"解約日": ("2024/04/01", ""), "退会フラグ": ("1", "0")}
    gone, here = cells.get(beside, ("解約", "継続中"))
    text = sales(f"キャンセル理由,{beside}", [f",{here}"] * 2 + [f"高い,{gone}"] + [f",{here}"] * 5)
    assert len(shop.amounts(text)) == 8
    assert shop.notes(text)["status_reason"]["n"] == 1


def test_a_reason_on_some_orders_of_customers_cancels_these(shop):
    text = sales("キャンセル理由", ["", "高い", "", "", "欠品", "", "", "高い"])
    assert [row for row, *_ in shop.reasons(text)] == [3, 6, 9]
    text = sales(
        "キャンセル理由,定期ステータス", [",継続", "高い,継続", *([",継続"] * 3), *([",解約"] * 3)]
    )
    assert [row for row, *_ in shop.reasons(text)] == [3]
