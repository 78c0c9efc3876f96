import datetime as dt
import re

import matplotlib
import pytest

from toolkit.report import style
from toolkit.report.style import (
    count_axis,
    drawing,
    month_starts,
    new_figure,
    share_axis,
    text_width,
)

PALETTE = ("BLUE", "TEAL", "OCHRE", "RUST", "PLUM", "SLATE")


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other="#ffffff"):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_formula_gives_the_known_ends():
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)  # the lightest grey for text


@pytest.mark.parametrize("name", PALETTE)
def test_marks_stand_out_from_white(name):
    assert contrast(getattr(style, name)) >= 3


@pytest.mark.parametrize("name", ["INK", "QUIET", "BLUE", "TEAL", "OCHRE", "RUST", "PLUM"])
def test_colours_that_write_are_readable(name):
    assert contrast(getattr(style, name)) >= 4.5


def test_every_meaning_has_a_second_sign_beside_its_colour():
    assert style.COLOURS.keys() == style.MARKERS.keys()
    for group in (("active", "lapsed"), ("new", "returned", "lost")):
        assert len({style.MARKERS[role] for role in group}) == len(group)
    layers = ("first", "fledgling", "steady", "burst", "prime")
    assert len({style.COLOURS[layer] for layer in layers}) == 5
    assert len({style.MARKERS[layer] for layer in layers}) == 5


def test_making_a_figure_leaves_matplotlib_as_it_was():
    before = dict(matplotlib.rcParams)
    style.new_figure()
    assert dict(matplotlib.rcParams) == before


def test_a_figure_has_the_size_and_axes_asked_for():
    figure, axes = style.new_figure(5, 2, ncols=2)
    assert tuple(figure.get_size_inches()) == (5, 2)
    assert len(axes) == 2


def names(axis):
    return [label.get_text() for label in axis.get_ticklabels()]


@drawing()
def drawn(axis_of, low, high):
    figure, axes = new_figure()
    axes.set_ylim(low, high)
    axis_of(axes.yaxis)
    figure.draw_without_rendering()
    return names(axes.yaxis)


@pytest.mark.parametrize("ends", [(0, 1), (0, 0.4), (-1, 1), (0, 5_000), (-300, 40)])
def test_whole_numbers_stand_once_along_an_axis(ends):
    found = drawn(count_axis, *ends)
    below, above = found[: found.index("0")], found[found.index("0") :]
    assert len(set(below)) == len(below) and len(set(above)) == len(above)
    assert all(re.fullmatch(r"[\d,]+", name) for name in found)


@pytest.mark.parametrize("ends", [(0, 1), (0, 0.004), (-0.02, 0.02), (0.331, 0.339), (-1e-12, 0.3)])
def test_percents_stand_once_along_an_axis_and_none_is_minus_zero(ends):
    found = drawn(share_axis, *ends)
    assert len(set(found)) == len(found) and "-0%" not in found


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("2024-01-31", "2024-04-09", ["2024-02", "2024-03", "2024-04"]),
        ("2024-01-01", "2024-01-20", ["2024-01"]),
        ("2023-11-30", "2024-10-31", ["2024-01", "2024-04", "2024-07", "2024-10"]),
        ("2000-06-30", "2024-06-30", ["2001-01", "2005-01", "2009-01", "2013-01", "2017-01"]),
    ],
)
def test_months_along_an_axis_stand_once_each(first, last, names):
    days = month_starts(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert [f"{day:%Y-%m}" for day in days][: len(names)] == names
    assert len(days) == len(set(days)) <= 7 and all(day.day == 1 for day in days)


def test_a_text_is_as_wide_as_its_letters():
    assert text_width("00") == pytest.approx(2 * text_width("0"), rel=0.15)
    assert text_width("人人", 20) == pytest.approx(2 * text_width("人人"), rel=0.01)
