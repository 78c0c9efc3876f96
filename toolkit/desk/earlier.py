"""The earlier diagnoses of the same client, whose lists are read back by themselves."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from toolkit.desk.folders import client_folder
from toolkit.intake import EARLIER_LISTS, LISTS, NONE, filled_in, is_diagnosis
from toolkit.settings import Settings

__all__ = ["NONE", "earlier_of", "keep_filled_in", "kept_in"]

KEPT = (EARLIER_LISTS, *LISTS)


def earlier_of(settings: Settings, out: Path) -> str | None:
    """The client's folder in `out`, where a diagnosis of an earlier closing date has left lists;
    None without one. Which of them are earlier is for intake to say, once it knows the closing
    date; those that are surely not need not be looked at."""
    home = out / client_folder(settings.client_name)
    closing = settings.closing_date
    dates = [_date(path.name) for path in home.glob("*") if is_diagnosis(path)]
    there = [day for day in dates if day is not None and (closing is None or day < closing)]
    return str(home) if there else None


def keep_filled_in(target: Path, finished: Path) -> None:
    """A list of this closing date that people have written into stays as it is: what was sent, was
    sent by it."""
    for name in kept_in(target):
        shutil.copyfile(target / name, finished / name)


def kept_in(folder: Path) -> list[str]:
    """The lists in a diagnosis' folder that people have written into: a run of the same closing
    date leaves them as they are, while all other files of it are new."""
    there = [name for name in KEPT if (folder / name).is_file()]
    return [name for name in there if filled_in(folder / name)]


def _date(name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(name)
    except ValueError:
        return None
