"""Dates that lack their era, year or separators, made whole where the file shows how."""

import datetime as dt
import io

import pytest
import xlsxwriter

DAYS = [(month, day) for month in range(1, 8) for day in (3, 9, 17, 28)]
OF_2026 = [dt.date(2026, month, day) for month, day in DAYS]
MAY = [dt.date(2026, 5, day) for day in range(1, 29)]


def sales(dates, head="売上日"):
    rows = (f"{1001 + i % 7},{date},{1000 + 37 * i}\n" for i, date in enumerate(dates))
    return f"会員番号,{head},金額\n" + "".join(rows)


def days(shop, content, **options):
    return [order["date"] for order in shop.orders(content, **options)]


@pytest.mark.parametrize("form", ("26{0:02}{1:02}", "{1:02}{0:02}26", "{0:02}{1:02}26"))
def test_six_digits_are_a_date_in_the_order_that_the_column_shows(shop, form):
    assert days(shop, sales([form.format(*day) for day in DAYS])) == OF_2026


def test_months_of_six_digits_are_no_days(shop):
    content = sales([f"2026{month:02}" for month, _ in DAYS])
    assert "dates_without_day" in shop.faults(content)


@pytest.mark.parametrize("head", ("和暦", "売上日(和暦)", "日付（令和）", "売上日_和暦"))
@pytest.mark.parametrize(
    "form", ("8.{0}.{1}", "8/{0:02}/{1:02}", "08{0:02}{1:02}", "8年{0}月{1}日")
)
def test_a_heading_says_the_era(shop, head, form):
    content = sales([form.format(*day) for day in DAYS], head)
    assert days(shop, content) == OF_2026
    assert shop.notes(content)["dates_of_era"]["era"] == "R"


@pytest.mark.parametrize(
    "form", ("R8.{0}.{1}", "r8.{0}.{1}", "令8/{0}/{1}", "R08{0:02}{1:02}", "令和8.{0}.{1}")
)
def test_a_date_says_its_era_in_short(shop, form):
    content = sales([form.format(*day) for day in DAYS])
    assert days(shop, content) == OF_2026
    assert "dates_of_era" not in shop.notes(content)


def test_years_of_heisei_under_a_heading_of_eras(shop):
    content = sales([f"30.{month}.{day}" for month, day in DAYS], "売上日(和暦)")
    assert days(shop, content) == [dt.date(2018, month, day) for month, day in DAYS]
    assert shop.notes(content)["dates_of_era"]["era"] == "H"


def test_one_date_with_its_era_shows_that_of_the_others(shop):
    content = sales(["令和8.1.3", *(f"8.{month}.{day}" for month, day in DAYS[1:])])
    assert days(shop, content) == OF_2026


def test_years_that_nothing_shows_the_era_of_are_asked_for_with_the_option(shop):
    content = sales([f"8.{month}.{day}" for month, day in DAYS])
    assert "ambiguous_short_dates" in shop.faults(content)
    assert days(shop, content, date_order="reiwa") == OF_2026
    told = [dt.date(2008, month, day) for month, day in DAYS]
    assert days(shop, content.replace(",8.", ",08."), date_order="ymd") == told


@pytest.mark.parametrize("form", ("5/{}", "05-{:02}", "5月{}日", "5月{}日(土)", "5/{} 12:30"))
@pytest.mark.parametrize(
    "name",
    (
        "売上_202605.csv",
        "売上_2026年5月.csv",
        "2026-05.csv",
        "売上2026.csv",
        "令和8年5月.csv",
        "R8.5.csv",
    ),
)
def test_the_name_of_the_file_says_the_year(shop, form, name):
    content = sales([form.format(day.day) for day in MAY])
    assert days(shop, content, name=name) == MAY
    assert shop.notes(content, name=name)["dates_year_of_title"]["year"] == "2026"


@pytest.mark.parametrize(
    "name",
    (
        *("売上.csv", "売上_202604.csv", "売上_2025-2026.csv", "2026年度.csv", "売上_20260531.csv"),
        *("FY2026.csv", "店舗1234567.csv"),
    ),
)
def test_a_name_that_proves_no_year_stops_the_run(shop, name):
    content = sales([f"5/{day.day}" for day in MAY])
    assert "dates_without_year" in shop.faults(content, name=name)


def test_sheets_say_the_year_each_for_its_own(shop):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for title, first in (("2025年12月", "12/"), ("2026年1月", "1/")):
            sheet = book.add_worksheet(title)
            sheet.write_row(0, 0, ["会員番号", "日付", "金額"])
            for day in range(1, 12):
                sheet.write_row(day, 0, [1000 + day % 4, f"{first}{day}", 500 + 13 * day])
    expected = [dt.date(2025, 12, d) for d in range(1, 12)]
    expected += [dt.date(2026, 1, d) for d in range(1, 12)]
    assert sorted(days(shop, stream.getvalue(), name="売上.xlsx")) == expected


def test_a_day_alone_is_of_the_month_that_the_name_says(shop):
    content = sales([day.day for day in MAY], "日")
    assert days(shop, content, name="売上_2026年5月.csv") == MAY
    assert "dates_month_of_title" in shop.notes(content, name="売上_2026年5月.csv")


def test_parts_of_a_date_in_columns_of_their_own_are_not_of_the_month_of_the_name(shop):
    rows = "".join(f"{1001 + i % 7},2026,{m},{d},{900 + 37 * i}\n" for i, (m, d) in enumerate(DAYS))
    content = "会員番号,年,月,日,金額\n" + rows
    assert days(shop, content, name="売上_202608.csv") == OF_2026


def test_whole_dates_are_left_as_they_are(shop):
    content = sales([day.isoformat() for day in OF_2026])
    assert days(shop, content, name="売上_202405.csv") == OF_2026
    assert not [
        key for key in shop.notes(content, name="売上_202405.csv") if key.startswith("dates")
    ]


@pytest.mark.parametrize(
    "above",
    [
        "2026年5月 売上表\n\n",
        "売上表,,\n令和8年5月,,\n",
        "【2026年】売上,,\n出力日：2026/06/30,,\nTEL 03-2025-1234,,\n",
    ],
    ids=["title", "era", "printed"],
)
def test_days_are_of_the_year_of_a_line_above_the_heading(shop, above):
    content = above + sales([f"5/{day.day}" for day in MAY])
    assert days(shop, content) == MAY
    assert shop.notes(content)["dates_year_of_title"]["year"] == "2026"


@pytest.mark.parametrize(
    "above",
    ["2026年度 売上表\n", "2026年4月 売上表\n", "2025年売上,2026年売上\n", "TEL 03-2025-1234\n"],
    ids=["fiscal", "another month", "two years", "telephone"],
)
def test_a_line_above_that_proves_no_year_stops_the_run(shop, above):
    content = above + sales([f"5/{day.day}" for day in MAY])
    assert "dates_without_year" in shop.faults(content)
