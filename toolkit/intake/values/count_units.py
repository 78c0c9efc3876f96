"""Quantities with a unit behind them: 2個, 3 点, x2, 5 pcs."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

UNITS = (
    "個|ケ|ヶ|コ|こ|点|本|枚|冊|箱|袋|缶|瓶|セット|組|着|足|台|杯|皿|膳|玉|束|匹|羽|株|鉢|巻|丁|パック|ケース"
    "|ダース|名様|名|人前|人分|人|食|式|回|件|口|キロ|kg|pieces?|pcs?|ea|each|units?|items?|sets?|bottles?"
    "|boxes|box|bags?|packs?|stk|stück|x|×"
)
_COUNTED = rf"(?i)^\s*[x×✕*]?\s*(?P<count>-?\d[\d,]*(?:\.\d+)?)\s*(?:{UNITS})?\.?\s*$"
_ONE = r"^\s*一(式|個|点|本|枚|セット)\s*$"


def without_units(texts: pa.Array) -> pa.Array:
    """Half-width texts with the bare number where one is a count with a unit; all others as they
    are. Weights are counts by the kilogram, prices being so in a file that has both; grams and
    litres are not, being the content of a package. Our rule."""
    if not pc.any(pc.match_substring_regex(texts, r"[^\d.,\s-]")).as_py():
        return texts
    found = pc.extract_regex(pc.replace_substring_regex(texts, _ONE, "1"), _COUNTED)
    return pc.coalesce(pc.struct_field(found, "count"), texts)
