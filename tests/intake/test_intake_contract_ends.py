"""The day a contract ends, from the customer master and from the sales."""

import datetime as dt

import pytest

from toolkit.book import keep_book
from toolkit.settings import Settings

SALES = "会員番号,注文日,金額\n001,2024-01-05,100\n002,2024-06-30,50\n003,2024-06-30,50\n"
SOLD = "会員番号,注文日,金額,契約終了日\n"


def ends(ledger, settings):
    table = keep_book(ledger, settings).contract_ends()
    return (
        None if table is None else dict(sorted(table.to_pyarrow().to_pandas().to_numpy().tolist()))
    )


@pytest.fixture
def told(shop):
    """`told(sales, master)`: contract ends by customer, and the notes."""

    def read(sales, master=None, **settings):
        if master is not None:
            settings["customer_file"] = str(shop.path(master, "master.csv"))
        ledger = shop.read(sales, **settings)
        notes = {note.key: dict(note.values) for note in ledger.notes}
        return ends(ledger, Settings()), notes

    return read


@pytest.mark.parametrize(
    "heading",
    ["契約終了日", "満了日", "次回更新日", "有効期限", "contract_end", "expires", "Renewal Date"],
    ids=["契約終了日", "満了日", "次回更新日", "有効期限", "contract_end", "expires", "renewal"],
)
def test_the_master_tells_it_under_many_names(told, heading):
    found, notes = told(SALES, f"会員番号,{heading}\n001,2025-03-31\n002,\n")
    assert found == {"001": dt.date(2025, 3, 31)}
    assert notes["people_read"]["columns"] == f"会員番号, {heading}"


def test_an_end_that_never_comes_is_none_and_one_not_understood_is_told(told):
    master = "会員番号,契約終了日\n001,自動更新\n002,9999-12-31\n003,来年ごろ\n"
    found, notes = told(SALES, master)
    assert found == {}
    assert notes["people_contracts"] == {"n": 1, "rows": "4"}


def test_the_sales_tell_it_by_the_latest_order(told):
    rows = "001,2024-01-05,100,2024-12-31\n001,2024-06-05,100,2025-12-31\n002,2024-06-30,50,\n"
    found, notes = told(SOLD + rows)
    assert found == {"001": dt.date(2025, 12, 31)}
    assert notes["contract_ends"] == {"column": "契約終了日", "n": 2}


def test_the_master_goes_before_the_sales(told):
    rows = "001,2024-01-05,100,2024-12-31\n002,2024-06-30,50,2025-01-31\n"
    found, _ = told(SOLD + rows, "会員番号,満了日\n001,2026-03-31\n002,\n")
    assert found == {"001": dt.date(2026, 3, 31), "002": dt.date(2025, 1, 31)}


def test_an_end_in_the_sales_that_cannot_be_read_stops_nothing(told):
    rows = "001,2024-01-05,100,bald\n002,2024-06-30,50,2025-01-31\n003,2024-06-30,50,2025-02-01\n"
    found, notes = told(SOLD + rows)
    assert set(found) == {"002", "003"}
    assert notes["contract_ends_unread"] == {"column": "契約終了日", "n": 1, "row": 2}


def test_ends_that_do_not_say_day_or_month_are_left_alone(told):
    rows = "001,2024-01-05,100,01/02/2025\n002,2024-06-30,50,03/04/2025\n"
    found, notes = told(SOLD + rows)
    assert found is None and notes["contract_ends_doubtful"] == {"column": "契約終了日"}
    assert told(SOLD + rows, date_order="dmy")[0]["001"] == dt.date(2025, 2, 1)


def test_without_either_there_is_none(told):
    assert told(SALES)[0] is None
    assert told(SALES, "会員番号,性別\n001,女\n")[0] is None
