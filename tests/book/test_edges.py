"""The edges of cut files, judged by what the uncut file and the truth behind it know."""

import dataclasses
import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import ibis
import numpy as np
import pandas as pd
import pytest

from toolkit.book import keep_book
from toolkit.intake import read_sales
from toolkit.sample import SampleShop, make_sample
from toolkit.settings import Settings


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """The invented shop in small: its ledger, who came when, and the visits of the whole file."""
    sample = make_sample(SampleShop(customers=3_000))
    folder = tmp_path_factory.mktemp("shop")
    (folder / "sales.csv").write_bytes(sample.sales_csv)
    (folder / "truth.csv").write_bytes(sample.truth_csv)
    truth = pd.read_csv(folder / "truth.csv", dtype={"customer_id": str}, encoding="utf-8-sig")
    came = pd.to_datetime(truth.set_index("customer_id").first_purchase)
    return read(folder / "sales.csv", came=came)


def read(path, currency="JPY", **more):
    settings = Settings(sales_file=str(path), currency=currency, lapse_days=240)
    ledger = read_sales(path, settings)
    book = keep_book(ledger, settings)
    visits = book.visits().assign(date=lambda rows: pd.to_datetime(rows.date))
    return SimpleNamespace(ledger=ledger, settings=settings, book=book, visits=visits, **more)


def started(file, start):
    """The book of the same file, had it begun on another day."""
    orders = file.ledger.orders.filter(ibis._.date >= ibis.literal(start))
    return keep_book(
        dataclasses.replace(file.ledger, orders=orders, first_date=start), file.settings
    )


@pytest.fixture(scope="module")
def earlier(shop):
    """The books of the same file, had it been closed in the middle of ten earlier months."""
    days = [day.date() for day in pd.date_range("2023-08-05", periods=10, freq="72D")]
    orders = shop.ledger.orders
    files = {
        day: dataclasses.replace(
            shop.ledger, orders=orders.filter(ibis._.date <= ibis.literal(day)), closing_date=day
        )
        for day in days
    }
    return {day: keep_book(ledger, shop.settings) for day, ledger in files.items()}


def strangers(file, start, months):
    """First visits since `start` in the months named, with the month: who looks new there."""
    first = file.visits[file.visits.date >= pd.Timestamp(start)].groupby("customer_id").date.min()
    return first[first.dt.strftime("%Y-%m").isin(months)]


STARTS = [day.date() for day in pd.date_range("2021-05-01", periods=20, freq="MS")]


def test_the_true_share_of_old_customers_lies_in_the_interval_at_most_starts(shop):
    inside, opened = 0, 0
    for start in STARTS:
        book = started(shop, start)
        months, total = book.left_edge(), book.left_edge_total()
        new = strangers(shop, start, months.month.tolist())
        assert total["new"] == months.new.sum() == len(new)
        share = (shop.came.reindex(new.index) < pd.Timestamp(start)).mean()
        inside += total["low"] <= share <= total["high"]
        opened += total["why"] == "opened"
        assert total["high"] - total["low"] < 0.3  # and says something
    assert inside >= 16
    assert opened == 0


def test_later_visits_leave_the_lost_in_the_band(shop, earlier):
    after = shop.visits.sort_values(["customer_id", "date"])
    after["next"] = after.groupby("customer_id").date.shift(-1)
    rows = []
    for closing, book in earlier.items():
        at = pd.Timestamp(closing)
        assert at + pd.Timedelta(days=240) <= pd.Timestamp(shop.book.closing)
        last = after[(after.date <= at) & ~(after.next <= at)]
        lost = ~((last.next - last.date).dt.days <= 240)
        happened = lost.groupby(last.date.dt.strftime("%Y-%m")).sum()
        table = book.last_visit_months()
        rows.append(table.assign(happened=happened.reindex(table.month).to_numpy()))
    table = pd.concat(rows)
    known, waiting = table[table.known], table[~table.known]
    assert (known.happened == known.lost).all()
    inside = waiting.happened.between(waiting.low - 0.5, waiting.high + 0.5)
    assert len(waiting) >= 80
    assert inside.mean() >= 0.85


def test_months_end_within_the_band_given_in_their_middle(shop, earlier):
    happened = shop.book.bucket_months().set_index("month")
    inside = []
    for closing, book in earlier.items():
        table = book.open_month().set_index("flow")
        whole = happened.loc[f"{closing:%Y-%m}", table.index]
        inside += list(whole.between(table.low - 0.5, table.high + 0.5))
    assert sum(inside) >= 0.8 * 30


@pytest.fixture(scope="module")
def uci(real_data):
    return read(real_data / "online_retail_uci" / "online_retail_2010_2011.csv.gz", "GBP")


# Share of those who look new who had bought since 2010-12-01, where the whole file starts: the
# real share is higher, by those who had bought only before that.
EVIDENCE = Path(__file__).parents[2] / "docs" / "evidence.md"
KNOWN_BEFORE = {
    dt.date(2011, 3, 1): [0.54, 0.46, 0.39, 0.30],
    dt.date(2011, 6, 1): [0.76, 0.68, 0.55, 0.44],
}


@pytest.mark.parametrize("start", KNOWN_BEFORE)
def test_a_wholesaler_of_a_year_agrees_with_what_is_known_of_it(uci, start):
    book = started(uci, start)
    months, total = book.left_edge().head(4), book.left_edge_total()
    new = strangers(uci, start, months.month.tolist())
    first_ever = uci.visits.groupby("customer_id").date.min()
    known = (first_ever.reindex(new.index) < pd.Timestamp(start)).groupby(new.dt.month).mean()
    assert known.tolist() == pytest.approx(KNOWN_BEFORE[start], abs=0.01)
    assert total["why"] is None
    share, low, high = (months[name].to_numpy() for name in ("share", "low", "high"))
    known = known.to_numpy()
    told = EVIDENCE.read_text(encoding="utf-8").splitlines()
    for row, share_known in zip(months.itertuples(), known, strict=True):
        line = f"| {start} | {row.month} | {row.new} | {share_known:.0%} | {row.share:.0%}"
        assert f"{line} | {row.low:.0%} to {row.high:.0%} |" in told
    assert (high >= known).all()
    if start.month == 6:  # six months known before it: what is known is nearly all
        assert (low <= known).all()
        assert np.abs(share - known).max() < 0.15
    else:  # three months known: many have been silent for longer
        assert (share >= known).all()
        assert (low - known).max() < 0.20


def test_a_file_of_one_cohort_claims_no_old_customers(real_data):
    book = read(real_data / "cdnow" / "CDNOW_master.txt", "USD").book
    total = book.left_edge_total()
    assert (total["why"], total["share"]) == ("opened", None)
