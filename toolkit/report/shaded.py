"""A table whose cells are the darker the more stands in them."""

from __future__ import annotations

import pandas as pd

from toolkit.report.heat import shade
from toolkit.report.markup import Html, element, join, numbers_at, scroll_region


def shaded_table(cells: pd.DataFrame, weights: pd.DataFrame, *, caption: str, corner: str) -> Html:
    """A grid of texts, shaded by weight: the largest darkest, zero and null white.

    `cells` has the text (or HTML) of each cell, its index heads the rows and its columns the
    columns; `weights` has the same shape and is not negative. `corner` says what the rows are.
    """
    top = weights.max().max()
    heads = [element("th", corner, scope="col")]
    heads += [element("th", name, scope="col") for name in cells.columns]
    rows = []
    for name, texts, shades in zip(
        cells.index, cells.to_numpy(), weights.to_numpy(float), strict=True
    ):
        row = [
            _cell(text, w / top if top > 0 else 0) for text, w in zip(texts, shades, strict=True)
        ]
        rows.append(element("tr", element("th", name, scope="row"), *row))
    return scroll_region(
        element(
            "table",
            element("caption", caption),
            element("thead", element("tr", *heads)),
            element("tbody", join(rows, "\n")),
            class_=numbers_at(range(1, len(heads))),
        ),
        caption,
    )


def _cell(text: str, weight: float) -> Html:
    return element("td", text, class_=shade(weight) if weight > 0 else None)
