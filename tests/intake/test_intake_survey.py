"""Columns found by their names, by the settings, or told to be missing."""

import pytest

from toolkit.intake.columns.survey import survey
from toolkit.intake.names import aliases
from toolkit.problems import InputProblem
from toolkit.settings import Settings


def roles(header, **settings):
    header = header.split(",")
    found = survey(header, Settings.checked(settings), "f.csv").settled()
    return {role: [header[i] for i in at] for role, at in found.by_name().items()}, found


@pytest.mark.parametrize(
    ("header", "customer", "date", "amount", "order"),
    [
        ("customer_id,date,amount", "customer_id", "date", "amount", None),
        (
            "Customer ID,Order-Date,AMOUNT,Order Number",
            "Customer ID",
            "Order-Date",
            "AMOUNT",
            "Order Number",
        ),
        ("cust,day,revenue", "cust", "day", "revenue", None),
        ("顧客番号,購入日,金額", "顧客番号", "購入日", "金額", None),
        ("会員ＩＤ,注文日時,売上金額,注文番号", "会員ＩＤ", "注文日時", "売上金額", "注文番号"),
        ("お客様番号,注文日,購入金額", "お客様番号", "注文日", "購入金額", None),
        (
            "household_id,basket_id,sales_value,transaction_timestamp",
            "household_id",
            "transaction_timestamp",
            "sales_value",
            "basket_id",
        ),
    ],
)
def test_columns_are_found_by_ordinary_names(header, customer, date, amount, order):
    found, _ = roles(header)
    assert found["customer"] == [customer]
    assert found["date"] == [date]
    assert found["amount"] == [amount]
    assert found.get("order") == (order and [order])


def test_price_and_quantity_stand_in_for_an_amount():
    found, exact = roles("InvoiceNo,Quantity,InvoiceDate,UnitPrice,CustomerID")
    assert found["amount"] == ["UnitPrice", "Quantity"]
    assert exact.basis == "price x quantity"
    found, exact = roles("customer_id,date,price,quantity,amount")
    assert (found["amount"], exact.basis) == (["amount"], "line")
    found, exact = roles("customer_id,date,price")
    assert (found["amount"], exact.basis) == (["price"], "price")


def test_the_more_telling_of_several_columns_is_taken_and_the_others_are_named():
    found, exact = roles("会員ID,受注日,注文日時,合計金額,金額,メールアドレス")
    assert found["date"] == ["注文日時"]
    assert (found["amount"], exact.basis) == (["合計金額"], "total")
    assert exact.passed_over == {"date": ("受注日",), "amount": ("金額",)}


def test_a_column_named_in_the_settings_wins():
    found, exact = roles(
        "customer_id,date,amount,order_id,会員,来店,税抜,伝票",
        customer_column="会員",
        date_column="来店",
        amount_column="税抜",
        order_column="伝票",
    )
    assert [found[r] for r in ("customer", "date", "amount", "order")] == [
        ["会員"],
        ["来店"],
        ["税抜"],
        ["伝票"],
    ]
    assert exact.passed_over == {}


def test_a_named_column_may_differ_in_what_makes_no_difference():
    found, _ = roles("Customer ID,date,amount", customer_column="customer_id")
    assert found["customer"] == ["Customer ID"]


def test_a_day_column_takes_the_time_column_beside_it():
    assert roles("会員ID,日付,注文時間,金額")[0]["date"] == ["日付", "注文時間"]
    assert roles("customer_id,date,checkin_time,amount")[0]["date"] == ["date"]


def test_no_amount_is_looked_for_where_there_is_none():
    found, exact = roles("cust,date,amount", no_amount=True)
    assert "amount" not in found
    assert exact.basis == "none"


def faults(header, **settings):
    with pytest.raises(InputProblem) as caught:
        roles(header, **settings)
    return caught.value


def test_all_missing_columns_are_told_at_once_with_the_option_to_name_them():
    problem = faults("id,name,x")
    assert [key for key, _ in problem.faults] == [
        "no_customer_column",
        "no_date_column",
        "no_amount_column",
    ]
    for language in ("ja", "en"):
        text = problem.text(language)
        for part in ("f.csv", "id, name, x", "--customer", "--date", "--amount", "--no-amount"):
            assert part in text


def test_a_named_column_that_does_not_exist_is_told_with_the_nearest():
    problem = faults("customer_id,order_date,amount", date_column="orderd_date")
    assert [key for key, _ in problem.faults] == ["unknown_column"]
    assert problem.faults[0][1]["near"] == "order_date"
    assert "--date orderd_date" in problem.text("en")
    assert len(faults("a,b", customer_column="x", date_column="y", amount_column="z").faults) == 3


def test_no_name_stands_for_two_parts():
    seen = {}
    roles = ("order", "date", "customer", "total", "line", "price", "quantity", "status")
    roles += ("product", "product_name", "product_text", "subscription")
    for role in roles:
        for name in aliases()[role]["names"]:
            assert seen.setdefault(name, role) == role, name


@pytest.mark.parametrize(
    "name", ["個", "個数", "点数", "qty", "pcs", "数", "枚", "数量(個)", "購入点数"]
)
def test_every_name_for_the_number_of_pieces_multiplies_a_price(shop, name):
    rows = "A,2024-01-05,茶,400,3\nB,2024-01-06,皿,500,1\nA,2024-02-10,碗,350,2\n"
    assert shop.amounts(f"会員番号,注文日,商品,価格,{name}\n{rows}") == [1200, 500, 700]
