"""The rules of reading, each on a file of a few rows."""

import datetime as dt
import hashlib

import pytest

from toolkit.intake import check_sales, read_sales
from toolkit.problems import InputProblem
from toolkit.settings import Settings

HEAD = "order_id,customer_id,date,amount\n"


def test_rows_of_one_order_customer_and_day_are_one_order(shop):
    text = HEAD + (
        "A,1,2024-01-05 10:00,100\nB,2,2024-01-05,70\nA,1,2024-01-05 09:00,50\n"
        "A,1,2024-01-06,30\nA,2,2024-01-05,20\n"
    )
    orders = shop.orders(text)
    assert [
        (o["order_id"], o["customer_id"], str(o["date"]), o["amount"], o["lines"], o["source_row"])
        for o in orders
    ] == [
        ("A", "1", "2024-01-05", 150, 2, 2),
        ("B", "2", "2024-01-05", 70, 1, 3),
        ("A", "1", "2024-01-06", 30, 1, 5),
        ("A", "2", "2024-01-05", 20, 1, 6),
    ]
    assert orders[0]["ordered_at"] == dt.datetime(2024, 1, 5, 9)


def test_without_an_order_column_every_row_is_an_order(shop):
    orders = shop.orders("customer_id,date,amount\n1,2024-01-05,100\n1,2024-01-05,100\n")
    assert [(o["order_id"], o["amount"], o["lines"]) for o in orders] == [(None, 100, 1)] * 2


def test_rows_with_a_blank_order_number_are_orders_of_their_own(shop):
    orders = shop.orders(HEAD + ",1,2024-01-05,100\n,1,2024-01-05,50\n")
    assert [(o["order_id"], o["amount"]) for o in orders] == [(None, 100), (None, 50)]


TOTALS = "注文ID,会員ID,注文日,商品名,合計金額\n"


def test_an_order_total_repeated_on_its_rows_counts_once(shop):
    text = TOTALS + "A,1,2024-01-05,x,300\nA,1,2024-01-05,y,300\nB,1,2024-01-06,x,90\n"
    assert shop.amounts(text) == [300, 90]
    assert shop.notes(text)["total_once"]["column"] == "合計金額"


def test_an_order_total_that_differs_within_an_order_is_added_up_and_told(shop):
    text = TOTALS + "A,1,2024-01-05,x,300\nA,1,2024-01-05,y,200\nB,1,2024-01-06,x,90\n"
    assert shop.amounts(text) == [500, 90]
    assert "total_added_up" in shop.notes(text)


def test_equal_row_amounts_of_an_order_are_still_added_up(shop):
    text = "注文ID,会員ID,注文日,商品名,金額\nA,1,2024-01-05,x,300\nA,1,2024-01-05,y,300\n"
    assert shop.amounts(text) == [600]


def test_price_times_quantity_is_exact_and_rounded_after_adding_up(shop):
    head = "order_id,customer_id,date,price,quantity\n"
    text = (
        head
        + "A,1,2024-01-05,0.005,1\nA,1,2024-01-05,0.005,2\n"
        + "".join(f"B{i},1,2024-01-06,1.10,3\n" for i in range(300))
    )
    ledger = shop.read(text, currency="USD")  # 0.005 + 0.010 = 0.015 -> 0.02
    amounts = [o["amount"] for o in shop.orders(text, currency="USD")]
    assert amounts == [2] + [330] * 300
    assert ledger.source.amount_basis == "price x quantity"
    assert shop.notes(text, currency="USD")["rounded"] == {"n": 1, "currency": "USD"}


def test_customer_numbers_keep_their_leading_zeros_and_lose_only_a_spurious_fraction(shop):
    text = "customer_id,date,amount\n 007 ,2024-01-05,1\n17850.0,2024-01-05,1\n1.50,2024-01-05,1\n"
    assert [o["customer_id"] for o in shop.orders(text)] == ["007", "17850", "1.50"]


def test_a_return_is_money_on_its_own_date(shop):
    text = HEAD + "536379,1,2024-01-05,500\nC536379,1,2024-02-01,△200\n"
    assert [(o["order_id"], str(o["date"]), o["amount"]) for o in shop.orders(text)] == [
        ("536379", "2024-01-05", 500),
        ("C536379", "2024-02-01", -200),
    ]
    assert shop.notes(text)["returns"] == {"rows": 1, "n": 1}


