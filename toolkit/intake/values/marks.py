"""Which of comma and point is the decimal mark of amounts, decided from the whole column."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.tables.coded import Coded
from toolkit.intake.values.place import Place
from toolkit.problems import InputProblem

_BLANKS = r"[1-9]\d{0,2}(?: \d{3})+|[1-9]\d{0,2}(?:['’]\d{3})+"  # and Swiss apostrophes
_INDIAN = r"[1-9]\d?(?:,\d{2})+,\d{3}"
FORMS = {  # decimal mark -> what an amount with it may look like
    ".": rf"^(?:\d*|[1-9]\d{{0,2}}(?:,\d{{3}})+|{_INDIAN}|{_BLANKS})(?:\.\d*)?$",
    ",": rf"^(?:\d*|[1-9]\d{{0,2}}(?:\.\d{{3}})+|{_BLANKS})(?:,\d*)?$",
}
TINY = 0.01  # share of such amounts that may be slips
FEWEST_OTHERS = 5  # amounts beside which a single one is a slip whatever its share


class Marked:
    """The amounts of a column in which a comma or point stands.

    bodies: digits with what stands between them, one for each text of the column.
    """

    def __init__(self, bodies: pa.StringArray, column: Coded):
        self._column = column
        parted = pc.match_substring_regex(bodies, "[,.]").to_numpy(zero_copy_only=False)
        self._where = np.flatnonzero(parted)
        some = bodies.filter(pa.array(parted))
        point, comma = (
            pc.match_substring_regex(some, FORMS[mark]).to_numpy(zero_copy_only=False)
            for mark in ".,"
        )
        self._shows = {".": point & ~comma, ",": comma & ~point}
        self._comma = pc.match_substring(some, ",").to_numpy(zero_copy_only=False)
        self._either = point & comma

    def mark(self, usual: str | None, place: Place | None) -> str | None:
        """The decimal mark; None where no amount shows it.

        12.50 and 1,234,567 show a point, 12,50 and 0,500 a comma; 1,234 and 1.234 show nothing,
        but 1,234 speaks for the point unless a comma is `usual`. A mark that under 1 % speak for,
        or one amount against five, is a slip. Where more speak for either, it is an InputProblem
        naming two of them; without a `place` to name, the one of most.
        """
        rows = np.bincount(self._column.codes, minlength=len(self._column.texts))[self._where]
        points, commas = (int(rows[self._shows[mark]].sum()) for mark in ".,")
        thousands = 0 if usual == "," else int(rows[self._either & self._comma].sum())
        if not points + commas:
            return None
        if _is_slip(commas, points + thousands):
            return "."
        if _is_slip(points, commas):
            return ","
        if place is None:
            return "." if points >= commas else ","
        raise self._contradictory(place)

    def example(self, mark: str) -> str:
        """The first text that shows this mark."""
        return self._text(self._first(mark))

    def _contradictory(self, place: Place) -> InputProblem:
        told: dict[str, Any] = place.named()
        for name, mark in (("", ","), ("other_", ".")):
            i = self._first(mark)
            told |= {f"{name}value": self._text(i), f"{name}row": place.row(self._column, i)}
        return InputProblem("two_decimal_marks", **told)

    def _first(self, mark: str) -> int:
        return int(self._where[self._shows[mark]][0])

    def _text(self, i: int) -> str:
        return self._column.texts[i].as_py()


def _is_slip(few: int, others: int) -> bool:
    return few < TINY * (few + others) or few == 1 and others >= FEWEST_OTHERS


def digits(bodies: pa.StringArray, mark: str) -> tuple[pa.StringArray, np.ndarray, np.ndarray]:
    """The digits of amounts, how many of them stand behind the decimal mark (without zeros at the
    end), and where they are an amount."""
    good = pc.match_substring_regex(bodies, FORMS[mark]).to_numpy(zero_copy_only=False)
    if pc.any(pc.match_substring_regex(bodies, r"[^\d.]")).as_py() or mark == ",":
        bodies = pc.replace_substring_regex(bodies, "[^0-9,]" if mark == "," else "[^0-9.]", "")
        bodies = pc.replace_substring(bodies, ",", ".") if mark == "," else bodies
    filled = pc.match_substring_regex(bodies, r"\d").to_numpy(zero_copy_only=False)
    if not pc.any(pc.match_substring(bodies, ".")).as_py():
        return bodies, np.zeros(len(bodies), np.int64), good & filled
    whole = pc.replace_substring_regex(bodies, r"\..*", "")
    part = pc.utf8_rtrim(pc.replace_substring_regex(bodies, r"^[^.]*\.?", ""), "0")
    places = pc.binary_length(part).to_numpy().astype(np.int64)
    return pc.binary_join_element_wise(whole, part, ""), places, good & filled
