"""From the numbers to what people read: charts, tables, sentences, workbook, page."""

from importlib import import_module
from typing import Any

_HOMES = {
    "deliver": ("toolkit.report.delivery", "deliver"),
    "render_page": ("toolkit.report.page", "render_page"),
    "show": ("toolkit.report.sections", None),
}
__all__ = ["deliver", "render_page", "show"]


def __getattr__(name: str) -> Any:
    """Load a public name when first asked for: the page needs no charts, the charts no page."""
    if name not in _HOMES:
        raise AttributeError(f"module 'toolkit.report' has no attribute {name!r}")
    home, attribute = _HOMES[name]
    module = import_module(home)
    return getattr(module, attribute) if attribute else module
