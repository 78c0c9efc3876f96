"""Where a column stands, so that a message can name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from toolkit.intake.tables.coded import Coded


@dataclass(frozen=True)
class Place:
    """A column's file and heading, and the number each of its rows has in its file.

    Of several files, `names` are their names and `files` says which of them a row is from.
    """

    file: str
    column: str
    rows: np.ndarray
    names: tuple[str, ...] = ()
    files: np.ndarray | None = None

    def named(self) -> dict[str, Any]:
        """The values `file` and `column` of a message."""
        return {"file": self.file, "column": self.column}

    def row(self, column: Coded, text: int) -> int | str:
        """The number of the first row with this text of the column, as `number` has it."""
        return self.number(int((column.codes == text).argmax()))

    def number(self, at: int) -> int | str:
        """The number of a row in its file; of several files with the name of that file."""
        if self.files is None or len(self.names) < 2:
            return int(self.rows[at])
        return f"{self.rows[at]} [{self.names[self.files[at]]}]"
