"""Texts in the columns of a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.intake.columns.column_table import cut, width


@pytest.mark.parametrize(
    ("text", "widest", "shown"),
    [
        ("", 3, ""),
        ("茶と皿", 6, "茶と皿"),
        ("茶と皿", 5, "茶と…"),
        ("茶と皿", 4, "茶…"),
        ("a\n b\t c", 5, "a b c"),
        ("abcdef", 5, "abcd…"),
        ("x" * 5_000_000, 4, "xxx…"),
    ],
    ids=["nothing", "as wide", "one wider", "half a letter", "lines", "letters", "megabytes"],
)
def test_a_text_is_cut_to_a_width(text, widest, shown):
    assert cut(text, widest) == shown


@given(st.text(alphabet="ab茶ｱ ", max_size=12), st.integers(1, 12))
def test_what_is_cut_is_as_long_as_there_is_room(text, widest):
    whole, shown = " ".join(text.split()), cut(text, widest)
    assert width(shown) <= widest
    assert (shown == whole) == (width(whole) <= widest)
    if shown != whole:
        assert width(whole[: len(shown)]) > widest - 1  # no letter more has room