def test_unreadable_dates_and_amounts_are_set_aside_with_what_stood_there(shop):
    text = "customer_id,date,amount\n1,soon,5\n1,2024-01-05,much\n1,2024-01-05,\n"
    text += 3 * "1,2024-01-06,5\n"
    assert shop.reasons(text) == [
        (2, "unreadable", "soon"),
        (3, "unreadable", "much"),
        (4, "unreadable", ""),
    ]


def test_more_unreadable_rows_than_readable_ones_name_the_columns(shop):
    text = "customer_id,date,amount\n" + 60 * "1,soon,5\n" + 40 * "1,2024-01-06,5\n"
    values = shop.faults(text)["mostly_unreadable"]
    assert (values["n"], values["bad"]) == (100, 60)
    assert (values["date"], values["amount"]) == ("date", "amount")


def test_without_a_number_the_mail_address_tells_customers_apart(shop):
    ledger = shop.read("date,お名前,メールアドレス,amount\n2024-01-05,山田,a@example.com,5\n")
    assert ledger.orders.customer_id.to_pyarrow().to_pylist() == ["a@example.com"]
    assert ledger.source.personal and "personal_key" in {note.key for note in ledger.notes}
    numbered = shop.read("date,会員ID,メールアドレス,amount\n2024-01-05,7,a@example.com,5\n")
    assert not numbered.source.personal


@pytest.mark.parametrize("nobody", ["", "  ", "nan", "NaN", "NULL", "None"])
def test_rows_without_a_customer_are_set_aside(shop, nobody):
    text = f"customer_id,date,amount\n{nobody},2024-01-05,12.50\n1,2024-01-05,5\n"
    assert shop.reasons(text, currency="USD") == [(2, "no_customer", "12.5")]


@pytest.mark.parametrize(
    "status",
    [
        "キャンセル",
        "キャンセル済み",
        "ｷｬﾝｾﾙ",
        "注文キャンセル",
        "返送",
        "取消",
        "Cancelled",
        "canceled",
    ]
    + ["VOID", "voided", "failed", "refunded"],
)
def test_a_status_that_voids_an_order_removes_it(shop, status):
    text = f"会員ID,注文日,金額,状態\n1,2024-01-05,5,{status}\n1,2024-01-06,6,発送済\n"
    assert shop.reasons(text) == [(2, "cancelled", "5")]
    assert shop.amounts(text) == [6]


@pytest.mark.parametrize("status", ["", "paid", "partially_refunded", "キャンセルなし", "発送済"])
def test_a_status_that_voids_nothing_keeps_the_order(shop, status):
    assert shop.amounts(f"会員ID,注文日,金額,状態\n1,2024-01-05,5,{status}\n") == [5]


@pytest.mark.parametrize("status", ["返品", "キャンセル", "refunded"])
def test_a_return_slip_is_money_on_its_own_date_whatever_its_status(shop, status):
    text = (
        "order_id,customer_id,date,amount,status\n"
        "A,1,2024-01-05,100,shipped\n"
        f"R,1,2024-02-09,-100,{status}\n"
        f"B,1,2024-03-05,100,{status}\n"
        f"B,1,2024-03-05,-10,{status}\n"
    )
    ledger = shop.read(text)
    orders = ledger.orders.order_by("source_row").to_pyarrow().to_pylist()
    assert [(o["order_id"], str(o["date"]), o["amount"]) for o in orders] == [
        ("A", "2024-01-05", 100),
        ("R", "2024-02-09", -100),
    ]
    assert dict(ledger.source.set_aside) == {"cancelled": 2}  # B came to 90: voided as a whole


def test_rows_without_an_order_number_are_return_slips_one_by_one(shop):
    text = (
        "order_id,customer_id,date,amount,status\n"
        "A,1,2024-01-05,900,shipped\n"
        ",1,2024-02-09,-500,返品\n"
        ",2,2024-02-10,800,返品\n"
    )
    assert shop.amounts(text) == [900, -500]


def test_any_status_column_can_void(shop):
    text = "customer_id,date,amount,status,payment_status\n1,2024-01-05,5,shipped,refunded\n"
    assert shop.amounts(text + "1,2024-01-06,6,shipped,paid\n") == [6]


