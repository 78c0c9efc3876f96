"""Wishes to cancel or to send back, and what became of them."""

import pytest

from toolkit.intake.sales.wishes import without

GRANTED = (
    *("キャンセル申請（承認済）", "キャンセル申請：完了", "キャンセル希望(対応済)"),
    *("キャンセルリクエスト承認", "取消し依頼 処理済み", "Cancel request approved"),
    *("返品申請 受理", "キャンセル希望→キャンセル済"),
)
WITHDRAWN = (
    *("キャンセル申請取り下げ", "キャンセル申請 取下げ", "キャンセル申請（却下）"),
    *("返品依頼 撤回", "キャンセル申請不承認", "Cancel request denied"),
)
OPEN = (
    *("キャンセル承認待ち", "キャンセル確認中", "キャンセル連絡", "返品希望", "返品相談"),
    *("返金依頼", "返品申請中", "キャンセル依頼", "キャンセル申請済み"),
    *("キャンセル申請（未承認）", "キャンセル申請承認待ち", "キャンセルのご依頼"),
    *("requested to cancel",),
)


def _of(status, name="ステータス", kept="完了"):
    rows = "".join(f"{i},2024-01-{i:02d},C{i},{100 * i},{kept}\n" for i in range(1, 9))
    return f"注文番号,注文日,会員番号,金額,{name}\n{rows}9,2024-01-09,C9,900,{status}\n"


@pytest.mark.parametrize("status", GRANTED)
def test_a_wish_that_was_granted_cancels(shop, status):
    assert shop.reasons(_of(status)) == [(10, "cancelled", "900")]


@pytest.mark.parametrize("status", WITHDRAWN)
def test_a_wish_taken_back_or_refused_counts_and_is_no_wish(shop, status):
    assert len(shop.amounts(_of(status))) == 9
    assert without(status)[1] == "withdrawn"
    assert "status_wish" not in shop.notes(_of(status, "備考", "のし"))


@pytest.mark.parametrize("status", OPEN)
def test_an_open_wish_counts_and_is_told(shop, status):
    told = shop.read(_of(status))
    assert told.source.set_aside == {}
    assert without(status)[1] == "open"
    notes = shop.notes(_of(status, "備考", "のし"))
    assert notes["status_wish"] == {"column": "備考", "n": 1, "typed": "備考"}


@pytest.mark.parametrize(
    "status", ["キャンセル", "返品済", "返金済み", "キャンセル処理中", "返品・交換"]
)
def test_what_is_no_wish_stays_as_it_was(shop, status):
    assert without(status) == (status, "")
    assert shop.reasons(_of(status)) == [(10, "cancelled", "900")]


def test_what_may_yet_be_cancelled_is_not(shop):
    rows = "1,A,2024-01-05,500,キャンセルの可能性あり\n2,B,2024-01-06,700,\n3,A,2024-02-10,800,\n"
    assert shop.amounts("注文番号,会員番号,注文日,金額,備考\n" + rows) == [500, 700, 800]
