"""Every way a date may be written."""

import datetime as dt

import pyarrow as pa
import pytest

from toolkit.intake.dates import business_days, joined, read_dates
from toolkit.intake.grid import Coded
from toolkit.problems import InputProblem


def column(*texts):
    return Coded(pa.array(range(len(texts))).to_numpy(), pa.array(texts, pa.string()))


def read(*texts, timezone=None):
    return read_dates(column(*texts), "date", "f.csv", timezone).at.tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-07-08", dt.datetime(2026, 7, 8)),
        ("2026/7/8", dt.datetime(2026, 7, 8)),
        ("2026.7.8", dt.datetime(2026, 7, 8)),
        ("2026/07/08 10:00:00", dt.datetime(2026, 7, 8, 10)),
        ("2026-07-08T10:00:05.250", dt.datetime(2026, 7, 8, 10, 0, 5)),
        ("2026/7/8 9:05", dt.datetime(2026, 7, 8, 9, 5)),
        ("2026-07-08 09:05 PM", dt.datetime(2026, 7, 8, 21, 5)),
        ("2026-07-08 12:05 am", dt.datetime(2026, 7, 8, 0, 5)),
        ("20260822", dt.datetime(2026, 8, 22)),
        ("20260822103309", dt.datetime(2026, 8, 22, 10, 33, 9)),
        ("20260822 10:33", dt.datetime(2026, 8, 22, 10, 33)),
        ("2026年5月3日", dt.datetime(2026, 5, 3)),
        ("2026年5月3日 12:34", dt.datetime(2026, 5, 3, 12, 34)),
        ("2026年5月3日12時34分56秒", dt.datetime(2026, 5, 3, 12, 34, 56)),
        ("2026年12月3日(木)", dt.datetime(2026, 12, 3)),
        ("２０２６／７／８　１０：００", dt.datetime(2026, 7, 8, 10)),
        ("45296", dt.datetime(2024, 1, 5)),
        ("45296.75", dt.datetime(2024, 1, 5, 18)),
        ("2026-08-20 08:00:00 -0400", dt.datetime(2026, 8, 20, 8)),
        ("2026-08-20T08:00:00+09:00", dt.datetime(2026, 8, 20, 8)),
        ("2026-08-20T08:00:00Z", dt.datetime(2026, 8, 20, 8)),
    ],
)
def test_a_date_is_read_as_written(text, expected):
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-13-01", "2026-02-29", "2026-04-31", "2026-01-00", "20260230", "9999-12-31"]
    + ["1900-01-01", "2026-01-01 24:00", "2026-01-01 10:60", "123", "2026", "00000", "26/7/8"],
)
def test_what_is_no_date_is_not_guessed_at(text):
    assert read(text, "2026-07-08") == [None, dt.datetime(2026, 7, 8)]


def test_forms_may_be_mixed_in_one_column():
    assert read("2026-07-08", "20260709", "2026/7/10", "2026年7月11日") == [
        dt.datetime(2026, 7, day) for day in (8, 9, 10, 11)
    ]


def test_a_column_with_a_month_over_twelve_shows_which_part_is_the_day():
    assert read("12/1/2010 8:26", "12/13/2010 9:00") == [
        dt.datetime(2010, 12, 1, 8, 26),
        dt.datetime(2010, 12, 13, 9),
    ]
    assert read("1.12.2010", "13.12.2010") == [dt.datetime(2010, 12, d) for d in (1, 13)]


@pytest.mark.parametrize("texts", [["1/2/2010", "3/4/2010"], ["13/1/2010", "1/13/2010"]])
def test_a_column_that_does_not_show_it_is_refused(texts):
    with pytest.raises(InputProblem) as caught:
        read(*texts)
    assert caught.value.faults[0][0] == "ambiguous_dates"


def test_a_few_unsettled_dates_among_others_are_only_unreadable():
    assert read("2010-01-02", "2010-01-03", "1/2/2010")[2] is None


def test_an_offset_is_applied_only_where_a_time_zone_is_set():
    text = "2026-08-20 20:00:00 -0400"
    assert read(text) == [dt.datetime(2026, 8, 20, 20)]
    assert read(text, "2026-08-20 20:00", timezone="Asia/Tokyo") == [
        dt.datetime(2026, 8, 21, 9),
        dt.datetime(2026, 8, 20, 20),
    ]


def days(*texts, starts):
    stamps = read_dates(column(*texts), "date", "f.csv")
    return [str(day) for day in business_days(stamps, starts)]


def test_sales_before_the_start_of_the_day_belong_to_the_day_before():
    assert days("2026-07-08 04:59", "2026-07-08 05:00", "2026-03-01 00:00", starts="05:00") == [
        "2026-07-07",
        "2026-07-08",
        "2026-02-28",
    ]


def test_dates_without_a_time_are_never_moved():
    assert days("2026-07-08", starts="05:00") == ["2026-07-08"]
    assert days("2026-07-08 00:00:00", starts="05:00") == ["2026-07-08"]  # padding, not midnight
    assert days("2026-07-08", "2026-07-09 03:00", starts="05:00") == ["2026-07-08", "2026-07-08"]


def test_a_column_of_times_joins_a_column_of_days():
    whole = joined(column("2022/8/10", "2022/8/11", "2022/8/12"), column("103309", "93309", "9:05"))
    assert read_dates(whole, "date", "f.csv").at.tolist() == [
        dt.datetime(2022, 8, 10, 10, 33, 9),
        dt.datetime(2022, 8, 11, 9, 33, 9),
        dt.datetime(2022, 8, 12, 9, 5),
    ]


def test_a_file_with_day_and_time_columns_is_read_with_both(shop):
    text = "会員ID,日付,注文時間,金額\n1,2022/8/10,033309,5\n"
    order = shop.orders(text, day_starts_at="05:00")[0]
    assert order["ordered_at"] == dt.datetime(2022, 8, 10, 3, 33, 9)
    assert order["date"] == dt.date(2022, 8, 9)
