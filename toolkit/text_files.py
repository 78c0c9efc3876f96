"""Text files that people write and save with whatever they have."""

from __future__ import annotations

from pathlib import Path


def text_of(path: Path) -> str:
    """The text of a file in UTF-8, with or without a mark in front, or in Shift_JIS as Windows
    writes it, every line ended alike (OSError; UnicodeDecodeError where it is in neither)."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp932")
    return text.replace("\r\n", "\n")
