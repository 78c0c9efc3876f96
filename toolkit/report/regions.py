"""Regions that scroll, named by the caption they hold: the page says it once, not twice."""

from __future__ import annotations

import re
from itertools import count

from nbformat import NotebookNode

_REGION = re.compile(
    r'(<div class="scroll" tabindex="0" role="region") aria-label="([^"]*)">'
    r"(<table[^>]*>)<caption>\2</caption>"
)


def name_regions(nb: NotebookNode) -> None:
    """Point every region at the caption of its table, numbered by appearance on the page.

    Changes the HTML outputs of the notebook. In the notebook itself each region keeps the name
    written at it, since a cell knows nothing of the others.
    """
    numbers = count(1)

    def named(match: re.Match[str]) -> str:
        region, text, table = match.groups()
        name = f"t{next(numbers)}"
        return f'{region} aria-labelledby="{name}">{table}<caption id="{name}">{text}</caption>'

    for cell in nb.cells:
        for out in cell.get("outputs", []):
            if "text/html" in out.get("data", {}):
                out.data["text/html"] = _REGION.sub(named, out.data["text/html"])
