import csv
import datetime as dt
import re
from collections import defaultdict
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from toolkit.report import tables
from toolkit.report.book_facts import book_facts
from toolkit.report.workbook import safe

PARQUET = {"customers.parquet", "moves.parquet", "returns.parquet"}
BESIDE = "buyers|contacts|first_products|gaps|influence|outliers|price|product|prospects|spikes"
BESIDE += "|lapsed_reasons|subscription|twins|campaigns|contacted|control|reasons_given"
NEEDS_MONEY = (
    "golden|lapse_layers|layer|money|sales|places|sensitivity_places|cohort_spend|deciles|profit"
)


@pytest.fixture(scope="module")
def written(client, tmp_path_factory):
    """`written(name, **settings)`: the folder of a client's tables."""
    folders = {}

    def write(name, *, anew=False, **settings):
        told = client(name, **settings)
        if anew or told not in folders.values():
            folder = tmp_path_factory.mktemp("tables") / "new"
            tables.write(folder, told.book, told.outlook, told.plan)
            folders[folder] = told
        return next(folder for folder in reversed(folders) if folders[folder] is told)

    return write


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def total(table, column="customers", kind=int, **wanted):
    """The sum of a column over the rows with these values; nothing counts as nothing."""
    return sum(
        kind(row[column] or 0) for row in table if all(row[k] == v for k, v in wanted.items())
    )


def names(folder):
    return {path.name for path in folder.iterdir()}


def every(pattern=""):
    return {f"{t.name}.csv" for t in tables.TABLES if re.match(pattern, t.name)}


def test_a_client_who_has_everything_has_every_table(written):
    assert names(written("whole")) == every() | PARQUET | {"columns.csv"}


def test_a_client_has_the_tables_there_are_rows_for(written):
    absent = every(BESIDE) | every(
        "ahead|level|cohort_trend|equity|golden|lapse_weeks|lapse_layers|profit|winback|prediction|calibration|open_month"
    )
    absent -= {"control.csv"}  # of the calendar's rules
    assert names(written("ledger")) == every() - absent | PARQUET | {"columns.csv"}
    bare = {"bucket", "bucket_statement", "set_aside", "nth_conversion", "cohorts", "deciles"}
    young = names(written("one order"))
    assert {f"{name}.csv" for name in bare} <= young
    assert not young & every("movement|layer_rates|lapse_view|sales_groups|days_to|years|second")
    assert rows(written("one order") / "set_aside.csv") == []


def test_without_amounts_no_table_has_money(written):
    assert not names(written("no amounts")) & every(NEEDS_MONEY)
    folder, units = written("whole", no_amount=True), {"JPY", "by letter", "by measure"}
    described = [r for r in rows(folder / "columns.csv") if r["file"].endswith(".csv")]
    assert {(r["file"], r["column"]) for r in described if r["unit"] in units} == {
        *(("rfm_scores.csv", end) for end in ("from", "to")),
        *(("ahead_months.csv", end) for end in ("expected", "low", "high")),
        *(("subscription_share.csv", part) for part in ("marked", "total")),
    }
    assert {row["letter"] for row in rows(folder / "rfm_scores.csv")} == {"R", "F"}
    assert "first_active" not in rows(folder / "sensitivity.csv")[0]


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
    first, again = written("ledger"), written("ledger", anew=True)
    assert first != again
    for path in first.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()


CLIENTS = ("sample", "ledger", "whole", "dollars", "no amounts", "half a year")


@pytest.mark.parametrize("name", ["sample", "ledger", "whole"])
def test_the_movement_leads_from_the_opening_to_the_closing(written, client, name):
    facts = book_facts(client(name).book)
    moved = rows(written(name) / "movement.csv")
    assert total(moved, from_state="active") == facts.value("bucket.year.opening")
    assert total(moved, to_state="active") == facts.value("bucket.year.closing")
    assert total(moved) == facts.value("customers.ever")
    lost = total(moved, from_state="active", to_state="lapsed")
    assert lost == facts["hole.year"].numerator
    rates = rows(written(name) / "layer_rates.csv")
    assert total(rates) == facts.value("bucket.year.opening") and total(rates, "lapsed") == lost
    by_line = {
        row["group"]: int(row["customers"]) for row in rows(written(name) / "lapse_view.csv")
    }
    assert by_line["lost"] == lost
    assert by_line["kept"] + by_line["new"] + by_line["revived"] == facts.value("customers.active")


