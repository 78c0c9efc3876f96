"""Dates of the Japanese eras: 昭和64年1月7日, 令和元年5月1日, R6.5.1, R060501."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.values.clocks import CLOCK
from toolkit.intake.values.date_parts import Parts

# The days on which the eras begin: of the imperial rescripts of 1868, 1912 and 1926, and of the
# cabinet orders on the era names (1989 No. 1, 2019 No. 143). The first two are those of births.
BEGINS = np.array(
    ["1868-10-23", "1912-07-30", "1926-12-25", "1989-01-08", "2019-05-01", "2200-01-01"],
    "datetime64[D]",
)
NAMES = {
    name: place
    for place, names in enumerate(("明治 明 M", "大正 大 T", "昭和 昭 S", "平成 平 H", "令和 令 R"))
    for name in names.split()
}

ERA = (
    rf"^(?P<era>{'|'.join(NAMES)})[. ]?(?P<first>元)?(?P<year>\d{{1,3}})? ?[-/.年] ?"
    rf"(?P<month>\d{{1,2}}) ?[-/.月] ?(?P<day>\d{{1,2}}){CLOCK}$"
)
ERA_COMPACT = r"^(?P<era>[MTSHR])(?P<year>\d{2})(?P<month>\d{2})(?P<day>\d{2})$"


def era_days(parts: Parts) -> np.ndarray:
    """The days of dates in an era; NaT for a day the era does not have."""
    where = pc.index_in(parts.text("era"), pa.array(list(NAMES))).to_numpy()
    era = np.array(list(NAMES.values()))[where]
    year = np.where(parts.given("first"), np.where(parts.given("year"), 0, 1), parts.number("year"))
    first = BEGINS.astype("datetime64[Y]").astype(np.int64) + 1970
    days = parts.days(first[era] + year - 1, parts.number("month"), parts.number("day"))
    inside = (year >= 1) & (days >= BEGINS[era]) & (days < BEGINS[era + 1])
    return np.where(inside, days, np.datetime64("NaT"))
