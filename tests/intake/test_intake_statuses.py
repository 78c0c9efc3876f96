"""What the status columns of files of no known system say of their rows."""

import pytest

HEAD = "会員ID,注文日,金額,{name}\n"


@pytest.mark.parametrize(
    "status",
    [
        "お客様キャンセル",
        "受注取消",
        "payment_failed",
        "Declined",
        "Order Voided",
        "全額返金済み",
        "決済エラー",
        "与信NG",
        "決済失敗",
        "無効",
        "削除",
        "受取拒否",
        "テスト注文",
        "キャンセル済(取消不可)",
    ],
)
def test_a_status_with_a_word_of_cancelling_in_it_removes_the_order(shop, status):
    text = HEAD.format(name="受注ステータス") + f"1,2024-01-05,5,{status}\n1,2024-01-06,6,発送済\n"
    assert shop.reasons(text) == [(2, "cancelled", "5")]


@pytest.mark.parametrize(
    "status",
    [
        "キャンセル不可",
        "取消不可",
        "not cancelled",
        "キャンセルなし",
        "一部返金済み",
        "Partially cancelled",
    ],
)
def test_a_word_of_not_cancelling_keeps_the_order(shop, status):
    text = HEAD.format(name="状態") + f"1,2024-01-05,5,{status}\n1,2024-01-06,6,発送済\n"
    assert shop.amounts(text) == [5, 6]


@pytest.mark.parametrize(
    "status",
    [
        "入金待ち",
        "未入金",
        "支払待ち",
        "未払い",
        "仮注文",
        "見積",
        "下書き",
        "draft",
        "Awaiting payment",
    ]
    + ["payment pending", "on-hold", "unpaid"],
)
def test_an_order_not_paid_or_confirmed_yet_is_pending(shop, status):
    text = HEAD.format(name="状態") + f"1,2024-01-05,5,{status}\n1,2024-01-06,6,発送済\n"
    assert shop.reasons(text) == [(2, "pending", "5")]


@pytest.mark.parametrize("name", ["決済状況", "配送状況", "支払状況", "受注状況", "取引ステータス"])
def test_more_names_of_status_columns_are_known(shop, name):
    text = HEAD.format(name=name) + "1,2024-01-05,5,キャンセル\n1,2024-01-06,6,済\n"
    assert shop.amounts(text) == [6]
