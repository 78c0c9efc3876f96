"""Product lines in files of their own, joined to sales of one row per order."""

import datetime as dt

import pytest

SALES = (
    "注文番号,会員ID,注文日,合計金額,送料,ステータス\n"
    "A1,1,2024-01-05,1500,500,完了\n"
    "A2,2,2024-01-06,700,0,完了\n"
    "A3,1,2024-02-06,900,0,キャンセル\n"
    "A4,3,2024-02-07,300,0,完了\n"
)
HEAD = "注文番号,商品コード,商品名,数量,単価\n"
ITEMS = HEAD + (
    "A1,T,茶,2,250\nA1,K,菓子,1,500\nA2,T,茶,2,250\nA3,T,茶,1,250\nX9,T,茶,1,250\n,T,茶,1,250\n"
)
PARTS = ("order_id", "customer_id", "product_id", "quantity", "amount", "price")


@pytest.fixture
def beside(shop):
    """Reads the sales with a file of lines beside them."""

    def read(items=ITEMS, sales=SALES, name="items.csv", **settings):
        path = shop.path(items, name)
        return shop.read(sales, lines_file=str(path), **settings)

    return read


@pytest.fixture
def fault(shop):
    def read(items, sales=SALES, **settings):
        path = shop.path(items, "items.csv")
        return shop.faults(sales, lines_file=str(path), **settings)

    return read


def lines(ledger):
    return [tuple(row[each] for each in PARTS) for row in ledger.lines.to_pyarrow().to_pylist()]


def amounts(ledger):
    rows = ledger.orders.order_by("source_row").to_pyarrow().to_pylist()
    return [(row["order_id"], row["amount"]) for row in rows]


def notes(ledger):
    return {note.key: dict(note.values) for note in ledger.notes}


def test_lines_get_the_customer_and_day_of_their_order(beside):
    ledger = beside()
    assert lines(ledger) == [
        ("A1", "1", "T", 2.0, 500, 250.0),
        ("A1", "1", "K", 1.0, 500, 500.0),
        ("A2", "2", "T", 2.0, 500, 250.0),
    ]
    days = [row["date"] for row in ledger.lines.to_pyarrow().to_pylist()]
    assert days == [dt.date(2024, 1, 5), dt.date(2024, 1, 5), dt.date(2024, 1, 6)]


def test_the_money_stays_that_of_the_orders(beside, shop):
    assert amounts(beside()) == [("A1", 1000), ("A2", 700), ("A4", 300)]
    alone = shop.read(SALES)
    assert amounts(alone) == amounts(beside()) and alone.lines is None
    assert beside().set_aside.equals(alone.set_aside)


def test_what_met_and_what_did_not_is_told(beside):
    told = notes(beside())
    assert told["lines_read"] == {
        "file": "items.csv",
        "n": 6,
        "used": 3,
        "orders": 2,
        "columns": "注文番号, 商品コード, 商品名, 数量, 単価",
    }
    assert told["lines_unknown"] == {"n": 1, "all": 5, "orders": 1, "rows": "6", "value": "X9"}
    assert told["lines_set_aside"] == {"n": 1, "row": "5"}
    assert told["lines_left_out"] == {"n": 1, "row": "7"}
    assert told["orders_without_lines"] == {"n": 1, "all": 3, "row": 5}  # A4


def test_the_same_lines_as_in_a_file_of_line_items(beside, shop):
    sales = "注文番号,会員ID,注文日,合計金額\nA1,1,2024-01-05,1000\nA2,2,2024-01-06,500\n"
    items = HEAD + "A1,T,茶,2,250\nA1,K,菓子,1,500\nA2,T,茶,2,250\n"
    joined = (
        "注文番号,会員ID,注文日,商品コード,商品名,数量,単価\nA1,1,2024-01-05,T,茶,2,250\n"
        "A1,1,2024-01-05,K,菓子,1,500\nA2,2,2024-01-06,T,茶,2,250\n"
    )
    one, two = beside(items, sales), shop.read(joined)
    for table in ("lines", "orders"):
        rows = [getattr(each, table).to_pyarrow().to_pylist() for each in (one, two)]
        if table == "orders":
            rows = [[{**r, "lines": 0, "source_row": 0} for r in some] for some in rows]
        assert rows[0] == rows[1]


