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
    orders = shop.orders(content, currency="USD", lapse_days=240)
    assert orders[0]["ordered_at"] == dt.datetime(2023, 12, 31, 16, 30)
    told = shop.notes(content, currency="USD", lapse_days=240)
    assert told["dates_unix"]["value"] == str(FIRST * int(times))
    assert told["dates_unix"]["read"] == "2023-12-31 16:30:00 UTC"
    assert told["offset_left"]["n"] == 40


def test_in_a_shop_that_takes_yen_they_are_the_clock_of_japan(shop):
    """16:30 UTC is 01:30 on the next day."""
    content = sales(STAMPS)
    assert shop.orders(content)[0]["ordered_at"] == dt.datetime(2024, 1, 1, 1, 30)
    told = shop.notes(content)
    assert told["dates_unix_there"]["read"] == "2024-01-01 01:30:00 Asia/Tokyo"
    assert "offset_left" not in told


def test_with_a_time_zone_they_are_its_clock(shop):
    content = sales(STAMPS)
    orders = shop.orders(content, timezone="Asia/Tokyo")
    assert orders[0]["ordered_at"] == dt.datetime(2024, 1, 1, 1, 30)
    assert orders[0]["date"] == dt.date(2024, 1, 1)


NO_STAMPS = {
    "either of two": [f"200101{i % 12 + 1:02}{i % 24:02}" for i in range(40)],
    "sixty years": [1_000_000_000 + i * 50_000_000 for i in range(40)],
    "beyond 2099": [4102444800 + i for i in range(40)],
    "some only": [s if i % 5 else f"x{s}" for i, s in enumerate(STAMPS)],
    "zeros in front": [f"0{s}"[:10] for s in STAMPS],
}


@pytest.mark.parametrize("case", NO_STAMPS)
def test_other_numbers_of_ten_digits_are_no_stamps(shop, case):
    assert {"dates_unread", "doubtful_date"} & shop.faults(sales(NO_STAMPS[case])).keys()


def test_numbers_under_another_name_are_no_stamps(shop):
    assert "dates_unix" not in str(shop.faults(sales(STAMPS, "管理番号")))


def hours(form, odd=()):
    """30 days with an hour each, the last at 25, and what else is given."""
    days = [(i % 28 + 1, 25 if i == 29 else i % 24) for i in range(60)]
    return [*(form(day, hour) for day, hour in days), *odd]


WRITTEN_OUT = {
    "hour": lambda day, hour: f"202401{day:02}{hour:02}",
    "minute": lambda day, hour: f"2401{day:02}{hour:02}05",
}


@pytest.mark.parametrize("form", WRITTEN_OUT)
@pytest.mark.parametrize("odd", [(), ("2024019913", "x")], ids=["all", "two odd"])
def test_days_with_their_hour_are_no_stamps(shop, form, odd):
    """The 30th row has the 2nd at 25 o'clock, which is one in the morning of the 3rd."""
    content = sales(hours(WRITTEN_OUT[form], odd))
    orders = shop.orders(content)
    minute = 5 if form == "minute" else 0
    assert orders[13]["ordered_at"] == dt.datetime(2024, 1, 14, 13, minute)
    assert orders[29]["ordered_at"] == dt.datetime(2024, 1, 3, 1, minute)
    assert len(orders) == 60
    told = shop.notes(content)
    assert "dates_of_hours" in told and told["late_hours"]["n"] == 1


def test_stamps_among_dates_are_read_and_told(shop):
    """Half of them 16:30 UTC, 01:30 of the next day in Japan."""
    written = [dt.date(2024, 1, 1) + dt.timedelta(3 * i) for i in range(40)]
    content = sales([STAMPS[i] if i % 2 else written[i] for i in range(40)])
    assert [str(o["date"]) for o in shop.orders(content)] == [str(d) for d in written]
    assert shop.notes(content)["dates_unix_some"]["n"] == "50 %"


def test_stamps_far_from_the_dates_beside_them_are_not_read(shop):
    written = [dt.date(2012, 1, 1) + dt.timedelta(3 * i) for i in range(40)]
    content = sales([*written, *STAMPS[:10]])
    assert "dates_unix_some" not in shop.notes(content)
    assert len(shop.orders(content)) == 40
