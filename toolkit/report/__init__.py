"""From the numbers to what people read: charts, tables, sentences, workbook, page."""

from toolkit.report import sections as show
from toolkit.report.delivery import deliver
from toolkit.report.page import render_page

__all__ = ["deliver", "render_page", "show"]
