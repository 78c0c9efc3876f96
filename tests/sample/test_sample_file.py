"""The sales file of the invented shop: each kind of dirt in its promised share, nothing else."""

from dataclasses import replace

import pandas as pd
import pytest

from toolkit.sample import SampleShop, generate_orders, make_sample

SHOP = SampleShop()
CLOSING = pd.Timestamp(SHOP.closing_date)
HEADERS = ["注文番号", "注文日", "顧客番号", "受付", "商品コード", "商品名", "数量", "金額", "状態"]
DIRT = ["full_width", "yen_sign", "yen_suffix", "comma"]
DIRT += ["cancelled", "refund", "guest", "duplicate", "zero"]


def _shown_dates(sales):
    return pd.to_datetime(sales["注文日"].str.split(" ").str[0].str.replace("-", "/"))


def test_the_sales_file_is_cp932_with_crlf_and_names_nobody(sample, sales):
    text = sample.sales_csv.decode("cp932")
    assert text.count("\n") == text.count("\r\n") == len(sales) + 1
    assert list(sales) == HEADERS
    with pytest.raises(UnicodeDecodeError):
        sample.sales_csv.decode("utf-8")
    with pytest.raises(UnicodeDecodeError):
        sample.sales_csv.decode("shift_jis")
    assert sample.truth_csv.startswith(b"\xef\xbb\xbf")


def test_clean_orders_stand_in_the_file_with_their_numbers_and_money(sales, orders):
    rows = sales.drop_duplicates()
    kept = rows[(rows["状態"] == "出荷済") & (rows["顧客番号"] != "")]
    digits = kept["金額"].str.normalize("NFKC").str.replace(r"[^\d]", "", regex=True).astype(int)
    money = digits.groupby(kept["注文番号"]).sum()
    money = money[money > 0]
    assert money.to_dict() == orders.set_index("order_id")["amount"].to_dict()


def test_cancelled_orders_guests_refunds_and_samples_have_their_shares(sales, orders):
    per_order = sales.drop_duplicates("注文番号")
    total = len(orders)

    def share(mask):
        return mask.sum() / total

    assert share(per_order["状態"] == "キャンセル") == pytest.approx(SHOP.cancelled_share, rel=0.1)
    assert share(per_order["顧客番号"] == "") == pytest.approx(SHOP.guest_share, rel=0.1)
    back = per_order[per_order["状態"] == "返品"]
    assert len(back) / total == pytest.approx(SHOP.refund_share, rel=0.1)
    assert back["金額"].str.contains("[-－△]").all()
    triangles = back["金額"].str.startswith("△").mean()
    assert triangles == pytest.approx(SHOP.triangle_share, abs=0.07)
    zero = per_order[per_order["商品コード"] == "S-001"]
    assert len(zero) / total == pytest.approx(SHOP.zero_share, rel=0.1)
    assert set(zero["金額"].str.normalize("NFKC").str.strip("¥円\\")) == {"0"}


def test_a_refund_is_a_slip_of_its_own_after_the_purchase(sales, orders):
    back = sales[sales["状態"] == "返品"].drop_duplicates()
    assert back["注文番号"].is_unique
    assert not back["注文番号"].isin(orders["order_id"]).any()
    first = orders.groupby("customer_id")["ordered_at"].min().dt.normalize()
    assert (_shown_dates(back) >= back["顧客番号"].map(first)).all()
    assert _shown_dates(sales).max() == CLOSING


def test_amounts_are_written_in_every_promised_way(sales):
    amounts = sales.loc[~sales["金額"].str.startswith("△"), "金額"]

    def share(pattern):
        return amounts.str.contains(pattern, regex=True).mean()

    assert share("[０-９]") == pytest.approx(SHOP.full_width_share, abs=0.003)
    assert share(r"[￥\\]") == pytest.approx(SHOP.yen_sign_share, abs=0.004)
    assert share("￥") > 0.01 and share(r"\\") > 0.01
    assert share("円$") == pytest.approx(SHOP.yen_suffix_share, abs=0.004)
    assert share(r"^-?\d+,\d+$") == pytest.approx(SHOP.comma_share, abs=0.006)


def test_dates_are_written_in_two_ways_by_channel(sales):
    stamped = sales["注文日"].str.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d")
    typed = sales["注文日"].str.fullmatch(r"\d{4}/[1-9]\d?/[1-9]\d?")
    assert (stamped ^ typed).all()
    assert (stamped == (sales["受付"] == "WEB")).all()
    assert stamped.mean() == pytest.approx(SHOP.web_share + SHOP.guest_share * 0.65, abs=0.02)


def test_only_the_promised_rows_stand_twice(sales, reading):
    doubled = sales.duplicated().sum()
    assert doubled == pytest.approx(len(sales) * SHOP.duplicate_share, rel=0.02)
    clean = reading(make_sample(replace(SHOP, duplicate_share=0.0)).sales_csv, "cp932")
    assert not clean.duplicated().any()


def test_some_orders_have_several_lines_and_no_product_twice(sales):
    rows = sales.drop_duplicates()
    per_order = rows.groupby("注文番号").size()
    assert per_order.max() == 3
    assert 0.12 <= (per_order > 1).mean() <= SHOP.multi_line_share + 0.02
    assert not rows.duplicated(["注文番号", "商品コード"]).any()


def test_a_shop_without_dirt_gives_a_file_without_dirt(reading):
    shop = replace(SHOP, customers=500, **{f"{name}_share": 0.0 for name in DIRT})
    sales = reading(make_sample(shop).sales_csv, "cp932")
    assert sales["金額"].str.fullmatch(r"[1-9]\d+").all()
    assert set(sales["状態"]) == {"出荷済"}
    assert (sales["顧客番号"] != "").all() and not sales.duplicated().any()
    assert sales["注文番号"].nunique() == len(generate_orders(shop))
