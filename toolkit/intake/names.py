"""Names of columns and values in the form in which they are compared, and the known ones."""

from __future__ import annotations

import os
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any


def plain(name: str) -> str:
    """A name without what makes no difference: width, case, blanks, hyphens, underscores."""
    return re.sub(r"[\s_\-]", "", unicodedata.normalize("NFKC", name)).lower()


def numberless(name: str) -> str:
    """A plain name without an item number at its end: 取引id(1) is 取引id."""
    return re.sub(r"\(\d+\)$", "", name)


def places(header: Sequence[str]) -> dict[str, int]:
    """Where the names of a header stand, plain and without an item number; of equal ones the first.

    A plain name goes before one that is only left when its number is taken away.
    """
    found: dict[str, int] = {}
    for form in (plain, lambda name: numberless(plain(name))):
        for i, name in enumerate(header):
            found.setdefault(form(name), i)
    return found


def labels(header: Sequence[str]) -> tuple[str, ...]:
    """The names of a header, each once: of columns with one name the second is `金額#2`, with as
    many # as it takes to be no column's own name."""
    plains = [plain(name) for name in header]
    own, seen, found = set(plains), dict.fromkeys(plains, 0), []
    for name, key in zip(header, plains, strict=True):
        seen[key] += 1
        sign = "#"
        while key and seen[key] > 1 and f"{key}{sign}{seen[key]}" in own:
            sign += "#"
        found.append(f"{name.strip()}{sign}{seen[key]}" if key and seen[key] > 1 else name)
    return tuple(found)


def place_of(named: str, header: Sequence[str]) -> int | None:
    """Where the column stands that a person named: exactly, in its plain form, or by its label
    (`labels`)."""
    if named in header:
        return list(header).index(named)
    for names in (header, labels(header)):
        plains = [plain(name) for name in names]
        if plain(named) in plains:
            return plains.index(plain(named))
    return None


@cache
def aliases() -> dict[str, Any]:
    """The alias dictionary, every name and value in its plain form."""
    tables = tomllib.loads(Path(__file__).with_name("aliases.toml").read_text(encoding="utf-8"))

    def plain_all(node: Any) -> Any:
        return plain(node) if isinstance(node, str) else [plain_all(each) for each in node]

    return {name: {k: plain_all(v) for k, v in table.items()} for name, table in tables.items()}


def names_of(*roles: str) -> frozenset[str]:
    """Every name the dictionary has for these roles, those of joined columns one by one."""
    listed = (each for role in roles for each in aliases()[role].get("names", ()))
    apart = ([each] if isinstance(each, str) else each for each in listed)
    return frozenset(name for names in apart for name in names)


def words_of(setting: str | None) -> list[str]:
    """The words of a setting written with commas between, in their plain form."""
    return [word for word in map(plain, re.split("[,，、]", setting or "")) if word]


def told(header, most: int = 30) -> str:
    """The names of a file's columns, for a message."""
    shown = ", ".join(name for name in header[:most] if name)
    return shown + (" …" if len(header) > most else "")


def quoted(name: str) -> str:
    """A column's name as it is typed on a command line: in quotation marks where it has signs
    that a shell reads otherwise; in single ones, which Windows does not know, where even those
    would not keep it."""
    if re.fullmatch(r"[\w.\-/:%+]+", name):
        return name
    if re.search(r'["$`!\\]', name) and os.name != "nt":
        return "'" + name.replace("'", "'\\''") + "'"
    return f'"{name}"'
