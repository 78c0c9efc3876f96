"""Dates that do not say which part is the day: what decides, what contradicts, what is told."""

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest

from toolkit.intake.tables.coded import Coded
from toolkit.intake.values.dates import read_dates
from toolkit.intake.values.place import Place
from toolkit.problems import InputProblem
from toolkit.words import Words


def stamps(*texts, order=None):
    coded = pa.array(texts, pa.string()).dictionary_encode()
    column = Coded(coded.indices.to_numpy(), coded.dictionary)
    return read_dates(column, Place("f.csv", "date", np.arange(len(texts)) + 2), order=order)


def read(*texts, order=None):
    return [str(at)[:10] for at in stamps(*texts, order=order).at]


def problem(*texts):
    with pytest.raises(InputProblem) as caught:
        stamps(*texts)
    return caught.value


DECIDED = {
    "day over twelve": (["3/4/2013", "25/12/2012"], ["2013-04-03", "2012-12-25"], "dates_dmy"),
    "day second": (["03/04/2013", "12/25/2012"], ["2013-03-04", "2012-12-25"], "dates_mdy"),
    "points": (["1.12.2010", "13.12.2010"], ["2010-12-01", "2010-12-13"], "dates_dmy"),
    "times": (["12/1/2010 8:26", "12/13/2010 9:00"], ["2010-12-01", "2010-12-13"], "dates_mdy"),
    "the same": (["11/11/2010", "13/11/2010"], ["2010-11-11", "2010-11-13"], "dates_dmy"),
    "29 February": (["29/02/12", "01/03/12"], ["2012-02-29", "2012-03-01"], "dates_dmy_span"),
    "year first": (["26/07/08", "26/07/09"], ["2026-07-08", "2026-07-09"], "dates_ymd_span"),
    "year last": (["08/07/26", "31/07/26"], ["2026-07-08", "2026-07-31"], "dates_dmy_span"),
    "month first": (["07/08/26", "07/31/26"], ["2026-07-08", "2026-07-31"], "dates_mdy"),
    "year over 31": (["98/12/01", "99/02/03"], ["1998-12-01", "1999-02-03"], None),
    "both years": (["08/07/26", "31/07/2026"], ["2026-07-08", "2026-07-31"], "dates_dmy"),
    "known dates": (["08/07/09", "2008-07-10"], ["2008-07-09", "2008-07-10"], "dates_ymd_span"),
}


@pytest.mark.parametrize("case", DECIDED)
def test_the_column_decides(case):
    texts, expected, told = DECIDED[case]
    assert read(*texts) == expected
    assert [key for key, _ in stamps(*texts).told] == ([told] if told else [])


def test_what_decided_is_told_with_an_example():
    (note,) = stamps("13/04/2013", "03/04/2013", "25/12/2012").told
    values = {"file": "f.csv", "column": "date", "value": "03/04/2013", "proof": "13/04/2013"}
    assert note == ("dates_dmy", values)
    assert Words("en").say("note.dates_dmy", **values) == (
        "f.csv, “date”: dates such as 03/04/2013 were read as day/month/year, "
        "because 13/04/2013 occurs."
    )
    assert Words("ja").say("note.dates_dmy", **values) == (
        "f.csv の「date」：03/04/2013 のような日付は日/月/年として読みました"
        "（13/04/2013 があるため）。"
    )


def test_a_year_found_by_the_span_is_told_with_both():
    (note,) = stamps("26/07/08", "26/07/09").told
    assert note[1] | {"days": 1, "other_days": 365, "value": "26/07/08"} == note[1]
    assert (
        Words("en")
        .say(f"note.{note[0]}", **note[1])
        .endswith(
            "(days from first to last: 1; otherwise 365 or more). "
            "If that is wrong, add `--date-order dmy`."
        )
    )


def test_nothing_is_told_where_nothing_could_be_read_otherwise():
    assert stamps("25/12/2012", "26/12/2012").told == ()
    assert stamps("2012-12-25", "R6.5.1").told == ()


def test_the_ledger_tells_it_among_its_notes(shop):
    text = "customer_id,date,amount\n1,03/04/2013,5\n1,25/12/2012,5\n"
    assert shop.notes(text)["dates_dmy"]["proof"] == "25/12/2012"


