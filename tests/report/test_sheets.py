from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from toolkit.action import Control, Plan
from toolkit.report.lists import sentences
from toolkit.report.sheets import list_sheets, sheets
from toolkit.report.workbook import write_csv, write_workbook
from toolkit.words import Words


@pytest.fixture
def opened(client, plan, tmp_path):
    """`opened(name, list, language)`: sheet name -> rows of the workbook read back."""

    def read(name, ranked=None, language="both"):
        told = client(name, language=language)
        write_workbook(tmp_path / "a.xlsx", sheets(told.book, ranked or told.plan), currency="JPY")
        book = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
        return {s: book.get_sheet_by_name(s).to_python() for s in book.sheet_names}

    return read


def names(language, *keys):
    return [Words(language)[f"sheet.{key}"] for key in keys]


def test_the_sheets_are_in_the_order_of_use(opened, plan):
    order = ("winback", "layers", "bucket", "definitions")  # of a plan with no other list
    assert list(opened("ledger", plan)) == names("ja", *order)
    assert list(opened("ledger", plan, language="en")) == names("en", *order)


def test_a_sheet_is_there_only_if_it_has_a_meaning(opened):
    planned = ("about_to_lapse", "calendar", "calendar_counts")
    order = (*planned, "layers", "bucket", "definitions")
    assert list(opened("ledger", language="en")) == names("en", *order)
    order = (*planned, "bucket", "definitions")
    assert list(opened("no amounts", language="en")) == names("en", *order)


def test_the_win_back_sheet_in_one_language(opened, plan):
    head, first, second, *_ = opened("ledger", plan, language="en")["Win-back"]
    named = ["Rank", "Customer", "Decision", "Group", "Worth a contact", "Channel", "Place", "Why"]
    assert head[:9] == [*named, "Reason for leaving"]
    assert first[:7] == [1, "=1+1", "contact", "contact", "yes", "letter", "Prime, lapsed"]
    assert first[7:9] == [sentences(plan.winback, Words("en"))[0], ""]
    assert second[head.index("Expected profit")] == 37.5
    assert second[head.index("Amount")] == 6000


def test_the_win_back_sheet_in_both_languages(opened, plan):
    sheet, *_ = opened("ledger", plan)
    head, first, *_ = opened("ledger", plan)[sheet]
    ja = Words("ja")
    assert head[0] == f"{ja['column.rank']} / Rank"
    assert head[7:9] == [ja["column.why"], "Why"]
    assert first[2:6] == [
        f"{ja['decision.contact']} / contact",
        f"{ja['group.contact']} / contact",
        f"{ja['answer.true']} / yes",
        f"{ja['channel.letter']} / letter",
    ]
    assert first[6].endswith(" / Prime, lapsed")
    assert first[7:9] == [sentences(plan.winback, Words(x))[0] for x in ("ja", "en")]
    assert [row[3] for row in opened("ledger", plan)[sheet][1:]] == [
        f"{ja['group.contact']} / contact",
        f"{ja['group.hold_out']} / hold out",
        "–",
        "–",
    ]


def test_an_id_that_looks_like_a_formula_stays_text(opened, plan):
    head, first, *_ = opened("ledger", plan, language="en")["Win-back"]
    assert first[1] == "=1+1"
    head, *rows = opened("dollars", language="en")["Layers"]
    assert sum(row[1] for row in rows) == 2


def test_those_about_to_lapse_come_soonest_first(client):
    # F is silent for 91 days, I for 82: 9 and 18 days to a line of 100, with notice of 14
    told = client("ledger", lapse_days=100, language="en")
    near = next(s.frame for s in sheets(told.book, told.plan) if s.name == "About to lapse")
    assert near.customer_id.tolist() == ["F", "I"]
    assert near.place.tolist() == ["Burst, active", "Steady, active"]
    assert [str(day) for day in near.act_by] == ["2026-01-01", "2026-01-04"]
    assert [str(day) for day in near.risk_date] == ["2026-01-09", "2026-01-18"]
    assert near.risk.tolist() == ["near the lapse line"] * 2
    assert (
        near.why[0] == "2 visits, usually every 144 days; silent 91. Passes the line on 2026-01-09."
    )
    assert near.amount.tolist() == [79_000.0, 6_000.0]
    told = client("no amounts", lapse_days=100, language="en")
    plain = next(s.frame for s in sheets(told.book, told.plan) if s.name == "About to lapse")
    assert not {"amount", "priority", "expected_loss", "chance"} & set(plain)


