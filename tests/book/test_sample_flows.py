"""The flows of the generated shop, dirt and all, are those of the purchases it simulated."""

import datetime as dt
from collections import Counter

import pytest

from toolkit import Settings, keep_book, read_sales
from toolkit.sample import SampleShop, generate_orders, make_sample

SHOP = SampleShop(customers=1_500)
LINE = dt.timedelta(days=240)


def month(day):
    return f"{day:%Y-%m}"


@pytest.fixture(scope="module")
def simulated():
    """{flow: {month: customers}} of the orders as they were simulated, customer by customer."""
    orders = generate_orders(SHOP)
    flows = {"new": Counter(), "returned": Counter(), "lost": Counter()}
    for _, stamps in orders.groupby("customer_id").ordered_at:
        days = sorted(set(stamps.dt.date))
        flows["new"][month(days[0])] += 1
        for before, after in zip(days, [*days[1:], None], strict=True):
            gone = before + LINE
            if after is None and gone <= SHOP.closing_date:
                flows["lost"][month(gone)] += 1
            elif after is not None and after > gone:
                flows["lost"][month(gone)] += 1
                flows["returned"][month(after)] += 1
    return flows


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("simulated") / "sales.csv"
    path.write_bytes(make_sample(SHOP).sales_csv)
    settings = Settings(sales_file=str(path))
    return keep_book(read_sales(path, settings), settings)


@pytest.mark.parametrize("flow", ["new", "returned", "lost"])
def test_every_month_has_the_customers_that_were_simulated(book, simulated, flow):
    found = book.bucket_months().set_index("month")[flow]
    assert {name: n for name, n in found.items() if n} == dict(simulated[flow])


def test_the_closing_level_is_what_came_less_what_went(book, simulated):
    came = sum(simulated["new"].values()) + sum(simulated["returned"].values())
    level = book.bucket_months().closing.iloc[-1]
    assert level == came - sum(simulated["lost"].values()) and level > 300
