"""Workbooks and Parquet files."""

import datetime as dt
import gzip
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from toolkit.intake import read_sales
from toolkit.settings import Settings

YEN = Settings.checked({})
STERLING = Settings.checked({"currency": "GBP"})


def plain(ledger):
    rows = ledger.orders.order_by("source_row").to_pyarrow().to_pylist()
    return [(r["customer_id"], r["ordered_at"], r["amount"], r["source_row"]) for r in rows]


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "売上.xlsx"
    book = xlsxwriter.Workbook(path)
    day, stamp = (book.add_format({"num_format": f}) for f in ("yyyy/m/d", "yyyy/m/d h:mm"))
    book.add_worksheet("表紙")
    sheet = book.add_worksheet("明細")
    sheet.write_row(1, 1, ["顧客番号", "購入日", "金額"])
    sheet.write_row(2, 1, [17850.0, 45296.5, 12.75])  # 5 January 2024, noon, as a bare serial
    sheet.write(3, 1, "007")
    sheet.write_datetime(3, 2, dt.datetime(2024, 1, 6), day)
    sheet.write(3, 3, "£1,000")
    sheet.write(5, 1, "008")
    sheet.write_datetime(5, 2, dt.datetime(2024, 1, 7, 10, 30), stamp)
    sheet.write(5, 3, 0.1)
    book.close()
    return path


def test_the_first_sheet_with_data_is_read_and_named(workbook):
    ledger = read_sales(workbook, STERLING)
    assert (ledger.source.kind, ledger.source.sheet) == ("xlsx", "明細")
    assert plain(ledger) == [
        ("17850", dt.datetime(2024, 1, 5, 12), 1275, 3),
        ("007", dt.datetime(2024, 1, 6), 100000, 4),
        ("008", dt.datetime(2024, 1, 7, 10, 30), 10, 6),
    ]
    assert ledger.source.rows_read == 3


def test_a_workbook_without_a_filled_cell_is_refused(shop, tmp_path):
    xlsxwriter.Workbook(tmp_path / "made.xlsx").close()
    assert "empty_file" in shop.faults((tmp_path / "made.xlsx").read_bytes(), name="a.xlsx")


def test_a_damaged_workbook_or_parquet_file_is_refused(shop, workbook):
    assert "broken_workbook" in shop.faults(workbook.read_bytes()[:500], name="a.xlsx")
    assert "broken_parquet" in shop.faults(b"PAR1" + b"x" * 100, name="a.parquet")


@pytest.fixture
def parquet(tmp_path):
    def write(**columns):
        path = tmp_path / "sales.parquet"
        pq.write_table(pa.table(columns), path)
        return path

    return write


def test_native_values_of_a_parquet_file_are_read(parquet):
    path = parquet(
        customer_id=[17850.0, 1e7, None],
        date=pa.array([dt.date(2024, 1, 5), dt.date(2024, 1, 6), None]),
        amount=[2.55, 0.1, 3.0],
    )
    ledger = read_sales(path, STERLING)
    assert plain(ledger) == [
        ("17850", dt.datetime(2024, 1, 5), 255, 2),
        ("10000000", dt.datetime(2024, 1, 6), 10, 3),
    ]
    assert ledger.set_aside["reason"].tolist() == ["unreadable"]


def test_stamps_decimals_dictionaries_and_lists_of_a_parquet_file_are_read(parquet):
    path = parquet(
        customer_id=pa.array(["b", None, "b"]).dictionary_encode(),
        ordered_at=pa.array([dt.datetime(2024, 1, 5, 10, 30)] * 3, pa.timestamp("ns")),
        amount=pa.array([Decimal("2.50"), Decimal("1.00"), Decimal("-0.05")]),
        tags=[["x"], None, ["y"]],
    )
    ledger = read_sales(path, STERLING)
    stamp = dt.datetime(2024, 1, 5, 10, 30)
    assert plain(ledger) == [("b", stamp, 250, 2), ("b", stamp, -5, 4)]
    assert ledger.source.set_aside == {"no_customer": 1}


def test_a_stamp_with_a_zone_is_read_as_that_zones_wall_clock(parquet):
    utc = dt.datetime(2024, 1, 5, 20, 0, tzinfo=dt.UTC)
    path = parquet(
        customer_id=["a"], date=pa.array([utc], pa.timestamp("us", "Asia/Tokyo")), amount=[1]
    )
    assert plain(read_sales(path, YEN))[0][1] == dt.datetime(2024, 1, 6, 5, 0)
    london = Settings.checked({"timezone": "Europe/London"})
    assert plain(read_sales(path, london))[0][1] == dt.datetime(2024, 1, 5, 20, 0)


def test_every_kind_of_value_of_a_parquet_file_becomes_text(drawer, parquet):
    path = parquet(
        client=pa.array([{"id": 7, "name": {"last": "山田"}}, None]),
        date=pa.array([dt.date(2024, 1, 5), None], pa.date64()),
        time=pa.array([dt.time(10, 30), None], pa.time32("s")),
        amount=pa.array([Decimal("1.50"), None], pa.decimal256(40, 2)),
        text=pa.array(["x", None], pa.large_string()),
        kind=pa.array([5, None], pa.int8()).dictionary_encode(),
        flag=[True, None],
        nothing=pa.nulls(2),
        picture=pa.array([b"\xff\x00", None], pa.binary()),
        tags=[["a", "b"], None],
        big=pa.array([2**63 + 1, None], pa.uint64()),
    )
    table = drawer.table(path.read_bytes(), name="a.parquet")
    assert table.grid.header[:3] == ("client.id", "client.name.last", "date")
    values = "7,山田,2024-01-05,10:30:00.000,1.50,x,5,true,,ff00,['a', 'b'],9223372036854775809"
    assert [",".join(cells) for cells in table.rows.values()] == [values]


def test_a_parquet_file_is_read_in_an_archive(drawer, parquet):
    path = parquet(customer_id=["a"], date=["2024-01-05"], amount=[5])
    content = gzip.compress(path.read_bytes(), mtime=0)
    table = drawer.table(content, name="part-0.parquet.gz")
    assert (table.grid.kind, table.rows) == ("parquet", {2: ("a", "2024-01-05", "5")})
