"""What was paid for goods: totals once, on the first line or on all, without postage and fees."""

HEAD = (
    "注文番号,会員番号,注文日,合計金額,送料,手数料,ポイント利用額,消費税,返金額,商品名,単価,数量\n"
)
TWO = (
    "A,1,2024-01-05,3000,500,300,200,200,,茶,1000,1\n"
    "A,1,2024-01-05,3000,500,300,200,200,,皿,1400,1\n"
)


def test_postage_and_fees_are_taken_off_and_points_put_back_once_per_order(shop):
    assert shop.amounts(HEAD + TWO) == [3000 - 500 - 300 + 200]
    note = shop.notes(HEAD + TWO)["amount_goods"]
    assert note == {"column": "合計金額", "off": "返金額, 送料, 手数料", "back": "ポイント利用額"}


def test_the_switches_leave_parts_where_they_are(shop):
    assert shop.amounts(HEAD + TWO, include_shipping=True) == [3000 + 200]
    assert shop.amounts(HEAD + TWO, points_are_discount=True) == [3000 - 800]
    assert shop.amounts(HEAD + TWO, without_tax=True) == [3000 - 800 + 200 - 200]


def test_a_partial_refund_nets_the_value_whatever_its_sign(shop):
    assert shop.amounts(HEAD + TWO.replace(",200,,茶", ",200,700,茶")) == [2400 - 700]
    assert shop.amounts(HEAD + TWO.replace(",200,,茶", ",200,-700,茶")) == [2400 - 700]


def test_a_total_on_the_first_line_only_is_carried(shop):
    rest = "A,,,,,,,,,皿,1400,1\n"
    text = HEAD + TWO.splitlines(keepends=True)[0] + rest + "B,2,2024-02-05,900,,,,,,茶,900,1\n"
    found = shop.orders(text)
    assert [(o["customer_id"], o["amount"], o["lines"]) for o in found] == [
        ("1", 2400, 2),
        ("2", 900, 1),
    ]
    assert shop.read(text).source.rows_kept == 3


def test_a_row_that_lacks_only_its_customer_is_nobodys(shop):
    text = HEAD + TWO.replace(
        "A,1,2024-01-05,3000,500,300,200,200,,皿", "A,,2024-01-05,3000,500,300,200,200,,皿"
    )
    assert [reason for _, reason, _ in shop.reasons(text)] == ["no_customer"]


def test_an_unreadable_part_is_nothing_and_an_unreadable_total_is_set_aside(shop):
    text = HEAD + "A,1,2024-01-05,3000,要相談,,,,,茶,1,1\nB,1,2024-01-06,未定,,,,,,茶,1,1\n"
    assert shop.amounts(text) == [3000]
    assert shop.reasons(text) == [(3, "unreadable", "未定")]
