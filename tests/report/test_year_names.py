import datetime as dt

import pytest

from toolkit.report.sections.year_names import year_name, year_tick
from toolkit.words import Words

JA, EN = Words("ja"), Words("en")


@pytest.mark.parametrize(
    ("end", "words", "name", "tick"),
    [
        (dt.date(2026, 3, 19), EN, "year to 2026-03-19", "to 2026-03-19"),
        (dt.date(2026, 3, 19), JA, "2026-03-19までの1年", "2026-03-19まで"),
        (dt.date(2025, 12, 31), EN, "2025", "2025"),
        (dt.date(2025, 12, 31), JA, "2025年", "2025年"),
        ("2024-02-29", EN, "year to 2024-02-29", "to 2024-02-29"),
    ],
)
def test_a_year_is_named_by_its_last_day_or_its_number(end, words, name, tick):
    assert (year_name(end, words), year_tick(end, words)) == (name, tick)
