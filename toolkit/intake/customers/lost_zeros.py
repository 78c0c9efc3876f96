"""Numbers that a spreadsheet has taken the leading zeros of, in a file beside the sales."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

DIGITS = r"^\d+$"


def with_zeros(texts: pa.Array, known: pa.Array) -> pa.Array:
    """The numbers of a file with zeros in front up to the one length that numbers have in the
    sales (`known`), where the file has lost them; else as they are.

    So where numbers of the sales begin with a zero, these are of one length and no other number of
    digits is shorter, and where of the file no number begins with a zero, none that is too short
    is in the sales as it stands, and some are with their zeros. Our rule.
    """
    known = known.filter(pc.match_substring_regex(known, DIGITS))
    lengths = pc.utf8_length(known)
    begins = pc.starts_with(known, "0")
    widths = pc.unique(lengths.filter(begins)).to_pylist()
    own = pc.match_substring_regex(texts, DIGITS)
    led = pc.any(pc.starts_with(texts.filter(own), "0")).as_py()
    if len(widths) != 1 or pc.min(lengths).as_py() < widths[0] or led:
        return texts
    short = pc.and_(own, pc.less(pc.utf8_length(texts), widths[0]))
    padded = pc.if_else(short, pc.utf8_lpad(texts, widths[0], "0"), texts)
    if not pc.any(pc.is_in(padded.filter(short), known)).as_py():
        return texts
    return padded
