"""Campaigns of a real contact log: dunnhumby's Complete Journey, households chosen, not drawn."""

import collections
import datetime as dt

import pandas as pd
import pyarrow.parquet as pq
import pytest
from read_sections import soup, text

from toolkit.action import Plan
from toolkit.action.economics import economics_of
from toolkit.action.trial.results import read_back
from toolkit.book import keep_book
from toolkit.intake import read_sales
from toolkit.report import show
from toolkit.settings import Settings
from toolkit.words import Words

CHECKED = "18"  # of 27 campaigns the one with most households
EN = Words("en")


@pytest.fixture(scope="module")
def journey(real_data):
    """Baskets by day, campaigns and redeemed coupons as plain rows."""
    home = real_data / "complete_journey"
    if not home.is_dir():
        pytest.skip("the Complete Journey is not here")
    columns = ["household_id", "transaction_timestamp", "sales_value"]
    sales = pq.read_table(home / "transactions.parquet", columns=columns).to_pandas()
    sales["date"] = sales.transaction_timestamp.dt.date
    sales["cents"] = (100 * sales.sales_value).round().astype("int64")
    days = sales.groupby(["household_id", "date"]).cents.sum().reset_index()
    starts = pd.read_parquet(home / "campaign_descriptions.parquet")
    begun = dict(zip(starts.campaign_id, starts.start_date.dt.date, strict=True))
    told = pd.read_parquet(home / "campaigns.parquet")
    log = [
        (h, begun[c], "mailing", c)
        for h, c in zip(told.household_id, told.campaign_id, strict=True)
    ]
    used = pd.read_parquet(home / "coupon_redemptions.parquet")
    rows = zip(used.household_id, used.redemption_date.dt.date, used.campaign_id, strict=True)
    return days, log, [(h, day, "redemption", c) for h, day, c in rows]


@pytest.fixture(scope="module")
def told(journey, tmp_path_factory):
    """The book with the log beside it, and the plan's results."""
    folder = tmp_path_factory.mktemp("journey")
    days, log, used = journey
    days = days.assign(amount=days.cents / 100).drop(columns="cents")
    days.rename(columns={"household_id": "customer_id"}).to_csv(folder / "sales.csv", index=False)
    made = pd.DataFrame([*log, *used], columns=["customer_id", "date", "kind", "campaign"])
    made.to_csv(folder / "log.csv", index=False)
    given = {"sales_file": str(folder / "sales.csv"), "contacts_file": str(folder / "log.csv")}
    settings = Settings.checked(given | {"currency": "USD", "closing_date": "2017-12-31"})
    book = keep_book(read_sales(settings.sales_file, settings), settings)
    plan = Plan(economics_of(settings), None, {}, results=read_back(book, settings))
    return book, plan


def test_one_campaign_is_counted_as_by_hand(journey, told):
    days, log, used = journey
    since = next(day for _, day, _, campaign in log if campaign == int(CHECKED))
    until = min(dt.date(2017, 12, 31), since + dt.timedelta(days=180))
    chosen = {household for household, _, _, campaign in log if campaign == int(CHECKED)}
    before, after = set(), collections.Counter()
    for household, day, cents in zip(days.household_id, days.date, days.cents, strict=True):
        if cents > 0 and day <= since:
            before.add(household)
        if cents > 0 and since < day <= until:
            after[household] += 1
    answered = {h for h, day, _, c in used if c == int(CHECKED) and day <= dt.date(2017, 12, 31)}
    found = told[1].results.observed.set_index("campaign").loc[CHECKED]
    assert (found.since, found.until) == (since, until)
    assert found.contacted == len(before & chosen) > 1000
    assert found.contacted_came == len(before & chosen & set(after))
    assert found.others == len(before - chosen) > 1000
    assert found.others_came == len((before - chosen) & set(after))
    assert found.answered == len(answered & chosen) > 100
    assert found.contacted_share == pytest.approx(found.contacted_came / found.contacted)


def test_it_is_shown_without_an_effect(told):
    book, plan = told
    assert plan.results.campaigns.empty and plan.results.uplift() is None
    assert plan.results.response.measured == 0
    made = show.results(book, plan)
    said = text(made)
    assert EN["results.no_effect"] in said and EN["results.lead_observed"] in said
    assert "points" not in said and "more came" not in said
    assert soup(made).figure is None
    rows = soup(made).table.tbody.find_all("tr")
    assert CHECKED in [row.th.get_text() for row in rows]
    heads = soup(made).table.thead.get_text(" ")
    assert EN["column.effect"] not in heads and EN["column.uplift"] not in heads
