"""Answers that are worked out once, however many ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import pandas as pd

NAME = "_kept"


def kept(method: Callable) -> Callable:
    """A method that works out its answer once for the same arguments and then remembers it.

    For tables that several sections, the facts and the delivered files stand on: small ones, never
    a row per customer. Each caller gets a frame of their own, and may change it.
    """

    @wraps(method)
    def once(self, *given: Any, **named: Any) -> Any:
        answers = self.__dict__.setdefault(NAME, {})  # a frozen dataclass takes no attribute
        asked = method.__name__, given, tuple(sorted(named.items()))
        if asked not in answers:
            answers[asked] = method(self, *given, **named)
        found = answers[asked]
        return found.copy() if isinstance(found, pd.DataFrame) else found

    return once
