"""Parquet files as the same coded text columns as a text file."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from toolkit.intake.tables.archives import Stored
from toolkit.intake.tables.grid import CODED, Block, Grid
from toolkit.problems import InputProblem

MAGIC = b"PAR1"
_ROWS = 1 << 18


def open_parquet(stored: Stored) -> Grid:
    """A Parquet file; values become text as they would be written (InputProblem).

    Fields of a structure are columns of their own (`customer.id`); a list is one text.
    """
    try:
        file = pq.ParquetFile(stored.whole())
        header = tuple(_flat(file.schema_arrow.empty_table()).column_names)
    except (pa.ArrowException, OSError) as error:
        raise InputProblem("broken_parquet", file=stored.name) from error

    def blocks() -> Iterator[Block]:
        row = 2  # as if the names stood in the first
        try:
            for batch in file.iter_batches(batch_size=_ROWS):
                table = _flat(pa.Table.from_batches([batch]))
                columns = [_coded(column.combine_chunks()) for column in table.columns]
                names = [f"f{i}" for i in range(len(columns))]
                numbers = np.arange(row, row + table.num_rows, dtype=np.int64)
                yield Block(pa.RecordBatch.from_arrays(columns, names=names), numbers)
                row += table.num_rows
        except (pa.ArrowException, OSError) as error:
            raise InputProblem("broken_parquet", file=stored.name) from error

    return Grid(stored, stored.name, "parquet", header, blocks)


def _flat(table: pa.Table) -> pa.Table:
    while any(pa.types.is_struct(each.type) for each in table.schema):
        table = table.flatten()
    return table


def _coded(column: pa.Array | pa.ChunkedArray) -> pa.DictionaryArray:
    if isinstance(column, pa.ChunkedArray):  # what older versions combine chunks into
        column = pa.concat_arrays(column.chunks)
    if pa.types.is_nested(column.type):
        texts = [None if value is None else str(value) for value in column.to_pylist()]
        column = pa.array(texts, pa.string())
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
    try:
        return values.cast(pa.string())
    except pa.ArrowInvalid:  # bytes that are no text, a picture say
        return pa.array([value and value.hex() for value in values.to_pylist()], pa.string())
