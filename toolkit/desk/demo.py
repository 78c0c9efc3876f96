"""The sample client's files on disk."""

from __future__ import annotations

from pathlib import Path

from toolkit.sample import SampleShop, make_sample

SALES, TRUTH = "sales.csv", "truth.csv"


def write_sample(folder: Path, shop: SampleShop | None = None) -> Path:
    """Write the sample client's sales file, and the truth beside it; the sales file's path."""
    sample = make_sample(shop or SampleShop())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SALES).write_bytes(sample.sales_csv)
    (folder / TRUTH).write_bytes(sample.truth_csv)
    return folder / SALES
