"""Intake: a sales file in, a ledger out, every row kept or set aside with a reason."""

from __future__ import annotations

from pathlib import Path

from toolkit.intake.audit import Audit
from toolkit.intake.check import Check, check_reading, lines
from toolkit.intake.entries import keep_ledger
from toolkit.intake.format_guide import format_lines
from toolkit.intake.formats import known_formats
from toolkit.intake.ledger import REASONS, Ledger, Note, Source
from toolkit.intake.reading import read
from toolkit.problems import InputProblem
from toolkit.settings import Settings

__all__ = [
    "REASONS",
    "Audit",
    "Check",
    "Ledger",
    "Note",
    "Source",
    "check_sales",
    "format_lines",
    "known_formats",
    "lines",
    "read_sales",
]


def read_sales(sales_file: str | Path, settings: Settings) -> Ledger:
    """The ledger of a sales file: text in columns, a workbook or Parquet, packed or not.

    Raises InputProblem, in the settings' language, with all faults of the file that can be told
    at once.
    """
    try:
        return keep_ledger(read(sales_file, settings))
    except InputProblem as problem:
        raise problem.in_language(settings.language) from problem.__cause__


def check_sales(sales_file: str | Path, settings: Settings) -> Check:
    """What is recognised in a sales file, without diagnosing it (InputProblem as read_sales)."""
    try:
        reading = read(sales_file, settings)
        return check_reading(reading, keep_ledger(reading))
    except InputProblem as problem:
        raise problem.in_language(settings.language) from problem.__cause__
