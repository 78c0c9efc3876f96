"""How often the fans of the outlook hold what came: on simulated shops and on real files.

    python tests/foresight/coverage_of_fans.py [--shops 200] [--start 10000] [--real]

Simulated: one fan per stationary shop (`stationary_shops`), its 12 months then lived through; the
share inside at months 1, 3, 6 and 12 of every measure, which is to be between 0.74 and 0.86. The
rules were chosen on shops 0 to 199, and one of them after a look at 5000 to 5199; those from 10000
on were not looked at before all were fixed.
Real: every month end of the public files beside the project from which the method can start, the
fan drawn with what was known then; the share inside and the mean error.
"""

import argparse
import sys
from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent
JUDGED = (1, 3, 6, 12)


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
    given = parser.parse_args()
    sys.path[:0] = [str(HERE), str(HERE.parents[1])]
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
