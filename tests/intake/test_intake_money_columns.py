"""Which column is the money of a row, and whether it is a total, an amount or a price."""

import random

import pytest
from surveyed_shops import amount, customer, date, faults, surveyed_shop, word


def test_an_amount_that_stands_on_every_row_of_an_order_is_its_total():
    def number(order, who, day, draw):
        return 5000 + order

    def once(order, who, day, draw):
        return 500 + order * 37 % 900

    columns = {"order_id": number, "customer_id": customer, "date": date}
    _, found = surveyed_shop(**columns, amount=once)
    assert found.roles.basis == "total" and "shipping" not in found.roles.columns
    _, found = surveyed_shop(**columns, amount=amount)
    assert found.roles.basis == "line"
    _, found = surveyed_shop(**columns, amount=word("500"))
    assert found.roles.basis == "line"  # everything costs the same: nothing follows from it


def priced(grows, name="v"):
    def pieces(order, who, day, draw):
        return draw.choice((1, 1, 2, 3))

    state = {}

    def count(*row):
        state["n"] = pieces(*row)
        return state["n"]

    def money(order, who, day, draw):
        return draw.randrange(300, 900, 10) * (state["n"] if grows else 1)

    return surveyed_shop(member=customer, date=date, qty=count, **{name: money})


def test_money_that_does_not_grow_with_the_quantity_is_a_price():
    assert priced(grows=True)[1].roles.basis == "line"
    roles, found = priced(grows=False)
    assert (found.roles.basis, roles["price"], roles["quantity"]) == (
        "price x quantity",
        ["v"],
        ["qty"],
    )


def test_money_called_an_amount_that_does_not_grow_with_the_quantity_is_asked_about():
    _, found = priced(grows=False, name="sold amt")
    assert faults(found) == ["doubtful_price"]
    assert found.faults[0][1]["option"] == '"sold amt"'


def test_of_price_and_amount_the_amount_is_price_times_quantity():
    row = {}

    def price(order, who, day, draw):
        row["price"], row["n"] = draw.randrange(300, 900, 10), draw.choice((1, 1, 2, 3))
        return row["price"]

    roles, found = surveyed_shop(
        a=customer, b=date, c=price, d=lambda *_: row["n"], e=lambda *_: row["price"] * row["n"]
    )
    assert found.roles.basis == "line" and roles["amount"] == ["e"]


@pytest.mark.parametrize("seed", range(4))
def test_a_price_of_few_products_is_known_by_their_pieces(shop, seed):
    chance = random.Random(seed)
    goods = [("煎茶", 3980), ("石けん", 1480), ("化粧水", 2980), ("お試し", 980)]
    rows, paid = "", 0
    for n in range(150):
        name, price = chance.choice(goods)
        pieces = 2 if price == 3980 and chance.random() < 0.7 else chance.choice([1, 1, 2])
        paid += price * pieces
        day = f"2024-{n // 14 + 1:02}-{n % 14 * 2 + 1:02}"
        rows += f"{day} 11:{n % 60:02},L{n:05},{9900000 + n % 40},{name},{price},{pieces}\n"
    text = f"日時,レシートNo,会員カード番号,商品名,売価,点数\n{rows}"
    assert sum(shop.amounts(text)) == paid


@pytest.mark.parametrize("counter", ["来店回数", "人数"])
def test_a_fixed_price_beside_another_counter_is_asked_about(shop, counter):
    menu = [("カット", 5000), ("カラー", 7000), ("パーマ", 9000)]
    rows = "".join(
        f"2024-{n // 25 + 1:02}-{n % 25 + 1:02},M{n % 40:03},{menu[n % 3][0]},{n * 7 % 5 + 1},"
        f"{menu[n % 3][1]}\n"
        for n in range(200)
    )
    text = f"来店日,会員番号,メニュー,{counter},料金\n{rows}"
    assert set(shop.faults(text)) == {"doubtful_price"}
