"""Every way a date may be written."""

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest

from toolkit.intake.tables.coded import Coded
from toolkit.intake.values.clocks import joined
from toolkit.intake.values.dates import business_days, read_dates
from toolkit.intake.values.eras import BEGINS
from toolkit.intake.values.place import Place


def column(*texts):
    return Coded(np.arange(len(texts)), pa.array(texts, pa.string()))


def stamps(of, **given):
    return read_dates(of, Place("f.csv", "date", np.arange(len(of.codes)) + 2), **given)


def read(*texts, **given):
    return stamps(column(*texts), **given).at.tolist()


FORMS = {
    "1月18日令和6年": dt.datetime(2024, 1, 18),
    "2024/01/18 10:30～11:00": dt.datetime(2024, 1, 18, 10, 30),
    "2024年1月18日 10時30分〜11時": dt.datetime(2024, 1, 18, 10, 30),
    "2024/01/18 10:30-11:00": dt.datetime(2024, 1, 18, 10, 30),
    "2026-07-08": dt.datetime(2026, 7, 8),
    "2026/7/8": dt.datetime(2026, 7, 8),
    "2026.7.8": dt.datetime(2026, 7, 8),
    "2024/10/31": dt.datetime(2024, 10, 31),
    "2022/8/10": dt.datetime(2022, 8, 10),
    "2026/07/08 10:00:00": dt.datetime(2026, 7, 8, 10),
    "2026-07-08T10:00:05.250": dt.datetime(2026, 7, 8, 10, 0, 5),
    "2026/7/8 9:05": dt.datetime(2026, 7, 8, 9, 5),
    "2026/7/8   9:05": dt.datetime(2026, 7, 8, 9, 5),
    "2026-07-08 09:05 PM": dt.datetime(2026, 7, 8, 21, 5),
    "2026-07-08 12:05 am": dt.datetime(2026, 7, 8, 0, 5),
    "2026-07-08 9:05 p.m.": dt.datetime(2026, 7, 8, 21, 5),
    "20260822": dt.datetime(2026, 8, 22),
    "20260822103309": dt.datetime(2026, 8, 22, 10, 33, 9),
    "20260822T103309": dt.datetime(2026, 8, 22, 10, 33, 9),
    "202608221033": dt.datetime(2026, 8, 22, 10, 33),
    "20260822 10:33": dt.datetime(2026, 8, 22, 10, 33),
    "2026年5月3日": dt.datetime(2026, 5, 3),
    "2026年5月3日 12:34": dt.datetime(2026, 5, 3, 12, 34),
    "2026年5月3日12時34分56秒": dt.datetime(2026, 5, 3, 12, 34, 56),
    "2026年5月3日 12時": dt.datetime(2026, 5, 3, 12),
    "2026年5月3日 午後3時5分": dt.datetime(2026, 5, 3, 15, 5),
    "2026年5月3日午前0時5分": dt.datetime(2026, 5, 3, 0, 5),
    "2026/5/3 午後12:30": dt.datetime(2026, 5, 3, 12, 30),
    "2026/5/3午後3:05": dt.datetime(2026, 5, 3, 15, 5),
    "01月18日2024年": dt.datetime(2024, 1, 18),
    "1月18日2024年 13:05": dt.datetime(2024, 1, 18, 13, 5),
    "18日1月2024年": dt.datetime(2024, 1, 18),
    "13:05 2024/01/18": dt.datetime(2024, 1, 18, 13, 5),
    "13:05:09 2024-1-18": dt.datetime(2024, 1, 18, 13, 5, 9),
    "13時05分 2024年1月18日(木)": dt.datetime(2024, 1, 18, 13, 5),
    "午後1:05 2024/1/18": dt.datetime(2024, 1, 18, 13, 5),
    "1:05 PM, Jan 18 2024": dt.datetime(2024, 1, 18, 13, 5),
    "2026年12月3日(木)": dt.datetime(2026, 12, 3),
    "2026年5月3日日曜日 12:34": dt.datetime(2026, 5, 3, 12, 34),
    "2026年５月３日（日・祝） 12:34": dt.datetime(2026, 5, 3, 12, 34),
    "2026/07/08 (Wed) 10:00": dt.datetime(2026, 7, 8, 10),
    "Wed, 8 Jul 2026 10:00:00 +0900": dt.datetime(2026, 7, 8, 10),
    "２０２６／７／８　１０：００": dt.datetime(2026, 7, 8, 10),
    "45296": dt.datetime(2024, 1, 5),
    "45296.0": dt.datetime(2024, 1, 5),
    "45296.75": dt.datetime(2024, 1, 5, 18),
    "45296,4375": dt.datetime(2024, 1, 5, 10, 30),
    "45296.999999": dt.datetime(2024, 1, 6),
    "2026-08-20 08:00:00 -0400": dt.datetime(2026, 8, 20, 8),
    "2026-08-20T08:00:00+09:00": dt.datetime(2026, 8, 20, 8),
    "2026-08-20T08:00:00Z": dt.datetime(2026, 8, 20, 8),
    "2026-08-20 08:00:00.123456+09": dt.datetime(2026, 8, 20, 8),
    "2026-08-20 08:00:00 JST": dt.datetime(2026, 8, 20, 8),
    "2026-08-20+09:00": dt.datetime(2026, 8, 20),
    "11-Feb-13": dt.datetime(2013, 2, 11),
    "11-FEB-70": dt.datetime(1970, 2, 11),
    "11-Feb-2013 15:04": dt.datetime(2013, 2, 11, 15, 4),
    "11 Feb 2013": dt.datetime(2013, 2, 11),
    "11th February 2013": dt.datetime(2013, 2, 11),
    "Feb 11, 2013": dt.datetime(2013, 2, 11),
    "Sept. 11, 2013": dt.datetime(2013, 9, 11),
    "February 11, 2013 3:04 PM": dt.datetime(2013, 2, 11, 15, 4),
    "Monday, February 11, 2013": dt.datetime(2013, 2, 11),
    "2013-Feb-11": dt.datetime(2013, 2, 11),
    "11. Februar 2013": dt.datetime(2013, 2, 11),
    "3. März 2013": dt.datetime(2013, 3, 3),
    "11 févr. 2013": dt.datetime(2013, 2, 11),
    "1er août 2013": dt.datetime(2013, 8, 1),
    "27.8.2026": dt.datetime(2026, 8, 27),
    "令和6年5月1日": dt.datetime(2024, 5, 1),
    "令和6年5月1日(水) 10:33": dt.datetime(2024, 5, 1, 10, 33),
    "令和元年5月1日": dt.datetime(2019, 5, 1),
    "R6.5.1": dt.datetime(2024, 5, 1),
    "r6/5/1": dt.datetime(2024, 5, 1),
    "R060501": dt.datetime(2024, 5, 1),
    "平成31年4月30日": dt.datetime(2019, 4, 30),
    "H31.4.30": dt.datetime(2019, 4, 30),
    "平成元年1月8日": dt.datetime(1989, 1, 8),
    "昭和64年1月7日": dt.datetime(1989, 1, 7),
    "S63/12/1": dt.datetime(1988, 12, 1),
    "Ｓ６３／１２／１": dt.datetime(1988, 12, 1),
    "㋿6年5月1日": dt.datetime(2024, 5, 1),
    "㍻31年4月30日": dt.datetime(2019, 4, 30),
    "㍼63年12月1日": dt.datetime(1988, 12, 1),
}


