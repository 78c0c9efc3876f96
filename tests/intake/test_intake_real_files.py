"""Figures of real files, known beforehand."""

import datetime as dt
from decimal import Decimal

from toolkit import currency
from toolkit.intake import check_sales, read_sales
from toolkit.settings import Settings


def read(path, **settings):
    return read_sales(path, Settings.checked(settings))


def money(ledger, code):
    return currency.major(ledger.orders.amount.sum().to_pyarrow().as_py(), code)


def count(ledger, column):
    return ledger.orders[column].nunique().to_pyarrow().as_py()


def test_online_retail(real_data):
    path = real_data / "online_retail_uci" / "online_retail_2010_2011.csv.gz"
    ledger = read(path, currency="GBP")
    assert ledger.source.rows_read == 541_909
    assert ledger.source.set_aside == {"no_customer": 135_080, "duplicate": 5_225}
    assert ledger.source.rows_kept == 401_604
    orders = ledger.orders
    returned = orders.filter(orders.order_id.startswith("C")).lines.sum().to_pyarrow().as_py()
    assert returned == 8_872
    assert count(ledger, "customer_id") == 4_372
    assert (ledger.first_date, ledger.closing_date) == (dt.date(2010, 12, 1), dt.date(2011, 12, 9))
    assert ledger.source.amount_basis == "price x quantity"


def test_cdnow(real_data):
    ledger = read(real_data / "cdnow" / "CDNOW_master.txt", currency="USD")
    assert (ledger.source.rows_read, ledger.source.rows_kept) == (69_659, 69_659)
    assert ledger.source.kind == "blank"
    assert count(ledger, "customer_id") == 23_570
    assert money(ledger, "USD") == Decimal("2500315.63")
    assert ledger.first_date == dt.date(1997, 1, 1)
    assert {n.key: n.values for n in ledger.notes}["twins_kept"] == {"n": 255}


def test_hotel_bookings(real_data):
    path = real_data / "awesomebook_hotel_jp" / "reserve.csv"
    ledger = read(path, date_column="reserve_datetime")
    assert (ledger.source.rows_read, ledger.source.rows_kept) == (4_030, 4_030)
    assert money(ledger, "JPY") == 415_355_800
    assert read(path).source.columns["date"] == ("reserve_datetime",)


def test_orders_of_the_r_package(real_data):
    ledger = read(real_data / "rfm_orders" / "rfm_data_orders.csv", currency="USD")
    assert (ledger.source.rows_kept, count(ledger, "customer_id")) == (4_906, 995)
    assert money(ledger, "USD") == 464_158


def test_complete_journey(real_data):
    ledger = read(real_data / "complete_journey" / "transactions.parquet", currency="USD")
    assert (ledger.source.rows_read, ledger.source.rows_kept) == (1_469_307, 1_469_307)
    assert (count(ledger, "order_id"), count(ledger, "customer_id")) == (155_848, 2_469)
    assert money(ledger, "USD") == Decimal("4596039.58")


def test_online_grocer(real_data):
    found = check_sales(
        real_data / "btydplus_grocery" / "groceryElog.csv", Settings.checked({"no_amount": True})
    ).found
    assert (found.source.rows_kept, found.customers) == (10_483, 1_525)
    assert (found.first_date, found.last_date) == (dt.date(2006, 1, 1), dt.date(2007, 12, 30))
