"""Rows that are no product by their name."""

import pytest

from toolkit.intake.sales.row_kinds import kind_of

KINDS = {
    "値引き": "discount",
    "会員割引": "discount",
    "値引（クーポン）": "discount",
    "10%OFFクーポン": "discount",
    "500円クーポン": "discount",
    "クーポンコード：SPRING": "discount",
    "Coupon discount": "discount",
    "ﾎﾟｲﾝﾄ利用": "points",
    "ポイント値引": "points",
    "送料": "postage",
    "送料（沖縄）": "postage",
    "クール便送料 330円": "postage",
    "Shipping": "postage",
    "代引手数料": "fee",
    "COD fee": "fee",
    # products
    "送料無料セット": "",
    "割引チケット付き宿泊": "",
    "お食事クーポン": "",
    "ポイントカードケース": "",
    "手数料のかからない初心者向け教本と解説書": "",
    "DISCO BALL": "",
    "【小計】": "sum",
    "＊＊小 計＊＊": "sum",
    "税込合計": "sum",
    "4月分計": "sum",
    "総計（80件）": "sum",
    "Subtotal": "sum",
    "お預り": "tendered",
    "お釣り": "tendered",
    "（内消費税）": "tax_within",
    "内消費税(10%)": "tax_within",
    "8%対象": "tax_within",
    "消費税": "",
    "体温計": "",
    "腕時計": "",
    "Total Body Cream": "",
    "1000": "",
    "": "",
}


@pytest.mark.parametrize("name", KINDS)
def test_the_kind_of_a_row_by_its_name(name):
    assert kind_of(name) == KINDS[name]
