"""Several files of one client read as one: columns by name, overlapping orders once."""

from toolkit.intake import read_sales
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