def test_numbers_are_joined_as_those_of_orders_are_read(beside):
    sales = "order_id,customer_id,date,total\n1001.0,1,2024-01-05,100\n1002.0,2,2024-01-06,50\n"
    items = 'order_id,sku,qty,unit_price\n="1001",T,1,100\n 1002 ,T,1,50\n'
    assert [row[0] for row in lines(beside(items, sales))] == ["1001", "1002"]


@pytest.mark.parametrize(
    ("head", "row", "amount", "price"),
    [
        pytest.param("受注番号,品名,個数,価格", "A2,茶,2,350", 700, 350.0, id="other-names"),
        pytest.param("注文番号,商品名,数量,金額", "A2,茶,2,700", 700, 350.0, id="amount-of-line"),
        pytest.param("注文番号,商品名,金額", "A2,茶,700", 700, 700.0, id="no-quantity"),
        pytest.param("注文番号,商品名,数量", "A2,茶,2", None, None, id="pieces-alone"),
        pytest.param("注文番号,商品名", "A2,茶", None, None, id="no-money"),
        pytest.param(
            "注文番号,行番号,商品名,単価,数量", "A2,1,茶,350,2", 700, 350.0, id="row-number"
        ),
    ],
)
def test_columns_are_recognised_as_in_a_sales_file(beside, head, row, amount, price):
    (line,) = lines(beside(f"{head}\n{row}\n"))
    assert line[0] == "A2" and line[4:] == (amount, price)


def test_customers_and_days_of_the_lines_are_not_looked_at(beside):
    items = "注文番号,会員ID,注文日,商品名,数量,金額\nA2,999,2001-01-01,茶,2,700\n"
    ledger = beside(items)
    assert lines(ledger)[0][:2] == ("A2", "2")
    assert ledger.first_date == dt.date(2024, 1, 5)


def test_the_columns_of_the_lines_are_named_with_the_same_options(beside):
    items = "注文番号,あ,い,う,え\nA2,茶,2,350,緑\n"
    named = {"product_name_column": "あ", "quantity_column": "い", "price_column": "う"}
    ledger = beside(items, **named)
    assert lines(ledger) == [("A2", "2", "茶", 2.0, 700, 350.0)]
    assert amounts(ledger)[1] == ("A2", 700)


def test_columns_of_the_sales_that_are_named_say_nothing_of_the_lines(beside):
    named = {"customer_column": "会員ID", "date_column": "注文日", "amount_column": "合計金額"}
    assert lines(beside(**named, status_column="ステータス")) == lines(beside())


def test_the_order_number_of_the_lines_may_be_named(beside):
    ledger = beside("キー,商品名,数量,金額\nA2,茶,2,700\n", order_column="キー")
    assert [row[0] for row in lines(ledger)] == ["A2"] and len(amounts(ledger)) == 3


def test_numbers_in_full_width_are_those_in_half_width(beside):
    assert [row[0] for row in lines(beside(HEAD + "Ａ２,T,茶,2,350\n"))] == ["A2"]


def test_of_prices_with_tax_and_without_those_with_tax_are_used(beside):
    items = "注文番号,商品名,数量,単価(税抜),単価(税込)\nA1,茶,2,455,500\nA2,茶,1,637,700\n"
    ledger = beside(items)
    assert [row[4] for row in lines(ledger)] == [1000, 700]
    assert notes(ledger)["lines_meet"] == {"n": 2}


