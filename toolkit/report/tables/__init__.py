"""What the report's tables show, as files: one CSV each, and what every column of them means."""

from toolkit.report.tables.files import write
from toolkit.report.tables.listed import TABLES

__all__ = ["TABLES", "write"]
