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
    "1000": "",
    "": "",
}


@pytest.mark.parametrize("name", KINDS)
def test_the_kind_of_a_row_by_its_name(name):
    assert kind_of(name) == KINDS[name]
