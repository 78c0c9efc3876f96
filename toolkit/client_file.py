"""A client's settings in a file of their own, `clients/<name>/client.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from toolkit.problems import InputProblem
from toolkit.settings import Settings
from toolkit.text_files import text_of

FOLDER, NAME = "clients", "client.yaml"
ENDINGS = (".yaml", ".yml")
NOTHING = ("", "~", "null")


class _Loader(yaml.BaseLoader):
    """Every value as the text that is written: 10:30 stays a time, 007 a number of a column."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                raise yaml.constructor.ConstructorError(None, None, name, key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep)


def client_file(named: str) -> Path | None:
    """The client file that is meant by a path of one, a folder with one, or a client's name; None
    where a sales file, a folder of such or nothing is named."""
    path = Path(named)
    if path.suffix.lower() in ENDINGS:
        return path
    places = [path / NAME] if path.exists() else [Path(FOLDER) / named / NAME]
    return next((place for place in places if place.is_file()), None)


def read_client_file(path: Path) -> dict[str, Any]:
    """The settings in a client file, paths as seen from where the program runs (InputProblem).

    Names and values are not looked at: that is `Settings.checked`. Settings left empty are not
    among them.
    """
    if not path.is_file():
        raise InputProblem("file_missing", file=str(path))
    try:
        read = yaml.load(_text(path), Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark is not None else 1
        raise InputProblem("client_file_unreadable", file=str(path), row=row) from error
    read = {} if read is None or read in NOTHING else read
    if not isinstance(read, dict):
        raise InputProblem("client_file_unreadable", file=str(path), row=1)
    units = Settings.units()
    return {
        name: _from(path.parent, value) if units.get(name) == "path" else value
        for name, value in read.items()
        if value not in NOTHING
    }


def _text(path: Path) -> str:
    try:
        return text_of(path)
    except UnicodeDecodeError as error:
        raise InputProblem("client_file_unreadable", file=str(path), row=1) from error


def _from(folder: Path, value: Any) -> Any:
    """A path, or each of several, that is written as seen from the folder."""
    if isinstance(value, list):
        return [_from(folder, each) for each in value]
    return str(folder / value) if isinstance(value, str) and value != "none" else value
