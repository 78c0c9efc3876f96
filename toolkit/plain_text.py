"""Text files that people write and save with whatever they have."""

from __future__ import annotations

from pathlib import Path

ENCODINGS = ("utf-8-sig", "cp932")  # in the order in which they are tried


def text_of(path: Path) -> str:
    """The text of a file in UTF-8, with or without a mark in front, or in Shift_JIS as Windows
    writes it (OSError; UnicodeDecodeError where it is in neither)."""
    raw = path.read_bytes()
    for encoding in ENCODINGS[:-1]:
        try:
            return _lines(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return _lines(raw.decode(ENCODINGS[-1]))


def _lines(text: str) -> str:
    """The text with every line ended alike."""
    return text.replace("\r\n", "\n")
