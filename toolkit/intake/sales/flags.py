"""Columns that say by their name what a mark, a date or a kind of slip in them means."""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa

from toolkit.intake.names import aliases, plain
from toolkit.intake.tables.grid import Coded

DATED = re.compile(r"\d\D+\d|\d{5}")
NO_DATE = re.compile(r"[0:/.\-\sT]*|(0001|1899|1900|1970|9999)\D.*|(1900|9999)\d{4}.*")
DATES_END = ("日", "日時", "時刻", "年月日", "at", "date", "datetime", "time")


def sort_of(name: str) -> str:
    """What a status column is by its name: `mark` or `date` of a cancellation, `kind` of slip,
    `paid` or `valid` where marks say that an order is, else `word` of a status."""
    own, words = plain(name), aliases()["status"]
    if own in words["returned_flags"]:
        return "mark"
    if any(part in own for part in words["flag_parts"]):
        return "date" if own in words["dates"] or own.endswith(DATES_END) else "mark"
    listed = {"kind": "kinds", "paid": "paid_flags", "valid": "valid_flags"}
    return next((sort for sort, names in listed.items() if own in words[names]), "word")


def marks(texts: pa.StringArray) -> frozenset[str]:
    """The plain texts of a column of marks that say yes; none where nothing in it says no, since
    then 1 and 2 are two kinds of something."""
    words = aliases()["status"]
    found = {plain(text) for text in texts.to_pylist()}
    return frozenset(found & set(words["yes"]) if found & set(words["no"]) else ())


def lacks(texts: pa.StringArray) -> frozenset[str]:
    """The plain texts that say no in a column of marks of paid or valid orders; none where nothing
    in it says yes, or where it has anything but marks: it is no such column then."""
    words = aliases()["status"]
    found = {plain(text) for text in texts.to_pylist()} - {""}
    none = found & set(words["lacking"])
    return frozenset(none if found > none and found - none <= set(words["yes"]) else ())


def lends(texts: pa.StringArray) -> bool:
    """Whether a column of statuses is of things lent: some are out, or on their way back."""
    words = aliases()["status"]["lent"]
    return any(word in plain(text) for text in texts.to_pylist() for word in words)


def dated(text: str) -> bool:
    """Whether a text is a date, and none that stands for no date."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return bool(DATED.search(folded)) and not NO_DATE.fullmatch(folded)


def goes_back(text: str) -> bool:
    """Whether a kind of slip is a return."""
    return plain(text) in aliases()["status"]["money_back"]


def no_sales(column: Coded) -> frozenset[str]:
    """The plain kinds of a column that are no sale; none where it has no other kind but returns,
    since then they are the sales (payment)."""
    words, found = aliases()["status"], {plain(text) for text in column.texts.to_pylist()}
    none = found & set(words["no_sale"])
    sales = found - none - set(words["money_back"]) - {""}
    return frozenset(none if sales else ())


def tells_kinds(column: Coded) -> bool:
    """Whether a column of any name has the words of kinds of slips: of a return, of what is no
    sale, or of a cancellation beside one of a sale."""
    words = aliases()["status"]
    found = {plain(text) for text in column.texts.to_pylist()}
    if found & {*words["money_back"], *words["no_sale"]}:
        return True
    return bool(found & set(words["void"]) and found & set(words["sale"]))
