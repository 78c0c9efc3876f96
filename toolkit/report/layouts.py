"""Columns of the lists as mail tools, LINE and label printing take them: `templates/layouts/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, model_validator

from toolkit import resources
from toolkit.action import Plan, to_contact
from toolkit.book import Book

OF_LIST = ("customer_id", "layer", "list", "date", "rule", "channel")  # beside the addresses
Part = Literal[
    *OF_LIST,
    *("name", "family_name", "given_name", "mail", "phone", "postcode", "address", "line_user"),
]


class Column(BaseModel):
    """A column: its heading, and the first filled of some parts or a text that is always the
    same."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    heading: str = Field(min_length=1)
    parts: tuple[Part, ...] = Field((), alias="from")
    text: str = ""

    @model_validator(mode="after")
    def _one(self) -> Column:
        if bool(self.parts) == bool(self.text):
            raise ValueError("from")
        return self


class Layout(BaseModel):
    """How one tool takes a list.

    channels: ways of contact it is for. needs: parts without which a customer cannot be in it.
    once: a part that no two rows share. header: whether headings are written; bom: whether UTF-8
    begins with its mark.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    title: Mapping[Literal["ja", "en"], str]
    channels: tuple[str, ...]
    needs: tuple[Part, ...]
    once: Part | None = None
    ending: Literal["csv", "txt"] = "csv"
    header: bool = True
    bom: bool = True
    column: tuple[Column, ...]


@cache
def known_layouts() -> tuple[Layout, ...]:
    """The layouts there are, by name."""
    files = sorted((resources.folder("templates") / "layouts").glob("*.toml"))
    return tuple(
        Layout.model_validate(tomllib.loads(path.read_text(encoding="utf-8")) | {"name": path.stem})
        for path in files
    )


def laid_out(layout: Layout, rows: pd.DataFrame) -> pd.DataFrame:
    """These rows in a layout, in their order; who lacks what it needs is left out.

    `rows`: a list with the parts of `Book.addresses` and those of `OF_LIST` it has. The columns
    are the layout's headings; where nothing is known of a column in any row it stays empty.
    """
    there = [part for part in layout.needs if part in rows]
    if len(there) < len(layout.needs):
        return pd.DataFrame(columns=[each.heading for each in layout.column])
    kept = rows[(rows[there] != "").all(axis=1) & rows.channel.isin(layout.channels)]
    if layout.once:
        kept = kept.drop_duplicates(layout.once)
    return pd.DataFrame({each.heading: _cells(each, kept) for each in layout.column})


def laid_out_lists(book: Book, plan: Plan) -> dict[str, tuple[Layout, pd.DataFrame]]:
    """Every list in every layout that somebody of it is in, by the name of its file.

    Of a list those to be contacted (`to_contact`), of the calendar the contacts of each week. None
    unless the settings ask for personal columns.
    """
    addresses = book.addresses()
    if addresses is None:
        return {}
    found = {}
    for name, rows in _rows(plan).items():
        reached = rows.merge(addresses, on="customer_id")
        for layout in known_layouts():
            table = laid_out(layout, reached)
            if len(table):
                found[f"{name}_{layout.name}.{layout.ending}"] = layout, table
    return found


def _rows(plan: Plan) -> dict[str, pd.DataFrame]:
    """The rows to be contacted, by list and week; a list that names no channel goes by letter."""
    parts = {}
    for name, rows in plan.lists().items():
        rows = to_contact(rows)
        parts[name] = rows.assign(list=name, channel=rows.get("channel", "letter"))
    if plan.follow_up is not None:
        for week, rows in plan.follow_up.made.groupby("week"):
            parts[f"calendar_week_{week}"] = rows.assign(
                list=rows.rule, date=pd.to_datetime(rows.date).dt.date
            )
    names = list(OF_LIST)
    return {name: rows[[n for n in names if n in rows]] for name, rows in parts.items()}


def _cells(column: Column, rows: pd.DataFrame) -> pd.Series:
    if column.text:
        return pd.Series(column.text, index=rows.index, dtype=object)
    cells = pd.Series("", index=rows.index, dtype=object)
    for part in column.parts:
        if part in rows:
            cells = cells.where(cells != "", rows[part].astype(object).fillna(""))
    return cells
