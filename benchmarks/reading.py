"""Time and memory of reading a line-item file in CP932, against pyarrow on the same file.

    python benchmarks/reading.py [--rows 1000000 3000000] [--wide]

The file is generated: an order of two or three lines, Japanese headings and product names, every
cell quoted, CRLF; with --wide also who it is for and where it goes, as shop systems export it. One
after the other in five rounds (a machine that others slow down for a while slows all of a round),
each in a process of its own as the best of seven: pyarrow's parse of the file once it is in UTF-8,
the transcoding alone, and `read_sales` from path to ledger. Printed are the medians of the seconds
and of the rounds' ratios of reading to parse in UTF-8 plus transcoding, with the least and the
greatest, and the peak of resident memory while reading, per byte of the file and per row. Linux
only (memory is read from /proc).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from book import Peak, resident

HEADER = "注文番号,顧客番号,注文日時,商品コード,商品名,単価,数量,金額,備考"
PERSON = "氏名,フリガナ,郵便番号,住所,電話番号,メールアドレス,送付先氏名,送付先住所,支払方法"
ROUNDS, RUNS = 5, 7


def write_lines(path: Path, rows: int, wide: bool) -> None:
    """A line-item file of so many rows, `wide` with the customer's name and address in each."""
    draw = np.random.default_rng(1)
    orders = np.sort(draw.integers(0, rows * 2 // 5, rows))
    customers = draw.integers(0, max(rows // 12, 1), rows * 2 // 5)[orders]
    days = np.datetime64("2021-01-01") + (orders * 1826 // (rows * 2 // 5)).astype("m8[D]")
    products, units = draw.integers(0, 300, rows), draw.integers(1, 4, rows)
    with path.open("w", encoding="cp932", newline="") as file:
        file.write(HEADER + ("," + PERSON if wide else "") + "\r\n")
        for row in zip(orders, customers, days, products, units, strict=True):
            cells = [*_cells(*row), *(_person(row[1]) if wide else ())]
            file.write(",".join(f'"{cell}"' for cell in cells) + "\r\n")


def _cells(order: int, customer: int, day: np.datetime64, product: int, units: int) -> list:
    price = 200 + 10 * product
    date = str(day).replace("-", "/")
    cells = [f"T{order:08d}", f"{customer:07d}", f"{date} {order % 24:02d}:{order % 60:02d}:00"]
    return [
        *cells,
        f"P{product:03d}",
        f"商品{product:03d}号（緑茶）",
        price,
        units,
        price * units,
        "",
    ]


def _person(customer: int) -> list[str]:
    name, home = f"見本 太郎{customer}", f"東京都千代田区千代田{customer % 30}丁目{customer}番地"
    mail, post = f"c{customer}@example.com", f"100-{customer % 10_000:04d}"
    return [name, "ミホン タロウ", post, home, f"03-{customer:08d}", mail, name, home, "代金引換"]


def parse_utf8(path: Path) -> None:
    """pyarrow's own reading of the file's text in UTF-8, threads and all; the best it can do."""
    from pyarrow import csv

    csv.read_csv(path.with_suffix(".utf8"))


def transcode(path: Path) -> None:
    """The file's bytes from CP932 to UTF-8."""
    path.read_bytes().decode("cp932").encode()


def read(path: Path) -> None:
    """The file as a ledger."""
    from toolkit import Settings, read_sales

    read_sales(str(path), Settings(sales_file=str(path)))


STEPS: dict[str, Callable[[Path], None]] = {
    "parse_utf8": parse_utf8,
    "transcode": transcode,
    "read": read,
}


def seconds_of(step: str, path: Path) -> float:
    """The best of the runs of a step in this process."""
    found = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        STEPS[step](path)
        found.append(time.perf_counter() - begun)
    return min(found)


def peak_of_reading(path: Path) -> float:
    """Bytes of memory at the peak of `read` beyond those before it, once all is loaded."""
    import toolkit  # noqa: F401

    before, peak = resident(), Peak()
    peak.start()
    read(path)
    peak.done.set()
    peak.join()
    return peak.bytes - before


def main() -> None:
    """Generate, measure each step in a process of its own, print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, nargs="+", default=[10**6, 3 * 10**6])
    options.add_argument("--wide", action="store_true")
    options.add_argument("--of", nargs=2, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.of:
        step, path = chosen.of[0], Path(chosen.of[1])
        print(peak_of_reading(path) if step == "peak" else seconds_of(step, path))
        return
    with tempfile.TemporaryDirectory() as folder:
        for rows in chosen.rows:
            path = Path(folder) / f"lines_{rows}.csv"
            write_lines(path, rows, chosen.wide)
            path.with_suffix(".utf8").write_bytes(path.read_bytes().decode("cp932").encode())
            os.sync()  # else the disk is still being written to meanwhile
            rounds = [{step: _alone(step, path) for step in STEPS} for _ in range(ROUNDS)]
            print(_told(rows, path.stat().st_size, rounds, _alone("peak", path)))


def _alone(step: str, path: Path) -> float:
    """What a step comes to in a process of its own."""
    command = [sys.executable, __file__, "--of", step, str(path)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _told(rows: int, size: int, rounds: list[dict[str, float]], peak: float) -> str:
    middle = {step: statistics.median(each[step] for each in rounds) for step in STEPS}
    ratios = [each["read"] / (each["parse_utf8"] + each["transcode"]) for each in rounds]
    return (
        f"{rows:>11,} rows, {size / 2**20:.0f} MiB  "
        + "  ".join(f"{step} {each:.2f} s" for step, each in middle.items())
        + f"  read / (parse_utf8 + transcode) {statistics.median(ratios):.2f}"
        + f" ({min(ratios):.2f} to {max(ratios):.2f})"
        + f"  peak {peak / 2**20:.0f} MiB ({peak / size:.2f} x the file,"
        + f" {peak / rows:.0f} bytes a row)"
    )


if __name__ == "__main__":
    main()
