"""What is told of the values of status columns."""

import known_exports as known
import pytest
from known_exports import written
from status_files import HEAD, filled_in, said


def test_what_every_value_of_a_status_does_is_told(shop):
    text = HEAD.format(name="注文状態") + "".join(
        f"1,2024-01-0{day},5,{status}\n"
        for day, status in enumerate(["発送済", "発送済", "謎", "", "キャンセル"], 1)
    )
    assert said(shop, text) == [
        "Status “注文状態”: 発送済 2 counted, (blank) 1 counted, "
        "キャンセル 1 left out, 謎 1 counted."
    ]
    assert said(shop, text, "ja")[0].startswith("状態の列「注文状態」：発送済 2 件は集計、")


def test_at_most_twelve_values_of_a_status_are_told(shop):
    rows = "".join(f"1,2024-01-{day:02},5,s{day:02}\n" for day in range(1, 16))
    (told,) = said(shop, HEAD.format(name="状態") + rows)
    assert "s12 1 counted" in told
    assert "s13" not in told
    assert told.endswith("3 more values.")


def test_dates_of_cancelling_and_return_slips_are_told(shop):
    text = (
        "会員ID,注文日,金額,キャンセル日,伝票区分\n1,2024-01-05,5,2024-01-06,売上\n"
        "1,2024-01-06,5,2024-01-08,売上\n1,2024-02-06,3,,返品\n"
    )
    assert said(shop, text) == [
        "Status “キャンセル日”: … 2 left out, (blank) 1 counted.",
        "Status “伝票区分”: 売上 2 counted, 返品 1 as money going back.",
    ]


WISHES = ["キャンセル希望", "キャンセル依頼", "取消し依頼", "キャンセル申請中", "Cancel requested"]


@pytest.mark.parametrize("wish", WISHES)
def test_a_wish_to_cancel_among_remarks_is_told_and_counts(shop, wish):
    text = filled_in("備考", {2: wish, 5: wish})
    assert len(shop.amounts(text)) == 10
    assert shop.notes(text)["status_wish"] == {"column": "備考", "n": 2, "typed": "備考"}


@pytest.mark.parametrize("remark", ["キャンセルポリシー", "キャンセル待ち", "キャンセル不可"])
def test_remarks_that_only_speak_of_cancelling_count_without_a_word(shop, remark):
    text = filled_in("備考", {2: remark, 5: remark})
    assert len(shop.amounts(text)) == 10
    assert not {"status_wish", "status_maybe", "status_values"} & shop.notes(text).keys()


@pytest.mark.parametrize("wish", WISHES)
def test_a_status_of_a_wish_to_cancel_counts_and_is_told(shop, wish):
    text = filled_in("ステータス", {2: wish, 5: "キャンセル"}, blank="完了")
    assert shop.reasons(text) == [(7, "cancelled", "600")]
    assert f"{wish} 1 counted" in said(shop, text)[0]


@pytest.mark.parametrize("status", ["キャンセル希望→キャンセル済", "キャンセル申請承認済"])
def test_a_wish_that_was_granted_cancels(shop, status):
    text = filled_in("ステータス", {2: status}, blank="完了")
    assert shop.reasons(text) == [(4, "cancelled", "300")]


def test_cancelled_rows_of_a_column_of_another_name_are_told(shop):
    rows = "".join(
        f"{n},{n % 9 + 1},2024-{n % 12 + 1:02}-05,{state},1000\n"
        for n, state in enumerate(["canceled", "complete", "complete", "complete"] * 12)
    )
    text = "order_id,customer_id,date,Fulfillment,amount\n" + rows
    assert shop.notes(text)["status_maybe"]["n"] == 12


def test_of_many_values_those_that_leave_rows_out_are_told(shop):
    values = [f"発送済{chr(65 + n)}" for n in range(15)] * 3 + ["キャンセル"]
    rows = "".join(
        f"{n % 9 + 1},2024-{n % 12 + 1:02}-{n % 28 + 1:02},1000,{v}\n" for n, v in enumerate(values)
    )
    told = shop.notes("会員ID,日付,金額,ステータス\n" + rows)["status_values"]["values"].told
    assert ("キャンセル", 1, "out") in told


@pytest.mark.parametrize(
    ("charged", "told"),
    [(["3730", "800"], []), (["3730", "-9999"], ["Status “請求金額”: -9999 1 left out."])],
    ids=["settled", "not settled"],
)
def test_an_amount_is_no_status_but_where_it_says_that_an_order_waits(shop, charged, told):
    rows = [
        {"注文番号": f"R{i}", "ステータス": "700", "注文日時": f"2024-01-0{i} 10:00:00"}
        | {"注文者姓": "山田", "注文者名": "太郎", "注文者電話番号1": "09011112222"}
        | {"請求金額": amount, "送料合計": "0"}
        for i, amount in enumerate(charged, 1)
    ]
    assert said(shop, written(known.RAKUTEN, rows)) == [
        "Status “ステータス”: 700 2 counted.",
        *told,
    ]
