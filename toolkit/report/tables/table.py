"""What a table to be delivered is: where its rows come from, and which of them are money."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from toolkit.action import Plan
from toolkit.book import Book
from toolkit.foresight import Outlook


class Diagnosis(NamedTuple):
    """The three answers of the notebook's story, on which every section stands."""

    book: Book
    outlook: Outlook
    plan: Plan


@dataclass(frozen=True)
class Table:
    """One file of `tables/`.

    section: the section of the report with its numbers. made: a diagnosis -> the rows, None where
    the client has nothing of the kind. exact: columns of money as it was counted, means: of money
    worked out from it, both in minor units; with `only`, a column and a value, in no other rows.
    bare: written also when it has no rows.
    """

    name: str
    section: str
    made: Callable[[Diagnosis], Any]
    exact: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    only: tuple[str, str] | None = None
    bare: bool = False

    @property
    def money(self) -> tuple[str, ...]:
        """All columns of money."""
        return self.exact + self.means


def asked(path: str) -> Callable[[Diagnosis], Any]:
    """The answer at the end of a path such as `book.products.tiers`; None where it breaks off."""

    def made(of: Diagnosis) -> Any:
        found: Any = of
        for name in path.split("."):
            found = getattr(found, name)
            if found is None:
                return None
        return found() if callable(found) else found

    return made
