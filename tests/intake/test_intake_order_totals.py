"""An order's total beside its rows' own amounts."""

HEAD = "注文番号,会員番号,注文日,商品名,単価,数量,小計,"


def sales(names, first, second):
    """Twelve orders of two lines and twelve of one; what each ends in."""
    content = HEAD + names + "\n"
    for n in range(12):
        day = f"2024-01-{n + 1:02d}"
        content += f"{n},A{n % 5},{day},茶,1000,1,1000,{first}\n"
        content += f"{n},A{n % 5},{day},皿,{500 + n},3,{1500 + 3 * n},{first}\n"
        content += f"1{n:02d},B{n % 5},{day},碗,{700 + n},2,{1400 + 2 * n},{second}\n"
    return content


def test_a_total_on_every_line_goes_before_price_times_quantity(shop):
    content = sales("消費税,送料,合計金額", "250,500,3250", "140,0,1540")
    assert shop.amounts(content) == [2750, 1540] * 12  # 3250 - 500 of postage; tax stays in
    assert shop.notes(content)["passed_over"]["others"] == "小計"
    assert shop.amounts(content, amount_column="小計")[:2] == [2500, 1400]


def test_a_total_tells_a_discount_that_has_no_column(shop):
    content = sales("合計金額", "2300", "1300")  # 200 and 100 less than the lines
    assert shop.amounts(content) == [2300, 1300] * 12


def test_what_is_called_a_total_and_differs_within_an_order_is_the_rows_own(shop):
    content = HEAD.replace("小計,", "") + "小計,合計\n"
    for n in range(12):
        day = f"2024-01-{n + 1:02d}"
        content += f"{n},A{n % 5},{day},茶{n},{1000 + 10 * n},1,{1000 + 10 * n},{1100 + 11 * n}\n"
        content += f"{n},A{n % 5},{day},皿{n},500,3,1500,1650\n"
    assert shop.amounts(content) == [2500 + 10 * n for n in range(12)]
