"""Rows of discounts, points, postage and fees, in every kind of file."""

HEAD = "注文番号,会員番号,注文日,商品名,"
ROWS = (
    "1,A,2024-01-05,茶,1200\n1,A,2024-01-05,値引き,200\n2,B,2024-01-06,皿,500\n"
    "2,B,2024-01-06,送料,600\n3,A,2024-02-10,茶,300\n3,A,2024-02-10,ポイント利用,100\n"
)
TOTALS = HEAD + (  # 1200 - 200 + 600, 500, 300 - 100
    "単価,数量,合計金額\n1,A,2024-01-05,茶,600,2,1600\n1,A,2024-01-05,値引き,200,1,1600\n"
    "1,A,2024-01-05,送料,600,1,1600\n2,B,2024-01-06,皿,500,1,500\n"
    "3,A,2024-02-10,茶,300,1,200\n3,A,2024-02-10,ポイント利用,100,1,200\n"
)


def test_discounts_come_off_and_postage_and_points_are_no_sale(shop):
    content = HEAD + "金額\n" + ROWS
    assert shop.amounts(content) == [1000, 500, 300]
    assert shop.reasons(content) == [(5, "not_a_sale", "600"), (7, "not_a_sale", "100")]
    notes = shop.notes(content)
    assert notes["rows_discount"] == {"n": 1, "names": "値引き"}
    assert notes["rows_charges"] == {"n": 1, "names": "送料"}
    assert notes["rows_points"] == {"n": 1, "names": "ポイント利用"}
    assert "returns" not in notes


def test_the_switches(shop):
    content = HEAD + "金額\n" + ROWS
    assert shop.amounts(content, include_shipping=True) == [1000, 1100, 300]
    assert shop.amounts(content, points_are_discount=True) == [1000, 500, 200]
    notes = shop.notes(content, include_shipping=True, points_are_discount=True)
    assert {"rows_charged", "rows_points_off"} <= notes.keys()


def test_the_sign_of_a_discount_makes_no_difference(shop):
    assert shop.amounts(HEAD + "金額\n" + ROWS.replace(",200\n", ",-200\n")) == [1000, 500, 300]
    priced = ROWS.replace(",200\n", ",-200,1\n").replace("0\n", "0,1\n")
    assert shop.amounts(HEAD + "単価,数量\n" + priced) == [1000, 500, 300]


def test_they_are_no_products(shop):
    names = shop.read(HEAD + "金額\n" + ROWS).lines.product_name.to_pyarrow().to_pylist()
    assert sorted(names) == ["皿", "茶", "茶"]


def test_the_discount_of_a_returned_order_did_not_come_back(shop):
    back = "4,A,2024-02-12,茶,-1200\n4,A,2024-02-12,値引き,200\n"
    assert shop.amounts(HEAD + "金額\n" + ROWS + back)[-1] == -1000
    assert shop.amounts(HEAD + "金額\n" + ROWS + back.replace(",200", ",-200"))[-1] == -1400
    slips = "".join(
        f"{row},{kind}\n"
        for row, kind in zip(
            [*ROWS.split(), *back.replace("-1200", "1200").split()],
            ["売上"] * 6 + ["返品"] * 2,
            strict=True,
        )
    )
    slips = HEAD + "金額,伝票区分\n" + slips
    assert shop.amounts(slips)[-1] == -1000


def test_totals_on_every_row_lose_the_rows_they_are_made_of(shop):
    assert shop.amounts(TOTALS) == [1000, 500, 300]
    assert shop.notes(TOTALS)["charges_out"] == {"names": "送料, ポイント利用"}
    assert shop.reasons(TOTALS) == []
    kept = {"include_shipping": True, "points_are_discount": True}
    assert shop.amounts(TOTALS, **kept) == [1600, 500, 200]


def test_a_total_that_is_not_what_its_rows_come_to_stays(shop):
    assert shop.amounts(TOTALS.replace(",1600", ",1000")) == [1000, 500, 300]
