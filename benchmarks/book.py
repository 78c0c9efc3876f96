"""Time and memory of the whole book on generated orders, and how both grow.

    python benchmarks/book.py [--orders 1000000 3000000 10000000] [--products]

Every size is read in a process of its own, then the book is kept and every table it offers is
worked out, those that the report asks for a year back as well. With `--products` every order
names one of 2,000 products and a tenth of them are marked as subscriptions, and the tables of
products and subscriptions are worked out too. Printed are the seconds and the peak resident
memory beyond what reading left behind, the share of each step at the largest size, and the
seconds per million orders against the smallest size (1.0 is linear). Linux only (memory is read
from /proc).
"""

from __future__ import annotations

import argparse
import inspect
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from toolkit.sample import SampleShop, generate_orders

ORDERS_PER_CUSTOMER = 4.8
PRODUCTS = 2_000
PARTS = ("products", "subscriptions")  # what not every file has
EVERYBODY = ("visits", "moves", "returns", "customers")  # a row per customer or more
NOT_RESULTS = ("named", "places_at", "returns_table", "rfm_table")  # for further expressions


def write_orders(path: Path, orders: int, products: bool = False) -> None:
    """So many orders of the invented shop as Parquet."""
    shop = SampleShop(customers=int(orders / ORDERS_PER_CUSTOMER * 1.05))
    frame = generate_orders(shop).sort_values("ordered_at").tail(orders)
    if products:
        draw = np.random.default_rng(1)
        named = np.char.add("P", draw.zipf(1.3, len(frame)).clip(max=PRODUCTS).astype(str))
        frame = frame.assign(product_id=named, subscription=draw.random(len(frame)) < 0.1)
    frame.to_parquet(path, index=False)


def resident() -> int:
    """Resident bytes of this process."""
    text = Path("/proc/self/status").read_text()
    return int(text.split("VmRSS:")[1].split()[0]) * 1024


class Peak(threading.Thread):
    """The highest resident memory while it runs."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.done, self.bytes = threading.Event(), resident()

    def run(self) -> None:
        """Look every hundredth of a second."""
        while not self.done.wait(0.01):
            self.bytes = max(self.bytes, resident())


def calls(book) -> list[tuple[str, tuple]]:
    """Every table of the book that can be asked for, with what it is asked for with."""
    given = {
        "bucket_statement": [("month",), ("quarter",), ("year",)],
        "layer_statement": [("month",), ("quarter",), ("year",)],
        "movement": [(book.year_ago, book.closing)],
        "layer_rates": [(book.year_ago, book.closing)],
    }
    found = []
    for name, method in inspect.getmembers(type(book), inspect.isfunction):
        if not name.startswith("_") and name not in EVERYBODY + NOT_RESULTS:
            needed = [
                p
                for p in list(inspect.signature(method).parameters.values())[1:]
                if p.default is p.empty
            ]
            if name in given or not needed:
                found += [(name, arguments) for arguments in given.get(name, [()])]
    found += [(name, (book.year_ago,)) for name in ("hole", "f2", "sales", "concentration")]
    return found


def steps_of(book) -> dict[str, Callable[[], object]]:
    """Every question to the book and to the parts it has, by name."""
    steps = {f"{name} {given}": partial(getattr(book, name), *given) for name, given in calls(book)}
    for part in PARTS:
        asked = getattr(book, part)
        for name, _ in inspect.getmembers(type(asked), inspect.isfunction) if asked else ():
            if not name.startswith("_"):
                steps[f"{part}.{name}"] = getattr(asked, name)
    return steps


def measured(path: str) -> dict:
    """Seconds by step and peak bytes beyond the read, of one file in this process."""
    from toolkit import Settings, keep_book, read_sales

    settings = Settings(sales_file=path)
    ledger = read_sales(path, settings)
    before, peak, steps = resident(), Peak(), {}
    peak.start()
    start = time.perf_counter()
    book = keep_book(ledger, settings)
    steps["keep_book"] = time.perf_counter() - start
    for name, ask in steps_of(book).items():
        begun = time.perf_counter()
        ask()
        steps[name] = time.perf_counter() - begun
    whole = time.perf_counter() - start
    peak.done.set()
    peak.join()
    return {"seconds": whole, "bytes": peak.bytes - before, "read": before, "steps": steps}


def main() -> None:
    """Generate, measure each size in a process of its own, print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--orders", type=int, nargs="+", default=[10**6, 3 * 10**6, 10**7])
    options.add_argument("--products", action="store_true")
    options.add_argument("--one", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.one:
        print(json.dumps(measured(chosen.one)))
        return
    print(f"{os.cpu_count()} cores")
    per_million, found = [], {}
    with tempfile.TemporaryDirectory() as folder:
        for orders in chosen.orders:
            path = Path(folder) / f"orders_{orders}.parquet"
            write_orders(path, orders, chosen.products)
            command = [sys.executable, __file__, "--one", str(path)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            found = json.loads(done.stdout)
            path.unlink()
            per_million.append(found["seconds"] / orders * 1e6)
            print(
                f"{orders:>11,} orders  {found['seconds']:6.2f} s"
                f"  {found['bytes'] / 2**20:6.0f} MiB beyond the read ({found['read'] / 2**20:.0f})"
                f"  {per_million[-1] / per_million[0]:.2f} x the first size's seconds per order"
            )
    for name, seconds in sorted(found["steps"].items(), key=lambda step: -step[1])[:25]:
        print(f"  {name:<40} {seconds:6.2f} s")


if __name__ == "__main__":
    main()