@pytest.mark.parametrize("text", FORMS, ids=lambda text: text)
def test_a_date_is_read_as_written(text):
    assert read(text) == [FORMS[text]]


def test_forms_may_be_mixed_in_one_column():
    assert read(*FORMS) == list(FORMS.values())


NO_DATES = (
    *("", "soon", "-", "N/A", "2026-13-01", "2026-02-29", "2024-02-30", "2026-04-31", "2026-01-00"),
    *("20260230", "9999-12-31", "1900-01-01", "0000-00-00", "0000/00/00 00:00:00", "1949-12-31"),
    *("2200-01-01", "2026-01-01 10:60", "2026-06-30 23:59:60", "2026-01-01 30:00", "123", "2026"),
    *("00000", "18263", "26/7", "2026年5月", "2026/7/8 9", "2026/7/812:00", "2026-07-08-01"),
    *("2026-07-08 13:05 AM", "2026-07-08 24:05 PM", "2026-07-08 AM 3:00 PM", "32.13.2026"),
    *("2026-08-20 08:00 +9900", "Foo 11, 2013", "31-Feb-2013", "1/2/3", "99/99/99", "20269999"),
    *("昭和64年1月8日", "S64.1.8", "平成元年1月7日", "平成31年5月1日", "H31.5.1", "R1.4.30"),
    *("令和元年4月30日", "令和6年2月30日", "令和年5月1日", "令和0年5月1日", "R6.13.1"),
    *("大正15年1月1日", "T15.1.1", "明治1年1月1日"),
)


