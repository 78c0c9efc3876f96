"""Time and memory of one English report on generated orders.

    python benchmarks/report.py [--orders 1000000] [--keep DIR]

Prints the seconds and the peak resident memory of the command with all its processes, the
seconds each stage of the notebook took, and, as a yardstick of the machine taken in the same run,
the seconds pyarrow needs to parse the same file. Linux only (memory is read from /proc).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import nbformat
import pyarrow.csv

from toolkit.sample import SampleShop, generate_orders

ORDERS_PER_CUSTOMER = 4.8


def write_orders(path: Path, orders: int) -> int:
    """A CP932 file with one row per order and Japanese headers; the number of rows written."""
    shop = SampleShop(customers=int(orders / ORDERS_PER_CUSTOMER * 1.05))
    frame = generate_orders(shop).sort_values("ordered_at").tail(orders)
    frame = frame.rename(
        columns={
            "order_id": "注文番号",
            "customer_id": "顧客番号",
            "ordered_at": "注文日時",
            "amount": "金額",
        }
    )
    frame.to_csv(path, index=False, encoding="cp932", date_format="%Y/%m/%d %H:%M")
    return len(frame)


def resident(pid: int) -> int:
    """Resident bytes of a process and all its descendants, shared pages counted once each."""
    total = 0
    for number in family(pid):
        try:
            lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
        except (OSError, StopIteration):
            continue
    return total


def family(pid: int) -> list[int]:
    """A process and its descendants."""
    found = [pid]
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += family(int(child))
    except OSError:
        pass
    return found


def measured(command: list[str]) -> tuple[float, int]:
    """Seconds and peak resident bytes of a command with its children."""
    start, peak = time.perf_counter(), 0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.05):
            peak = max(peak, resident(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    done.set()
    watcher.join()
    if code:
        raise SystemExit(code)
    return time.perf_counter() - start, peak


def stages(folder: Path) -> list[tuple[str, float]]:
    """Seconds per stage, from the executed notebook."""
    cells = nbformat.read(next(folder.rglob("diagnosis.ipynb")), 4).cells
    timed = [c for c in cells if c.metadata.get("stage")]
    return [(c.metadata["stage"], c.metadata["papermill"]["duration"]) for c in timed]


def main() -> None:
    """Generate, measure, print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--orders", type=int, default=1_000_000)
    options.add_argument("--keep", type=Path, help="folder to keep the file and the report in")
    chosen = options.parse_args()
    folder = chosen.keep or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    sales = folder / "orders.csv"
    rows = write_orders(sales, chosen.orders)
    start = time.perf_counter()
    pyarrow.csv.read_csv(sales, read_options=pyarrow.csv.ReadOptions(encoding="cp932"))
    parse = time.perf_counter() - start
    command = [sys.executable, "-m", "toolkit.cli", "report", str(sales), "--language", "en"]
    seconds, peak = measured([*command, "--out", str(folder / "out")])
    print(f"{rows:,} order rows, {os.cpu_count()} cores")
    print(f"report     {seconds:6.1f} s   {seconds / parse:.0f} x pyarrow's parse ({parse:.2f} s)")
    print(f"memory     {peak / 2**20:6.0f} MiB at the peak, all processes")
    for stage, took in stages(folder / "out"):
        print(f"  {stage:<10} {took:5.1f} s")


if __name__ == "__main__":
    main()
