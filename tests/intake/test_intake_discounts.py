"""Columns of discounts: taken off, or in the amount already."""

import pytest

HEAD = "注文番号,会員番号,注文日,"
BEFORE = {  # columns and rows whose amount is before a discount of 200 -> 1000, 500, 300
    "小計,値引き": ("1200,200", "500,0", "300,"),
    "小計,クーポン利用額": ("1200,-200", "500,0", "300,0"),
    "商品名,単価,数量,値引額": ("茶,400,3,200", "皿,500,1,0", "碗,300,1,"),
    "商品名,単価,数量,値引額,金額": ("茶,400,3,200,1200", "皿,500,1,0,500", "碗,300,1,,300"),
    "小計,値引き,送料,合計": ("1200,200,500,1700", "500,0,0,500", "300,0,0,300"),
    "subtotal,discount_amount": ("1200,200", "500,0", "300,"),
    "値引前金額,値引額": ("1200,200", "500,0", "300,"),
}
AFTER = {
    "商品名,単価,数量,値引額,金額": ("茶,400,3,200,1000", "皿,500,1,0,500", "碗,300,1,,300"),
    "小計,値引き,送料,合計": ("1200,200,500,1500", "500,0,0,500", "300,0,0,300"),
    "合計金額,値引額": ("1000,200", "500,0", "300,"),
    "金額,値引額": ("1000,200", "500,0", "300,"),
    "値引後小計,値引額": ("1000,200", "500,0", "300,"),
}


def sales(columns, rows):
    keys = ("1,A,2024-01-05,", "2,B,2024-01-06,", "3,A,2024-02-10,")
    lines = [key + row for key, row in zip(keys, rows, strict=True)]
    return f"{HEAD}{columns}\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize("columns", BEFORE)
def test_an_amount_before_discount_loses_it(shop, columns):
    content = sales(columns, BEFORE[columns])
    assert shop.amounts(content) == [1000, 500, 300]
    assert "discount_off" in shop.notes(content)
    assert shop.amounts(content, discount_column="none") == [1200, 500, 300]


@pytest.mark.parametrize("columns", AFTER)
def test_an_amount_after_discount_stays(shop, columns):
    content = sales(columns, AFTER[columns])
    assert shop.amounts(content) == [1000, 500, 300]
    name = next(each for each in columns.split(",") if each in ("値引き", "値引額"))
    assert shop.notes(content)["discount_in"]["option"] == name
    assert shop.amounts(content, discount_column=name) == [800, 500, 300]


def test_a_code_a_mark_or_a_rate_is_no_discount(shop):
    for values in ("WELCOME", "1", "0.1"):
        content = sales("小計,クーポン", (f"1000,{values}", "500,", "300,"))
        assert shop.amounts(content) == [1000, 500, 300]
        assert not {"discount_off", "discount_in"} & shop.notes(content).keys()


def test_a_discount_on_every_row_of_an_order_is_taken_off_once(shop):
    content = HEAD + "商品名,小計,値引き\n"
    content += "1,A,2024-01-05,茶,300,500\n1,A,2024-01-05,皿,1200,500\n2,B,2024-01-06,皿,500,0\n"
    assert shop.amounts(content) == [1000, 500]
    assert shop.notes(content)["part_once"] == {"column": "値引き"}
    lines = shop.read(content).lines.order_by("product_name").amount.to_pyarrow().to_pylist()
    assert sorted(lines) == [0, 500, 1000]  # of 300 all, of 1200 the other 200


def test_discounts_that_differ_are_each_rows_own(shop):
    content = HEAD + "商品名,小計,値引き\n"
    content += "1,A,2024-01-05,茶,300,50\n1,A,2024-01-05,皿,1200,100\n2,B,2024-01-06,皿,500,0\n"
    assert shop.amounts(content) == [1350, 500]
    assert "part_once" not in shop.notes(content)


def test_a_returned_row_gives_back_what_was_paid(shop):
    content = HEAD + "小計,値引き\n1,A,2024-01-05,1000,200\n2,A,2024-01-09,-1000,200\n"
    assert shop.amounts(content) == [800, -800]


@pytest.mark.parametrize("name", ["会員割引", "クーポン割引", "値引合計額", "キャンペーン値引"])
def test_discounts_are_known_by_the_ending_of_their_name(shop, name):
    content = (
        f"注文番号,会員番号,注文日,小計,{name}\n1,A,2024-01-05,1000,100\n2,B,2024-01-06,500,0\n"
    )
    assert shop.amounts(content) == [900, 500]


def test_a_sum_of_discounts_beside_its_parts_counts_once(shop):
    content = (
        "注文番号,会員番号,注文日,小計,会員割引,クーポン割引,割引合計\n"
        "1,A,2024-01-05,1000,100,50,150\n2,B,2024-01-06,500,0,50,50\n3,C,2024-01-07,300,30,0,30\n"
    )
    assert shop.amounts(content) == [850, 450, 270]


@pytest.mark.parametrize("name", ["送料値引", "ポイント値引", "割引率"])
def test_what_is_no_discount_of_goods_stays(shop, name):
    content = (
        f"注文番号,会員番号,注文日,小計,{name}\n1,A,2024-01-05,1000,100\n2,B,2024-01-06,500,0\n"
    )
    assert shop.amounts(content) == [1000, 500]


PRIVILEGES = ["ご優待", "優待割引", "株主優待", "会員優待", "優待額", "ご優待額", "会員優待額"]


