"""How often the fans of the outlook hold what came: on simulated shops and on real files.

    python tests/foresight/coverage_of_fans.py [--shops 200] [--start 10000] [--real] [--lengths]

Simulated: one fan per stationary shop (`stationary_shops`), its 12 months then lived through; the
share inside at months 1, 3, 6 and 12 of every measure, which is to be between 0.74 and 0.86. The
rules were chosen on shops 0 to 199, and one of them after a look at 5000 to 5199; those from 10000
on were not looked at before all were fixed.
Real: every month end of the public files beside the project from which the method can start, the
fan drawn with what was known then; the share inside and the mean error.
Lengths: how far off level and sales of 12 months are in files of 300 to 1,000 days, and how far off
the last 12 months' sales would be (12 shops of each kind, from 60000 on).
"""

import argparse
import sys
from functools import partial
from itertools import product
from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent
JUDGED = (1, 3, 6, 12)
LENGTHS = (300, 373, 450, 540, 640, 730, 1000)


def simulated(shops, start=0):
    """One row per shop, measure and judged month: seed, measure, month, expected, happened,
    inside."""
    from stationary_shops import came, history_at, make_shop

    from toolkit.foresight.ahead.rates import FEWEST_MONTHS, tally
    from toolkit.foresight.ahead.record import fan_at

    rows = []
    for seed in range(start, start + shops):
        shop = make_shop(seed)
        history, happened = history_at(shop), came(shop)
        known = tally(history)
        if len(known.new) < FEWEST_MONTHS:
            continue
        fan = fan_at(history, known, shop.closing)
        for row in fan[fan.month.isin(JUDGED)].itertuples():
            seen = happened.at[row.month, row.measure]
            inside = row.low <= seen <= row.high
            rows.append((seed, row.measure, row.month, row.expected, seen, inside))
    return pd.DataFrame(
        rows, columns=["seed", "measure", "month", "expected", "happened", "inside"]
    )


def lengths(shops=12, start=60000, days=LENGTHS):
    """One row per kind of shop, length of the file and shop: kind, days, seed, level, sales (12
    months ahead as expected, over what came, less 1) and last (the last 12 months' sales over what
    came, less 1)."""
    from stationary_shops import came, heavy_leavers, history_at, leaving_with_time

    from toolkit.foresight.ahead.fan import base_course, days_ahead, measured
    from toolkit.foresight.ahead.months import months_to
    from toolkit.foresight.ahead.rates import rates_of, tally

    kinds = {"at a visit": heavy_leavers, "with time": leaving_with_time}
    kinds["with time, season"] = partial(leaving_with_time, season=True)
    rows = []
    for kind, seed, length in product(kinds, range(start, start + shops), days):
        shop = kinds[kind](seed, length)
        history, happened = history_at(shop), came(shop)
        rates = rates_of(tally(history), shop.lapse_days)
        ahead = days_ahead(rates, shop.closing, 12)
        found = measured(base_course(history.standing(shop.closing), rates, ahead), rates)
        level = found["active"][0, -1] / happened.active.iloc[-1] - 1
        sales, since = happened.sales.sum(), months_to(shop.closing, -12)
        inside = (shop.visits.d > since) & (shop.visits.d <= shop.closing)
        last = shop.visits.amount[inside].sum() / sales - 1 if length >= 365 else None
        rows.append((kind, length, seed, level, found["sales"].sum() / sales - 1, last))
    return pd.DataFrame(rows, columns=["kind", "days", "seed", "level", "sales", "last"])


def real(folder):
    """File -> rows of `record.rolling_coverage`, or why there is no outlook."""
    from toolkit.book import keep_book
    from toolkit.foresight import look_ahead
    from toolkit.foresight.ahead.record import rolling_coverage
    from toolkit.intake import read_sales
    from toolkit.settings import Settings

    for name, path, given in (
        ("CDNOW, 90 days", "cdnow/CDNOW_master.txt", {"currency": "USD", "lapse_days": 90}),
        ("CDNOW, auto", "cdnow/CDNOW_master.txt", {"currency": "USD"}),
        (
            "UCI, 60 days",
            "online_retail_uci/online_retail_2010_2011.csv.gz",
            {"currency": "GBP", "lapse_days": 60},
        ),
        (
            "UCI, 90 days",
            "online_retail_uci/online_retail_2010_2011.csv.gz",
            {"currency": "GBP", "lapse_days": 90},
        ),
        (
            "grocery, 90 days",
            "btydplus_grocery/groceryElog.csv",
            {"no_amount": True, "lapse_days": 90},
        ),
        ("complete_journey, auto", "complete_journey/transactions.parquet", {"currency": "USD"}),
        ("hotel, 240 days", "awesomebook_hotel_jp/reserve.csv", {}),
    ):
        settings = Settings.checked({"sales_file": str(folder / path)} | given)
        book = keep_book(read_sales(settings.sales_file, settings), settings)
        ahead = look_ahead(book)
        yield name, ahead.why, rolling_coverage(ahead.history, ahead.known)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shops", type=int, default=200)
    parser.add_argument("--start", type=int, default=10000)
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--lengths", action="store_true")
    given = parser.parse_args()
    sys.path[:0] = [str(HERE), str(HERE.parents[1])]
    if given.lengths:
        by = lengths().groupby(["days", "kind"])[["level", "sales", "last"]]
        print(by.mean().round(2).unstack("kind").to_string())
    found = simulated(given.shops, given.start)
    found["error"] = found.happened / found.expected - 1
    print(f"{found.seed.nunique()} simulated shops: share inside, and mean error")
    for value in ("inside", "error"):
        print(found.pivot_table(index="measure", columns="month", values=value).round(3))
    for name, why, rows in real(HERE.parents[1] / ".." / "shared" / "data") if given.real else ():
        print(name, "" if why is None else f"(no outlook: {why})")
        if len(rows):
            rows["error"] = rows.happened / rows.expected.where(rows.expected > 0) - 1
            by = rows.groupby(["measure", "month"])
            shown = by.agg(
                inside=("inside", "mean"), origins=("inside", "size"), error=("error", "mean")
            )
            print(shown.round(2).unstack("month").to_string())


if __name__ == "__main__":
    main()
