import json
import re
from decimal import Decimal

import pytest

from toolkit.report.delivery import deliver, facts_document
from toolkit.settings import Settings

BESIDE = {"facts.json", "lists.xlsx", "about_to_lapse.csv", "tables"}
LAYERS = ("first", "fledgling", "steady", "burst", "prime")
SALES = ("total", "visits", "customers", "per_visit", "visits_per_customer")
MONEY = {"sales.total", "sales.per_visit", "sales.previous.total", "sales.previous.per_visit"}
MONEY |= {"winback.expected_profit"}
RATES = {"hole.year", "rate.retention", "rate.outflow", "rate.revival", "f2.rate"}
RATES |= {"lapse.error_rate"}
PROMISED = (
    {f"layers.{layer}.{state}" for layer in LAYERS for state in ("active", "lapsed")}
    | {f"customers.{k}" for k in ("ever", "active", "lapsed")}
    | {f"bucket.year.{k}" for k in ("opening", "new", "returned", "lost", "closing")}
    | {f"year.{k}" for k in ("active", "previous", "kept", "lost", "new", "revived")}
    | {f"sales.{k}" for k in SALES}
    | {f"sales.previous.{k}" for k in SALES}
    | {f"winback.{k}" for k in ("listed", "worth_contacting")}
    | {f"quality.{k}" for k in ("rows_read", "rows_kept", "set_aside")}
    | {"f2.window_days", "lapse.days", "winback.break_even_response"}
    | MONEY
    | RATES
)


def document(told):
    return json.loads(
        json.dumps(facts_document(told.book, told.outlook, told.plan), allow_nan=False)
    )


def facts(told):
    return {fact["id"]: fact for fact in document(told)["facts"]}


@pytest.mark.parametrize("name", ["sample", "ledger", "half a year", "one customer", "one date"])
def test_every_promised_fact_is_there_or_says_why_it_is_not(client, name):
    found = facts(client(name))
    assert PROMISED - set(found) == set()
    for fact in found.values():
        assert (fact["value"] is None) == bool(fact["why"]), fact["id"]
        assert fact["unit"] and fact["source"], fact["id"]


def test_two_years_of_the_sample_leave_no_promised_fact_null(client):
    found = facts(client("sample"))
    assert {key for key in PROMISED if found[key]["value"] is None} == set()


@pytest.mark.parametrize("name", ["sample", "ledger", "half a year", "dollars"])
def test_values_have_the_type_of_their_kind(client, name):
    for key, fact in facts(client(name)).items():
        value = fact["value"]
        if value is None:
            continue
        if fact["unit"] in ("JPY", "USD"):
            assert re.fullmatch(r"-?\d+(\.\d+)?", value), key
        elif fact["unit"] in ("share", "ratio"):
            assert isinstance(value, float | int), key
        else:
            assert type(value) is int, key
        assert key not in MONEY or fact["unit"] in ("JPY", "USD")


@pytest.mark.parametrize("name", ["sample", "ledger"])
def test_rates_can_be_worked_out_again(client, name):
    for key, fact in facts(client(name)).items():
        if key in RATES and fact["value"] is not None:
            assert 0 <= fact["value"] <= 1
            assert fact["value"] == fact["numerator"] / fact["denominator"]


def test_counted_money_is_exact(client):
    found = facts(client("dollars"))
    assert found["sales.total"]["value"] == "100.20"
    assert found["sales.total"]["unit"] == "USD"
    assert facts(client("ledger"))["sales.total"]["value"] == "113000"


def test_without_amounts_no_money_is_claimed(client):
    found = facts(client("no amounts"))
    for key in MONEY | {f"layers.{layer}.active" for layer in LAYERS}:
        assert key not in found or (found[key]["value"] is None and found[key]["why"])
    assert found["winback.listed"]["why"] == "no_amount"
    assert found["hole.year"]["value"] is not None


def test_the_document_says_whose_it_is_and_what_was_in_force(client):
    told = document(client("ledger", client="山田商店", prime_days=200))
    assert list(told) == ["schema", "client", "closing_date", "settings", "source", "facts"]
    assert (told["client"], told["closing_date"]) == ("山田商店", "2025-12-31")
    assert told["settings"] == {
        "fledgling_days": 90,
        "amount_line": "70000",
        "prime_days": 200,
        "lapse_days": 240,
        "currency": "JPY",
        "language": "both",
        "profile": "classic",
    }
    source = told["source"]
    assert (source["file"], source["rows_read"], source["rows_kept"]) == ("ledger.csv", 22, 21)
    assert source["set_aside"] == {"no_customer": 1}
    assert re.fullmatch(r"[0-9a-f]{64}", source["sha256"])
    assert source["files"] == [{"name": "ledger.csv", "sha256": source["sha256"], "rows_read": 22}]
    assert source["beside"] == []


def test_an_amount_line_in_cents_is_told_in_dollars(client):
    told = document(client("dollars", amount_line="12.5"))
    assert Decimal(told["settings"]["amount_line"]) == Decimal("12.5")
    assert document(client("no amounts"))["settings"]["amount_line"] is None


def test_facts_are_equal_in_either_language(client):
    ja, en = (document(client("ledger", language=x)) for x in ("ja", "en"))
    assert ja["facts"] == en["facts"]


def test_nothing_is_written_without_a_folder(client, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = client("ledger")
    deliver(told.book, told.outlook, told.plan)
    assert list(tmp_path.iterdir()) == []


def test_everything_beside_the_page_is_written(client, tmp_path):
    told = client("sample", out=str(tmp_path / "made" / "here"))
    deliver(told.book, told.outlook, told.plan)
    folder = tmp_path / "made" / "here"
    names = {path.name for path in folder.iterdir()}
    assert names == {"facts.json", "lists.xlsx", "tables"} | {
        f"{name}.csv" for name in ("winback", "groups", "about_to_lapse", "golden", "calendar")
    }
    raw = (folder / "facts.json").read_text(encoding="utf-8")
    assert json.loads(raw) == document(told) and raw.endswith("}\n")


def test_there_is_no_win_back_file_without_a_list(client, tmp_path):
    told = client("ledger", out=str(tmp_path))
    deliver(told.book, told.outlook, told.plan)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"facts.json", "lists.xlsx", "tables", "calendar.csv", "groups.csv"}


def test_the_settings_written_are_settings(client):
    told = document(client("ledger"))["settings"]
    assert set(told) <= set(Settings.model_fields)