@pytest.mark.parametrize("text", NO_DATES, ids=lambda text: text or "blank")
def test_what_is_no_date_is_not_guessed_at(text):
    assert read(text, "2026-07-08") == [None, dt.datetime(2026, 7, 8)]


def test_an_era_reaches_to_the_day_before_the_next_begins():
    last = [str(day - 1) for day in BEGINS[3:5]]
    assert last == ["1989-01-07", "2019-04-30"]
    assert read("S64.1.7", "H1.1.8", "H31.4.30", "R1.5.1") == [
        dt.datetime.fromisoformat(day) for day in (last[0], "1989-01-08", last[1], "2019-05-01")
    ]


def test_one_day_that_does_not_exist_spoils_no_other():
    assert read("2026-07-08", "2026-02-30", "2026-07-08 10:00:01") == [
        dt.datetime(2026, 7, 8),
        None,
        dt.datetime(2026, 7, 8, 10, 0, 1),
    ]


def test_whether_a_time_is_written_is_remembered():
    found = stamps(column("2026-07-08", "2026-07-08 00:00", "45296", "45296.5", "2026/7/8 99:00"))
    assert found.timed.tolist() == [False, True, False, True, False]


def test_an_offset_is_applied_only_where_a_time_zone_is_set():
    text = "2026-08-20 20:00:00 -0400"
    assert read(text) == [dt.datetime(2026, 8, 20, 20)]
    assert read(text, "2026-08-20 20:00", "soon Z", timezone="Asia/Tokyo") == [
        dt.datetime(2026, 8, 21, 9),
        dt.datetime(2026, 8, 20, 20),
        None,
    ]
    texts = ("Thu, 20 Aug 2026 20:00:00 GMT", "2026-08-20 20:00 JST", "8/20/2026 20:00Z")
    assert read(*texts, timezone="Asia/Tokyo") == [
        dt.datetime(2026, 8, 21, 5),
        dt.datetime(2026, 8, 20, 20),
        dt.datetime(2026, 8, 21, 5),
    ]


def days(*texts, starts):
    return [str(day) for day in business_days(stamps(column(*texts)), starts)]


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
    assert days("2026-07-08 00:00", "2026-02-30 10:00", starts="05:00")[0] == "2026-07-08"


def test_hours_from_24_on_are_the_next_days_small_hours():
    assert read("2026-01-31 24:00", "2026-01-31 25:30", "2026年1月31日29時59分") == [
        dt.datetime(2026, 2, 1),
        dt.datetime(2026, 2, 1, 1, 30),
        dt.datetime(2026, 2, 1, 5, 59),
    ]
    texts = ("2026-01-31 25:30", "2026-01-31 22:00")
    assert days(*texts, starts="00:00") == ["2026-02-01", "2026-01-31"]
    assert days(*texts, starts="05:00") == ["2026-01-31", "2026-01-31"]


def test_hours_from_24_on_are_told(shop):
    text = "customer_id,date,amount\n1,2026-01-31 25:30,5\n1,2026-01-31 26:30,5\n"
    told = shop.notes(text)["late_hours"]
    assert told == {"file": "sales.csv", "column": "date", "n": 2}


TIMES = {
    "colons": (["9:05", "10:33:09", "", "-"], ["09:05:00", "10:33:09", "00:00:00", "00:00:00"]),
    "hhmmss": (["103309", "93309", "933"], ["10:33:09", "09:33:09", "00:09:33"]),
    "hhmm": (["1033", "933", "５"], ["10:33:00", "09:33:00", "00:05:00"]),
    "fractions": (["0.4375", ".5", "0", "0,75"], ["10:30:00", "12:00:00", "00:00:00", "18:00:00"]),
    "halves": (["午後3:05", "3:05 PM", "午前9時"], ["15:05:00", "15:05:00", "09:00:00"]),
    "excel": (["1899-12-30 10:33:09", "1900/1/0 9:05"], ["10:33:09", "09:05:00"]),
}


