"""Rows of a portion, drawn out of a block of a file."""

import numpy as np
import pyarrow as pa

from toolkit.intake.tables.portions import Drawn


def block(*orders):
    column = pa.array(orders).dictionary_encode()
    return pa.RecordBatch.from_arrays([column], names=["order"])


def test_rows_of_a_portion_have_their_own_texts_alone():
    found = Drawn(0, 0, 2).filtered(block("a", "b", "a", "c"), np.array([True, False, True, True]))
    assert found.column(0).dictionary.to_pylist() == ["a", "c"]
    assert found.column(0).to_pylist() == ["a", "a", "c"]


def test_a_block_without_rows_of_the_portion_has_no_texts():
    found = Drawn(0, 0, 2).filtered(block("a", "b"), np.zeros(2, bool))
    assert (len(found), found.column(0).dictionary.to_pylist()) == (0, [])


def test_every_order_is_whole_in_one_portion_and_changes_are_counted_on():
    rows = [block("a", "a", "b"), block("b", "c")]
    drawn = [Drawn(0, nth, 3) for nth in range(3)]
    masks = [[one.rows(each)[0] for each in rows] for one in drawn]
    assert (sum(np.concatenate(mask).astype(int) for mask in masks) == 1).all()
    runs = np.concatenate([Drawn(0, 0, 3).rows(rows[0])[1]])
    assert np.diff(runs).tolist() == [0, 1]
    told = Drawn(0, 0, 3)
    assert [told.rows(each)[1].tolist() for each in rows] == [[1, 1, 2], [2, 3]]