@pytest.mark.parametrize("name", ["sample", "ledger", "whole", "dollars", "half a year"])
def test_lines_left_as_they_are_give_the_places_of_every_other_table(written, name):
    folder = written(name)
    layers = rows(folder / "layers.csv")
    last = {
        (r["layer"], r["state"]): r["customers"]
        for r in layers
        if r["month_end"] == layers[-1]["month_end"]
    }
    for other in ("sensitivity_places", "places", "contacts_places", "subscription_places"):
        if (folder / f"{other}.csv").exists():
            table = rows(folder / f"{other}.csv")
            there = [row for row in table if row.get("scenario", "as_set") == "as_set"]
            assert {(r["layer"], r["state"]): r["customers"] for r in there} == last
    (as_set,) = (r for r in rows(folder / "sensitivity.csv") if r["scenario"] == "as_set")
    for state in ("active", "lapsed"):
        assert int(as_set[state]) == sum(int(n) for place, n in last.items() if place[1] == state)


@pytest.mark.parametrize("name", CLIENTS)
def test_every_way_of_parting_the_customers_has_all_of_them(written, client, name):
    folder, ever = written(name), book_facts(client(name).book).value("customers.ever")
    closing = str(client(name).book.closing)
    assert total(rows(folder / "rfm_groups.csv"), date=closing) == ever
    assert total(rows(folder / "rfm_grid.csv")) == ever
    assert total(rows(folder / "rfm_scores.csv"), letter="R") == ever
    assert total(rows(folder / "cohorts.csv"), age="0") == ever
    last = rows(folder / "last_visit_months.csv")
    assert total(last) == total(last, "lost") + total(last, "open") == ever


@pytest.mark.parametrize("name", ["sample", "ledger", "whole"])
def test_the_money_adds_up_to_the_last_unit(written, client, name):
    folder, facts = written(name), book_facts(client(name).book)
    groups = rows(folder / "sales_groups.csv")
    whole = facts.value("sales.total")
    assert total(groups, "sales", Decimal) == whole
    assert total(groups, "previous_sales", Decimal) == facts.value("sales.previous.total")
    for row in groups:
        parts = sum(Decimal(row[k]) for k in ("people", "frequency", "price", "other"))
        assert parts == Decimal(row["change"])
    bought = [row for row in groups if row["group"] in ("kept", "new", "revived")]
    deciles = rows(folder / "deciles.csv")
    assert total(deciles, "sales", Decimal) == total(bought, "sales", Decimal)
    assert total(deciles) == total(bought) == facts.value("sales.customers")
    *steps, last = rows(folder / "money_bridge.csv")
    assert total(steps, "amount", Decimal) == Decimal(last["amount"]) == whole
    assert Decimal(rows(folder / "years.csv")[-1]["sales"]) == whole


@pytest.mark.parametrize("name", ["sample", "ledger", "whole", "dollars"])
def test_money_is_exact_where_it_is_counted_and_two_digits_finer_in_means(written, client, name):
    folder, digits = written(name), 2 if name == "dollars" else 0
    for table in tables.TABLES:
        path = folder / f"{table.name}.csv"
        for row in rows(path) if path.exists() else ():
            if table.only and row[table.only[0]] != table.only[1]:
                continue
            for column in table.exact:
                assert row[column] == "" or -Decimal(row[column]).as_tuple().exponent == digits
            for column in table.means:
                assert len(row[column].partition(".")[2]) <= digits + 2


def test_statements_of_all_spans_stand_in_one_file(written):
    stated, months = rows(written("whole") / "bucket_statement.csv"), defaultdict(list)
    for row in stated:
        months[row["span"]].append(row)
        opening, new, returned, lost = (int(row[k]) for k in ("opening", "new", "returned", "lost"))
        assert opening + new + returned - lost == int(row["closing"])
    assert list(months) == ["month", "quarter", "year"]
    bucket = rows(written("whole") / "bucket.csv")
    assert [row | {"month": row["period"]} for row in months["month"]] == [
        row
        | {k: months["month"][i][k] for k in ("span", "period", "start", "end")}
        | {k: months["month"][i][k] for k in ("hole", "quick_ratio")}
        for i, row in enumerate(bucket)
    ]
    assert {row["closing"] for row in (rows_[-1] for rows_ in months.values())} == {
        bucket[-1]["closing"]
    }


def test_the_level_goes_on_where_the_bucket_ends(written):
    folder = written("whole")
    level, bucket = rows(folder / "level.csv"), rows(folder / "bucket.csv")
    past = {row["month"]: float(row["active"]) for row in level if row["reckoned"] == "False"}
    known = {row["month"]: float(row["closing"]) for row in bucket}
    assert past.items() <= known.items() and list(past)[-1] == list(known)[-1]
    assert len(level) - len(past) == 24


def test_what_is_said_of_the_second_visit_is_in_the_table(written, client):
    facts = book_facts(client("whole").book)["f2.rate"]
    first = rows(written("whole") / "second_visit.csv")[0]
    assert (first["where"], first["who"]) == ("front", "first_between")
    assert (int(first["again"]), int(first["customers"])) == (facts.numerator, facts.denominator)
    (trend,) = rows(written("sample") / "cohort_trend.csv")
    months = rows(written("sample") / "same_age.csv")
    latest = [r for r in months if r["within_days"] == "90" and r["cohort"] >= trend["start"]]
    assert total(latest) == int(trend["customers"])
    assert total(latest, "again") / total(latest) == pytest.approx(float(trend["share"]), abs=1e-6)