def test_an_order_number_that_is_written_once_holds_for_the_rows_below(beside):
    items = HEAD + "A1,T,茶,2,250\n,K,菓子,1,200\n,C,湯のみ,1,300\nA2,T,茶,1,500\n,K,菓子,1,200\n"
    ledger = beside(items)
    assert [row[0] for row in lines(ledger)] == ["A1", "A1", "A1", "A2", "A2"]
    assert notes(ledger)["lines_filled_down"] == {"column": "注文番号", "n": 3}
    again = HEAD + "A1,T,茶,2,250\nA1,K,菓子,1,200\n,C,湯,1,3\n,T,茶,1,500\n,K,菓子,1,200\n"
    assert len(lines(beside(again))) == 2  # numbers stand on every row: without one is nobody's


def test_rows_of_discounts_and_postage_are_no_products(beside):
    items = HEAD + "A1,T,茶,2,600\nA1,,会員割引,1,-200\nA1,,送料,1,500\n"
    ledger = beside(items)
    assert lines(ledger) == [("A1", "1", "T", 2.0, 1200, 600.0)]
    assert notes(ledger)["lines_meet"] == {"n": 1}  # 1200 - 200 = 1500 - 500


def test_lines_cancelled_by_themselves_are_left_out(beside):
    items = "注文番号,商品名,数量,単価,キャンセルフラグ\nA2,茶,2,350,0\nA2,菓子,1,100,1\n"
    ledger = beside(items)
    assert [row[2] for row in lines(ledger)] == ["茶"]
    assert notes(ledger)["lines_void"] == {"n": 1, "row": "3"}


def test_a_repeated_row_counts_once_and_two_numbered_ones_count_twice(beside):
    twice = beside(HEAD + "A2,T,茶,1,350\nA2,T,茶,1,350\n")
    assert len(lines(twice)) == 1 and notes(twice)["lines_repeated"] == {"n": 1, "row": "3"}
    numbered = "注文番号,明細番号,商品名,数量,単価\nA2,1,茶,1,350\nA2,2,茶,1,350\n"
    assert len(lines(beside(numbered))) == 2


def test_files_of_lines_that_overlap_count_an_order_once(shop, tmp_path):
    shop.path(HEAD + "A1,T,茶,2,250\nA1,K,菓子,1,500\n", "items1.csv")
    shop.path(HEAD + "A1,T,茶,3,250\nA2,T,茶,2,250\n", "items2.csv")
    ledger = shop.read(SALES, lines_file=str(tmp_path / "items*.csv"))
    assert [row[:4] for row in lines(ledger)] == [("A1", "1", "T", 3.0), ("A2", "2", "T", 2.0)]
    assert notes(ledger)["lines_overlapped"] == {"n": 2, "row": "items1.csv: 2"}


def test_an_order_that_two_files_share_between_them_is_whole(shop, tmp_path):
    folder = tmp_path / "items"
    folder.mkdir()
    (folder / "1.csv").write_text(HEAD + "A1,T,茶,2,250\n", "utf-8")
    (folder / "2.csv").write_text(HEAD + "A1,K,菓子,1,500\n", "utf-8")
    ledger = shop.read(SALES, lines_file=str(folder))
    assert [row[2] for row in lines(ledger)] == ["T", "K"]
    assert "lines_overlapped" not in notes(ledger)


def test_a_return_of_the_same_number_has_the_lines_below_zero(beside):
    sales = (
        "注文番号,会員ID,注文日,合計金額\nA1,1,2024-01-05,500\nA1,1,2024-01-09,-500\n"
        "A2,1,2024-01-10,100\n"
    )
    ledger = beside(HEAD + "A1,T,茶,2,250\nA1,T,茶,-2,250\n", sales)
    rows = ledger.lines.to_pyarrow().to_pylist()
    assert [(row["date"].day, row["quantity"], row["amount"]) for row in rows] == [
        (5, 2.0, 500),
        (9, -2.0, -500),
    ]


def test_positive_lines_of_a_return_are_what_came_back(beside):
    sales = "注文番号,会員ID,注文日,合計金額\nA1,1,2024-01-05,500\nR1,1,2024-01-09,-500\n"
    ledger = beside(HEAD + "A1,T,茶,2,250\nR1,T,茶,2,250\n", sales)
    assert [row[3:] for row in lines(ledger)] == [(2.0, 500, 250.0), (-2.0, -500, 250.0)]
    assert notes(ledger)["lines_meet"] == {"n": 2}


