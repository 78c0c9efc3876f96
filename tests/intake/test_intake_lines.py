"""Product lines: what was bought in each row, and what it came to."""

import pytest

from toolkit.intake import check_sales
from toolkit.settings import Settings


def lines(shop, text, **settings):
    """[(order, customer, product, name, quantity, amount, price)] in the file's order."""
    table = shop.read(text, **settings).lines.to_pyarrow().to_pylist()
    columns = ("order_id", "customer_id", "product_id", "product_name")
    columns += ("quantity", "amount", "price")
    return [tuple(line[name] for name in columns) for line in table]


HEAD = "注文番号,会員ID,注文日,商品コード,商品名,数量,金額\n"


def test_every_kept_row_with_a_product_is_a_line(shop):
    text = HEAD + "A,1,2024-01-05,T1,茶,2,500\nA,1,2024-01-05,,,1,300\n,2,2024-01-06,T1,茶,1,250\n"
    assert lines(shop, text) == [
        ("A", "1", "T1", "茶", 2.0, 500, 250.0),
        (None, "2", "T1", "茶", 1.0, 250, 250.0),
    ]


def test_a_file_without_product_columns_has_no_lines(shop):
    ledger = shop.read("customer_id,date,amount,quantity\n1,2024-01-05,100,2\n")
    assert ledger.lines is None
    assert list(ledger.source.columns) == ["customer", "date", "amount"]


def test_rows_set_aside_are_no_lines(shop):
    text = (
        HEAD + "A,1,2024-01-05,T1,茶,2,500\nA,1,2024-01-05,T1,茶,2,500\nB,,2024-01-05,T1,茶,2,5\n"
    )
    assert len(lines(shop, text)) == 1


def test_code_and_name_stand_in_for_each_other(shop):
    text = HEAD + "A,1,2024-01-05,T1,,1,10\nB,1,2024-01-06,,茶,1,10\n"
    assert [line[2:4] for line in lines(shop, text)] == [("T1", "T1"), ("茶", "茶")]
    named = "customer_id,date,メニュー名,amount\n1,2024-01-05,カット,4000\n"
    assert lines(shop, named) == [(None, "1", "カット", "カット", 1.0, 4000, 4000.0)]
    coded = "customer_id,date,sku,amount\n1,2024-01-05,9.0,4000\n"
    assert [line[2:4] for line in lines(shop, coded)] == [("9", "9")]


def test_price_times_quantity_is_the_amount_of_a_line(shop):
    head = "InvoiceNo,CustomerID,InvoiceDate,StockCode,Description,Quantity,UnitPrice\n"
    text = head + "1,7,2024-01-05,22,LAMP,6,2.55\nC1,7,2024-01-06,22,LAMP,-2,2.55\n"
    assert lines(shop, text, currency="GBP") == [
        ("1", "7", "22", "LAMP", 6.0, 1530, 255.0),
        ("C1", "7", "22", "LAMP", -2.0, -510, 255.0),
    ]


TOTALS = "注文ID,会員ID,注文日,商品名,{more}合計金額\n"


def test_beside_a_repeated_total_a_line_comes_to_its_price_times_quantity(shop):
    text = TOTALS.format(more="価格,数量,")
    text += "A,1,2024-01-05,x,50,2,300\nA,1,2024-01-05,y,,1,300\nB,1,2024-01-06,x,50,1,90\n"
    assert [line[4:] for line in lines(shop, text)] == [
        (2.0, 100, 50.0),
        (1.0, None, None),
        (1.0, 50, 50.0),
    ]


def test_beside_a_repeated_total_alone_a_line_has_no_amount(shop):
    text = TOTALS.format(more="") + "A,1,2024-01-05,x,300\nA,1,2024-01-05,y,300\n"
    assert [line[4:] for line in lines(shop, text)] == [(1.0, None, None)] * 2


def test_one_line_an_order_comes_to_the_order_total(shop):
    text = TOTALS.format(more="") + "A,1,2024-01-05,x,300\nB,1,2024-01-06,y,200\n"
    assert [line[5] for line in lines(shop, text)] == [300, 200]


def test_a_quantity_that_cannot_be_read_leaves_the_price_open(shop):
    text = HEAD + "A,1,2024-01-05,T1,茶,箱,500\nB,1,2024-01-06,T1,茶,0,500\n"
    assert [line[4:] for line in lines(shop, text)] == [(None, 500, None), (0.0, 500, None)]


def test_without_amounts_a_line_has_none(shop):
    text = "customer_id,date,sku,price\n1,2024-01-05,T1,100\n"
    assert [line[5:] for line in lines(shop, text, no_amount=True)] == [(None, None)]


def test_amounts_of_lines_are_rounded_row_by_row(shop):
    text = "order_id,customer_id,date,sku,price,quantity\n" + "".join(
        f"B{i},1,2024-01-06,s,1.10,1\n" for i in range(300)
    )
    text += "A,1,2024-01-05,x,0.005,1\nA,1,2024-01-05,y,0.005,2\n"
    assert [line[5] for line in lines(shop, text, currency="USD")][-2:] == [1, 1]


def test_a_description_is_a_product_only_beside_a_code(shop):
    assert shop.read("customer_id,date,amount,description\n1,2024-01-05,5,by phone\n").lines is None
    text = "customer_id,date,amount,sku,description\n1,2024-01-05,5,T1,tea\n"
    assert lines(shop, text)[0][2:4] == ("T1", "tea")


def test_named_columns_win_and_a_wrong_name_is_told(shop):
    text = "customer_id,date,amount,sku,what\n1,2024-01-05,5,T1,tea\n"
    assert lines(shop, text, product_column="what")[0][2:4] == ("tea", "tea")
    assert lines(shop, text, product_name_column="what")[0][2:4] == ("T1", "tea")
    fault = shop.faults(text, product_name_column="wat")["unknown_column"]
    assert (fault["option"], fault["near"]) == ("--product-name", "what")


@pytest.mark.parametrize(
    "head", ["商品番号", "商品ＩＤ", "SKU", "Stock Code", "product-id", "品番"]
)
def test_product_codes_are_found_by_ordinary_names(shop, head):
    assert lines(shop, f"customer_id,date,amount,{head}\n1,2024-01-05,5,T1\n")[0][2] == "T1"


def test_a_check_names_the_product_columns(shop):
    text = HEAD + "A,1,2024-01-05,T1,茶,2,500\n"
    found = check_sales(shop.path(text), Settings.checked({"language": "en"}))
    told = {column.role: (column.name, column.example) for column in found.columns}
    assert told["product"] == ("商品コード", "T1")
    assert told["product_name"] == ("商品名", "茶")
    assert told["units"] == ("数量", "2")


def test_a_line_has_the_number_its_customer_has_in_the_orders(shop):
    text = HEAD + "A,9,2024-01-05,T1,茶,1,5\nB,,2024-01-05,T1,茶,1,5\nC,10,2024-01-05,T1,茶,1,5\n"
    text += "D,9,2024-02-05,,,1,5\n"
    ledger = shop.read(text)
    orders, bought = (
        dict(table.select("customer_id", "customer").to_pyarrow().to_pandas().to_numpy().tolist())
        for table in (ledger.orders, ledger.lines)
    )
    assert orders == bought and len(set(orders.values())) == 2
    assert orders["10"] < orders["9"]  # numbers stand in the order of the texts
