"""Unix stamps in a column of dates by its name."""

import datetime as dt

import pytest

# 2023-12-31 16:30 UTC, 2024-01-01 01:30 in Japan, and every three days from there
FIRST = 1704040200
STAMPS = [FIRST + 3 * 86400 * i for i in range(40)]


def sales(stamps, head="注文日時"):
    rows = (f"A{i},{1001 + i % 7},{stamp},{1000 + 37 * i}\n" for i, stamp in enumerate(stamps))
    return f"注文番号,会員番号,{head},金額\n" + "".join(rows)


@pytest.mark.parametrize("head", ["注文日時", "created_at", "timestamp"])
@pytest.mark.parametrize("times", ["1", "1000", "1000000"])
def test_seconds_and_finer_are_read_as_the_clock_of_utc(shop, head, times):
    content = sales([stamp * int(times) for stamp in STAMPS], head)
    assert shop.orders(content)[0]["ordered_at"] == dt.datetime(2023, 12, 31, 16, 30)
    told = shop.notes(content)
    assert told["dates_unix"]["value"] == str(FIRST * int(times))
    assert told["dates_unix"]["read"] == "2023-12-31 16:30:00 UTC"
    assert told["offset_left"]["n"] == 40


def test_with_a_time_zone_they_are_its_clock(shop):
    content = sales(STAMPS)
    orders = shop.orders(content, timezone="Asia/Tokyo")
    assert orders[0]["ordered_at"] == dt.datetime(2024, 1, 1, 1, 30)
    assert orders[0]["date"] == dt.date(2024, 1, 1)


NO_STAMPS = {
    "day and hour": [f"202401{i % 28 + 1:02}{i % 24:02}" for i in range(40)],
    "day and minute": [f"2401{i % 28 + 1:02}{i % 24:02}05" for i in range(40)],
    "beyond 2099": [4102444800 + i for i in range(40)],
    "some only": [s if i % 5 else f"x{s}" for i, s in enumerate(STAMPS)],
    "zeros in front": [f"0{s}"[:10] for s in STAMPS],
}


@pytest.mark.parametrize("case", NO_STAMPS)
def test_other_numbers_of_ten_digits_are_no_stamps(shop, case):
    assert {"dates_unread", "doubtful_date"} & shop.faults(sales(NO_STAMPS[case])).keys()


def test_numbers_under_another_name_are_no_stamps(shop):
    assert "dates_unix" not in str(shop.faults(sales(STAMPS, "管理番号")))