def test_zero_amounts_are_set_aside_only_where_asked(shop):
    text = "customer_id,date,amount\n1,2024-01-05,0\n1,2024-01-06,5\n"
    assert shop.amounts(text) == [0, 5]
    assert shop.notes(text)["zero_orders"] == {"n": 1}
    assert shop.reasons(text, exclude_zero=True) == [(2, "test_or_zero", "0")]


def test_a_repeated_row_is_set_aside_where_orders_have_numbers(shop):
    head = "order_id,customer_id,date,amount,product\n"
    text = head + "A,1,2024-01-05,5,x\nA,1,2024-01-05,5,y\nA,1,2024-01-05,5,x\nA,1,2024-01-05,5,x\n"
    assert shop.reasons(text) == [(4, "duplicate", "5"), (5, "duplicate", "5")]
    assert shop.amounts(text) == [10]


def test_a_repeated_row_is_kept_and_told_where_orders_have_no_numbers(shop):
    text = "customer_id,date,amount\n1,2024-01-05,5\n1,2024-01-05,5\n2,2024-01-05,5\n"
    assert shop.amounts(text) == [5, 5, 5]
    assert shop.notes(text)["twins_kept"] == {"n": 1}


def test_a_row_has_one_reason_the_first_in_order(shop):
    head = "order_id,customer_id,date,amount,status\n"
    text = head + (
        "A,,soon,0,cancelled\nB,,2024-01-05,0,cancelled\nC,1,2024-01-05,0,cancelled\n"
        "C,1,2024-01-05,0,cancelled\nD,1,2024-01-05,0,paid\nE,1,2024-01-05,5,paid\n"
        "F,1,2024-03-01,5,paid\nF,1,2024-03-01,5,paid\n"
    )
    found = shop.reasons(text, exclude_zero=True, closing_date=dt.date(2024, 1, 31))
    assert [reason for _, reason, _ in found] == [
        "unreadable",
        "no_customer",
        "cancelled",
        "cancelled",
        "test_or_zero",
        "after_closing",
        "duplicate",
    ]


DATED = "customer_id,date,amount\n1,2024-01-05,5\n1,2024-01-20,6\n"


def test_the_closing_date_is_the_last_date_with_an_order_kept(shop):
    ledger = shop.read(DATED + ",2024-02-01,6\n")
    assert (ledger.first_date, ledger.closing_date) == (dt.date(2024, 1, 5), dt.date(2024, 1, 20))


def test_orders_after_the_closing_date_are_set_aside(shop):
    assert shop.reasons(DATED, closing_date=dt.date(2024, 1, 19)) == [(3, "after_closing", "6")]
    assert shop.reasons(DATED, closing_date=dt.date(2024, 1, 20)) == []


def test_a_closing_date_31_days_beyond_is_told_and_one_later_refused(shop):
    closing = dt.date(2024, 2, 20)
    assert shop.read(DATED, closing_date=closing).closing_date == closing
    assert shop.notes(DATED, closing_date=closing)["closing_beyond"]["last"] == dt.date(2024, 1, 20)
    fault = shop.faults(DATED, closing_date=dt.date(2024, 2, 21))["closing_too_late"]
    assert fault["last"] == dt.date(2024, 1, 20)


def test_night_sales_belong_to_the_day_before(shop):
    text = "customer_id,date,amount\n1,2024-01-05 01:30,5\n1,2024-01-05 06:00,6\n"
    orders = shop.orders(text, day_starts_at="05:00")
    assert [str(o["date"]) for o in orders] == ["2024-01-04", "2024-01-05"]
    assert orders[0]["ordered_at"] == dt.datetime(2024, 1, 5, 1, 30)


def test_offsets_are_told(shop):
    text = "customer_id,date,amount\n1,2024-01-05 23:00:00 -0400,5\n"
    assert shop.notes(text)["offset_left"] == {"n": 1}
    assert shop.notes(text, timezone="Asia/Tokyo")["offset_applied"]["zone"] == "Asia/Tokyo"
    assert str(shop.orders(text, timezone="Asia/Tokyo")[0]["date"]) == "2024-01-06"


