"""Intake: a sales file in, a ledger out, every row kept or set aside with a reason."""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace

from toolkit.intake.audit import Audit
from toolkit.intake.check import Check, check_opened, found_in, lines
from toolkit.intake.columns.format_guide import format_lines
from toolkit.intake.columns.formats import known_formats
from toolkit.intake.columns.opening import Opened, look_over
from toolkit.intake.columns.settable import (
    columns_in_doubt,
    columns_passed_over,
    columns_to_set,
)
from toolkit.intake.customers.earlier import CALENDAR_LIST, NONE, filled_in, is_diagnosis
from toolkit.intake.customers.earlier import FILE as EARLIER_LISTS
from toolkit.intake.customers.said import Said, said_of, spelled
from toolkit.intake.customers.written_lists import LISTS
from toolkit.intake.entries import keep_ledger
from toolkit.intake.large import keep_large, portions_of
from toolkit.intake.ledger import REASONS, File, Ledger, Note, Source
from toolkit.intake.reading import Reading, open_beside, read_opened
from toolkit.intake.tables.files import Named, open_files
from toolkit.intake.tables.sheet_choice import naming_sheets
from toolkit.problems import InputProblem
from toolkit.settings import Settings

__all__ = [
    "CALENDAR_LIST",
    "EARLIER_LISTS",
    "LISTS",
    "NONE",
    "REASONS",
    "Audit",
    "Check",
    "File",
    "Ledger",
    "Note",
    "Said",
    "Source",
    "check_sales",
    "columns_in_doubt",
    "columns_passed_over",
    "columns_to_set",
    "filled_in",
    "is_diagnosis",
    "format_lines",
    "known_formats",
    "lines",
    "read_sales",
    "said_of",
    "spelled",
]


def read_sales(sales_file: Named, settings: Settings) -> Ledger:
    """The ledger of a sales file, or of several of one client: text in columns, workbooks or
    Parquet, packed or not; a folder, a name with wildcards, or a list of those.

    Raises InputProblem, in the settings' language, with all faults of the file that can be told
    at once.
    """
    try:
        with ThreadPoolExecutor(1) as beside:
            return _ledger(open_beside(sales_file, settings, beside), settings, beside)[1]
    except InputProblem as problem:
        raise problem.in_language(settings.language) from problem.__cause__


def _ledger(opened: Opened, settings: Settings, beside: Executor) -> tuple[Reading, Ledger]:
    """The ledger of opened files and the reading it comes from, in portions where they are large
    (`large`); of these the reading is the first's."""
    with naming_sheets((*opened.grids, *opened.lines)):
        portions = portions_of(opened, settings)
        if portions > 1 and (found := keep_large(opened, settings, beside, portions)) is not None:
            return found
        reading = read_opened(opened, settings, beside)
        return reading, keep_ledger(reading, beside)


def check_sales(sales_file: Named, settings: Settings) -> Check:
    """What is recognised in a sales file, without diagnosing it.

    What stops the reading of a file that could be opened is the check's `problem`; raises
    InputProblem for one that could not.
    """
    try:
        grids = open_files(sales_file, settings)
        with naming_sheets(grids):
            opened = look_over(grids, settings)
    except InputProblem as problem:
        raise problem.in_language(settings.language) from problem.__cause__
    check = check_opened(opened)
    try:
        with ThreadPoolExecutor(1) as beside:
            return replace(check, found=found_in(*_ledger(opened, settings, beside)))
    except InputProblem as problem:
        return replace(check, problem=problem.in_language(settings.language))
