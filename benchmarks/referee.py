"""Time of the outlook with its referee on generated orders, and whether its sample is enough.

    python benchmarks/referee.py [--orders 1000000] [--whole]

Every size is read and its book kept, then the competitors are judged on the file's own past and
the winners applied at the closing date. Printed are the seconds of either, in wall-clock and in
processor time (on a shared machine the second is the one to compare), as a multiple of what
keeping the book took as well, and the winners. With `--whole` the competitors are judged once
more on all customers instead of a sample, and the winners of both are printed: they have to be
the same, or as good as each other within their interval.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from toolkit import Settings, keep_book, read_sales
from toolkit.foresight import past
from toolkit.foresight.applied import apply
from toolkit.foresight.counts import fit_counts
from toolkit.foresight.referee import LARGEST, sampled
from toolkit.sample import SampleShop, generate_orders

ORDERS_PER_CUSTOMER = 4.8


class Clock:
    """Seconds since it was made, on the wall and of this process."""

    def __init__(self) -> None:
        self.wall, self.process = time.perf_counter(), time.process_time()

    def __str__(self) -> str:
        wall, process = time.perf_counter() - self.wall, time.process_time() - self.process
        return f"{wall:6.2f} s, {process:6.2f} s of processor"


def measure(orders: int, whole: bool) -> None:
    """Print the times and winners of one size."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "orders.parquet"
        shop = SampleShop(customers=int(orders / ORDERS_PER_CUSTOMER * 1.05))
        generate_orders(shop).sort_values("ordered_at").tail(orders).to_parquet(path, index=False)
        settings = Settings(sales_file=str(path))
        ledger = read_sales(str(path), settings)
        clock = Clock()
        book = keep_book(ledger, settings)
        print(f"{orders:>11,} orders  book    {clock}")
        clock = Clock()
        found = past.past_of(book, settings.horizon_days, fit_counts)
        print(f"{'':>11}         referee {clock}  {found.verdict.winners}, sample {found.sampled}")
        clock = Clock()
        apply(book, found, settings.horizon_days, fit_counts).customers.count().to_pyarrow()
        print(f"{'':>11}         applied {clock}")
        if whole:
            past.sampled = lambda visits, largest=None: visits
            clock = Clock()
            all_of_them = past.past_of(book, settings.horizon_days, fit_counts)
            past.sampled = sampled
            print(f"{'':>11}         all     {clock}  {all_of_them.verdict.winners}")
            both = [one.verdict.ranking.set_index("method").auc for one in (found, all_of_them)]
            off = (both[0] - both[1]).abs().max()
            print(f"{'':>11}         AUC of the sample of {LARGEST:,} off by at most {off:.4f}")


def main() -> None:
    """Measure every size asked for."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--orders", type=int, nargs="+", default=[10**6])
    options.add_argument("--whole", action="store_true")
    chosen = options.parse_args()
    for orders in chosen.orders:
        measure(orders, chosen.whole)


if __name__ == "__main__":
    main()