def test_the_layers_sheet_is_the_ten_places(opened):
    head, *rows = opened("ledger", language="en")["Layers"]
    assert head == ["Place", "Customers", "Share", "Sales", "Share of sales", "Per head"]
    assert len(rows) == 10 and sum(row[1] for row in rows) == 10
    assert rows[8] == ["Prime, active", 1, 0.1, 20_000, pytest.approx(20 / 113.5), 20_000]


def test_the_bucket_sheet_is_the_bucket_table(opened, client):
    head, *rows = opened("ledger", language="en")["Bucket"]
    assert head[:6] == ["Month", "Opening", "New", "Returned", "Lost", "Closing"]
    assert rows[-1][:6] == ["2025-12", 4, 1, 0, 0, 5]
    assert {cell for row in rows for cell in row[6:]} <= {"yes", "no"}
    head, *rows = opened("ledger")[Words("ja")["sheet.bucket"]]
    assert {cell for row in rows for cell in row[6:]} <= {"はい / yes", "いいえ / no"}


def test_no_two_columns_of_a_sheet_have_one_heading(client):
    told = client("sample")
    for sheet in list_sheets(told.book, told.plan).values():
        for place in (0, -1):
            heads = [sheet.headers[name].split(" / ")[place] for name in sheet.frame]
            assert len(set(heads)) == len(heads)


def test_every_definition_stands_in_every_language_of_the_report(opened):
    both = opened("ledger")[Words("ja")["sheet.definitions"]]
    terms = [row[0] for row in both[1:]]
    assert terms == list(dict.fromkeys(terms))
    assert "Hole" in terms and Words("ja")["term.hole"] in terms
    assert not any("Win-back sheet" in term for term in terms)
    assert "Layer" not in [row[0] for row in opened("no amounts", language="en")["Definitions"]]


def test_the_list_file_opens_in_excel_and_runs_nothing(client, plan, tmp_path):
    told = client("ledger", language="en")
    sheet = list_sheets(told.book, plan)["winback"]
    write_csv(tmp_path / "winback.csv", sheet.frame, sheet.headers)
    raw = (tmp_path / "winback.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    head, first, *rest = raw.decode("utf-8-sig").split("\r\n")
    assert head.startswith("Rank,Customer,Decision,Group,Worth a contact,Channel,Place,Why,")
    assert first.startswith("1,'=1+1,contact,contact,yes,letter,")
    assert len(rest) == 4 and rest[-1] == ""


def test_there_is_no_list_file_without_a_list(client):
    told = client("ledger")
    assert "winback" not in list_sheets(told.book, told.plan)


def test_a_list_with_nobody_on_it_is_a_heading(opened, plan, ranked):
    empty = Plan(plan.economics, ranked.iloc[:0], {})
    assert [row[0] for row in opened("ledger", empty, language="en")["Win-back"]] == ["Rank"]
    assert len(opened("ledger", empty)[Words("ja")["sheet.winback"]]) == 1


def test_the_definitions_say_how_the_win_back_sheet_is_worked_out(opened, plan):
    terms = dict(row[:2] for row in opened("ledger", plan, language="en")["Definitions"][1:])
    assert "Win-back sheet: Expected profit" in terms
    assert terms["Win-back sheet: Margin if back"].startswith("Usual order x Visits if back")


def test_the_definitions_speak_of_those_held_out_only_where_there_are_such(opened, plan):
    for held in (0, 3):
        told = replace(plan, controls=(Control("winback", "w", 9, held, 0, 0.1, 0.1, None, None),))
        rows = opened("ledger", told, language="en")["Definitions"][1:]
        terms = dict(row[:2] for row in rows)
        assert ("held out" in terms["Win-back sheet: Worth a contact"]) == bool(held)
