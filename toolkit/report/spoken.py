"""Headings and cells in all languages of a report at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from toolkit.words import Words

BOTH = " / "


def headings(columns: Iterable[str], spoken: Sequence[Words]) -> dict[str, str]:
    """Column name -> heading in all languages; `why@en` in the one after the sign alone."""
    found = {}
    for name in columns:
        stem, _, language = name.partition("@")
        own = [w for w in spoken if w.language == language] or spoken
        found[name] = BOTH.join(dict.fromkeys(w[f"column.{stem}"] for w in own))
    return found


def in_all(spoken: Sequence[Words], write: Callable[[Words], Iterable[str]]) -> list[str]:
    """Each text of `write(words)`, in every language of the report, joined."""
    told = [write(words) for words in spoken]
    return [BOTH.join(dict.fromkeys(parts)) for parts in zip(*told, strict=True)]