@pytest.mark.parametrize("kind", TIMES)
@pytest.mark.parametrize(
    "day", ["2022/8/10", "20220810", "44783", "令和4年8月10日(水)", "8/10/2022"]
)
def test_a_column_of_times_joins_a_column_of_days(kind, day):
    texts, expected = TIMES[kind]
    whole = joined(Coded(np.zeros(len(texts), int), pa.array([day])), column(*texts))
    found = stamps(whole, order="mdy")
    assert [f"{at:%Y-%m-%d %H:%M:%S}" for at in found.at.tolist()] == [
        f"2022-08-10 {time}" for time in expected
    ]


def test_late_hours_in_a_column_of_their_own_are_the_next_day():
    whole = joined(column("2022/8/10", "2022/8/31"), column("25:30", "10:00"))
    assert stamps(whole).at.tolist() == [
        dt.datetime(2022, 8, 11, 1, 30),
        dt.datetime(2022, 8, 31, 10),
    ]


def test_a_time_that_cannot_be_read_is_not_left_off():
    assert stamps(joined(column("2022/8/10"), column("noon"))).at.tolist() == [None]


def test_days_with_times_of_their_own_stay():
    whole = joined(column("2022/8/10 9:05", "2022/8/11"), column("10:33", "10:34"))
    assert stamps(whole).at.tolist() == [dt.datetime(2022, 8, 10, 9, 5), dt.datetime(2022, 8, 11)]


def test_a_midnight_that_only_pads_a_day_gives_way_to_the_time():
    whole = joined(column("2022-08-10 00:00:00", "2022/8/11 0:00"), column("10:33", ""))
    found = stamps(whole)
    assert found.at.tolist() == [dt.datetime(2022, 8, 10, 10, 33), dt.datetime(2022, 8, 11)]
    assert found.timed.tolist() == [True, False]


def test_columns_without_rows_join():
    assert len(joined(column(), column()).texts) == 0
    assert len(stamps(column()).at) == 0


def test_a_file_with_day_and_time_columns_is_read_with_both(shop):
    text = "会員ID,日付,注文時間,金額\n1,2022/8/10,033309,5\n"
    order = shop.orders(text, day_starts_at="05:00")[0]
    assert order["ordered_at"] == dt.datetime(2022, 8, 10, 3, 33, 9)
    assert order["date"] == dt.date(2022, 8, 9)


def test_years_of_two_digits_that_may_be_of_reiwa_are_told(shop):
    head = "会員番号,注文日,金額\n"
    few = head + "1,05/04/22,5\n2,05/12/23,6\n1,06/01/30,7\n"
    told = shop.notes(few)["years_of_era"]
    assert told["value"] == "05/04/22"
    assert (told["year"], told["reiwa"], told["meant"]) == (2005, 5, 2023)
    assert "years_of_era" not in shop.notes(head + "1,23/04/22,5\n2,23/12/23,6\n1,24/01/30,7\n")


def test_a_slot_is_no_offset():
    found = stamps(
        column("2024/01/18 10:30-11:00", "2024/01/18 09:00-09:30"), timezone="Asia/Tokyo"
    )
    assert found.at.tolist() == [dt.datetime(2024, 1, 18, 10, 30), dt.datetime(2024, 1, 18, 9)]
    assert not found.offset.any()
    ((key, told),) = found.told
    assert (key, told["n"], told["value"]) == ("time_slots", 2, "2024/01/18 10:30-11:00")


def test_an_offset_earlier_than_its_time_is_no_slot():
    found = stamps(column("2024-01-18 10:30-05:00", "2024-01-18 03:30-05:00"), timezone="UTC")
    assert found.at.tolist() == [dt.datetime(2024, 1, 18, 15, 30), dt.datetime(2024, 1, 18, 8, 30)]
    assert found.offset.all()


def test_a_guest_comes_on_the_day_of_check_in(shop):
    text = (
        "予約番号,予約受付日,チェックイン日,チェックアウト日,会員番号,料金合計\n"
        "Y1,2023/12/20,2024/01/09,2024/01/10,M1,36000\n"
        "Y2,2023/12/29,2024/01/18,2024/01/20,M2,24000\n"
    )
    days = shop.read(text).orders.order_by("source_row").date.to_pyarrow().to_pylist()
    assert [f"{day:%m/%d}" for day in days] == ["01/09", "01/18"]
