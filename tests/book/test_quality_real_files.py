"""What the rules find in real files and the sample shop: known beforehand, and no false alarms."""

import datetime as dt
from functools import cache

import pytest

from toolkit.book import keep_book
from toolkit.intake import read_sales
from toolkit.sample import SampleShop, make_sample
from toolkit.settings import Settings

PATHS = {
    "cdnow": "cdnow/CDNOW_master.txt",
    "retail": "online_retail_uci/online_retail_2010_2011.csv.gz",
    "hotel": "awesomebook_hotel_jp/reserve.csv",
    "orders": "rfm_orders/rfm_data_orders.csv",
    "journey": "complete_journey/transactions.parquet",
    "grocer": "btydplus_grocery/groceryElog.csv",
}
SETTINGS = {"retail": {"currency": "GBP"}, "hotel": {}, "grocer": {"no_amount": True}}


@pytest.fixture(scope="module")
def quality(real_data):
    """`quality(name)`: what the book of a real file says of it, once."""

    @cache
    def of_file(name):
        given = SETTINGS.get(name, {"currency": "USD"})
        settings = Settings.checked({"sales_file": str(real_data / PATHS[name])} | given)
        return keep_book(read_sales(settings.sales_file, settings), settings).quality

    return of_file


def counts(quality):
    """How many of each kind."""
    kinds = ("outliers", "spikes", "gaps", "buyers")
    return {kind: len(getattr(quality, kind)()) for kind in kinds}


def test_the_74_215_pieces_that_were_ordered_and_cancelled_are_found(quality):
    found = quality("retail").outliers()
    assert found.undone.all()
    pairs = list(zip(found.order_id, found.undone_by, found.amount, strict=True))
    assert pairs == [
        ("581483", "C581484", 16_846_960),  # 80,995 pieces
        ("541431", "C541433", 7_718_360),  # 74,215 pieces
        ("556444", "C556445", 3_897_000),
    ]


def test_the_wholesaler_closes_for_christmas_and_has_three_large_customers(quality):
    (gap,) = quality("retail").gaps().to_dict("records")
    assert (gap["first_day"], gap["last_day"]) == (dt.date(2010, 12, 24), dt.date(2011, 1, 3))
    assert quality("retail").buyers().customer_id.tolist() == ["14646", "14911", "12748"]
    assert counts(quality("retail"))["spikes"] == 0
    everybody, others = quality("retail").influence().to_dict("records")
    assert (everybody["active"], others["active"]) == (2_886, 2_883)


@pytest.mark.parametrize("name", ["hotel", "journey", "grocer"])
def test_ordinary_shops_raise_no_alarm(quality, name):
    assert not any(counts(quality(name)).values())


def test_two_customers_of_the_music_shop_come_nearly_every_third_day(quality):
    assert counts(quality("cdnow")) == {"outliers": 0, "spikes": 0, "gaps": 0, "buyers": 2}
    assert quality("cdnow").buyers().visits.tolist() == [132, 95]


def test_an_order_two_years_before_all_others_leaves_a_gap(quality):
    assert counts(quality("orders")) == {"outliers": 0, "spikes": 0, "gaps": 1, "buyers": 0}
    assert quality("orders").gaps().days.tolist() == [794]
    assert quality("orders").persons()["customers"] == 0


def test_the_sample_shop_raises_no_alarm(tmp_path):
    path = tmp_path / "sales.csv"
    path.write_bytes(make_sample(SampleShop()).sales_csv)
    settings = Settings.checked({"sales_file": str(path)})
    found = keep_book(read_sales(path, settings), settings).quality
    assert not any(counts(found).values()) and found.persons() is None