def test_lines_of_a_number_that_several_orders_have_are_left_out(beside):
    sales = (
        "注文番号,会員ID,注文日,合計金額\n1,7,2024-01-05,500\n1,8,2024-01-06,500\n"
        "2,8,2024-01-06,300\n"
    )
    ledger = beside(HEAD + "1,T,茶,2,250\n2,T,茶,1,300\n", sales)
    assert [row[0] for row in lines(ledger)] == ["2"]
    assert notes(ledger)["lines_doubtful"] == {"n": 1, "row": "2"}


def test_subscriptions_are_told_by_words_in_the_names_of_the_lines(beside):
    items = HEAD + "A1,T,定期 茶,2,250\nA2,T,茶,2,250\n"
    ledger = beside(items, subscription_words="定期")
    marked = ledger.subscriptions.to_pyarrow().to_pylist()
    assert [row["order_id"] for row in marked] == ["A1"]
    assert notes(ledger)["subscription_words"]["n"] == 1


def test_products_of_the_sales_give_way_to_the_lines(beside):
    sales = "注文番号,会員ID,注文日,商品名,合計金額\nA2,2,2024-01-06,ほか,700\n"
    ledger = beside(HEAD + "A2,T,茶,2,350\n", sales)
    assert [row[2] for row in lines(ledger)] == ["T"]
    assert notes(ledger)["lines_instead"] == {"file": "sales.csv", "lines": "items.csv"}


def test_without_amounts_there_are_lines_all_the_same(beside):
    ledger = beside(no_amount=True)
    assert [row[:5] for row in lines(ledger)][0] == ("A1", "1", "T", 2.0, None)
    assert not {"lines_meet", "lines_apart"} & notes(ledger).keys()


def test_a_file_that_is_not_there_is_named_with_the_option(shop, tmp_path):
    for name in ("none.csv", "none*.csv"):
        told = shop.faults(SALES, lines_file=str(tmp_path / name))
        assert told["companion_missing"]["option"] == "--lines-file"


def test_without_an_order_number_on_either_side_nothing_is_guessed(fault):
    told = fault("商品名,数量,単価\n茶,1,100\n")["lines_no_order"]
    assert (told["option"], told["column"]) == ("--lines-file", "注文番号")
    sales = "会員ID,注文日,合計金額\n1,2024-01-05,100\n2,2024-01-06,100\n"
    assert fault(ITEMS, sales)["lines_sales_no_order"]["option"] == "--lines-file"


def test_a_file_of_lines_without_products_is_told(fault):
    assert fault("注文番号,数量\nA1,2\n")["lines_no_product"]["option"] == "--lines-file"


def test_where_no_number_meets_one_of_each_is_told(fault):
    told = fault(HEAD + "00A1,T,茶,2,250\n")["lines_unmatched"]
    assert (told["option"], told["value"], told["sales_value"]) == ("--lines-file", "00A1", "A1")


NO_HEADINGS = {
    "texts and numbers": "A1,茶,2,250\nA1,菓子,1,500\nA2,茶,2,250\n",
    "numbers": "1,5,2,250\n1,6,1,500\n2,5,2,250\n",
    "texts": "A1,茶\nA1,菓子\nA2,茶\n",
}


@pytest.mark.parametrize("case", NO_HEADINGS)
def test_lines_without_headings_are_told_so(fault, case):
    told = fault(NO_HEADINGS[case])
    assert list(told) == ["lines_no_headings"]
    values = told["lines_no_headings"]
    first = NO_HEADINGS[case].splitlines()[0].replace(",", ", ")
    assert (values["file"], values["column"], values["first"]) == ("items.csv", "注文番号", first)


def test_lines_with_headings_that_say_nothing_are_asked_for_theirs(fault):
    assert list(fault("甲,乙\nA1,x\nA2,y\n")) == ["lines_no_order", "lines_no_product"]
