"""A sentence for every row of a list, written column by column: a list may have 100,000 rows."""

from __future__ import annotations

import string

import pandas as pd

from toolkit.words import ONE, Words


def each(values: pd.Series, words: Words, form: str = "count") -> pd.Series:
    """Every value written once, however often it occurs."""
    written = {v: words.write(None if pd.isna(v) else v, form) for v in values.unique()}
    return text(values, written)


def text(values: pd.Series, written: dict) -> pd.Series:
    """Values in words; a column of text also when the list is empty."""
    return values.map(written).astype("str")


def filled(template: str, parts: pd.DataFrame) -> pd.Series:
    """The sentence of every row, as `Words.say` fills one."""
    whole = pd.Series("", index=parts.index, dtype="str")
    for literal, hole, _, _ in string.Formatter().parse(template):
        whole = whole + literal
        if hole:
            name, *forms = hole.split("|")
            known = parts[name].astype("object")
            number = known.where(known.notna(), "–").astype("str")
            whole = whole + (_by_number(number, *forms) if forms else number)
    return whole


def _by_number(written: pd.Series, one: str, several: str) -> pd.Series:
    """The word behind each number, in the singular behind a 1."""
    return written.eq(ONE).map({True: one, False: several}).astype("str")


def channel_name(channel: str, words: Words) -> str:
    """A way of contact in the reader's words; a client's own as it is."""
    known = f"channel.{channel}" in words
    return words[f"channel.{channel}"] if known else channel
