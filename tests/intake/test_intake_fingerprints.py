"""Fingerprints: equal for equal rows whatever the order of the columns, else different."""

import itertools

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from toolkit.intake.tables import fingerprints
from toolkit.intake.tables.fingerprints import code_hashes, column_factors, row_hashes, text_hashes


def coded(*texts):
    return pa.array(texts, pa.string()).dictionary_encode()


def batch(**columns):
    return pa.RecordBatch.from_arrays([coded(*c) for c in columns.values()], names=list(columns))


def test_a_text_is_a_number_with_its_bytes_as_digits():
    base = 0x9E3779B97F4A7C15
    (empty, a, ab) = text_hashes(pa.array(["", "a", "ab"], pa.string())).tolist()
    assert (empty, a) == (0, 98)
    assert ab == (98 + 99 * base) % 2**64


@given(texts=st.lists(st.text(max_size=6), min_size=1, max_size=30))
def test_texts_are_equal_where_their_numbers_are(texts):
    found = text_hashes(pa.array(texts, pa.string())).tolist()
    for (one, a), (two, b) in itertools.combinations(zip(texts, found, strict=True), 2):
        assert (one == two) == (a == b)


@given(texts=st.lists(st.text(max_size=9), min_size=1, max_size=30), part=st.integers(1, 40))
def test_texts_have_the_same_numbers_in_parts(texts, part):
    whole = text_hashes(pa.array(texts, pa.string()))
    with_part, fingerprints._PART = fingerprints._PART, part
    try:
        assert (text_hashes(pa.array(["x", *texts], pa.string())[1:]) == whole).all()
    finally:
        fingerprints._PART = with_part


def test_the_order_of_the_columns_makes_no_difference():
    rows = batch(date=["1", "2"], note=["a", "b"])
    factors = column_factors(["date", "note"])
    turned = row_hashes(rows.select([1, 0]), column_factors(["note", "date"]))
    assert (row_hashes(rows, factors) == turned).all()


def test_what_stands_in_another_column_is_another_row():
    rows = batch(one=["a", "b"], two=["b", "a"])
    first, second = row_hashes(rows, column_factors(["one", "two"]))
    assert first != second


def test_a_column_of_blanks_makes_no_difference():
    both = batch(date=["1", "2"], note=["", ""])
    alone = batch(date=["1", "2"])
    assert (
        row_hashes(both, column_factors(["date", "note"]))
        == row_hashes(alone, column_factors(["date"]))
    ).all()


def test_codes_do_where_texts_stand_once():
    texts = pa.array(["", "x", "y"], pa.string())
    found = code_hashes(np.array([0, 1, 2, 1]), texts, np.uint64(3))
    assert found.tolist() == [0, 6, 9, 6]
