"""One sample for all tests of the room: as bytes, as frames, and as clean orders."""

import io

import pandas as pd
import pytest

from toolkit.sample import SampleShop, generate_orders, make_sample

SHOP = SampleShop()


@pytest.fixture(scope="session")
def orders():
    return generate_orders(SHOP)


@pytest.fixture(scope="session")
def sample():
    return make_sample(SHOP)


@pytest.fixture(scope="session")
def sales(sample):
    return read(sample.sales_csv, "cp932")


@pytest.fixture(scope="session")
def truth(sample):
    frame = read(sample.truth_csv, "utf-8-sig")
    for name in ("first_purchase", "left_on"):
        frame[name] = pd.to_datetime(frame[name].replace("", None), format="%Y-%m-%d")
    return frame


def read(raw, encoding):
    return pd.read_csv(io.BytesIO(raw), encoding=encoding, dtype="str", keep_default_na=False)


@pytest.fixture(scope="session")
def reading():
    return read
