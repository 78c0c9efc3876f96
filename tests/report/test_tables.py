import csv
import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from toolkit.report import tables


@pytest.fixture(scope="module")
def written(client, tmp_path_factory):
    """`written(name)`: the folder of a client's tables."""

    def write(name):
        told = client(name)
        folder = tmp_path_factory.mktemp("tables") / "new"
        tables.write(folder, told.book, told.outlook)
        return folder

    return write


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_money_file_has_nine_tables(written):
    names = {"customers.parquet", "moves.parquet", "returns.parquet"}
    names |= {"bucket.csv", "layers.csv", "layer_table.csv", "layer_statement.csv", "set_aside.csv"}
    names.add("cohorts.csv")
    assert {path.name for path in written("ledger").iterdir()} == names


def test_counted_amounts_are_exact_decimals_in_major_units(written):
    folder = written("dollars")
    for name in ("customers", "moves", "returns"):
        assert pa.types.is_decimal(pq.read_schema(folder / f"{name}.parquet").field("amount").type)
    customers = {
        c["customer_id"]: c for c in pq.read_table(folder / "customers.parquet").to_pylist()
    }
    assert customers["A"]["amount"] == Decimal("20.09")  # 19.99 + 0.10, which no float can hold
    assert str(customers["=1+1"]["amount"]) == "100.20"


def test_estimates_are_floats_in_major_units(written, client):
    told = client("sample").outlook.customers().iloc[0]
    first = pq.read_table(written("sample") / "customers.parquet").to_pylist()[0]
    assert first["customer_id"] == told.customer_id
    assert first["spend_per_visit"] == told.spend_per_visit  # yen have no minor unit
    assert first["margin_if_returns"] == pytest.approx(told.margin_if_returns)
    cents = client("dollars").outlook.customers()
    shown = pq.read_table(written("dollars") / "customers.parquet").to_pandas()
    assert shown.spend_per_visit.tolist() == pytest.approx((cents.spend_per_visit / 100).tolist())


def test_customers_stand_once_each_with_their_place(written):
    customers = pq.read_table(written("ledger") / "customers.parquet").to_pylist()
    assert [c["customer_id"] for c in customers] == list("ABCDEFGHIK")
    b = customers[1]
    assert (b["layer"], b["active"], b["n_visits"]) == ("prime", False, 2)
    assert (b["tenure_days"], b["gap_days"], b["amount"]) == (275, 395, Decimal(120_000))


def test_moves_tell_how_each_customer_came_to_stand_there(written):
    moves = pq.read_table(written("ledger") / "moves.parquet").to_pylist()
    told = [
        (m["date"], m["from_layer"], m["from_active"], m["to_layer"], m["to_active"], m["cause"])
        for m in moves
        if m["customer_id"] == "I"
    ]
    assert told == [
        (dt.date(2024, 5, 1), "outside", False, "first", True, "visit"),
        (dt.date(2024, 12, 27), "first", True, "first", False, "lapse"),
        (dt.date(2025, 10, 10), "first", False, "steady", True, "visit"),
    ]
    lapses = [m for m in moves if m["cause"] == "lapse"]
    assert {m["amount"] for m in lapses} == {Decimal(0)}
    assert set(moves[0]) == {
        *("customer_id", "date", "from_layer", "from_active", "to_layer", "to_active"),
        *("cause", "amount"),
    }


def test_returns_stand_on_their_own_dates(written):
    assert pq.read_table(written("ledger") / "returns.parquet").to_pylist() == [
        {"customer_id": "H", "date": dt.date(2025, 12, 5), "amount": Decimal(-1000)},
        {"customer_id": "J", "date": dt.date(2025, 2, 1), "amount": Decimal(-500)},
    ]


def test_the_bucket_has_a_row_a_month(written):
    months = rows(written("ledger") / "bucket.csv")
    columns = ["month", "opening", "new", "returned", "lost", "closing", "complete", "trusted"]
    assert list(months[0]) == columns
    assert [m["month"] for m in months][:2] == ["2024-01", "2024-02"]
    assert len(months) == 24
    assert dict(months[-5], trusted="") == {  # August 2025: D lapses on the 12th
        "month": "2025-08",
        "opening": "4",  # A, D, E, F; B lapsed on 07-29, K on 04-12
        "new": "0",
        "returned": "0",
        "lost": "1",
        "closing": "3",
        "complete": "True",
        "trusted": "",
    }
    assert all(
        int(m["opening"]) + int(m["new"]) + int(m["returned"]) - int(m["lost"]) == int(m["closing"])
        for m in months
    )


def test_the_opening_months_are_marked_as_filling(written):
    months = {m["month"]: m["trusted"] for m in rows(written("ledger") / "bucket.csv")}
    # no loss before 2024-01-01 + 240 days = 2024-08-28
    assert (months["2024-08"], months["2024-09"]) == ("False", "True")


