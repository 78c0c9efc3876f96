"""A column as coded text: its distinct values once, and per row which one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_BLANK, _EQUALS, _FOREIGN = 32, ord("="), 127  # bytes: the last blank, the first not plain ASCII


@dataclass(frozen=True)
class Coded:
    """A column: `texts[codes[i]]` is row i, trimmed; every text stands once in `texts`."""

    codes: np.ndarray
    texts: pa.StringArray

    def look_up(self, values: np.ndarray) -> np.ndarray:
        """Values found for each text, spread over the rows."""
        return values[self.codes]

    def at(self, rows: np.ndarray) -> pa.Array:
        """The texts of these rows."""
        return self.texts.take(pa.array(self.codes[rows]))

    @cached_property
    def ranks(self) -> np.ndarray:
        """The place of each text when they are sorted (int32)."""
        ranks = np.empty(len(self.texts), np.int32)
        ranks[pc.sort_indices(self.texts).to_numpy()] = np.arange(len(ranks), dtype=np.int32)
        return ranks

    def rows_of(self, some: pa.Array) -> np.ndarray:
        """The rows (mask) of some of the texts (mask): none, as often, is known at once."""
        if not pc.any(some).as_py():
            return np.zeros(len(self.codes), bool)
        return self.look_up(some.to_numpy(zero_copy_only=False))

    def blank(self) -> np.ndarray:
        """Rows without a value."""
        return self.rows_of(pc.equal(self.texts, ""))


def coded(codes: np.ndarray, texts: pa.Array) -> Coded:
    """A column out of codes and texts, trimmed, without what keeps Excel from its leading zeros."""
    return renamed(Coded(codes, texts), bare(texts))


def bare(texts: pa.Array) -> pa.Array:
    """Texts trimmed, without what keeps Excel from their leading zeros."""
    if _bare_already(texts):
        return texts
    trimmed = pc.utf8_trim_whitespace(texts)
    if pc.any(pc.starts_with(trimmed, '="')).as_py():
        return pc.replace_substring_regex(trimmed, r'^="([^"]*)"$', r"\1")
    return trimmed


def _bare_already(texts: pa.Array) -> bool:
    """Whether every text begins and ends with an ASCII character other than a blank, and none with
    =, going by the bytes alone: a fraction of the time."""
    if texts.null_count or not len(texts):
        return False
    ends = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset :][: len(texts) + 1]
    content = np.frombuffer(texts.buffers()[2] or b"", np.uint8)
    some = ends[1:] > ends[:-1]
    first, last = content[ends[:-1][some]], content[ends[1:][some] - 1]
    return bool(((first > _BLANK) & (first < _FOREIGN) & (first != _EQUALS)).all()) and bool(
        ((last > _BLANK) & (last < _FOREIGN)).all()
    )


def renamed(column: Coded, texts: pa.Array) -> Coded:
    """The column with its texts replaced, those that became equal made one."""
    if texts is column.texts or not len(texts) or pc.all(pc.equal(texts, column.texts)).as_py():
        return column
    texts = texts.dictionary_encode()
    return Coded(texts.indices.to_numpy()[column.codes], texts.dictionary)


def from_above(column: Coded, source: np.ndarray, where: np.ndarray, files: np.ndarray) -> Coded:
    """A column with the value of the nearest `source` row above, in the same file, at `where`."""
    above = np.maximum.accumulate(np.where(source, np.arange(len(source)), -1))
    some = where & (above >= 0)
    some[some] = files[above[some]] == files[some]
    codes = column.codes.copy()
    codes[some] = column.codes[above[some]]
    return Coded(codes, column.texts)


def first_rows(codes: np.ndarray, count: int) -> np.ndarray:
    """The first row of each of `count` codes; for one without rows their number."""
    first = np.full(count, len(codes))
    first[codes[::-1]] = np.arange(len(codes))[::-1]  # of several the last written stays
    return first


def paired(one: Coded, two: Coded) -> Coded:
    """Two columns as one, a blank between what stands in them."""
    codes, first, second = pair_codes(one.codes, two.codes)
    texts = (one.texts.take(pa.array(first)), two.texts.take(pa.array(second)))
    made = Coded(codes, pc.binary_join_element_wise(*texts, " "))
    return renamed(made, pc.utf8_trim_whitespace(made.texts))


def pair_codes(one: np.ndarray, two: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which pair each row is, and the pairs, each once in the order of the rows."""
    width = int(two.max(initial=0)) + 1
    codes, pairs = pd.factorize(one.astype(np.int64) * width + two)
    return codes, pairs // width, pairs % width


def half_width(texts: pa.Array) -> pa.Array:
    """Texts in their compatibility form (NFKC): full-width digits and signs become half-width."""
    if pc.all(pc.string_is_ascii(texts)).as_py() is not False:
        return texts
    return pc.utf8_trim_whitespace(pc.utf8_normalize(texts, form="NFKC"))


def whole_number(texts: pa.StringArray) -> pa.StringArray:
    """Numbers of things that came through a column of fractions: "17850.0" is 17850."""
    return pc.replace_substring_regex(texts, r"^(\d+)\.0$", r"\1")
