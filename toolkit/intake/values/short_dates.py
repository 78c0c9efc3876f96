"""Dates that lack a part: days without a year, months without a day."""

from __future__ import annotations

import re

from toolkit.intake.tables.coded import Coded, half_width

SHARE = 0.8  # of the filled rows that are short dates of one kind
_REST = r"日?(\s*\(.\))?(\s+\d{1,2}[:時].*)?"
KINDS = {  # key of `[problem]` -> such a date, in half width
    "dates_without_year": re.compile(
        r"(0?[1-9]|1[0-2])(月|[/.-])(0?[1-9]|[12]\d|3[01])" + _REST, re.IGNORECASE
    ),
    "dates_without_day": re.compile(
        r"((19|20)\d{2}年?|(令和|平成|[RH])(元|\d{1,2})(年|[/.-]))[/.-]?\s?(0?[1-9]|1[0-2])(月(分|度)?)?",
        re.IGNORECASE,
    ),
}


def kind_of(column: Coded) -> tuple[str, str] | None:
    """What the dates of a column lack, as a key of `[problem]`, and the first such value; None
    where they lack nothing or are none."""
    texts = half_width(column.texts).to_pylist()
    rows = int((~column.blank()).sum())
    for key, form in KINDS.items():
        hit = [form.fullmatch(text) is not None for text in texts]
        of_rows = [hit[code] for code in column.codes.tolist()]
        if rows and sum(of_rows) >= SHARE * rows:
            return key, texts[column.codes[of_rows.index(True)]]
    return None
