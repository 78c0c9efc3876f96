"""What the column that tells customers apart holds: numbers, mail addresses, telephones, names."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.columns.headings import says
from toolkit.intake.customers.identity import MAIL, PHONE, in_half_width, nobody, written
from toolkit.intake.tables.coded import Coded

MOSTLY, HALF = 0.8, 0.5  # share of the rows with a key
NAME = (  # without a digit, in Japanese or of several words
    r"^[^\d@]*[\p{Han}\p{Hiragana}\p{Katakana}][^\d@]*$"
    r"|^[\p{L}\p{M}'’.,\-]+( +[\p{L}\p{M}'’.,\-]+)+$"
)


def kind_of(name: str, column: Coded | None) -> str:
    """The kind of key a column of customers holds: `number`, `mail`, `phone` or `name`.

    By its content where at least 80 % of its rows with a customer say so, or by its name where at
    least half of them do not contradict it (our rule). column: its first rows, None without any.
    """
    told = [kind for kind in ("mail", "phone", "name") if says(kind, name) in ("known", "word")]
    if column is None:
        return told[0] if told else "number"
    weight = _weight(column)
    if not weight.any():
        return "number"
    texts = in_half_width(column.texts)
    for kind, pattern in (("mail", MAIL), ("phone", PHONE), ("name", NAME)):
        if _share(pc.match_substring_regex(texts, pattern), weight) >= MOSTLY:
            return kind
    for kind in told:
        _, blank = written(kind, [column])
        filled = weight[column.codes] > 0
        letters = pc.match_substring_regex(texts, r"^[^\d]*\p{L}[^\d]*$")
        if (~blank[filled]).mean() >= HALF and (kind != "name" or _share(letters, weight) >= HALF):
            return kind
    return "number"


def of_several(number: Coded, who: Coded) -> bool:
    """Whether the numbers of a column are those of several people each, as the tables of a
    restaurant are: of the rows with a number that comes again and a telephone number or name
    (`who`, as it is compared), under 80 % have the commonest one of their number, and so it is of
    the numbers of those who come again. The card of a family is one number of several people, but
    each of them has no other. Our rule."""
    there = ~(number.blank() | who.blank())
    rows = pd.DataFrame({"number": number.codes[there], "who": who.codes[there]})
    pairs = rows.value_counts()
    return all(_differs(pairs, by) for by in ("number", "who"))


def _differs(pairs: pd.Series, by: str) -> bool:
    per = pairs.groupby(by).agg(["sum", "max"])
    again = per[per["sum"] > 1].sum()
    return bool(again["max"] < MOSTLY * again["sum"])


def _weight(column: Coded) -> np.ndarray:
    """Of every text the share of the rows with a customer; 0 for words for nobody."""
    rows = np.bincount(column.codes, minlength=len(column.texts)).astype(float)
    rows[nobody(column.texts).to_numpy(zero_copy_only=False)] = 0
    return rows / max(rows.sum(), 1)


def _share(hit: pa.Array, weight: np.ndarray) -> float:
    return float(weight[hit.to_numpy(zero_copy_only=False)].sum())
