"""Customers told apart by name as they are shown: in a form in which the file has the name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.tables.coded import Coded, pair_codes


def as_shown(customers: pa.Array, names: Iterable[tuple[Sequence[Coded], Coded]]) -> pa.Array:
    """These customers, given in the form in which they are compared, as they are shown.

    names: for every kind of key with a name its columns, and the same as one in its compared form
    (blank where a row lacks one of them). Of several forms of a name the first when sorted, one of
    large and small letters before others: neither the order of the rows nor how often a form
    stands there matters. Should two customers be shown alike, all stay as compared. Our rules.
    """
    found = [(pc.index_in(each.texts, customers), *_written(parts, each)) for parts, each in names]
    whose = np.concatenate([own.to_numpy()[codes] for own, codes, _ in found])
    forms = pa.concat_arrays([forms for _, _, forms in found])
    alike = [pc.equal(change(forms), forms) for change in (pc.utf8_lower, pc.utf8_upper)]
    table = pa.table({"whose": whose, "alike": pc.or_(*alike), "form": forms})
    order = pc.sort_indices(table, [(name, "ascending") for name in table.column_names]).to_numpy()
    some, first = np.unique(whose[order], return_index=True)
    best = np.full(len(customers), -1)
    best[some] = order[first]
    told = pc.coalesce(forms.take(pa.array(best, mask=best < 0)), customers)
    return told if len(told.unique()) == len(told) else customers


def _written(parts: Sequence[Coded], compared: Coded) -> tuple[np.ndarray, pa.Array]:
    """The forms in which a name stands in the file, and whose each is (codes of `compared`).

    What stands beside the name, a telephone number or a postcode, is taken in its compared form.
    """
    there = ~compared.blank()
    _, whose, written = pair_codes(compared.codes[there], parts[0].codes[there])
    forms = pc.replace_substring_regex(parts[0].texts, r"\s+", " ").take(pa.array(written))
    if len(parts) > 1:
        beside = pc.replace_substring_regex(compared.texts, "^.* ", "").take(pa.array(whose))
        forms = pc.binary_join_element_wise(forms, beside, " ")
    return whose, forms
