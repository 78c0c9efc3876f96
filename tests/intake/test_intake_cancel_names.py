"""Columns known by a word of cancelling in their names."""

import pytest

from toolkit.intake.sales.cancel_names import hints, names_marks, names_money, names_reasons

HEAD = "注文番号,注文日,会員番号,合計金額,"
ROWS = ("1001,2024/01/10,C1,1000", "1002,2024/01/11,C2,2000", "1003,2024/01/12,C3,3000")
ROWS += ("1004,2024/01/13,C1,4000",)


def sales(name, values):
    """Four orders of 1,000 to 4,000 yen on rows 2 to 5, with these values in a further column."""
    lines = [f"{row},{value}" for row, value in zip(ROWS, values, strict=True)]
    return f'{HEAD}"{name}"\n' + "\n".join(lines) + "\n"


MARKS = (
    *("キャンセル済フラグ", "受注キャンセルフラグ", "注文キャンセルフラグ", "キャンセル済み"),
    *("キャンセル済", "注文取消フラグ", "伝票削除フラグ", "論理削除フラグ", "取消しフラグ"),
    *("取り消しフラグ", "キャンセルFLG", "キャンセルの有無", "取消有無", "取消マーク", "取消印"),
    *("無効", "明細取消フラグ", "返品済", "返品区分", "キャンセル？", "del_flg", "cancel_flg"),
    *("canceled_flg", "delete_flg", "deleted_flag", "is_cancel", "order_cancelled"),
    *("order_canceled", "is_order_cancelled", "cancellation_flag", "cancellation", "cancelled?"),
    *("Cancelled (Y/N)", "全額返金フラグ", "Order Voided"),
)


@pytest.mark.parametrize("name", MARKS)
@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("TRUE", "FALSE"), ("○", ""), ("9", "0")])
def test_a_mark_of_a_cancelled_order_by_any_name(shop, name, yes, no):
    assert shop.reasons(sales(name, [no, no, yes, no])) == [(4, "cancelled", "3000")]


OF_ELSE = (
    *("キャンセル可フラグ", "キャンセル不可", "キャンセル可", "キャンセルポリシー同意"),
    *("メルマガ解除フラグ", "退会フラグ", "メルマガ退会フラグ", "定期解約フラグ"),
    *("定期キャンセルフラグ", "商品削除フラグ", "会員削除フラグ", "商品削除", "顧客削除フラグ"),
    *("キャンセル待ちフラグ", "返品不可フラグ", "返品可", "is_refundable", "non_cancelable"),
    *("avoid_flag", "model_flg", "delivery_flag", "account_deleted", "キャンセルメール送信フラグ"),
)


@pytest.mark.parametrize("name", OF_ELSE)
def test_a_mark_of_something_else_cancels_nothing(shop, name):
    text = sales(name, list("0010"))
    assert len(shop.amounts(text)) == 4
    assert not {"status_values", "status_reason", "status_maybe"} & shop.notes(text).keys()
    assert not names_marks(name) and not hints(name)


@pytest.mark.parametrize("name", ["del_flg", "受注キャンセルフラグ"])
def test_a_mark_on_most_rows_or_codes_alone_are_told_and_count(shop, name):
    for values, n in (("1101", 3), ("1121", 4)):
        text = sales(name, list(values))
        assert len(shop.amounts(text)) == 4
        assert shop.notes(text)["status_reason"] == {"column": name, "n": n, "typed": name}


def test_a_mark_of_a_return_gives_way_to_the_money_that_went_back(shop):
    text = sales("返品済,返金額", ["0,0", "1,500", "0,0", "0,0"]).replace('"', "")
    assert shop.amounts(text) == [1000, 1500, 3000, 4000]


def test_a_state_of_cancelling_says_of_what_part(shop):
    text = sales("キャンセル状態", ["なし", "全部", "一部", "なし"])
    assert shop.reasons(text) == [(3, "cancelled", "2000")]


def test_a_state_of_cancelling_alone_is_done_where_it_says_so(shop):
    for name in ("キャンセル状況", "キャンセル申請ステータス"):
        text = sales(name, ["", "承認済", "申請中", ""])
        assert shop.reasons(text) == [(3, "cancelled", "2000")]
    text = sales("キャンセル・決済状況", ["", "完了", "発送済", "キャンセル"])
    assert shop.reasons(text) == [(5, "cancelled", "4000")]


REASONS = ("取消事由コード", "キャンセル者区分", "Cancellation Reason (customer)")


@pytest.mark.parametrize("name", REASONS)
def test_a_reason_by_a_longer_name_cancels(shop, name):
    assert names_reasons(name)
    assert shop.reasons(sales(name, ["", "", "3", ""])) == [(4, "cancelled", "3000")]


TOLD = (
    *("返品理由", "返品・交換理由", "キャンセル種別", "キャンセル理由備考", "取消備考"),
    *("キャンセルメモ", "返品担当", "変更・キャンセル理由", "変更・キャンセル担当者"),
    *("キャンセル数量", "キャンセル希望者", "購入者都合キャンセル"),
)


@pytest.mark.parametrize("name", TOLD)
def test_what_may_say_that_an_order_was_cancelled_is_told_and_counts(shop, name):
    text = sales(name, ["", "", "3", ""])
    assert len(shop.amounts(text)) == 4
    assert shop.notes(text)["status_reason"]["n"] == 1
    assert shop.reasons(text, status_column=name) == [(4, "cancelled", "3000")]
    assert "status_reason" not in shop.notes(sales(name, ["x", "y", "z", ""]))


@pytest.mark.parametrize("name", ["返品受付日", "キャンセル依頼日", "キャンセル連絡日"])
def test_a_date_near_cancelling_is_told_and_counts(shop, name):
    text = sales(name, ["", "", "2024/01/15", ""])
    assert len(shop.amounts(text)) == 4
    assert shop.notes(text)["status_reason"]["n"] == 1


@pytest.mark.parametrize("name", ["キャンセル金額", "取消金額", "キャンセル額", "cancelled_amount"])
@pytest.mark.parametrize(("money", "left"), [("3000", 0), ("500", 2500), ("-500", 2500)])
def test_money_of_a_cancellation_is_taken_off(shop, name, money, left):
    assert names_money(name)
    assert shop.amounts(sales(name, ["0", "0", money, "0"])) == [1000, 2000, left, 4000]


def test_money_of_a_cancellation_that_is_out_of_the_amounts_stays_out(shop):
    text = sales("キャンセル金額", ["", "2500", "", ""])  # of more than is left
    assert shop.amounts(text) == [1000, 2000, 3000, 4000]
    assert shop.notes(text)["status_reason"]["n"] == 1
    text = sales("キャンセル金額,受注金額", ["0,1000", "500,2500", "0,3000", "0,4000"]).replace(
        '"', ""
    )
    assert shop.amounts(text, amount_column="合計金額") == [1000, 2000, 3000, 4000]


@pytest.mark.parametrize("name", ["キャンセル料", "キャンセル手数料", "取消ポイント"])
def test_a_fee_of_cancelling_is_no_money_taken_back(shop, name):
    assert shop.amounts(sales(name, ["0", "0", "500", "0"])) == [1000, 2000, 3000, 4000]


def test_codes_of_red_slips_are_told(shop):
    text = sales("赤黒区分", list("1121"))
    assert shop.amounts(text) == [1000, 2000, 3000, 4000]
    assert shop.notes(text)["status_red"]["column"] == "赤黒区分"
