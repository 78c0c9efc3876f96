"""Columns of dates without an era or a year, of six digits or Unix stamps, made whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.columns.formats import recognise_format
from toolkit.intake.columns.glance import Glance, first_rows
from toolkit.intake.columns.headings import says
from toolkit.intake.ledger import Note
from toolkit.intake.names import place_of, plain
from toolkit.intake.tables.coded import Coded, half_width
from toolkit.intake.tables.grid import Block, Grid
from toolkit.intake.values import bare_dates, epochs
from toolkit.intake.values.bare_dates import Rule
from toolkit.settings import Settings

NOTES = (
    *("dates_of_era", "dates_year_of_title", "dates_month_of_title"),
    *("dates_unix", "dates_unix_there", "dates_unix_some", "dates_of_hours"),
)
_CLOCK = re.compile("時刻|時間|^time$|(order|sale|visit|purchase|transaction)time$")
_PRINTED = re.compile(
    "出力|印刷|作成|発行|更新|ダウンロード|print|export|creat|generat|download", re.I
)
_TITLE = re.compile(r"[\d元]\s*年|^\s*[(\[【]?\s*(19|20)\d\d(?!\d)")  # not 03-2025-1234
_WITH_YEAR = r"^((19|20)\d\d[-/.年]|$)"
MOST_ROWS = 2_000  # of a file, by which it is decided


def whole_dates(
    grids: Sequence[Grid], header: Sequence[str], glance: Glance, settings: Settings
) -> Sequence[Grid]:
    """The files with whole dates in columns that are dates by their names, each file for itself,
    and a note on every such column; `grids` itself where there is none such. Not in an export of
    a known system, nor in a file without a heading. Our rule (`bare_dates`)."""
    if not glance.headed or recognise_format(header) is not None:
        return grids
    given = place_of(settings.date_column, header) if settings.date_column else None
    named = [
        i
        for i, name in enumerate(header)
        if (says("date", name) in ("known", "word") and not _CLOCK.search(plain(name)))
        or i == given
    ]
    if not any(_some(glance.columns[i]) for i in named):
        return grids
    names = {header[i] for i in named}
    return [_whole(grid, names, settings) for grid in grids]


def _some(column: Coded) -> bool:
    if pc.all(pc.match_substring_regex(half_width(column.texts), _WITH_YEAR)).as_py():
        return False  # as nearly always, and known at once
    return bare_dates.some(column) or epochs.rule_of(column) is not None


def _zone(settings: Settings) -> str:
    """The zone whose clock Unix stamps become: of a shop that takes yen Japan's; "" where the
    settings name one, which holds for every date with an offset, or none is known."""
    return epochs.JAPAN if settings.currency == "JPY" and not settings.timezone else ""


def _whole(grid: Grid, names: set[str], settings: Settings) -> Grid:
    columns = first_rows([grid], grid.header, MOST_ROWS).columns
    months = any("月" in name or "month" in plain(name) for name in grid.header)
    alone = not months and sum(name in names for name in grid.header) == 1
    rules: dict[int, Rule] = {}
    notes: list[Note] = []
    for at, (name, column) in enumerate(zip(grid.header, columns, strict=True)):
        if name not in names or not _some(column):
            continue
        rule = epochs.rule_of(column, _zone(settings))
        rule = rule or bare_dates.rule_of(name, titles_of(grid), column, settings.date_order, alone)
        if rule is not None:
            rules[at] = rule
            notes += [Note(rule.key, {"file": grid.name, "column": name} | rule.told)]
    if not rules:
        return grid
    notes = [note for note in notes if note.key]
    return replace(grid, blocks=_mended(grid.blocks, rules), notes=(*grid.notes, *notes))


def told_of(grids: Sequence[Grid], dates: Sequence[str]) -> list[Grid]:
    """The files without the notes on columns that are not among those of the date."""
    return [
        replace(
            grid,
            notes=tuple(n for n in grid.notes if n.key not in NOTES or n.values["column"] in dates),
        )
        for grid in grids
    ]


def titles_of(grid: Grid) -> tuple[str, ...]:
    """The name of a sheet, and of the file without its ending; what is written above the header,
    but when it was printed, where all of it names one year."""
    file = re.sub(r"(\.[A-Za-z]\w{0,6})+$", "", grid.stored.name.rpartition("/")[2])
    above = [text for text in grid.above if _TITLE.search(text) and not _PRINTED.search(text)]
    above = above if bare_dates.year_of(["\n".join(above)]) else []
    return (*((grid.sheet,) if grid.sheet else ()), file, *above)


def _mended(
    blocks: Callable[[], Iterator[Block]], rules: dict[int, Rule]
) -> Callable[[], Iterator[Block]]:
    def read() -> Iterator[Block]:
        for columns, numbers in blocks():
            yield Block(_with(columns, rules), numbers)

    return read


def _with(batch: pa.RecordBatch, rules: dict[int, Rule]) -> pa.RecordBatch:
    arrays: list[Any] = list(batch.columns)
    for at, rule in rules.items():
        texts = half_width(arrays[at].dictionary.cast(pa.string())).to_pylist()
        made = pa.array([rule.whole(text.strip()) for text in texts], pa.string())
        arrays[at] = pa.DictionaryArray.from_arrays(arrays[at].indices, made)
    return pa.RecordBatch.from_arrays(arrays, names=batch.schema.names)