@pytest.mark.parametrize("name", PRIVILEGES)
def test_a_privilege_is_a_discount(shop, name):
    content = sales(f"小計,{name}", BEFORE["小計,値引き"])
    assert shop.amounts(content) == [1000, 500, 300]
    content = sales(f"商品名,単価,数量,{name}", BEFORE["商品名,単価,数量,値引額"])
    assert shop.amounts(content) == [1000, 500, 300]
    content = sales(f"合計金額,{name}", AFTER["合計金額,値引額"])
    assert shop.amounts(content) == [1000, 500, 300]
    assert shop.notes(content)["discount_in"]["option"] == name


@pytest.mark.parametrize(("amount", "first"), [("優待前金額", 1000), ("優待後金額", 1200)])
def test_an_amount_before_or_after_a_privilege_is_told_by_its_name(shop, amount, first):
    content = sales(f"{amount},優待額", BEFORE["小計,値引き"])
    assert shop.amounts(content) == [first, 500, 300]


@pytest.mark.parametrize("values", [("1", "0"), ("あり", "なし")])
def test_a_mark_of_a_privilege_is_no_discount(shop, values):
    content = sales("小計,株主優待", (f"1200,{values[0]}", f"500,{values[1]}", "300,"))
    assert shop.amounts(content) == [1200, 500, 300]


NET = ["値引,値引後金額", "優待,優待後金額", "優待額,優待後合計金額", "値引額,値引後売上"]


@pytest.mark.parametrize("columns", NET)
@pytest.mark.parametrize("amount", ["金額", "合計金額"])
def test_an_amount_beside_what_is_left_of_it_is_before_the_discount(shop, columns, amount):
    content = sales(f"{amount},{columns}", ("1200,200,1000", "500,0,500", "300,100,200"))
    assert shop.amounts(content) == [1000, 500, 200]
    assert "discount_in" not in shop.notes(content)


@pytest.mark.parametrize("name", ["会員優待", "優待", "割引"])
@pytest.mark.parametrize("small", ["10", "2"])
@pytest.mark.parametrize("amount", ["小計", "合計金額"])
def test_rates_and_numbers_of_vouchers_are_told_and_not_taken_off(shop, name, small, amount):
    content = sales(f"{amount},{name}", (f"1200,{small}", "500,0", f"3000,{small}"))
    assert shop.amounts(content) == [1200, 500, 3000]
    told = {"column": amount, "discount": name, "option": name}
    assert shop.notes(content)["discount_no_money"] == told
    taken = shop.amounts(content, discount_column=name)
    assert taken == [1200 - int(small), 500, 3000 - int(small)]


def test_small_discounts_of_small_amounts_or_that_sums_show_are_money(shop):
    assert shop.amounts(sales("小計,割引", ("300,50", "500,0", "300,0"))) == [250, 500, 300]
    content = sales("小計,割引,合計", ("3000,10,2990", "500,0,500", "300,0,300"))
    assert shop.amounts(content) == [2990, 500, 300]


def test_a_hundred_is_money_and_no_rate(shop):
    rows = "1,A,2024-01-05,12000,1,100\n2,B,2024-01-06,9800,2,0\n3,A,2024-02-10,9800,1,100\n"
    text = "注文番号,会員番号,注文日,単価,数量,値引き\n" + rows
    assert shop.amounts(text) == [11900, 19600, 9700]


def test_a_discount_larger_than_its_row_is_no_return(shop):
    rows = "1,A,2024-01-05,500,1,650\n2,B,2024-01-06,9800,1,0\n3,A,2024-02-10,9800,1,300\n"
    told = shop.notes("注文番号,会員番号,注文日,単価,数量,値引額\n" + rows)
    assert told["discount_over"] == {"rows": 1}
    assert "returns" not in told


@pytest.mark.parametrize(("off", "tax"), [(0.1, 0.1), (0.05, 0.07)])
def test_a_tax_nearly_as_high_as_the_discount_shows_nothing_in_cents(shop, off, tax):
    rows = ""
    for n in range(1, 29):
        whole = 1200 + 50 * (n % 9)
        less = round(off * whole) if n % 3 == 0 else 0
        taxed = round(tax * (whole - less))
        money = (whole, less, 500 * (n % 2), taxed, whole - less + 500 * (n % 2) + taxed)
        rows += f"{n},c{n % 7},2024-03-{n:02}," + ",".join(f"{m / 100:.2f}" for m in money) + "\n"
    text = f"Order ID,Customer ID,Order Date,Subtotal,Discount,Shipping,Tax,Total\n{rows}"
    ledger = shop.read(text, currency="USD")
    paid = [
        round(100 * (float(total) - float(postage)))
        for _, _, _, _, _, postage, _, total in (line.split(",") for line in rows.splitlines())
    ]
    assert ledger.orders.order_by("source_row").amount.to_pyarrow().to_pylist() == paid
    assert "discount_off" not in {note.key for note in ledger.notes}


@pytest.mark.parametrize("net", ["商品金額", "金額", "税抜金額", "値引後金額"])
def test_an_amount_without_tax_may_be_net_of_the_discount_as_its_total_is(shop, net):
    rows = ""
    for n in range(1, 29):
        less = 100 + n if n % 3 == 0 else 0
        amount = 2000 + 130 * (n % 9) - less
        tax = amount // 10
        rows += f"{n},c{n % 7},2024-03-{n:02},{amount},{less},{tax},{amount + tax}\n"
    text = f"注文番号,会員番号,注文日,{net},クーポン値引,消費税,お支払金額\n{rows}"
    paid = [int(line.rsplit(",", 1)[1]) for line in rows.splitlines()]
    assert shop.amounts(text) == paid
