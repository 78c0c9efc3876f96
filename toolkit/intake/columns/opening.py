"""Sales files opened and looked over, before their rows are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.intake.columns.glance import Glance, first_rows
from toolkit.intake.columns.line_files import part
from toolkit.intake.columns.meeting import under_one_header
from toolkit.intake.columns.named_lists import by_names
from toolkit.intake.columns.other_files import sales_among
from toolkit.intake.columns.refund_files import with_refunds
from toolkit.intake.columns.survey import Survey, survey
from toolkit.intake.columns.whole_dates import told_of, whole_dates
from toolkit.intake.sales.line_money import with_money
from toolkit.intake.sales.sheet import file_label
from toolkit.intake.tables.abreast import require_one_table
from toolkit.intake.tables.formulas import faults_of
from toolkit.intake.tables.grid import Grid
from toolkit.intake.tables.rows import common_header
from toolkit.settings import Settings


@dataclass(frozen=True)
class Opened:
    """Sales files that were opened, their first rows, and what these say of the columns; lines: the
    files of product lines beside them."""

    grids: tuple[Grid, ...]
    glance: Glance
    survey: Survey
    lines: tuple[Grid, ...] = ()

    @property
    def file(self) -> str:
        """What the file is called in a message; of several, the first and how many more."""
        return file_label(self.grids)


def look_over(grids: Sequence[Grid], settings: Settings) -> Opened:
    """The files with a survey of their columns, and those of product lines apart
    (InputProblem)."""
    parted = part(sales_among(by_names(with_refunds(grids), settings), settings), settings)
    settings = parted.settings
    grids = under_one_header(parted.sales, settings)
    header = common_header(grids)
    glance = first_rows(grids, header)
    whole = whole_dates(grids, header, glance, settings)
    if whole is not grids:
        grids, glance = whole, first_rows(whole, header)
    require_one_table(header, dict(enumerate(glance.columns)), file_label(grids))
    found = survey(header, settings, file_label(grids), glance)
    priced = with_money(grids, parted.lines, found, settings)
    if priced is not None:
        grids, header = priced, common_header(priced)
        glance = first_rows(grids, header)
        found = survey(header, settings, file_label(grids), glance)
    found = replace(found, faults=(*faults_of(found, grids), *found.faults))
    grids = told_of(grids, [header[i] for i in found.roles.columns.get("date", ())])
    return Opened(tuple(grids), glance, found, parted.lines)
