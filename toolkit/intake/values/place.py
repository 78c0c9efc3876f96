"""Where a column stands, so that a message can name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from toolkit.intake.tables.coded import Coded


@dataclass(frozen=True)
class Place:
    """A column's file and heading, and the number each of its rows has in that file."""

    file: str
    column: str
    rows: np.ndarray

    def named(self) -> dict[str, Any]:
        """The values `file` and `column` of a message."""
        return {"file": self.file, "column": self.column}

    def row(self, column: Coded, text: int) -> int:
        """The number of the first row with this text of the column."""
        return int(self.rows[int((column.codes == text).argmax())])
