"""Orders marked as deliveries of a subscription."""

import pytest

from toolkit.intake import check_sales
from toolkit.settings import Settings

HEAD = "注文番号,会員ID,注文日,商品名,金額,定期区分\n"


def marked(shop, text, **settings):
    """[(order, customer, amount, source row)] of the marked orders, None without a mark."""
    table = shop.read(text, **settings).subscriptions
    if table is None:
        return None
    rows = table.order_by("source_row").to_pyarrow().to_pylist()
    return [(o["order_id"], o["customer_id"], o["amount"], o["source_row"]) for o in rows]


def test_one_marked_row_marks_its_whole_order(shop):
    text = HEAD + "A,1,2024-01-05,茶,500,\nA,1,2024-01-05,酢,300,定期\nB,1,2024-02-05,茶,500,通常\n"
    assert marked(shop, text) == [("A", "1", 800, 2)]


def test_orders_without_a_number_are_told_apart_by_their_row(shop):
    text = HEAD + ",1,2024-01-05,茶,500,1\n,1,2024-01-05,茶,300,0\n"
    assert marked(shop, text) == [(None, "1", 500, 2)]


NO = ["", "0", "0.0", "no", "No", "FALSE", "通常", "単品", "都度購入", "なし", "いいえ", "one-time"]
NO += ["One Time", "onetime", "-", "ー", "N/A", "０"]


@pytest.mark.parametrize("value", NO)
def test_what_says_no_is_no_mark(shop, value):
    assert marked(shop, HEAD + f"A,1,2024-01-05,茶,500,{value}\n") == []


@pytest.mark.parametrize("value", ["1", "yes", "TRUE", "定期", "頒布会", "3回目", "○", "sub_8812"])
def test_anything_else_is_a_mark(shop, value):
    assert marked(shop, HEAD + f"A,1,2024-01-05,茶,500,{value}\n") == [("A", "1", 500, 2)]


@pytest.mark.parametrize(
    "name", ["定期", "定期フラグ", "頒布会", "Subscription", "is_subscription"]
)
def test_the_mark_is_found_by_ordinary_names(shop, name):
    text = f"customer_id,date,amount,{name}\n1,2024-01-05,5,x\n"
    assert len(marked(shop, text)) == 1


def test_without_a_column_and_words_there_is_no_table(shop):
    assert marked(shop, "customer_id,date,amount\n1,2024-01-05,5\n") is None


def test_words_in_product_names_mark_only_where_they_are_set(shop):
    text = "customer_id,date,amount,商品名\n1,2024-01-05,5,【定期】茶\n1,2024-02-05,7,茶\n"
    assert marked(shop, text) is None
    assert marked(shop, text, subscription_words="頒布会、 定期 ,") == [(None, "1", 5, 2)]
    assert marked(shop, text, subscription_words="頒布会") == []


def test_column_and_words_both_mark(shop):
    text = HEAD + "A,1,2024-01-05,定期茶,5,\nB,1,2024-02-05,酢,7,1\nC,1,2024-03-05,酢,9,0\n"
    assert [order for order, *_ in marked(shop, text, subscription_words="定期")] == ["A", "B"]


def test_words_without_product_names_are_told(shop):
    text = "customer_id,date,amount\n1,2024-01-05,5\n"
    values = shop.faults(text, subscription_words="定期")["subscription_words_alone"]
    assert values["columns"] == "customer_id, date, amount"


def test_a_named_column_marks_whatever_it_is_called(shop):
    text = "customer_id,date,amount,kind\n1,2024-01-05,5,box\n1,2024-01-06,5,\n"
    assert len(marked(shop, text, subscription_column="kind")) == 1
    fault = shop.faults(text, subscription_column="kid")["unknown_column"]
    assert (fault["option"], fault["near"]) == ("--subscription", "kind")


def test_rows_left_out_mark_nothing(shop):
    text = HEAD + "A,1,2024-01-05,茶,500,0\nA,,2024-01-05,茶,500,1\nB,1,2024-03-05,茶,5,1\n"
    assert marked(shop, text, closing_date="2024-02-28") == []


def test_what_marked_is_told(shop):
    text = HEAD + "A,1,2024-01-05,茶,500,定期\nB,1,2024-02-05,茶,500,通常\n"
    note = shop.notes(text)["subscription_column"]
    assert note == {"column": "定期区分", "n": 1, "all": 2, "values": "定期"}
    none = shop.notes(text.replace("定期\n", "\n"), subscription_words="会員")
    assert {"subscription_column_none", "subscription_words_none"} <= none.keys()
    found = check_sales(shop.path(text), Settings.checked({"language": "en"}))
    assert ("subscription", "定期区分") in {(c.role, c.name) for c in found.columns}


@pytest.mark.parametrize(
    ("values", "marked"),
    [
        (("定期", "通常"), 2),
        (("定期（毎月）", ""), 2),
        (("定期", "定期（毎月）"), None),  # nothing there says bought once
        (("定期", "電話"), None),  # how it came, not what it is
        (("通常", "都度"), None),
    ],
)
def test_a_column_of_few_values_is_told_by_them(shop, values, marked):
    rows = [("K1", "2024-01-05", values[0]), ("K2", "2024-01-06", values[1])] * 2
    lines = [f"A{n},{who},{day},500,{value}" for n, (who, day, value) in enumerate(rows)]
    ledger = shop.read("注文番号,会員番号,注文日,金額,注文種別\n" + "\n".join(lines) + "\n")
    found = ledger.subscriptions
    assert (None if found is None else len(found.to_pyarrow())) == marked
