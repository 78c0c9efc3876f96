"""A table whose cells are the darker the higher their share: cohorts at a glance."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from toolkit.report.markup import Html, element, join, scroll_region
from toolkit.words import Words

LEVELS = 6  # shades above white, the classes h1 to h6 of report.css
OPEN = "*"  # stands behind a share that is not known to the end


def heat_table(
    shares: pd.DataFrame,
    words: Words,
    *,
    heads: pd.DataFrame,
    headers: Sequence[str],
    caption: str,
    unsure: pd.DataFrame,
) -> Html:
    """Shares (0..1) as shaded cells, one row and column as in the frame.

    `heads`: the columns in front, written out, the first heading its row; `headers`: all headings
    from left to right. A share is a whole percent, null an empty cell; `unsure`, of the same shape,
    marks with * what may still change. The highest twentieth of the shares has the darkest shade,
    so that one outstanding row does not bleach the others.
    """
    top = shares.stack().quantile(0.95)
    titles = [
        element("th", name, scope="col", class_="n" if i else None)
        for i, name in enumerate(headers)
    ]
    head = element("tr", *titles)
    rows = []
    for i in range(len(shares)):
        first, *others = heads.iloc[i]
        cells = [element("td", text) for text in others]
        cells += [
            _cell(share, top, mark, words)
            for share, mark in zip(shares.iloc[i], unsure.iloc[i], strict=True)
        ]
        rows.append(element("tr", element("th", first, scope="row"), *cells))
    whole = element(
        "table",
        element("caption", caption),
        element("thead", head),
        element("tbody", join(rows, "\n")),
        class_="heat",
    )
    return scroll_region(whole, caption)


def _cell(share: float, top: float, unsure: bool, words: Words) -> Html:
    if pd.isna(share):
        return element("td", "")
    text = f"{words.write(100 * share, 'count')}%{OPEN if unsure else ''}"
    return element("td", text, class_=shade(share / top) if top > 0 else None)


def shade(weight: float) -> str | None:
    """The class of a cell by its weight, 1 and more the darkest; None for one that stays white."""
    level = round(LEVELS * min(1.0, weight))
    return f"h{level}" if level else None
