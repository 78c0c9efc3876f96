"""What rows left out come to, and how much was sold to nobody known."""

import pytest

from toolkit.intake import Audit

HEAD = "customer_id,date,amount,status\n"
LINES = "order_id,customer_id,date,total,status,product\n"


def test_money_is_added_up_by_reason_and_what_cannot_be_read_is_none(shop):
    rows = "A,2024-01-31,500,\nB,2024-01-02,700,cancelled\nC,2024-01-03,-50,\n"
    rows += "D,no day,300,\nE,2024-01-04,nothing,\n,2024-01-05,900,\n,2024-01-06,-100,\n"
    audit = shop.read(HEAD + rows).audit
    assert audit.amounts == {"unreadable": 300, "no_customer": 800, "cancelled": 700}
    assert (audit.nameless_rows, audit.nameless_amount) == (2, 800)


def test_a_nameless_row_that_would_be_left_out_anyway_is_not_missing_from_the_sales(shop):
    text = "order_id," + HEAD
    text += "1,A,2024-01-31,500,\n2,,2024-01-02,700,cancelled\n3,,2024-01-03,900,\n"
    audit = shop.read(text + "3,,2024-01-03,900,\n").audit
    assert audit.amounts == {"no_customer": 700 + 900 + 900}
    assert (audit.nameless_rows, audit.nameless_amount) == (1, 900)


def test_a_row_after_the_closing_date_is_not_missing_either(shop):
    text = HEAD + "A,2024-01-01,500,\n,2024-02-01,700,\n"
    assert shop.read(text, closing_date="2024-01-15").audit.nameless_rows == 0


def test_a_total_repeated_on_the_rows_of_an_order_counts_once(shop):
    rows = "1,A,2024-01-31,500,,x\n1,A,2024-01-31,500,,y\n1,A,2024-01-31,500,,x\n"
    rows += "2,B,2024-01-02,700,cancelled,x\n2,B,2024-01-02,700,cancelled,y\n"
    rows += "3,,2024-01-03,900,,x\n3,,2024-01-03,900,,y\n"
    audit = shop.read(LINES + rows).audit
    # the repeated row of order 1 is of an order that was kept: no money is missing
    assert audit.amounts == {"no_customer": 900, "cancelled": 700}
    assert audit.nameless_amount == 900


def test_amounts_of_rows_are_added_up_before_they_are_rounded(shop):
    rows = "".join(f",2024-01-0{n},0.4,\n" for n in range(1, 6)) + "A,2024-01-31,500,\n" * 500
    assert shop.read(HEAD + rows).audit.nameless_amount == 2


def test_without_amounts_rows_alone_are_counted(shop):
    audit = shop.read(HEAD + ",2024-01-01,5,\nA,2024-01-02,5,\n", no_amount=True).audit
    assert audit == Audit({}, 1, None)


@pytest.mark.parametrize("name", ["online_retail_2010_2011.csv.gz"])
def test_online_retail_has_a_seventh_of_its_money_from_nobody_known(real_data, name):
    from toolkit.intake import read_sales
    from toolkit.settings import Settings

    path = real_data / "online_retail_uci" / name
    audit = read_sales(path, Settings.checked({"currency": "GBP"})).audit
    assert (audit.nameless_rows, audit.nameless_amount) == (135_037, 144_748_753)
    assert audit.amounts["duplicate"] == 2_154_639


def test_sales_to_nobody_known_after_the_last_known_order_are_missing_too(shop):
    text = HEAD + "A,2024-01-01,500,\n,2024-02-01,700,\n,2024-02-02,900,cancelled\n"
    ledger = shop.read(text)
    assert str(ledger.closing_date) == "2024-01-01"
    assert (ledger.audit.nameless_rows, ledger.audit.nameless_amount) == (1, 700)


def test_a_date_of_nobody_known_that_is_years_off_is_a_slip(shop):
    text = HEAD + "A,2024-01-01,500,\n,2042-02-01,700,\n"
    assert shop.read(text).audit.nameless_rows == 0