def test_a_column_that_shows_no_order_is_refused_with_the_option():
    found = problem("2012-01-01", "1/2/2010", "3/4/2010")
    assert found.text("en") == (
        "f.csv, row 3, column date: 1/2/2010 can be read as 2010-02-01 "
        "(`--date-order dmy`), 2010-01-02 (`--date-order mdy`), and no other date of the column "
        "shows which is meant. Add the option of the right one."
    )
    assert found.text("ja") == (
        "f.csv の 3 行目、列「date」："
        "1/2/2010 は 2010-02-01 (`--date-order dmy`), 2010-01-02 (`--date-order mdy`) の"
        "どれとも読め、列のほかの日付を見ても決められません。"
        "正しい読み方のオプションを付けてください。"
    )


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("26/07/08", "2026-07-08 (ymd), 2008-07-26 (dmy)"),
        ("05/06/07", "2005-06-07 (ymd), 2007-06-05 (dmy), 2007-05-06 (mdy)"),
        ("31/12/26", "2031-12-26 (ymd), 2026-12-31 (dmy)"),
    ],
    ids=["two", "three", "year or day"],
)
def test_every_reading_of_a_date_is_told(text, readings):
    told = problem(text).faults[0][1]["readings"]
    assert told.replace("`--date-order ", "").replace("`", "") == readings


def test_a_date_that_is_the_same_in_every_order_needs_none():
    assert read("11/11/2011", "5/5/2011") == ["2011-11-11", "2011-05-05"]
    assert read("11/11/11") == ["2011-11-11"]
    assert stamps("11/11/11").told == ()


def test_two_orders_in_one_column_are_refused_with_a_row_of_each():
    found = problem("13/1/2010", "1/2/2010", "1/13/2010")
    assert found.text("en") == (
        "f.csv, column date: 13/1/2010 (row 2) can only be read as dmy, 1/13/2010 (row 4) only "
        "as mdy. Correct the dates, or add `--date-order dmy`, the order of most of them; "
        "the others are then left out."
    )
    assert found.text("ja") == (
        "f.csv の列「date」：2 行目の 13/1/2010 は dmy、"
        "4 行目の 1/13/2010 は mdy としか読めません。"
        "日付を直すか、多いほうの並びの `--date-order dmy` を付けてください。"
        "合わない日付の行は除きます。"
    )


def test_a_slip_under_one_percent_is_unreadable_and_decides_nothing():
    month = [f"{day}/7/2010" for day in range(1, 32)] * 4
    found = read(*month, "7/13/2010")
    assert found[-1] == "NaT" and found[:31] == [f"2010-07-{day:02}" for day in range(1, 32)]
    assert problem(*month[:31], "7/13/2010").faults[0][0] == "contradictory_dates"


def test_a_slip_in_a_column_of_short_years_does_not_move_the_year():
    texts = [f"26/{month:02}/{day:02}" for month in range(1, 13) for day in range(1, 29)]
    found = read(*texts, "08/07/2026")
    assert found[-1] == "NaT" and found[0] == "2026-01-01" and found[-2] == "2026-12-28"


def test_what_is_a_date_in_no_order_decides_nothing():
    assert read("99/99/9999", "00/00/0000", "13/4/2010", "3/4/2010") == [
        *("NaT", "NaT", "2010-04-13", "2010-04-03")
    ]


def test_a_few_unsettled_dates_among_others_are_only_unreadable():
    settled = [str(dt.date(2010, 1, 1) + dt.timedelta(days)) for days in range(200)]
    assert read(*settled, "1/2/2010")[-1] == "NaT"
    assert problem(*settled[:50], "1/2/2010").faults[0][1]["row"] == 52


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("dmy", ["2010-02-01", "NaT", "2026-07-08", "2013-02-11"]),
        ("mdy", ["2010-01-02", "2010-01-13", "2026-07-08", "2013-02-11"]),
        ("ymd", ["NaT", "NaT", "2026-07-08", "2013-02-11"]),
    ],
    ids=["dmy", "mdy", "ymd"],
)
def test_an_order_that_is_set_holds(order, expected):
    assert read("1/2/2010", "1/13/2010", "2026-07-08", "11-Feb-13", order=order) == expected
    assert (
        read("01/02/03", order=order)[0][-8:]
        == {
            "dmy": "03-02-01",
            "mdy": "03-01-02",
            "ymd": "01-02-03",
        }[order]
    )


def test_the_setting_reaches_the_file(shop):
    text = "customer_id,date,amount\n1,1/2/2010,5\n"
    assert shop.faults(text)["ambiguous_dates"]["row"] == 2
    assert shop.orders(text, date_order="dmy")[0]["date"] == dt.date(2010, 2, 1)


def test_a_contact_log_decides_for_itself_and_tells_it(shop, tmp_path):
    (tmp_path / "log.csv").write_text("customer_id,date\n1,1/2/2010\n1,2/13/2010\n")
    given = {"contacts_file": str(tmp_path / "log.csv")}
    text = "customer_id,date,amount\n1,2010-01-02,5\n1,2010-12-02,5\n"
    told = shop.notes(text, **given)["dates_mdy"]
    assert (told["file"], told["proof"]) == ("log.csv", "2/13/2010")
