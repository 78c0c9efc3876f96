"""Where finished diagnoses lie, and how a new one takes the place of the old."""

from __future__ import annotations

import re
import shutil
import uuid
from pathlib import Path

from toolkit.problems import InputProblem

# Names Windows keeps for devices, with or without an ending.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def client_folder(client: str) -> str:
    """The client's name as a folder name every system accepts."""
    name = _NOT_IN_NAMES.sub("-", client).strip(" .-")
    name = name[:60].rstrip(" .") or "client"
    return f"{name}_" if _RESERVED.fullmatch(name) else name


def swap_in(finished: Path, target: Path) -> None:
    """Put a finished folder in its place, whole or not at all.

    Copied beside the target first, then renamed; an older diagnosis of the same date goes only
    when the new one stands. InputProblem if a file of the old one is open elsewhere.
    """
    mark = uuid.uuid4().hex[:8]
    incoming, outgoing = (target.parent / f".{way}-{mark}" for way in ("new", "old"))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(finished, incoming)
        if target.exists():
            target.rename(outgoing)
        try:
            incoming.rename(target)
        except OSError:
            if outgoing.exists():
                outgoing.rename(target)
            raise
    except OSError as error:
        shutil.rmtree(incoming, ignore_errors=True)
        raise InputProblem("folder_in_use", folder=str(target), reason=str(error)) from error
    shutil.rmtree(outgoing, ignore_errors=True)