def test_rows_for_all_close_the_tables_that_have_them(written):
    folder = written("whole")
    *sources, everyone = rows(folder / "prospects.csv")
    assert everyone["source"] == "" and total(sources, "prospects") == int(everyone["prospects"])
    *layers, everyone = rows(folder / "contacts_forgotten.csv")
    assert everyone["layer"] == "" and total(layers, "lapsed") == int(everyone["lapsed"])
    *months, everyone = rows(folder / "left_edge.csv")
    assert everyone["month"] == "" and total(months, "new") == int(everyone["new"])
    for name in ("first_products", "products_left"):
        assert [row["product"] == "" for row in rows(folder / f"{name}.csv")][-2:] == [False, True]


def test_subscriptions_part_the_hole_and_tell_who_went_over(written, client):
    folder, told = written("whole"), client("whole").book
    hole = book_facts(told)["hole.year"]
    kinds = rows(folder / "subscription_hole.csv")
    assert (total(kinds, "lapsed"), total(kinds, "active")) == (hole.numerator, hole.denominator)
    share = {row["measure"]: row for row in rows(folder / "subscription_share.csv")}
    assert (int(share["went_over"]["marked"]), int(share["went_over"]["total"])) == (
        told.subscriptions.upgrade()
    )
    assert Decimal(share["sales"]["total"]) == book_facts(told).value("sales.total")


def test_what_looks_wrong_is_named_by_file_and_row(written, client):
    folder, facts = written("whole"), book_facts(client("whole").book)
    for name, key in (("outliers", "outliers"), ("twins", "twin_customers"), ("buyers", "buyers")):
        table = rows(folder / f"{name}.csv")
        assert len(table) == facts.value(f"quality.{key}")
        assert {row["source_file"] for row in table} == {"sales.csv"}
    for name in ("spikes", "gaps"):
        assert len(rows(folder / f"{name}.csv")) == facts.value(f"quality.{name}")
    reasons = {r["reason"]: int(r["rows"]) for r in rows(folder / "set_aside_reasons.csv")}
    assert reasons == {"unreadable": 1} and len(rows(folder / "set_aside.csv")) == 1


def test_the_tiers_say_up_to_which_price_they_reach(written, client):
    moved = client("whole").book.products.tiers()
    table = rows(written("whole") / "price_tiers.csv")
    assert len(table) == 9 and total(table) == moved.customers
    tops = {row["first_tier"]: row["first_up_to"] for row in table}
    assert [float(tops[tier]) for tier in ("lower", "middle")] == list(moved.cuts)
    assert tops["upper"] == ""


def test_letters_that_pay_stand_in_the_profit_curve(written, client):
    curve, plan = rows(written("whole") / "profit_curve.csv"), client("whole").plan
    assert (curve[0]["letters"], curve[0]["middle"]) == ("0", "0.0")
    assert int(curve[-1]["letters"]) == len(plan.winback)
    assert float(curve[-1]["middle"]) == pytest.approx(plan.winback.priority.sum(), abs=0.01)


@pytest.mark.parametrize("name", ["whole", "hostile", "dollars"])
def test_no_cell_is_taken_for_a_formula(written, name):
    number = re.compile(r"-?\d+(\.\d+)?(e-\d+)?")
    for path in written(name).glob("*.csv"):
        for row in rows(path):
            for cell in row.values():
                assert number.fullmatch(cell) or safe(cell) == cell, path.name


def test_names_that_begin_like_a_formula_keep_their_letters_behind_an_apostrophe(written):
    folder = written("whole")
    listed = {row["product"]: row["name"] for row in rows(folder / "products.csv")}
    assert listed["'=tea"] == "'=1+1" and listed["pot"] == "'+pot" and listed["cup"] == "湯のみ"
    assert rows(folder / "prospects.csv")[0]["source"] == "'=web"
    assert {row["customer_id"] for row in rows(folder / "buyers.csv")} == {"'@70", "'@80"}
    assert rows(folder / "set_aside.csv")[0]["value"] == "'=1+1"


def test_excel_is_told_the_encoding_where_it_matters(written):
    starts = {p.name: p.read_bytes()[:3] == b"\xef\xbb\xbf" for p in written("whole").glob("*.csv")}
    assert starts["products.csv"] and starts["columns.csv"] and not starts["bucket.csv"]


def test_telephone_numbers_stand_in_no_table_but_the_customers(written, client):
    assert client("whole by telephone").book.ledger.source.personal
    folder = written("whole by telephone")
    for path in folder.glob("*.csv"):
        assert "03-1234" not in path.read_text(encoding="utf-8-sig"), path.name
    assert "customer_id" not in rows(folder / "buyers.csv")[0]
