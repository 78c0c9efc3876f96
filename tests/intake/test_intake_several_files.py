"""Several files of one client read as one: columns by name, overlapping orders once."""

import pytest

from toolkit.intake import read_sales
from toolkit.problems import InputProblem
from toolkit.settings import Settings

HEAD = "order_id,customer_id,date,amount,status\n"
JANUARY = HEAD + "1,A,2024-01-05,500,\n2,B,2024-01-31,700,pending\n"
FEBRUARY = HEAD + "2,B,2024-01-31,700,paid\n3,A,2024-02-05,900,\n"


def read(shop, *texts, **settings):
    paths = [shop.path(text, f"{n}.csv") for n, text in enumerate(texts, 1)]
    return read_sales(paths, Settings.checked({"language": "en"} | settings))


def orders(ledger):
    rows = ledger.orders.order_by(["source_file", "source_row"]).to_pyarrow().to_pylist()
    columns = ("order_id", "customer_id", "amount", "source_file", "source_row")
    return [tuple(row[name] for name in columns) for row in rows]


def left_out(ledger):
    return list(ledger.set_aside.itertuples(index=False, name=None))


def test_an_order_in_two_files_is_taken_from_the_later_export(shop):
    ledger = read(shop, JANUARY, FEBRUARY)
    assert orders(ledger) == [("1", "A", 500, 0, 2), ("2", "B", 700, 1, 2), ("3", "A", 900, 1, 3)]
    assert left_out(ledger) == [("1.csv", 3, "pending", "700")]
    again = read(shop, FEBRUARY, JANUARY)
    assert [row[:3] for row in orders(again)] == [
        ("2", "B", 700),
        ("3", "A", 900),
        ("1", "A", 500),
    ]


def test_an_order_cancelled_in_the_later_export_is_cancelled(shop):
    ledger = read(shop, JANUARY.replace("pending", "paid"), FEBRUARY.replace("paid", "cancelled"))
    assert [row[0] for row in orders(ledger)] == ["1", "3"]
    assert left_out(ledger) == [
        ("1.csv", 3, "duplicate", "700"),
        ("2.csv", 2, "cancelled", "700"),
    ]


def test_the_overlap_is_told(shop):
    ledger = read(shop, JANUARY.replace("pending", ""), FEBRUARY)
    assert {note.key: dict(note.values) for note in ledger.notes}["overlapped"] == {"n": 1}
    assert ledger.source.set_aside == {"duplicate": 1}
    assert ledger.source.rows_read == 4 and ledger.source.rows_kept == 3


def test_a_number_that_starts_anew_in_every_file_is_another_order(shop):
    january = JANUARY.replace("pending", "paid")
    ledger = read(shop, january, HEAD + "1,C,2024-02-05,500,\n2,D,2024-02-06,700,\n")
    assert [row[:2] for row in orders(ledger)] == [
        *(("1", "A"), ("2", "B"), ("1", "C"), ("2", "D"))
    ]


def test_without_order_numbers_a_row_is_taken_as_often_as_one_file_has_it(shop):
    head = "customer_id,date,amount\n"
    twice, once = "A,2024-01-05,500\nA,2024-01-05,500\n", "A,2024-01-05,500\n"
    ledger = read(shop, head + once, head + twice + "B,2024-02-01,5\n")
    assert [row[1:3] for row in orders(ledger)] == [("A", 500), ("A", 500), ("B", 5)]
    assert [row[:3] for row in left_out(ledger)] == [("2.csv", 2, "duplicate")]


def test_columns_meet_by_name_whatever_their_order(shop):
    other = "Amount,Date,Note,Customer ID,Order-ID\n900,2024-02-05,x,A,3\n"
    ledger = read(shop, JANUARY.replace("pending", ""), other)
    assert orders(ledger)[-1] == ("3", "A", 900, 1, 2)
    assert ledger.source.columns["amount"] == ("amount",)


def test_a_repeated_row_is_one_even_when_a_later_file_has_a_column_more(shop):
    wide = "note,order_id,customer_id,date,amount\n,1,A,2024-01-05,500\n,9,A,2024-03-05,5\n"
    ledger = read(shop, "order_id,customer_id,date,amount\n1,A,2024-01-05,500\n", wide)
    assert [row[0] for row in orders(ledger)] == ["1", "9"]


