"""The lists as workbooks, CSV files and files for mail tools, opened again."""

import datetime as dt
import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from read_workbook import sheets_of

from toolkit.action import Plan, plan_action
from toolkit.action.sending import meant, to_contact
from toolkit.book import keep_book
from toolkit.foresight import foresee
from toolkit.intake import read_sales
from toolkit.intake.customers.written_lists import written_beside
from toolkit.report.delivery import deliver
from toolkit.report.layouts import known_layouts, laid_out, laid_out_lists
from toolkit.report.spoken import headings
from toolkit.report.workbook import Sheet, safe, write_workbook
from toolkit.settings import Settings
from toolkit.words import Words

D = dt.date(2025, 12, 31)
LINE = "U" + "0123456789abcdef" * 2


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Sixty customers: thirty first came yesterday, thirty were last seen 89 days ago, after
    three visits; with their names and addresses, some of which try to be formulas."""
    folder = tmp_path_factory.mktemp("personal")
    rows = [f"n{n:02},{D},3000" for n in range(30)]
    for n in range(30):
        days = (D - dt.timedelta(days=k) for k in (400, 200, 89))
        rows += [f"=s{n:02},{day},9000" for day in days]
    (folder / "sales.csv").write_text("customer_id,date,amount\n" + "\n".join(rows))
    master = [
        f"n{n:02},名{n},n{n % 20}@x.jp,1500001,東京都港区{n},{LINE if n else ''}" for n in range(30)
    ]
    master += [f'=s{n:02},"=HYPERLINK(""x"")",,1500001,東京都港区{n},' for n in range(30)]
    head = "customer_id,氏名,メールアドレス,郵便番号,住所,LINEユーザーID\n"
    (folder / "master.csv").write_text(head + "\n".join(master), encoding="utf-8")
    return folder


def delivered(home, name, **given):
    """The folder of a diagnosis with these settings."""
    sales, out = home / "sales.csv", home / name
    given = {"customer_file": str(home / "master.csv")} | given
    chosen = Settings(sales_file=str(sales), out=str(out), language="en", **given)
    book = keep_book(read_sales(sales, chosen), chosen)
    outlook = foresee(book, chosen)
    plan = plan_action(book, outlook, chosen)
    deliver(book, outlook, plan)
    return out, book, plan


@pytest.fixture(scope="module")
def asked(home):
    return delivered(home, "asked", personal_columns=True)


def cells(path):
    return [line.split(",") for line in path.read_text(encoding="utf-8-sig").splitlines()]


def test_the_workbook_has_a_sheet_per_list_with_frozen_headings_filters_and_formats(asked):
    out, _, plan = asked
    sheets, words = sheets_of(out / "lists.xlsx"), Words("en")
    names = ("about_to_lapse", "calendar", "calendar_counts", "definitions")
    assert {words[f"sheet.{name}"] for name in names} <= set(sheets)
    for sheet in sheets.values():
        assert sheet.frozen == "A2" and sheet.filter.startswith("A1:")
        assert sheet.formulas == 0 and min(sheet.widths) > 7
    book = CalamineWorkbook.from_path(out / "lists.xlsx")
    head, *rows = book.get_sheet_by_name(words["sheet.calendar"]).to_python()
    at = {name: head.index(words[f"column.{name}"]) for name in ("date", "contact_cost", "name")}
    formats = sheets[words["sheet.calendar"]].formats
    assert formats["ABCDEFGHIJKLMN"[at["date"]]] == "yyyy-mm-dd"
    assert formats["ABCDEFGHIJKLMN"[at["contact_cost"]]] == '"¥"#,##0'
    assert len(rows) == len(plan.follow_up.made) > 30
    assert '=HYPERLINK("x")' in {row[at["name"]] for row in rows}  # a text, not a formula
    head, *weeks = book.get_sheet_by_name(words["sheet.calendar_counts"]).to_python()
    n = head.index(words["column.contacts"])
    assert sum(week[n] for week in weeks) == len(rows)


def test_csv_files_open_in_excel_and_run_nothing(asked):
    out, _, _ = asked
    raw = (out / "calendar.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in raw
    found = pd.read_csv(out / "calendar.csv", dtype=str)
    for column in found:
        assert not found[column].dropna().str.startswith(("=", "+", "@")).any()


def test_names_and_addresses_are_in_the_lists_alone_and_only_when_asked_for(home, asked):
    out, book, plan = asked
    bare, other, _ = delivered(home, "bare")
    assert other.addresses() is None and not (bare / "layouts").exists()
    assert "x.jp" not in (bare / "calendar.csv").read_text(encoding="utf-8-sig")
    for path in [out / "facts.json", *(out / "tables").glob("*.csv")]:
        said = path.read_text(encoding="utf-8-sig")
        assert "x.jp" not in said and "港区" not in said, path.name
    parquet = pd.read_parquet(out / "tables" / "customers.parquet")
    assert not {"name", "mail", "address"} & set(parquet)
    told = json.loads((out / "facts.json").read_text(encoding="utf-8"))
    assert told["facts"] == json.loads((bare / "facts.json").read_text(encoding="utf-8"))["facts"]


def test_each_layout_has_its_headings_and_who_is_reached_that_way(asked):
    out, _, plan = asked
    there = {path.name for path in (out / "layouts").iterdir()}
    thanked = plan.follow_up.made[plan.follow_up.made.rule == "thank_you"]
    assert len(thanked) == 30 and (thanked.week == 1).all()
    mail = cells(out / "layouts" / "calendar_week_1_klaviyo.csv")
    assert mail[0] == [
        *("Email", "First Name", "Last Name", "customer_id", "layer", "list", "contact_date"),
    ]
    assert mail[1] == ["n0@x.jp", "", "名0", "n00", "first", "thank_you", "2026-01-01"]
    assert len(mail) == 21  # ten of the thirty share an address, which is written once
    assert not (out / "layouts" / "calendar_week_1_klaviyo.csv").read_bytes().startswith(b"\xef")
    labels = cells(out / "layouts" / "calendar_week_1_labels.csv")
    assert labels[0] == ["郵便番号", "住所", "氏名", "敬称", "顧客番号", "発送日"]
    assert (labels[1][0], labels[1][3]) == ("150-0001", "様")
    assert labels[1][2].startswith("'=") or labels[1][2].startswith("\"'=")
    assert not any("line" in name for name in there)  # no rule goes by LINE


def test_a_line_audience_is_one_user_id_a_line_without_a_heading(home):
    own = home / "own.toml"
    rule = '[[rule]]\nname = "hi"\nafter = "last_visit"\ndays = 3\nchannel = "line"\n'
    own.write_text("[channels]\nline = 0\n" + rule, encoding="utf-8")
    out, _, _ = delivered(home, "line", personal_columns=True, calendar_file=str(own))
    assert {path.name for path in (out / "layouts").iterdir()} == {"calendar_week_1_line.txt"}
    raw = (out / "layouts" / "calendar_week_1_line.txt").read_bytes()
    assert raw == f"{LINE}\r\n".encode()


@pytest.mark.parametrize("languages", [("en",), ("ja", "en")], ids=["en", "both"])
def test_a_reason_written_into_the_workbook_is_found_again(tmp_path, languages):
    frame = pd.DataFrame({"rank": [1, 2], "customer_id": ["=1", "7"], "reason": ["too far", None]})
    told = headings(frame.columns, [Words(language) for language in languages])
    other = Sheet("Layers", frame[["rank"]], {"rank": "Rank"}, {})
    sheet = Sheet("Win-back", frame, told, {})
    write_workbook(tmp_path / "lists.xlsx", [sheet, other], currency="JPY", created=D)
    assert written_beside(tmp_path)[0][["customer_id", "reason"]].to_dict("records") == [
        {"customer_id": "=1", "reason": "too far"}
    ]


def test_every_layout_names_its_source():
    assert {layout.name for layout in known_layouts()} == {"klaviyo", "mailchimp", "line", "labels"}
    for layout in known_layouts():
        assert layout.title["ja"] and layout.title["en"] and layout.needs


LISTED = pd.DataFrame(
    {
        "customer_id": ["a", "b", "c", "d"],
        "priority": [5.0, -1.0, 2.0, 3.0],
        "group": ["contact", "contact", "hold_out", "contact"],
        "channel": ["mail", "mail", "mail", "letter"],
        "layer": "prime",
    }
)


def test_who_is_held_out_or_does_not_pay_is_in_no_file():
    assert meant(LISTED).customer_id.tolist() == ["a", "c", "d"]
    assert to_contact(LISTED).customer_id.tolist() == ["a", "d"]
    sent = LISTED.assign(send=[False, True, True, False])
    assert to_contact(sent).customer_id.tolist() == ["b"]
    assert to_contact(LISTED.drop(columns="group")).customer_id.tolist() == ["a", "c", "d"]


def test_every_list_of_the_plan_is_laid_out(asked):
    _, book, plan = asked
    known = plan.follow_up.made.customer_id.head(2).tolist()
    listed = LISTED.head(2).assign(customer_id=known, priority=1.0, channel="mail")
    added = Plan(plan.economics, listed, {})
    assert added.lists().keys() == {"winback"}
    reached = [name for name in laid_out_lists(book, added) if name.startswith("winback_")]
    assert reached == ["winback_klaviyo.csv", "winback_mailchimp.csv"]
    by_letter = Plan(plan.economics, listed.drop(columns="channel"), {})
    assert list(laid_out_lists(book, by_letter)) == ["winback_labels.csv"]


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8)
people = st.lists(st.tuples(texts, texts, texts, st.sampled_from(["mail", "letter"])), max_size=8)


@settings(max_examples=60, deadline=None)
@given(people)
def test_a_layout_holds_each_reachable_customer_once_and_no_formula(drawn):
    names = ["name", "mail", "address", "channel"]
    rows = pd.DataFrame(drawn, columns=names, dtype=object).assign(postcode="")
    rows["customer_id"] = [f"c{n}" for n in range(len(rows))]
    for layout in known_layouts():
        table = laid_out(layout, rows)
        assert list(table) == [column.heading for column in layout.column]
        if layout.name == "klaviyo":
            wanted = [m for _, m, _, c in drawn if m and c == "mail"]
            assert table["Email"].tolist() == list(dict.fromkeys(wanted))
        if layout.name == "labels":
            assert len(table) == sum(bool(n and a) and c == "letter" for n, _, a, c in drawn)
        for cell in table.to_numpy().ravel():
            assert not safe(str(cell)).startswith(("=", "+", "@", "\t"))
