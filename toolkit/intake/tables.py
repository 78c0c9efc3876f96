"""Excel workbooks and Parquet files as the same coded text columns as a text file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook

from toolkit.intake.grid import CODED, Grid
from toolkit.problems import InputProblem


def open_workbook(path: Path) -> Grid:
    """The first sheet that has data; its first row with a value is the header (InputProblem)."""
    try:
        book = CalamineWorkbook.from_path(path)
        sheets = ((name, book.get_sheet_by_name(name)) for name in book.sheet_names)
        filled = ((name, s.to_python(skip_empty_area=False)) for name, s in sheets if s.height)
        name, cells = next(filled, ("", []))
    except Exception as error:  # calamine raises a kind of its own for every fault of a file
        raise InputProblem("broken_workbook", file=path.name) from error
    top = next((i for i, row in enumerate(cells) if any(str(c).strip() for c in row)), None)
    if top is None:
        raise InputProblem("empty_file", file=path.name)
    header = tuple(_cell(value).strip() for value in cells[top])

    def batches() -> Iterator[pa.RecordBatch]:
        body = cells[top + 1 :]
        columns = [pa.array([_cell(row[i]) for row in body], pa.string()) for i in range(width)]
        yield _batch([column.dictionary_encode() for column in columns])

    width = len(header)
    return Grid(path, "xlsx", header, batches, sheet=name, first_row=top + 2)


def open_parquet(path: Path) -> Grid:
    """A Parquet file; values become text as they would be written (InputProblem)."""
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise InputProblem("broken_parquet", file=path.name) from error

    def batches() -> Iterator[pa.RecordBatch]:
        try:
            for batch in file.iter_batches(batch_size=1 << 18):
                yield _batch([_coded(column) for column in batch.columns])
        except (pa.ArrowException, OSError) as error:
            raise InputProblem("broken_parquet", file=path.name) from error

    return Grid(path, "parquet", tuple(file.schema_arrow.names), batches)


def _batch(columns: list[pa.Array]) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays(columns, names=[f"f{i}" for i in range(len(columns))])


def _cell(value: Any) -> str:
    if isinstance(value, float):  # every number of a workbook is one; repr is its shortest text
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return "" if value is None else str(value)


def _coded(column: pa.Array) -> pa.DictionaryArray:
    if pa.types.is_nested(column.type):
        column = pa.array([str(value) for value in column.to_pylist()], pa.string())
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    texts = _texts(column.dictionary)
    if column.indices.null_count or texts.null_count:
        texts = pa.concat_arrays([texts.fill_null(""), pa.array([""], pa.string())])
    codes = column.indices.cast(pa.int32()).fill_null(len(texts) - 1)
    return pa.DictionaryArray.from_arrays(codes, texts).cast(CODED)


def _texts(values: pa.Array) -> pa.Array:
    if pa.types.is_timestamp(values.type) and values.type.tz:
        return pc.strftime(values, format="%Y-%m-%d %H:%M:%S%z").cast(pa.string())
    return values.cast(pa.string())