def test_every_file_is_in_the_source(shop):
    source = read(shop, JANUARY, FEBRUARY).source
    assert [(file.name, file.rows_read) for file in source.files] == [("1.csv", 2), ("2.csv", 2)]
    assert source.file == "1.csv (+1)"
    assert len(source.sha256) == 64 and source.sha256 not in {f.sha256 for f in source.files}


JP = "注文番号,注文日,会員番号,金額\n"


def rows(start, head, end="\n"):
    lines = [f"{n},2024-0{n % 8 + 1}-05,M{n % 7:03},{100 * n}" for n in range(start, start + 30)]
    return head + end.join(lines) + end


@pytest.mark.parametrize(
    ("head", "met"),
    [
        ("注文番号,注文日,会員番号,金額(税込)\n", {"金額(税込)": "金額"}),
        ("注文番号,受注日,会員番号,金額\n", {"受注日": "注文日"}),
        (
            "伝票番号,受注日,顧客コード,購入金額\n",
            {
                "伝票番号": "注文番号",
                "受注日": "注文日",
                "顧客コード": "会員番号",
                "購入金額": "金額",
            },
        ),
    ],
    ids=["amount", "date", "all"],
)
def test_a_column_that_was_renamed_in_a_later_file_is_read_as_before(shop, head, met):
    ledger = read(shop, rows(1, JP), rows(31, head))
    assert (ledger.source.rows_read, ledger.source.rows_kept) == (60, 60)
    told = [dict(note.values) for note in ledger.notes if note.key == "columns_met"]
    assert {each["own"]: each["common"] for each in told} == met
    assert {each["file"] for each in told} == {"2.csv"}


def test_a_header_that_comes_again_in_a_file_read_under_other_names_is_no_row(shop):
    head = "伝票番号,受注日,顧客コード,購入金額(円)\n"
    ledger = read(shop, rows(1, JP), rows(31, head) + rows(61, head))
    assert ledger.source.set_aside == {"heading_or_total": 1}
    assert ledger.set_aside.value.tolist() == [head.strip()]
    assert ledger.source.rows_kept == 90


def test_a_file_most_of_whose_rows_cannot_be_read_stops_the_run(shop):
    blank = "会員番号,注文日,金額,備考\n" + "".join(
        f"M{n:03},{'' if n % 5 else '2024-05-03'},{n},\n" for n in range(1, 20)
    )
    paths = [shop.path(rows(1, JP), "1.csv"), shop.path(blank, "blank.csv")]
    with pytest.raises(InputProblem) as caught:
        read_sales(paths, Settings.checked({"language": "en"}))
    assert [key for key, _ in caught.value.faults] == ["file_unreadable"]
    assert "blank.csv" in caught.value.text("ja") and "blank.csv" in caught.value.text("en")


def test_many_unreadable_rows_are_told(shop):
    text = rows(1, JP).replace("2024-03-05", "").replace("2024-04-05", "")
    ledger = read(shop, text)
    (note,) = [dict(note.values) for note in ledger.notes if note.key == "many_unreadable"]
    assert (note["n"], note["all"], note["row"]) == (8, 30, 3)


def test_a_row_is_named_with_its_file(shop):
    head = "customer_id,date,amount\n"
    with pytest.raises(InputProblem) as raised:
        read(shop, head + "A,13/01/2024,500\n", head + "A,02/01/2024,5\nB,06/13/2024,700\n")
    (key, values), *more = raised.value.faults
    assert (key, more) == ("contradictory_dates", [])
    rows = {values["value"]: values["row"], values["other_value"]: values["other_row"]}
    assert rows == {"13/01/2024": "2 [1.csv]", "06/13/2024": "3 [2.csv]"}
    returned = "customer_id,date,amount,quantity\nA,2024-01-13,500,1\nB,2024-01-14,500,{n}\n"
    ledger = read(shop, returned.format(n=1), returned.format(n=-1).replace("-01-", "-02-"))
    told = [note.values for note in ledger.notes if note.key == "quantity_negative"]
    assert [values["row"] for values in told] == ["3 [2.csv]"]
