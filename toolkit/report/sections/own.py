"""An analyst's own figure, set like the report's."""

from __future__ import annotations

import re

import pandas as pd
from matplotlib.figure import Figure

from toolkit.report.markup import table
from toolkit.report.shown import Shown, figure_block
from toolkit.words import Words


def figure(
    drawn: Figure,
    frame: pd.DataFrame,
    *,
    title: str,
    finding: str,
    description: str,
    forms: dict[str, str] | None = None,
    currency: str = "JPY",
    language: str = "ja",
) -> Shown:
    """A section of one's own with a chart, its finding and the table it was drawn from.

    `forms` says how the columns are written (`count`, `share`, `money` in major units, `days`).
    The text is shown as given; in a report in both languages it stands in both.
    """
    languages = ("ja", "en") if language == "both" else (language,)
    name = "own-" + (re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or _name(title))

    def write(words: Words):
        rows = table(frame, words, caption=finding, forms=forms, currency=currency)
        return title, [
            figure_block(
                words,
                name=f"{name}-figure",
                figure=drawn,
                finding=finding,
                description=description,
                table_html=rows,
            )
        ]

    return Shown.written(name, languages, write)


def _name(title: str) -> str:
    """An id for a title without Latin letters: its code points."""
    return "-".join(f"{ord(letter):x}" for letter in title[:12])
