"""HTML from plain values. Text is escaped on the way in, always and only here.

`Html` marks what is HTML already; every other value that a builder of this module gets is text
and is escaped. Joining with `join` keeps the mark; an f-string or `"".join` loses it, and the
result is then shown as text: a mistake is seen, never executed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

import markupsafe
import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from toolkit.words import Words

Html = markupsafe.Markup
MOST_ROWS = 200
NUMBER = "n"
LONG_TEXT = 20  # characters; shorter cells are kept on one line
NUMBER_FORMS = frozenset({"count", "share", "money", "days", "points", "ratio", "score"})
SENTENCES = frozenset(("p", "h2", "h3", "li", "dd", "strong", "title", "desc"))
JOINER = "\u2060"  # where no line may end
_SIGN = re.compile(r"[+\-−](?=[¥$€£₩])")
# Control characters are not allowed in HTML, not even as references.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def esc(value: Any) -> Html:
    """A value as HTML text, safe in elements and in quoted attributes; `Html` stays as it is."""
    if isinstance(value, Html):
        return value
    return markupsafe.escape(_CONTROL.sub("\ufffd", str(value)))


def join(parts: Iterable[Any], between: str = "") -> Html:
    """Parts one after another as one piece of HTML; None is left out, text is escaped."""
    return Html(between).join(esc(part) for part in parts if part is not None)


def element(tag: str, *children: Any, **attributes: Any) -> Html:
    """`<tag attributes>children</tag>`.

    Attribute names: a trailing underscore is dropped, others become hyphens (`class_`,
    `aria_label`). Values None and False leave the attribute out, True gives it without a value.
    """
    written = join(_attribute(name, value) for name, value in attributes.items())
    inner = join(map(unbroken, children) if tag in SENTENCES else children)
    return Html(f"<{tag}{written}>{inner}</{tag}>")


def unbroken(text: Any) -> Any:
    """A sentence in which no line ends between the sign of an amount and its currency.

    Only sentences: a cell of a table has to be a number when copied, and does not break anyway.
    """
    if isinstance(text, Html) or text is None:
        return text
    return _SIGN.sub(lambda sign: sign[0] + JOINER, str(text))


def details(summary: str, inner: Html, *, kind: str | None = None, opened: bool = False) -> Html:
    """What opens on demand. `kind="method"` is printed opened, others are printed closed."""
    return element("details", element("summary", summary), inner, class_=kind, open=opened)


def scroll_region(inner: Html, label: str) -> Html:
    """A part that may be wider than the screen: it scrolls by itself, also by keyboard."""
    return element("div", inner, class_="scroll", tabindex=0, role="region", aria_label=label)


def table(
    frame: pd.DataFrame,
    words: Words,
    *,
    caption: str,
    forms: Mapping[str, str] | None = None,
    currency: str = "JPY",
    head: int | None = None,
) -> Html:
    """A frame as an HTML table; the index is not shown.

    Headers are `words["column.<name>"]`, or the name itself for a column of an analyst's own.
    `forms` gives each column one of the forms of `Words.write`; cells of other columns are shown
    as they are. The first column heads its row. Null is a dash. At most `head` rows are shown
    and never more than 200; the caption says how many more there are.
    """
    forms = forms or {}
    shown = frame.head(min(head if head is not None else MOST_ROWS, MOST_ROWS))
    left_out = len(frame) - len(shown)
    if left_out:
        caption += words.say("page.rows_left_out", shown=len(shown), n=left_out)
    columns = [
        [written(value, words, forms.get(name, ""), currency) for value in shown.iloc[:, i]]
        for i, name in enumerate(shown.columns)
    ]
    classes = [
        _cell_class(shown.iloc[:, i], forms.get(name), columns[i])
        for i, name in enumerate(shown.columns)
    ]
    headers = [element("th", header(name, words), scope="col") for name in shown.columns]
    rows = [_row(cells, classes) for cells in zip(*columns, strict=True)]
    if not rows:
        rows = [element("tr", element("td", words["page.no_rows"], colspan=len(headers)))]
    return scroll_region(
        element(
            "table",
            element("caption", caption),
            element("thead", element("tr", *headers)),
            element("tbody", join(rows, "\n")),
            class_=numbers_at(i for i, kind in enumerate(classes) if kind == NUMBER),
        ),
        caption,
    )


def numbers_at(positions: Iterable[int]) -> str | None:
    """The class of a table whose columns at these positions (from 0) are set to the right.

    Said once for the table rather than in every cell: it is a tenth of a page of tables.
    """
    return " ".join(f"r{i + 1}" for i in positions) or None


def header(name: Any, words: Words) -> str:
    """The heading of a column in the reader's language."""
    key = f"column.{name}"
    return words[key] if key in words else str(name)


def written(value: Any, words: Words, form: str = "", currency: str = "JPY") -> str:
    """One cell as text, see `Words.write`; a missing value of any kind is a dash."""
    if pd.isna(value):
        return words.write(None)
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, dt.datetime):
        value = value.date() if value.time() == dt.time() else str(value)
    return words.write(value, form, currency)


def _attribute(name: str, value: Any) -> Html:
    name = name.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return Html()
    return Html(f" {name}") if value is True else Html(f' {name}="{esc(value)}"')


def _cell_class(column: pd.Series, form: str | None, cells: list[str]) -> str | None:
    """NUMBER (set to the right), or `t` for text long enough to be broken into lines."""
    number = is_numeric_dtype(column.dtype) and not is_bool_dtype(column.dtype)
    if form in NUMBER_FORMS or (number and cells):
        return NUMBER
    return "t" if max(map(len, cells), default=0) > LONG_TEXT else None


def _row(cells: tuple[str, ...], classes: list[str | None]) -> Html:
    kinds = [None if kind == NUMBER else kind for kind in classes]
    first = element("th", cells[0], scope="row", class_=kinds[0])
    rest = [element("td", c, class_=k) for c, k in zip(cells[1:], kinds[1:], strict=True)]
    return element("tr", first, *rest)
