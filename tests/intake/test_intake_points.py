"""Points used: put back onto what was left to pay, and not onto an amount they are still in."""

import pytest

HEAD = "注文番号,会員番号,注文日,"
BEFORE = {  # goods of 1000, 500 and 300 yen; 100 and 30 points used
    "商品合計,ポイント利用額": ("1000,100", "500,0", "300,30"),
    "合計金額,利用ポイント,現金額": ("1000,100,900", "500,0,500", "300,30,270"),
    "注文金額,利用ポイント,送料,振込額": ("1200,100,200,1100", "500,0,0,500", "400,30,100,370"),
    "商品名,単価,数量,合計金額,使用ポイント": (
        "茶,250,4,1000,100",
        "皿,500,1,500,0",
        "碗,300,1,300,30",
    ),
    "合計金額,利用ポイント,現金,カード": ("1000,100,500,400", "500,0,0,500", "300,30,270,0"),
    "小計,使用ポイント,送料,合計金額": ("1000,100,200,1200", "500,0,0,500", "300,-30,100,400"),
}
AFTER = {
    "合計金額,ポイント利用額": ("900,100", "500,0", "270,30"),
    "小計,利用ポイント,合計": ("1000,100,900", "500,0,500", "300,30,270"),
    "合計金額,利用ポイント,お支払い金額": ("1000,100,900", "500,0,500", "300,30,270"),
    "お支払額,利用ポイント,現金,カード": ("900,100,500,400", "500,0,0,500", "270,30,270,0"),
    "商品合計,利用ポイント,クーポン値引,お支払額": (
        "1050,100,50,900",
        "500,0,0,500",
        "300,30,0,270",
    ),
    "小計,利用ポイント,送料,合計金額": ("1000,100,200,1100", "500,0,0,500", "300,30,100,370"),
}


def sales(columns, rows):
    keys = ("1,A,2024-01-05,", "2,B,2024-01-06,", "3,A,2024-02-10,")
    lines = [key + row for key, row in zip(keys, rows, strict=True)]
    return f"{HEAD}{columns}\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize("columns", BEFORE)
def test_points_are_not_put_back_onto_an_amount_that_has_them(shop, columns):
    content = sales(columns, BEFORE[columns])
    assert shop.amounts(content) == [1000, 500, 300]
    assert "points_in" in shop.notes(content)
    assert shop.amounts(content, points_are_discount=True) == [900, 500, 270]


@pytest.mark.parametrize("columns", AFTER)
def test_points_are_put_back_onto_what_was_left_to_pay(shop, columns):
    content = sales(columns, AFTER[columns])
    assert shop.amounts(content) == [1000, 500, 300]
    assert "points_in" not in shop.notes(content)
    assert shop.amounts(content, points_are_discount=True) == [900, 500, 270]


def test_an_amount_named_by_hand_is_before_the_points_where_the_file_shows_it(shop):
    rows = ("1050,50,100,900", "500,0,0,500", "300,0,30,270")
    content = sales("商品合計,クーポン値引,利用ポイント,お支払額", rows)
    assert shop.amounts(content, amount_column="商品合計") == [1000, 500, 300]
    assert shop.amounts(content, amount_column="お支払額") == [1000, 500, 300]


def test_points_before_the_total_of_an_order_of_several_lines(shop):
    content = HEAD + "商品名,小計,利用ポイント,合計金額\n"
    content += "1,A,2024-01-05,茶,300,100,1000\n1,A,2024-01-05,皿,700,100,1000\n"
    content += "2,B,2024-01-06,皿,500,0,500\n"
    assert shop.amounts(content) == [1000, 500]
    after = content.replace(",100,1000", ",100,900")
    assert shop.amounts(after) == [1000, 500]


def test_a_total_that_nothing_says_is_before_or_after_the_points_is_told_with_its_option(shop):
    content = sales("合計金額,利用ポイント", ("900,100", "500,0", "270,30"))
    told = {"column": "合計金額", "points": "利用ポイント", "option": "利用ポイント"}
    assert shop.notes(content)["points_back_unsaid"] == told
    assert shop.amounts(content, points_column="none") == [900, 500, 270]
    assert "points_back_unsaid" not in shop.notes(content, points_column="none")
    assert "points_back_unsaid" not in shop.notes(content, points_column="利用ポイント")
    assert shop.amounts(content, points_are_discount=True) == [900, 500, 270]
    assert shop.notes(content, points_are_discount=True)["points_off_unsaid"] == told
    before = {"points_are_discount": True, "discount_column": "利用ポイント"}
    assert shop.amounts(content, **before) == [800, 500, 240]


@pytest.mark.parametrize("name", ("お支払額", "ご請求金額", "total_collected"))
def test_a_name_that_says_what_was_left_to_pay_needs_no_note(shop, name):
    content = sales(f"{name},利用ポイント", ("900,100", "500,0", "270,30"))
    assert shop.amounts(content) == [1000, 500, 300]
    assert not {"points_back_unsaid", "points_in"} & shop.notes(content).keys()


def test_points_no_one_used_need_no_note(shop):
    content = sales("合計金額,利用ポイント", ("900,0", "500,0", "270,0"))
    assert "points_back_unsaid" not in shop.notes(content)


def test_points_named_by_hand_are_put_back_onto_a_total_that_has_them(shop):
    content = sales("合計金額,利用ポイント,現金額", BEFORE["合計金額,利用ポイント,現金額"])
    assert shop.notes(content)["points_in"]["option"] == "利用ポイント"
    assert shop.amounts(content, points_column="利用ポイント") == [1100, 500, 330]


def test_points_given_with_the_order_are_not_put_back(shop):
    head = "注文番号,会員番号,注文日,合計金額,ポイント数\n"
    rows = [f"{n},{n % 3 + 1},2024-01-{n:02d},{250 * n},{250 * n // 100}\n" for n in range(1, 10)]
    content = head + "".join(rows)
    assert shop.amounts(content) == [250 * n for n in range(1, 10)]
    assert shop.notes(content)["points_granted"]["points"] == "ポイント数"
    assert shop.amounts(content, points_column="ポイント数")[3] == 1010


@pytest.mark.parametrize(
    "name", ["ご利用ポイント", "使用ポイント数", "ポイント利用分", "points_redeemed"]
)
def test_points_used_are_known_by_many_names(shop, name):
    content = sales(f"ご請求金額,{name}", ("900,100", "500,0", "270,30"))
    assert shop.amounts(content) == [1000, 500, 300]
