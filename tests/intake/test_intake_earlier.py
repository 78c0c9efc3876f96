"""The lists of earlier diagnoses, read back beside the sales."""

import datetime as dt

import pandas as pd
import pytest

from toolkit.intake import filled_in
from toolkit.report.workbook import Sheet, write_workbook

SALES = "customer_id,date,amount\n007,2024-01-05,100\n8,2024-01-05,50\n=9,2024-06-30,10\n"
HEAD = "customer_id,list,campaign,closing_date,group,chance,layer,band,channel,contact_cost,"
HEAD += "offer_cost,margin_share,sent,reason\n"
ROW = "{},winback,spring,{},{},0.25,steady,3,letter,120.5,0,0.4,{},{}\n"


def row(customer="007", day="2024-03-31", group="contact", sent="", reason=""):
    return ROW.format(customer, day, group, sent, reason)


@pytest.fixture
def lists(tmp_path):
    """Writes `groups.csv` files by the names of their folders; their home."""

    def write(encoding="utf-8-sig", **texts):
        for name, text in texts.items():
            folder = tmp_path / "out" / name.replace("d", "").replace("_", "-")
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "groups.csv").write_text(text, encoding=encoding)
        return tmp_path / "out"

    return write


def read(shop, home, sales=SALES, **settings):
    return shop.read(sales, earlier_lists=str(home), **settings)


def notes(ledger):
    return {note.key: dict(note.values) for note in ledger.notes if "earlier" in note.key}


def test_names_come_back_in_minor_units_with_what_was_filled_in(shop, lists):
    home = lists(d2024_03_31=HEAD + row(sent="2024/4/3", reason=" too dear ") + row("8"))
    ledger = read(shop, home / "2024-03-31", currency="USD")
    first, second = ledger.earlier.to_dict("records")
    assert first == {
        "file": "2024-03-31/groups.csv",
        "customer_id": "007",
        "list": "winback",
        "campaign": "spring",
        "group": "contact",
        "layer": "steady",
        "channel": "letter",
        "reason": "too dear",
        "closing_date": dt.date(2024, 3, 31),
        "sent": dt.date(2024, 4, 3),
        "due": None,
        "chance": 0.25,
        "band": 3.0,
        "contact_cost": 12050.0,
        "offer_cost": 0.0,
        "margin_share": 0.4,
    }
    assert (second["sent"], second["reason"]) == (None, "")
    assert [file.name for file in ledger.source.beside] == ["2024-03-31/groups.csv"]
    assert notes(ledger) == {"earlier_read": {"files": "2024-03-31/groups.csv", "n": 2}}


def test_all_dates_of_a_folder_but_those_on_or_after_the_closing_date(shop, lists):
    home = lists(
        d2024_02_29=HEAD + row(day="2024-02-29"),
        d2024_03_31=HEAD + row(),
        d2024_06_30=HEAD + row(day="2024-06-30"),
    )
    assert read(shop, home).earlier.closing_date.map(str).tolist() == ["2024-02-29", "2024-03-31"]
    assert set(notes(read(shop, home))) == {"earlier_read"}
    alone = read(shop, home / "2024-06-30")
    assert alone.earlier is None and set(notes(alone)) == {"earlier_after"}
    assert read(shop, home / "2024-03-31" / "groups.csv").earlier.shape[0] == 1


def test_numbers_that_a_spreadsheet_has_shortened_are_found(shop, lists):
    home = lists(
        encoding="cp932", d2024_03_31=HEAD + row("7", reason="高い") + row("'=9") + row("x")
    )
    ledger = read(shop, home)
    assert ledger.earlier.customer_id.tolist() == ["007", "=9", "x"]
    assert ledger.earlier.reason[0] == "高い"
    assert notes(ledger)["earlier_unknown"] == {"n": 1, "all": 3}


def test_lists_of_somebody_else_are_not_used(shop, lists):
    ledger = read(shop, lists(d2024_03_31=HEAD + row("x")))
    assert ledger.earlier is None and "earlier_unmatched" in notes(ledger)


def test_none_means_no_lists(shop):
    assert read(shop, "none").earlier is None


