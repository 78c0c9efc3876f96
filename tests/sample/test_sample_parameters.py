"""The parameters: their limits, and the page that tells them."""

import datetime as dt
from dataclasses import fields
from pathlib import Path

import pytest

from toolkit.sample import SampleShop


def test_parameters_outside_their_limits_are_all_named():
    with pytest.raises(ValueError, match="guest_share, customers, closing_date"):
        SampleShop(guest_share=1.2, customers=0, closing_date=dt.date(2021, 5, 1))


def test_every_parameter_and_its_default_stands_in_the_page():
    page = (Path(__file__).parents[2] / "docs" / "sample.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    for field in fields(SampleShop):
        mine = [row for row in rows if row.startswith(f"| `{field.name}` |")]
        assert len(mine) == 1, field.name
        assert mine[0].split("|")[2].strip() == _as_written(field.default), field.name
    assert len(rows) == len(fields(SampleShop))


def _as_written(default):
    if isinstance(default, tuple):
        return ", ".join(_as_written(each) for each in default)
    return f"{default:g}" if isinstance(default, float) else str(default)
