"""How the drawings of a page look, said once for the page instead of in every path and letter."""

from __future__ import annotations

import re

from nbformat import NotebookNode

_DRAWN = re.compile(r'(<(?:svg|path|text|g)\b[^>]*?) style="([^"]*)"')


def share_looks(nb: NotebookNode) -> str:
    """The CSS of every style the notebook's drawings use; the drawings get its classes instead.

    Changes the HTML outputs of the notebook. Classes are numbered by appearance, so the same
    notebook gives the same page. Only what drawings are made of is touched, and only inside
    elements the report wrote itself: drawings of an analyst's own cells are not let in.
    """
    classes: dict[str, str] = {}

    def look(match: re.Match[str]) -> str:
        name = classes.setdefault(match[2], f"k{len(classes)}")
        return f'{match[1]} class="{name}"'

    for cell in nb.cells:
        for out in cell.get("outputs", []):
            if "text/html" in out.get("data", {}):
                out.data["text/html"] = _DRAWN.sub(look, out.data["text/html"])
    return "".join(f".{name}{{{style}}}" for style, name in classes.items())