def test_layers_end_on_the_closing_date(written, client):
    closing = client("sample").book.closing
    assert (closing + dt.timedelta(days=1)).day != 1  # within a month
    layers = rows(written("sample") / "layers.csv")
    assert list(layers[0]) == ["month_end", "layer", "state", "customers"]
    assert layers[-1]["month_end"] == str(closing)
    ends = sorted({row["month_end"] for row in layers})
    assert ends[-2:] == [str(closing.replace(day=1) - dt.timedelta(days=1)), str(closing)]
    assert len(layers) == 10 * len(ends)


def test_the_last_month_end_holds_the_places_of_the_report(written):
    layers = rows(written("ledger") / "layers.csv")
    now = {
        (r["layer"], r["state"]): r["customers"] for r in layers if r["month_end"] == "2025-12-31"
    }
    assert now[("prime", "active")] == now[("prime", "lapsed")] == "1"
    assert now[("first", "active")] == "2" and now[("burst", "lapsed")] == "0"


def test_every_month_of_the_ten_places_is_written_with_its_money(written):
    table = rows(written("ledger") / "layer_table.csv")
    assert list(table[0]) == [
        *("month_end", "layer", "state", "customers", "share", "sales", "visits"),
        *("sales_per_head", "visits_per_head", "year_ago", "complete", "trusted"),
    ]
    assert len(table) == 24 * 10
    by_place = {(r["month_end"], r["layer"], r["state"]): r for r in table}
    # A alone is prime and active, bought for 15,000 on the day; a year before so were A and B
    assert by_place["2025-12-31", "prime", "active"] == {
        "month_end": "2025-12-31",
        "layer": "prime",
        "state": "active",
        "customers": "1",
        "share": "0.1",
        "sales": "15000",
        "visits": "1",
        "sales_per_head": "15000.0",
        "visits_per_head": "1.0",
        "year_ago": "2",
        "complete": "True",
        "trusted": "True",
    }
    assert by_place["2024-01-31", "prime", "active"]["year_ago"] == ""


def test_money_of_the_places_is_in_major_units(written):
    table = rows(written("dollars") / "layer_table.csv")
    sales = [r["sales"] for r in table if r["visits"] != "0"]
    assert sales and all(len(amount.split(".")[1]) == 2 for amount in sales)


def test_the_statement_of_the_layers_adds_up_in_months_quarters_and_years(written):
    table = rows(written("ledger") / "layer_statement.csv")
    flows = ["opening", "new", "returned", "moved_in", "moved_out", "lost", "closing"]
    assert list(table[0])[:5] == ["span", "period", "start", "end", "layer"]
    assert set(flows) < set(table[0])
    counted = {span: sum(r["span"] == span for r in table) for span in ("month", "quarter", "year")}
    assert counted == {"month": 24 * 5, "quarter": 8 * 5, "year": 2 * 5}
    for row in table:
        opening, new, returned, came, went, lost, closing = (int(row[k]) for k in flows)
        assert opening + new + returned + came - went - lost == closing
    lost = {span: sum(int(r["lost"]) for r in table if r["span"] == span) for span in counted}
    assert lost["month"] == lost["quarter"] == lost["year"]


def test_every_cohort_is_written_with_its_money(written):
    table = rows(written("ledger") / "cohorts.csv")
    assert list(table[0])[:5] == ["cohort", "age", "customers", "buyers", "again"]
    # A alone began in January 2024: 10,000, then 20,000 in June and 50,000 in December
    a = {int(r["age"]): r for r in table if r["cohort"] == "2024-01"}
    assert len(a) == 24 and a[11]["sales_to_date"] == "80000" and a[11]["sales"] == "50000"
    assert a[0]["trusted"] == "False" and a[0]["complete"] == "True"
    trusted = {r["cohort"] for r in table if r["trusted"] == "True"}
    assert min(trusted) == "2024-11"  # the first day with somebody new from 28 August on
    bare = rows(written("no amounts") / "cohorts.csv")
    assert not {"sales", "sales_to_date", "per_customer"} & set(bare[0])


def test_rows_set_aside_are_named(written):
    (row,) = rows(written("ledger") / "set_aside.csv")
    assert row["source_file"] == "ledger.csv"
    assert (row["source_row"], row["reason"]) == ("23", "no_customer")


def test_without_amounts_there_are_no_layers(written):
    folder = written("no amounts")
    assert not list(folder.glob("layer*.csv"))
    assert (folder / "bucket.csv").exists()
    moves = pq.read_table(folder / "moves.parquet")
    assert moves.column("amount").null_count == len(moves)


def test_tables_are_the_same_bytes_again(written):
    first, again = written("ledger"), written("ledger")
    for path in first.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()