@pytest.mark.parametrize(
    ("broken", "key", "column", "value"),
    [
        (row(sent="soon"), "sent", "sent", "soon"),
        (row(sent="2024-03-01"), "sent", "sent", "2024-03-01"),
        (row(group="both"), "group", "group", "both"),
        (row().replace("0.25", "1.25"), "share", "chance", "1.25"),
        (row().replace("120.5", "-1"), "number", "contact_cost", "-1"),
        (row().replace("120.5", "?"), "number", "contact_cost", "?"),
        (row(day="never"), "date", "closing_date", "never"),
        (row().replace("spring", ""), "text", "campaign", ""),
        (row("8"), "customer_id", "customer_id", "8"),
    ],
    ids=["sent", "too-early", "group", "share", "cost", "words", "date", "empty", "twice"],
)
def test_a_damaged_cell_is_named_with_file_row_and_column(shop, lists, broken, key, column, value):
    home = lists(d2024_03_31=HEAD + row("8") + broken)
    told = shop.faults(SALES, earlier_lists=str(home))
    assert told == {
        f"earlier_cell_{key}": {
            "file": "2024-03-31/groups.csv",
            "row": 3,
            "column": column,
            "value": value,
        }
    }


def test_an_empty_file_of_lists_is_told_in_the_words_of_lists(shop, lists):
    found = shop.faults(SALES, earlier_lists=str(lists(d2024_03_31="")))
    assert list(found) == ["earlier_empty"]
    assert found["earlier_empty"]["file"] == "2024-03-31/groups.csv"


def test_foreign_files_and_missing_folders_are_faults(shop, lists, tmp_path):
    home = lists(d2024_03_31="customer_id,date\n007,2024-01-01\n")
    assert shop.faults(SALES, earlier_lists=str(home))["earlier_foreign"]["columns"].startswith(
        "list"
    )
    assert "earlier_missing" in shop.faults(SALES, earlier_lists=str(tmp_path / "nowhere"))
    (tmp_path / "empty").mkdir()
    assert "earlier_none" in shop.faults(SALES, earlier_lists=str(tmp_path / "empty"))


def test_reasons_in_the_win_back_list_are_read_too(shop, lists):
    home = lists(d2024_03_31=HEAD + row(reason="moved") + row("x"))
    listed = "顧客番号 / Customer,離れた理由 / Reason for leaving,組\n"
    listed += "007,too dear,連絡する\n8,too far,–\nnobody,gone,–\n'=9,,–\n"
    (home / "2024-03-31" / "winback.csv").write_text(listed, encoding="utf-8-sig")
    found = read(shop, home).earlier.set_index("customer_id")
    assert found.reason.to_dict() == {"007": "moved", "x": "", "8": "too far"}
    assert found.group.to_dict() == {"007": "contact", "x": "contact", "8": ""}
    assert found.closing_date["8"] == dt.date(2024, 3, 31) and found.sent["8"] is None
    assert notes(read(shop, home))["earlier_read"]["n"] == 2
    assert filled_in(home / "2024-03-31" / "winback.csv")