def test_a_file_without_amounts_has_orders_without_money(shop):
    ledger = shop.read("cust,date\n1,2024-01-05\n,2024-01-06\n", no_amount=True)
    assert ledger.orders.schema()["amount"].is_int64()
    assert ledger.orders.amount.to_pyarrow().to_pylist() == [None]
    assert ledger.set_aside["value"].tolist() == [""]
    assert ledger.source.amount_basis == "none"


def test_too_many_decimals_in_over_one_percent_of_amounts_stop(shop):
    head = "customer_id,date,amount\n"
    rows = "1,2024-01-05,500.00\n" * 99
    assert "rounded" in shop.notes(head + rows + "1,2024-01-05,1.5\n")
    fault = shop.faults(head + rows[:-20] + "1,2024-01-05,1.5\n" * 2)["amount_decimals"]
    assert (fault["row"], fault["value"], fault["n"]) == (100, "1.5", 2)


def test_a_currency_that_disagrees_stops(shop):
    head = "customer_id,date,amount,currency\n1,2024-01-05,5,JPY\n"
    assert shop.faults(head + "2,2024-01-05,$5,JPY\n")["currency_sign"]["row"] == 3
    assert shop.faults(head + "2,2024-01-05,5,usd\n")["currency_column"]["value"] == "USD"
    assert shop.amounts(head + "2,2024-01-05,¥5,\n,2024-01-05,$5,USD\n") == [5, 5]
    assert shop.amounts("customer_id,date,amount\n1,2024-01-05,$5\n", currency="AUD") == [500]


def test_amounts_no_ledger_can_hold_are_refused(shop):
    text = "customer_id,date,amount\n1,2024-01-05,99999999999999999999\n"
    assert shop.faults(text)["amount_too_large"]["column"] == "amount"


def test_a_file_of_which_no_row_can_be_used_is_refused_with_the_reasons(shop):
    text = "customer_id,date,amount\n,2024-01-05,5\n1,soon,5\n1,2024-01-05\n"
    with pytest.raises(InputProblem) as caught:
        shop.read(text)
    assert caught.value.faults[0][0] == "no_row_kept"
    assert "unreadable 2, no customer 1" in caught.value.text("en")
    assert "読めない行 2、顧客不明 1" in caught.value.text("ja")
    late = "customer_id,date,amount\n1,2024-01-05,5\n"
    assert "no_row_kept" in shop.faults(late, closing_date=dt.date(2023, 1, 1))


def test_a_missing_file_and_an_empty_folder_are_told_apart(tmp_path):
    for path, key in ((tmp_path / "none.csv", "file_missing"), (tmp_path, "no_files")):
        with pytest.raises(InputProblem) as caught:
            read_sales(path, Settings.checked({}))
        assert caught.value.faults[0][0] == key


def test_a_problem_speaks_the_language_of_the_settings(tmp_path):
    for reader in (read_sales, check_sales):
        with pytest.raises(InputProblem) as caught:
            reader(tmp_path / "none.csv", Settings.checked({"language": "ja"}))
        assert str(caught.value) == caught.value.text("ja")


def test_the_source_says_where_everything_came_from(shop):
    text = HEAD + "A,1,2024-01-05,5\nA,,2024-01-05,5\nB,1,soon,5\n"
    source = shop.read(text, name="売上.csv").source
    assert source.file == "売上.csv"
    assert source.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (source.rows_read, source.rows_kept) == (3, 1)
    assert source.set_aside == {"unreadable": 1, "no_customer": 1}
    assert (source.kind, source.encoding, source.delimiter, source.sheet) == (
        "csv",
        "utf-8",
        ",",
        None,
    )
    assert source.columns == {
        "customer": ("customer_id",),
        "date": ("date",),
        "amount": ("amount",),
        "order": ("order_id",),
    }


def test_columns_passed_over_are_told(shop):
    text = "会員ID,注文日,受注日,金額\n1,2024-01-05,2024-01-06,5\n"
    assert shop.notes(text)["passed_over"]["others"] == "受注日"


def test_a_reading_depends_on_the_file_alone(shop):
    text = HEAD + "".join(f"{i % 50},{i % 7},2024-01-{i % 28 + 1:02d},{i}\n" for i in range(500))
    assert shop.orders(text) == shop.orders(text)
