"""One file of lists of an earlier diagnosis (groups.csv): its names, or every cell at fault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from toolkit import currency
from toolkit.intake.customers.written_lists import GUARD
from toolkit.intake.ledger import File
from toolkit.intake.reading import Reading
from toolkit.intake.sales.sheet import files_read
from toolkit.intake.tables.coded import Coded
from toolkit.intake.tables.files import open_grid
from toolkit.intake.tables.grid import Grid, Rows, gather
from toolkit.intake.values.dates import read_dates
from toolkit.intake.values.place import Place
from toolkit.problems import InputProblem

FILE = "groups.csv"
GROUPS = ("contact", "hold_out")
TEXTS = ("list", "campaign", "group", "layer", "channel", "reason")
DATES = ("closing_date", "sent", "due")
NUMBERS = ("chance", "band", "contact_cost", "offer_cost", "margin_share")
MONEY = ("contact_cost", "offer_cost")
SHARES = ("chance", "margin_share")
TO_FILL = ("sent", "reason")
MAY_BE_EMPTY = (*TO_FILL, "channel", "layer", "due")
LATER = ("due",)  # which earlier files may not have
COLUMNS = ("customer_id", *TEXTS, *DATES, *NUMBERS)


def read_groups(path: Path, reading: Reading) -> tuple[pd.DataFrame, File]:
    """The names in one file (InputProblem), and the file under its folder's name."""
    grid = _grid(path, f"{path.resolve().parent.name}/{path.name}")
    at = {str(name).strip().lower(): i for i, name in enumerate(grid.header)}
    missing = [name for name in COLUMNS if name not in at and name not in LATER]
    if missing:
        raise InputProblem("earlier_foreign", file=grid.name, columns=", ".join(missing))
    there = [name for name in COLUMNS if name in at]
    rows = gather(grid, [at[name] for name in there])
    cells = {name: _texts(rows.columns[at[name]]) for name in there}
    (file,) = files_read([grid], rows)
    faults = [
        ("earlier_row", {"file": grid.name, "row": each.row})
        for each in rows.broken
        if each.reason == "unreadable"
    ]
    table = {"customer_id": cells["customer_id"].str.replace(GUARD, r"\1", regex=True)}
    table |= {name: cells[name] for name in TEXTS}
    for name in (each for each in DATES if each in at):
        table[name] = dates_of(
            rows.columns[at[name]], Place(grid.name, name, rows.numbers), reading
        )
    for name in NUMBERS:
        table[name] = pd.to_numeric(cells[name], errors="coerce").astype(float)
    table |= {name: _all(None, rows) for name in LATER if name not in at}
    cells |= {name: _all("", rows) for name in LATER if name not in at}
    faults += _faults(pd.DataFrame(table), cells, grid, rows)
    if faults:
        raise InputProblem.of(faults)
    scale = 10 ** currency.decimals(reading.settings.currency)
    money = {name: table[name] * scale for name in MONEY}
    return pd.DataFrame({"file": grid.name, **table} | money), file


def _all(value: object, rows: Rows) -> pd.Series:
    return pd.Series([value] * len(rows.numbers), dtype=object)


def _grid(path: Path, name: str) -> Grid:
    """The file's cells under its name with its folder (InputProblem, in the words of lists)."""
    try:
        return replace(open_grid(path), name=name)
    except InputProblem as problem:
        if [key for key, _ in problem.faults] == ["empty_file"]:
            raise InputProblem("earlier_empty", file=name) from problem
        raise


def _texts(column: Coded) -> pd.Series:
    """The texts of a column without blanks around them, as spreadsheets leave them."""
    return pd.Series(
        column.texts.take(pa.array(column.codes)).to_pylist(), dtype=object
    ).str.strip()


def dates_of(column: Coded, place: Place, reading: Reading) -> pd.Series:
    """The dates of a column, None where there is none or it cannot be read."""
    stamps = read_dates(column, place, None, reading.settings.date_order)
    days = stamps.at.astype("datetime64[D]").tolist()
    return pd.Series(days, dtype=object)


def _faults(
    table: pd.DataFrame, cells: dict[str, pd.Series], grid: Grid, rows: Rows
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every cell that cannot be what its column should hold."""
    wrong = {name: cells[name].eq("") for name in COLUMNS if name not in MAY_BE_EMPTY}
    wrong["group"] |= ~table.group.isin(GROUPS)
    for name in NUMBERS:
        wrong[name] |= ~(table[name] >= 0) | np.isinf(table[name])
    for name in SHARES:
        wrong[name] |= table[name] > 1
    wrong["closing_date"] |= table.closing_date.isna()
    wrong["due"] = table.due.isna() & cells["due"].ne("")
    sent = table.sent.isna() & cells["sent"].ne("")
    early = [
        isinstance(day, dt.date) and isinstance(listed, dt.date) and day < listed
        for day, listed in zip(table.sent, table.closing_date, strict=True)
    ]
    wrong["sent"] = sent | pd.Series(early, index=table.index, dtype=bool)
    wrong["customer_id"] |= table.duplicated(["customer_id", "list", "campaign", "closing_date"])
    for i in np.flatnonzero(np.logical_or.reduce(list(wrong.values()))):
        for name in (each for each in COLUMNS if each in wrong and wrong[each][i]):
            values = {"file": grid.name, "row": int(rows.numbers[i]), "column": name}
            yield f"earlier_cell_{_kind(name)}", values | {"value": cells[name][i]}


def _kind(column: str) -> str:
    """Which sentence says what a column should hold."""
    if column in DATES:
        return "sent" if column == "sent" else "date"
    if column in SHARES:
        return "share"
    if column in NUMBERS:
        return "number"
    return column if column in ("group", "customer_id") else "text"