def test_a_win_back_list_replaced_by_something_else_has_no_reasons(shop, lists):
    home = lists(d2024_03_31=HEAD + row())
    (home / "2024-03-31" / "winback.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (home / "2024-03-31" / "lists.xlsx").write_bytes(b"PK broken")
    assert read(shop, home).earlier.reason.tolist() == [""]
    assert not filled_in(home / "2024-03-31" / "winback.csv")


def test_whether_a_file_has_been_filled_in(lists):
    home = lists(
        d1=HEAD + row(), d2=HEAD + row(reason="x"), d3=HEAD + row(sent="2024-04-01"), d4=""
    )
    told = [filled_in(home / name / "groups.csv") for name in "1234"]
    assert told == [False, True, True, True]


CALENDAR = "Date,Week,Customer,Channel,Contacted on (YYYY-MM-DD)\n"


def workbook(path, **sheets):
    columns = {"Customer": "customer_id", "Reason for leaving": "reason"}
    columns |= {"Date": "date", "Contacted on (YYYY-MM-DD)": "sent"}
    tables = []
    for name, rows in sheets.items():
        table = pd.DataFrame(rows)
        tables.append(Sheet(name, table, {v: k for k, v in columns.items()}))
    write_workbook(path, tables)


def test_what_was_written_into_any_sheet_of_the_workbook_is_read(shop, lists):
    home = lists(d2024_03_31=HEAD + row())
    workbook(
        home / "2024-03-31" / "lists.xlsx",
        back=[{"customer_id": "007", "reason": ""}],
        lapsing=[{"customer_id": "007", "reason": "moved"}],
        golden=[{"customer_id": "8", "reason": "DM stop"}],
        calendar=[{"customer_id": "8", "date": dt.date(2024, 4, 9), "sent": dt.date(2024, 4, 10)}],
        counts=[{"rule": 3}],
    )
    found = read(shop, home).earlier
    assert dict(zip(found.customer_id, found.reason, strict=True))["007"] == "moved"
    assert found[found.reason == "DM stop"].customer_id.tolist() == ["8"]
    made = found[found.list == "calendar"].iloc[0]
    assert (made.sent, made.due) == (dt.date(2024, 4, 10), dt.date(2024, 4, 9))
    assert filled_in(home / "2024-03-31" / "lists.xlsx")


def test_an_empty_workbook_is_not_filled_in_and_a_broken_one_is_told(shop, lists):
    home = lists(d2024_03_31=HEAD + row())
    path = home / "2024-03-31" / "lists.xlsx"
    workbook(path, back=[{"customer_id": "007", "reason": ""}])
    assert not filled_in(path)
    path.write_bytes(b"PK broken")
    ledger = read(shop, home)
    assert notes(ledger)["earlier_beside_unused"] == {"files": "2024-03-31/lists.xlsx"}
    assert ledger.earlier.customer_id.tolist() == ["007"] and filled_in(path)


def test_the_days_written_into_a_calendar_are_read_also_without_campaigns(shop, tmp_path):
    folder = tmp_path / "out" / "2024-03-31"
    folder.mkdir(parents=True)
    rows = "2024-04-02,1,007,Mail,2024/4/3\n2024-04-02,1,8,Mail,\n2024-04-05,1,8,Mail,soon\n"
    (folder / "calendar.csv").write_text(CALENDAR + rows, encoding="utf-8-sig")
    ledger = read(shop, tmp_path / "out")
    found = ledger.earlier
    assert found.sent.tolist() == [dt.date(2024, 4, 3), None, None]
    assert found.due.map(str).tolist() == ["2024-04-02", "2024-04-02", "2024-04-05"]
    assert set(found.list) == {"calendar"} and set(found.group) == {""}
    assert notes(ledger)["earlier_sent_unread"] == {"n": 1}
    assert filled_in(folder / "calendar.csv")
    (folder / "calendar.csv").write_text(CALENDAR + rows.split("\n")[1] + "\n", encoding="utf-8")
    assert not filled_in(folder / "calendar.csv")


def test_days_of_a_calendar_go_to_the_names_of_its_campaigns(shop, lists):
    head = HEAD.replace("sent,", "due,sent,")
    dated = "{},calendar,{},2024-03-31,{},0,,0,mail,0,0,0.4,{},{},\n"
    names = [
        ("8", "check", "contact", "2024-04-05", ""),
        ("8", "late", "contact", "2024-05-05", ""),
    ]
    names.append(("007", "check", "hold_out", "2024-04-05", ""))
    home = lists(d2024_03_31=head + "".join(dated.format(*each) for each in names))
    rows = "2024-05-05,8,late,2024-05-06\n2024-04-05,8,,2024-04-07\n2024-04-20,8,,2024-04-21\n"
    calendar = "Date,Customer,Campaign,Contacted on (YYYY-MM-DD)\n" + rows
    (home / "2024-03-31" / "calendar.csv").write_text(calendar, encoding="utf-8-sig")
    found = read(shop, home).earlier[["customer_id", "campaign", "group", "due", "sent"]]
    assert found.map(str).values.tolist() == [
        ["8", "check", "contact", "2024-04-05", "2024-04-07"],  # by the day it was due
        ["8", "late", "contact", "2024-05-05", "2024-05-06"],
        ["007", "check", "hold_out", "2024-04-05", "None"],
        ["8", "", "", "2024-04-20", "2024-04-21"],  # of a rule without a campaign
    ]
    bad = lists(d2024_04_30=head + dated.format("8", "check", "contact", "soon", ""))
    assert shop.faults(SALES, earlier_lists=str(bad / "2024-04-30"))["earlier_cell_date"]
