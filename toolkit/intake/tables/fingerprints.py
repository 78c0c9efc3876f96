"""Fingerprints of rows: numbers by which rows that are equal in every column are found."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.names import plain

_BASE = 0x9E3779B97F4A7C15  # odd, so that there is a number by which it makes 1
_PART = 1 << 20  # bytes of text hashed at a time


def row_hashes(batch: pa.RecordBatch, factors: np.ndarray) -> np.ndarray:
    """The sum over coded columns of what stands in them, nothing for a blank (uint64 per row).

    So the order of the columns makes no difference, nor a column of blanks that another file does
    not have.
    """
    total = np.zeros(batch.num_rows, np.uint64)
    for column, factor in zip(batch.columns, factors, strict=True):
        total += (text_hashes(column.dictionary) * factor)[column.indices.to_numpy()]
    return total


def code_hashes(codes: np.ndarray, texts: pa.StringArray, factor: np.uint64) -> np.ndarray:
    """The like for one column whose texts stand once each: their numbers will do."""
    values = np.arange(1, len(texts) + 1, dtype=np.uint64) * factor
    values[pc.equal(texts, "").to_numpy(zero_copy_only=False)] = 0
    return values[codes]


def text_hashes(texts: pa.StringArray) -> np.ndarray:
    """A number (uint64) for each text: its bytes as the digits of a number, 0 for none.

    Computed from sums that run over all texts, which takes no loop over them.
    """
    if not len(texts):
        return np.zeros(0, np.uint64)
    _, offsets, content = texts.buffers()
    ends = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    content = np.frombuffer(content or b"", np.uint8)
    hashes = np.empty(len(texts), np.uint64)
    done = 0
    while done < len(texts):
        most = int(np.searchsorted(ends, ends[done] + _PART, "right")) - 1
        upto = max(done + 1, min(most, len(texts)))
        hashes[done:upto] = _hashes(content, ends[done : upto + 1])
        done = upto
    return hashes


def _hashes(content: np.ndarray, ends: np.ndarray) -> np.ndarray:
    at = ends - ends[0]
    digits = content[ends[0] : ends[-1]].astype(np.uint64)
    powers, inverse = _powers(max(_PART, 1 << int(at[-1]).bit_length()))
    digits += np.uint64(1)  # else a zero byte at the end would make no difference
    digits *= powers[: len(digits)]
    sums = np.zeros(len(digits) + 1, np.uint64)
    np.cumsum(digits, out=sums[1:])
    return (sums[at[1:]] - sums[at[:-1]]) * inverse[at[:-1]]


@functools.lru_cache(2)
def _powers(count: int) -> tuple[np.ndarray, np.ndarray]:
    """The powers of the base and of its inverse, modulo 2**64."""
    both = (np.full(count + 1, pow(_BASE, k, 1 << 64), np.uint64) for k in (1, -1))
    return tuple(np.r_[np.uint64(1), np.cumprod(each[:-1])] for each in both)


def column_factors(header: Sequence[str]) -> np.ndarray:
    """An odd number for each column, from its name and how often that has stood before."""
    keys = [f"{name} {k}" for name, k in occurrences(header)]
    return pd.util.hash_array(np.array(keys, object), categorize=False) | np.uint64(1)


def occurrences(header: Sequence[str]) -> list[tuple[str, int]]:
    """Every name in its plain form with how often it has stood before: 送料 may be there twice."""
    seen: dict[str, int] = {}
    found = []
    for name in map(plain, header):
        found.append((name, seen.get(name, 0)))
        seen[name] = seen.get(name, 0) + 1
    return found
