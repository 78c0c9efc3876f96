"""Times of day in a column beside the days."""

import pytest

from toolkit.words import Words

ROWS = ("2024/3/21,23:30", "2024/3/22,0:30", "2024/3/23,18:00", "2024/3/24,19:15")


def content(names, rows=ROWS, beside=""):
    lines = [f"{100 + i},A{i},{row}{beside},{500 + 7 * i}" for i, row in enumerate(rows)]
    return "\n".join([f"伝票番号,会員番号,{names},金額", *lines]) + "\n"


def days(shop, text, **settings):
    found = shop.orders(text, day_starts_at="05:00", **settings)
    return [f"{order['date']:%d}" for order in found]


@pytest.mark.parametrize(
    "names",
    [
        "来店日,時刻",
        "来店日,時間",
        "来店日,来店時刻",
        "来店日,会計時刻",
        "来店日,売上時刻",
        "来店日,time",
    ]
    + [
        "売上日,時刻",
        "来店日,開始時間",
        "注文日,受付時刻",
        "visit_date,start_time",
        "来店日,終了時刻",
    ],
)
def test_a_name_that_says_time_of_day_with_clocks_below(shop, names):
    assert days(shop, content(names)) == ["21", "21", "23", "24"]


@pytest.mark.parametrize(
    "names", ["来店日,所要時間", "来店日,施術時間", "来店日,duration", "来店日,更新時刻"]
)
def test_other_times_are_left(shop, names):
    text = content(names)
    assert days(shop, text) == ["21", "22", "23", "24"]
    assert shop.notes(text, day_starts_at="05:00")["day_start_idle"]["start"] == "05:00"


def test_spans_of_time_are_no_times_of_day(shop):
    spans = ("2024/3/21,1:00", "2024/3/22,0:30", "2024/3/23,1:30", "2024/3/24,2:00")
    assert days(shop, content("来店日,時間", spans)) == ["21", "22", "23", "24"]
    assert days(shop, content("来店日,時間", spans), time_column="時間")[0] == "20"


def test_of_several_the_visit_s_own_and_no_end(shop):
    rows = tuple(f"{day},23:59,{time},4:50" for day, time in (row.split(",") for row in ROWS))
    text = content("来店日,予約時刻,来店時刻,終了時刻", rows)
    assert shop.read(text).source.columns["date"] == ("来店日", "来店時刻")
    assert shop.read(text, time_column="予約時刻").source.columns["date"][1] == "予約時刻"
    assert shop.read(text, time_column="none").source.columns["date"] == ("来店日",)


def test_days_with_times_of_their_own_need_none(shop):
    rows = tuple(row.replace(",", " ") + ",4:00" for row in ROWS)
    assert days(shop, content("来店日時,時刻", rows)) == ["21", "21", "23", "24"]
    assert "day_start_idle" not in shop.notes(content("来店日時,時刻", rows), day_starts_at="05:00")


def test_no_row_is_lost_for_a_column_with_words_in_it(shop):
    """A time that cannot be read makes its row unreadable: such a column is not taken."""
    rows = (*ROWS, "2024/3/25,不明")
    assert days(shop, content("来店日,時刻", rows)) == ["21", "22", "23", "24", "25"]
    rows = (*ROWS, "2024/3/25,-", "2024/3/26,")
    assert days(shop, content("来店日,時刻", rows)) == ["21", "21", "23", "24", "25", "26"]


def test_times_with_noon_said(shop):
    rows = ("2024/3/21,午後11:30", "2024/3/22,午前0:30", "2024/3/23,午後6:00", "2024/3/24,午後7:15")
    assert days(shop, content("来店日,時間", rows)) == ["21", "21", "23", "24"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_option_is_told(language):
    told = Words(language).say(
        "note.day_start_idle", start="05:00", column="来店日", option="--time"
    )
    assert "--time" in told and "--day-starts-at 05:00" in told
