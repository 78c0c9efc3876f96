"""Refunds in a column beside rows' own amounts."""

HEAD = "注文番号,会員番号,注文日,商品名,"
REST = "2,B,2024-01-06,皿,500,\n3,A,2024-02-10,茶,300,0\n"


def sales(one, other, columns="金額,返金額", rest=REST):
    return f"{HEAD}{columns}\n1,A,2024-01-05,茶,{one}\n1,A,2024-01-05,皿,{other}\n{rest}"


def test_a_refund_on_every_row_of_an_order_is_taken_off_once(shop):
    content = sales("1200,1500", "800,1500")
    assert shop.amounts(content) == [500, 500, 300]
    assert shop.notes(content)["part_once"] == {"column": "返金額"}
    assert shop.amounts(sales("1200,2500", "800,2500"))[0] == -500  # more than there was
    rows = shop.read(content).lines.amount.to_pyarrow().to_pylist()
    assert sorted(rows) == [0, 300, 500, 500]


def test_refunds_that_differ_are_each_rows_own(shop):
    assert shop.amounts(sales("1200,500", "800,100")) == [1400, 500, 300]
    assert shop.amounts(sales("1200,500", "800,")) == [1500, 500, 300]


def test_rows_refunded_in_full_are_rows_own(shop):
    assert shop.amounts(sales("800,800", "800,800")) == [0, 500, 300]


def test_refunds_beside_prices(shop):
    rest = "2,B,2024-01-06,皿,500,1,\n"
    content = sales("1000,2,500", "2000,1,0", "単価,数量,返金額", rest)
    assert shop.amounts(content) == [3500, 500]


def test_refunds_of_rows_beside_a_repeated_total(shop):
    assert shop.amounts(sales("2000,500", "2000,0", "合計金額,返金額")) == [1500, 500, 300]
    assert shop.amounts(sales("2000,500", "2000,500", "合計金額,返金額")) == [1500, 500, 300]
    assert shop.amounts(sales("2000,500", "2000,", "合計金額,返金額")) == [1500, 500, 300]


def test_postage_on_the_first_row_and_nought_below_it(shop):
    assert shop.amounts(sales("2000,500", "2000,0", "合計金額,送料")) == [1500, 500, 300]


def test_a_return_slip_is_the_refund_itself(shop):
    head = "注文番号,会員番号,注文日,合計金額,返金額,伝票区分\n"
    rows = "1,A,2024-01-05,1200,0,売上\n2,A,2024-01-06,{}500,500,返品\n3,A,2024-02-10,300,0,売上\n"
    for sign in ("", "-"):
        assert shop.amounts(head + rows.format(sign)) == [1200, -500, 300]
    line = (head + rows.format("")).replace("合計金額", "金額")
    assert shop.amounts(line) == [1200, -500, 300]


def test_a_kept_return_slip_is_not_told_as_left_out(shop):
    content = "注文番号,会員番号,注文日,合計金額,状態\n"
    content += "1,A,2024-01-05,1200,完了\n2,A,2024-01-06,-500,キャンセル\n"
    content += "3,A,2024-02-10,300,キャンセル\n"
    assert shop.amounts(content) == [1200, -500]
    told = shop.notes(content)["status_values"]["values"].told
    assert told == (("キャンセル", 1, "back"), ("キャンセル", 1, "out"), ("完了", 1, "counted"))


def test_an_order_refunded_with_its_postage_comes_to_nothing(shop):
    head = "注文番号,会員番号,注文日,送料,合計金額,返金額\n"
    rows = "1,A,2024-01-05,500,3500,3500\n2,B,2024-01-06,500,2500,500\n3,C,2024-01-07,0,900,1000\n"
    assert shop.amounts(head + rows) == [0, 1500, -100]  # of the last more than there was
