"""The earlier diagnoses of a client: found by themselves, and not lost when one is made again."""

import datetime as dt

import pandas as pd

from toolkit.desk import diagnosis
from toolkit.desk.earlier import earlier_of, keep_filled_in, kept_in
from toolkit.report.workbook import Sheet, write_workbook
from toolkit.settings import Settings

HEAD = "customer_id,list,campaign,closing_date,group,chance,layer,band,channel,contact_cost,"
HEAD += "offer_cost,margin_share,sent,reason\n"
ROW = "1,winback,winback,2025-01-31,contact,0.1,steady,1,letter,120,0,0.4,{},\n"


def left_behind(folder, sent=""):
    folder.mkdir(parents=True)
    (folder / "groups.csv").write_text(HEAD + ROW.format(sent), encoding="utf-8-sig")


def given(**settings):
    return Settings.checked({"sales_file": "a.csv", "client": "x/y"} | settings)


def test_lists_of_an_earlier_date_of_the_same_client_are_found(tmp_path):
    assert earlier_of(given(), tmp_path) is None
    left_behind(tmp_path / "x-y" / "2025-01-31")
    left_behind(tmp_path / "z" / "2025-02-28")
    assert earlier_of(given(), tmp_path) == str(tmp_path / "x-y")
    assert earlier_of(given(closing_date=dt.date(2025, 1, 31)), tmp_path) is None
    assert earlier_of(given(closing_date=dt.date(2025, 2, 1)), tmp_path) == str(tmp_path / "x-y")
    assert earlier_of(given(client="other"), tmp_path) is None


def test_a_folder_that_is_no_date_is_no_diagnosis(tmp_path):
    left_behind(tmp_path / "x-y" / "old")
    assert earlier_of(given(), tmp_path) is None


def test_what_people_wrote_into_a_list_outlives_a_second_run_of_the_same_date(tmp_path):
    for name, sent, kept in (("filled", "2025-02-03", True), ("empty", "", False)):
        left_behind(tmp_path / name / "old", sent)
        left_behind(tmp_path / name / "new", "")
        (tmp_path / name / "new" / "groups.csv").write_text("new", encoding="utf-8")
        keep_filled_in(tmp_path / name / "old", tmp_path / name / "new")
        text = (tmp_path / name / "new" / "groups.csv").read_text(encoding="utf-8-sig")
        assert (text != "new") is kept


def test_a_reason_in_the_win_back_list_outlives_it_too(tmp_path):
    head = "Customer,Reason for leaving\n"
    for name, text in (("old", head + "1,dear\n"), ("new", head + "1,\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "winback.csv").write_text(text, encoding="utf-8-sig")
    assert (kept_in(tmp_path / "old"), kept_in(tmp_path / "new")) == (["winback.csv"], [])
    keep_filled_in(tmp_path / "old", tmp_path / "new")
    assert kept_in(tmp_path / "new") == ["winback.csv"]


def test_so_do_a_filled_in_workbook_and_calendar(tmp_path):
    for name, mark in (("old", "x"), ("new", "")):
        (tmp_path / name).mkdir()
        table = pd.DataFrame({"Customer": ["1"], "Reason for leaving": [mark]})
        write_workbook(tmp_path / name / "lists.xlsx", [Sheet("a", table, {})])
        text = f"Date,Customer,Contacted on (YYYY-MM-DD)\n2025-02-03,1,{mark and '2025-02-03'}\n"
        (tmp_path / name / "calendar.csv").write_text(text, encoding="utf-8-sig")
    assert kept_in(tmp_path / "new") == []
    keep_filled_in(tmp_path / "old", tmp_path / "new")
    assert kept_in(tmp_path / "new") == ["calendar.csv", "lists.xlsx"]


def test_none_stays_none_and_is_no_path(tmp_path):
    told = diagnosis._parameters(given(earlier_lists="none"), tmp_path)
    assert told["earlier_lists"] == "none"
    named = diagnosis._parameters(given(earlier_lists="out/x"), tmp_path)["earlier_lists"]
    assert named != "out/x" and named.endswith("x")
