"""Receipts that a file has twice: in one row of the whole and in rows of their items."""

import pytest

HEAD = "{number},{date},{kind},{customer},{goods},{amount}\n"
JA = {"number": "伝票番号", "date": "売上日", "kind": "行区分", "customer": "会員番号"} | {
    "goods": "商品名",
    "amount": "金額",
}
EN = {"number": "Receipt Number", "date": "Date", "kind": "Line Type"} | {
    "customer": "Customer Code",
    "goods": "Details",
    "amount": "Total",
}
ITEMS = [(500, 700), (300,), (200, 400, 600), (1000,), (800, 100)]


def receipts(names, whole, item, sums=None, last=True):
    """Five receipts with these items, each below a row of what it comes to (else `sums`), which
    stands first or last."""
    text = HEAD.format(**names)
    for i, items in enumerate(ITEMS):
        head = f"{501 + i},2024-0{1 + i}-1{i},"
        come_to = sum(items) if sums is None else sums[i]
        rows = [f"{head}{item},C-{i % 3},茶{much},{much}\n" for much in items]
        total = f"{head}{whole},C-{i % 3},,{come_to}\n"
        text += "".join([*rows, total] if last else [total, *rows])
    return text


@pytest.mark.parametrize(
    ("names", "whole", "item"),
    [
        (EN, "Sale", "Sale Line"),
        (EN, "Header", "Line"),
        (JA, "伝票", "明細"),
        (JA, "合計行", "明細行"),
        (JA, "1", "2"),
        (JA, "", "明細"),
    ],
    ids=["sale", "header", "slip", "total", "codes", "blank"],
)
@pytest.mark.parametrize("last", [True, False])
def test_a_receipt_counts_once(shop, names, whole, item, last):
    text = receipts(names, whole, item, last=last)
    assert shop.amounts(text) == [1200, 300, 1200, 1000, 900]
    note = shop.notes(text)["kind_sums"]
    assert (note["kind"], note["items"], note["n"]) == (whole or "–", item, 5)


def test_rows_that_add_up_all_kinds_are_such_too(shop):
    text = receipts(JA, "合計行", "商品行")
    text = text.replace("商品行,C-1,茶300", "サービス行,C-1,茶300")
    assert sum(shop.amounts(text)) == 4600


def test_where_some_do_not_add_up_it_is_asked_and_can_be_said(shop):
    text = receipts(JA, "伝票", "明細", [1200, 300, 1100, 1000, 900])
    fault = shop.faults(text)["rows_twice"]
    assert (fault["kind"], fault["items"]) == ("伝票", "明細")
    assert (fault["n"], fault["all"], fault["row"]) == (4, 5, 10)
    assert sum(shop.amounts(text, row_kind_column="none")) == 4600 + 4500


@pytest.mark.parametrize(
    "sums",
    [
        [100, 200, 300, 400, 500],  # a kind of its own
        [1200, 50, 60, 70, 80],  # by chance
    ],
    ids=["other", "chance"],
)
def test_kinds_that_do_not_add_up_count_both(shop, sums):
    text = receipts(JA, "追加", "通常", sums)
    assert sum(shop.amounts(text)) == 4600 + sum(sums)
    assert "kind_sums" not in shop.notes(text)


def test_orders_of_one_item_and_another_of_the_same_price_count_both(shop):
    rows = "".join(
        f"{501 + i},2024-0{1 + i}-10,{kind},C-{i % 3},茶,500\n"
        for i in range(6)
        for kind in ("単品", "追加")
    )
    assert "kind_sums" not in shop.notes(HEAD.format(**JA) + rows)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("前金", "残金"),
        ("大人", "小人"),
        ("初回", "2回目以降"),
        ("本体", "オプション"),
        ("Main", "Side"),
    ],
)
def test_kinds_that_happen_to_cost_the_same_all_count(shop, one, other):
    rows = "".join(
        f"{n},2024-01-{n + 1:02},M{n % 3},{kind},{amount}\n"
        for n in range(12)
        for kind, amount in ((one, 3000 + n * 10), (other, 1000 + n * 5), (other, 2000 + n * 5))
    )
    text = f"伝票番号,売上日,会員番号,区分名,金額\n{rows}"
    assert sum(shop.amounts(text)) == sum(6000 + 20 * n for n in range(12))
